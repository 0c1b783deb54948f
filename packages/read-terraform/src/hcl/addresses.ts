/** Terraform's functions of IP addresses. Source: Terraform, "IP Network Functions"; compared with Terraform 1.11. */

interface Network {
  /** The first address, as a number. */
  readonly start: bigint;
  /** The length of the prefix in bits. */
  readonly bits: number;
  /** The length of an address in bits. */
  readonly length: 32 | 128;
}

/** Parses a network such as `10.0.0.0/8` or `fd00::/8`; `undefined` for any other text. */
function networkOf(text: string): Network | undefined {
  const [, address = '', prefix] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const length = address.includes(':') ? 128 : 32;
  const number = length === 128 ? numberOfGroups(address) : numberOfBytes(address);
  const bits = Number(prefix);
  if (number === undefined || bits > length) return undefined;
  return { start: number - (number % sizeOf(bits, length)), bits, length };
}

/** Parses an IPv4 address such as `10.0.0.1` as a number. */
function numberOfBytes(address: string): bigint | undefined {
  const bytes = address.split('.');
  const isAddress = bytes.length === 4 && bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256);
  return isAddress ? bytes.reduce((number, byte) => number * 256n + BigInt(Number(byte)), 0n) : undefined;
}

/** Parses an IPv6 address such as `fd00::1` as a number. Does not support the form that ends in an IPv4 address. */
function numberOfGroups(address: string): bigint | undefined {
  const [before = '', after, ...others] = address.split('::');
  const groupsOf = (text: string) => (text === '' ? [] : text.split(':'));
  const [first, last] = [groupsOf(before), groupsOf(after ?? '')];
  const left = 8 - first.length - last.length;
  if (others.length > 0 || (after === undefined ? left !== 0 : left < 1)) return undefined;
  const groups = [...first, ...Array<string>(left).fill('0'), ...last];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n);
}

/** Returns the number of addresses with a prefix. */
function sizeOf(bits: number, length: number): bigint {
  return 2n ** BigInt(length - bits);
}

function addressText(address: bigint, length: number): string {
  const parts = (count: number, size: bigint) =>
    Array.from({ length: count }, (_, index) => (address / size ** BigInt(count - 1 - index)) % size);
  if (length === 32) return parts(4, 256n).join('.');
  const groups = parts(8, 65536n)
    .map((group) => group.toString(16))
    .join(':');
  // The longest run of zeros becomes `::`; of several equally long runs, the first. Source: RFC 5952, section 4.2.
  const [row] = [...groups.matchAll(/\b0(?::0)+\b/g)].sort(([one], [other]) => other.length - one.length);
  if (row === undefined) return groups;
  return `${groups.slice(0, row.index).replace(/:$/, '')}::${groups.slice(row.index + row[0].length).replace(/^:/, '')}`;
}

export function cidrsubnet(text: string, more: number, number: number): string | undefined {
  const network = networkOf(text);
  if (network === undefined || !isCount(more) || !isCount(number)) return undefined;
  const { start, length } = network;
  const bits = network.bits + more;
  if (bits > length || number >= 2 ** more) return undefined;
  return `${addressText(start + BigInt(number) * sizeOf(bits, length), length)}/${bits}`;
}

/** Returns consecutive networks, each at the first address that its size allows. */
export function cidrsubnets(text: string, ...all: readonly number[]): readonly string[] | undefined {
  const network = networkOf(text);
  if (network === undefined || !all.every((more) => isCount(more) && more > 0)) return undefined;
  const { length } = network;
  const end = network.start + sizeOf(network.bits, length);
  let next = network.start;
  const networks: string[] = [];
  for (const more of all) {
    const bits = network.bits + more;
    if (bits > length) return undefined;
    const size = sizeOf(bits, length);
    const start = ((next + size - 1n) / size) * size;
    next = start + size;
    if (next > end) return undefined;
    networks.push(`${addressText(start, length)}/${bits}`);
  }
  return networks;
}

/** Returns an address in a network. A negative number counts from the end. */
export function cidrhost(text: string, number: number): string | undefined {
  const network = networkOf(text);
  if (network === undefined || !Number.isSafeInteger(number)) return undefined;
  const size = sizeOf(network.bits, network.length);
  const at = number < 0 ? size + BigInt(number) : BigInt(number);
  return at < 0n || at >= size ? undefined : addressText(network.start + at, network.length);
}

/** Returns the mask of an IPv4 network. IPv6 networks have none. */
export function cidrnetmask(text: string): string | undefined {
  const network = networkOf(text);
  if (network === undefined || network.length === 128) return undefined;
  return addressText(2n ** 32n - sizeOf(network.bits, 32), 32);
}

function isCount(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 0;
}
