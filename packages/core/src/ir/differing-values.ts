import type { DifferenceOrigin } from './expression.ts';
import type { Key, ReplicaKey } from './program.ts';

/** The plain values of a key that entries of `in` can change. */
export type DifferingValues = Readonly<
  Partial<Record<'pendingWindowDays' | 'rotationPeriodDays' | 'customKeyStoreId' | 'xksKeyId', DifferenceOrigin>>
>;

/** A symbol, so that JSON and comparisons of JSON leave it out: which values differ is not a property of the key. */
const differingValues = Symbol('differing values');

/** Marks a key with the values that entries of `in` can change. */
export function withDifferingValues<T extends Key | ReplicaKey>(key: T, values: DifferingValues): T {
  return { ...key, [differingValues]: values };
}

/** The origin of the entries of `in` that change a value; `undefined` if none does. */
export function differenceOf(
  key: (Key | ReplicaKey) & { readonly [differingValues]?: DifferingValues },
  value: keyof DifferingValues,
): DifferenceOrigin | undefined {
  return key[differingValues]?.[value];
}
