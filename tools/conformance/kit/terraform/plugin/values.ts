import { decode, ExtData, encode } from '@msgpack/msgpack';

/**
 * Terraform's values on the wire: null, booleans, numbers, text, lists (and sets), and objects (and maps and blocks). An unknown value is
 * an extension of MessagePack.
 */
export type Value = null | boolean | number | string | ExtData | readonly Value[] | Values;
export interface Values {
  readonly [name: string]: Value;
}

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/**
 * An unknown value. Extension type 0 says nothing about the value. Terraform may also send type 12, which says something about it, such as
 * a prefix or a length.
 */
export const unknown = new ExtData(0, new Uint8Array([0]));

export function isUnknown(value: Value | undefined): boolean {
  return value instanceof ExtData;
}

export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !(value instanceof ExtData) && !Array.isArray(value);
}

/** Returns the object that Terraform sent; `undefined` for null, which means that a resource does not exist. */
export function fromWire(value: DynamicValue | null): Values | undefined {
  if (value?.msgpack === undefined || value.msgpack.length === 0) return undefined;
  const decoded = decode(value.msgpack) as Value; // Terraform sends values of its own types
  if (decoded === null) return undefined;
  if (!isObject(decoded)) throw new Error('Terraform sent no object');
  return decoded;
}

export function toWire(value: Values | undefined): DynamicValue {
  return { msgpack: encode(value ?? null) };
}
