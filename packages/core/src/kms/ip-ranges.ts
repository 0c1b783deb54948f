/**
 * Whether an IP address is in a CIDR range. A range without a prefix is a single address. IPv4 and IPv6 never match each other. Source: IAM
 * User Guide, "IP address condition operators"; RFC 4632, RFC 4291.
 */
export function isInRange(address: string, range: string): boolean {
  const [network = '', prefix] = range.split('/');
  const one = bitsOf(address);
  const other = bitsOf(network);
  if (one === undefined || other === undefined || one.width !== other.width) return false;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return false;
  const length = prefix === undefined ? other.width : Number(prefix);
  if (length > other.width) return false;
  const shift = BigInt(other.width - length);
  return one.bits >> shift === other.bits >> shift;
}

/** Whether a text is an address or a CIDR range. */
export function isRange(text: string): boolean {
  return isInRange(text.split('/')[0] ?? '', text);
}

/** The first address of a range, and the first address after the range, if there is one. `undefined` for a text that is no range. */
export function boundsOf(range: string): { readonly first: string; readonly after?: string } | undefined {
  if (!isRange(range)) return undefined;
  const [network = '', prefix] = range.split('/');
  const { bits, width } = bitsOf(network) ?? { bits: 0n, width: 32 };
  const shift = BigInt(width - Number(prefix ?? width));
  const first = (bits >> shift) << shift;
  const after = first + (1n << shift);
  const isLast = after >> BigInt(width) > 0n;
  return { first: addressOf(first, width), ...(!isLast && { after: addressOf(after, width) }) };
}

function addressOf(bits: bigint, width: number): string {
  const [size, separator, radix] = width === 32 ? [8, '.', 10] : [16, ':', 16];
  const groups = Array.from({ length: width / size }, (_, index) => {
    const group = (bits >> BigInt(width - size * (index + 1))) & ((1n << BigInt(size)) - 1n);
    return group.toString(radix);
  });
  return groups.join(separator);
}

function bitsOf(address: string): { readonly bits: bigint; readonly width: number } | undefined {
  // Loaded only when needed: loading this module takes longer than checking most projects.
  const { isIPv4, isIPv6 } = process.getBuiltinModule('node:net');
  if (isIPv4(address)) return { bits: ipv4(address), width: 32 };
  if (!isIPv6(address) || address.includes('%')) return undefined;
  const [head = '', tail] = address.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0n);
  return { bits: [...before, ...zeros, ...after].reduce((bits, group) => (bits << 16n) | group, 0n), width: 128 };
}

/** The 16-bit groups of an address; a trailing IPv4 address makes two of them. */
function groupsOf(text: string): readonly bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [BigInt(`0x${group}`)];
    const bits = ipv4(group);
    return [bits >> 16n, bits & 0xffffn];
  });
}

function ipv4(text: string): bigint {
  return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
}
