/** A type with every property and element read-only, all the way down. */
export type Immutable<T> = T extends string | number | boolean | undefined
  ? T
  : { readonly [Property in keyof T]: Immutable<T[Property]> };
