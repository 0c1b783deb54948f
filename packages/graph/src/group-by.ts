/** Items with the same id, in the order of their first ones. */
export function groupBy<Item, Id>(items: readonly Item[], idOf: (item: Item) => Id): Map<Id, Item[]> {
  const groups = new Map<Id, Item[]>();
  for (const item of items) {
    const id = idOf(item);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [item]);
    else group.push(item);
  }
  return groups;
}
