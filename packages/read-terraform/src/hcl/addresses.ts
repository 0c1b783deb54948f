/** Terraform's functions of IPv4 addresses. Source: Terraform, "IP Network Functions"; compared with Terraform 1.11. */

interface Network {
  /** The first address, as a number. */
  readonly start: number;
  /** The length of the prefix in bits. */
  readonly bits: number;
}

/** The network that a text such as `10.0.0.0/8` names; `undefined` for any other text and for IPv6. */
function networkOf(text: string): Network | undefined {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
  const [one = 256, two = 256, three = 256, four = 256, bits = 33] = parts.map(Number);
  if ([one, two, three, four].some((each) => each > 255) || bits > 32) return undefined;
  const address = ((one * 256 + two) * 256 + three) * 256 + four;
  return { start: address - (address % sizeOf(bits)), bits };
}

/** The number of addresses that share a prefix of `bits` bits. */
function sizeOf(bits: number): number {
  return 2 ** (32 - bits);
}

function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function cidrsubnet(text: string, more: number, number: number): string | undefined {
  const network = networkOf(text);
  if (network === undefined || !isCount(more) || !isCount(number)) return undefined;
  const bits = network.bits + more;
  if (bits > 32 || number >= 2 ** more) return undefined;
  return `${addressText(network.start + number * sizeOf(bits))}/${bits}`;
}

/** Consecutive networks, each at the first place that its size allows. */
export function cidrsubnets(text: string, ...all: readonly number[]): readonly string[] | undefined {
  const network = networkOf(text);
  if (network === undefined || !all.every((more) => isCount(more) && more > 0)) return undefined;
  const end = network.start + sizeOf(network.bits);
  let next = network.start;
  const networks: string[] = [];
  for (const more of all) {
    const bits = network.bits + more;
    if (bits > 32) return undefined;
    const start = Math.ceil(next / sizeOf(bits)) * sizeOf(bits);
    next = start + sizeOf(bits);
    if (next > end) return undefined;
    networks.push(`${addressText(start)}/${bits}`);
  }
  return networks;
}

/** A negative number counts from the end. */
export function cidrhost(text: string, number: number): string | undefined {
  const network = networkOf(text);
  if (network === undefined || !Number.isInteger(number)) return undefined;
  const size = sizeOf(network.bits);
  const at = number < 0 ? size + number : number;
  return at < 0 || at >= size ? undefined : addressText(network.start + at);
}

export function cidrnetmask(text: string): string | undefined {
  const network = networkOf(text);
  return network && addressText(2 ** 32 - sizeOf(network.bits));
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number >= 0;
}
