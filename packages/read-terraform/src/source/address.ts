/** Splits `module.kms["a"].aws_kms_key.this[0]`. An index in brackets can contain any character. */
export function partsOf(
  address: string,
  type: string,
): { readonly module: string; readonly name: string; readonly index?: string | number } {
  const at = address.startsWith(`${type}.`) ? 0 : address.lastIndexOf(`.${type}.`) + 1;
  const [, name = '', key] = /^([^[.]*)(?:\[(.*)\])?$/s.exec(address.slice(at + type.length + 1)) ?? [];
  const index = key === undefined ? undefined : indexOf(key);
  return { module: address.slice(0, Math.max(0, at - 1)), name, ...(index !== undefined && { index }) };
}

export function indexOf(key: string): string | number | undefined {
  try {
    const index: unknown = JSON.parse(key);
    return typeof index === 'string' || typeof index === 'number' ? index : undefined;
  } catch {
    return key;
  }
}
