/** Whether a value is a list; `Array.isArray` does not narrow a readonly array out of a union. */
export function isList<Value>(value: Value): value is Extract<Value, readonly unknown[]> {
  return Array.isArray(value);
}
