import { indexInAddress } from '../index-in-address.ts';
import type { HclExpression } from './syntax.ts';

/** A `moved` block, with addresses that start at the root module. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Returns the address in a `moved`, `removed` or `import` block; `undefined` if it is not an address. */
export function addressIn(expression: HclExpression): string | undefined {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind !== 'index' && expression.kind !== 'attribute') return undefined;
  const of = addressIn(expression.of);
  if (of === undefined) return undefined;
  if (expression.kind === 'attribute') return `${of}.${expression.name}`;
  if (expression.key.kind !== 'literal') return undefined;
  const { value } = expression.key;
  return typeof value === 'string' || typeof value === 'number' ? `${of}${indexInAddress(value)}` : undefined;
}

/** Whether `address` is `other`, an instance of `other`, or inside `other`. */
export function isWithin(address: string, other: string): boolean {
  return address === other || (address.startsWith(other) && /^[.[]/.test(address.slice(other.length)));
}

/** Returns the addresses that a resource had according to `moved` blocks, the oldest first. */
export function formerAddresses(address: string, moves: readonly Move[]): readonly string[] {
  const former = [address];
  let open = moves;
  for (;;) {
    const [last = ''] = former;
    // The most specific block applies.
    const [move] = open.filter((one) => concerns(one, last)).sort((one, other) => other.to.length - one.to.length);
    const before = move && move.from + last.slice(move.to.length);
    if (before === undefined || former.includes(before)) return former.slice(0, -1);
    former.unshift(before);
    // Each block is applied only once, even if its `to` contains its `from`.
    open = open.filter((one) => one !== move);
  }
}

/** Whether a block moves something to an address. If `from` names an instance, `to = a` means only `a`, not `a[0]`. */
function concerns({ from, to }: Move, address: string): boolean {
  return isWithin(address, to) && !(from.endsWith(']') && address[to.length] === '[');
}
