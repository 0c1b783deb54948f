/** Words as one name in camel case, with letters and digits only: `ordersTagsCostCenter` for `orders`, `tags` and `cost-center`. */
export function camelCase(words: readonly string[]): string {
  const [first = '', ...others] = words.flatMap((word) => word.match(/[A-Za-z0-9]+/g) ?? []);
  return [
    first.charAt(0).toLowerCase() + first.slice(1),
    ...others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join('');
}
