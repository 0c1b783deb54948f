/** The elements that all lists start with. Elements are compared as JSON. */
export function sharedStart<Element>(lists: readonly (readonly Element[])[]): readonly Element[] {
  const [first = [], ...others] = lists.map((list) => list.map((element) => JSON.stringify(element)));
  const end = first.findIndex((element, index) => others.some((list) => list[index] !== element));
  return (lists[0] ?? []).slice(0, end < 0 ? undefined : end);
}
