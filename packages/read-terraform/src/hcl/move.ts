const offsets = new Set(['at', 'start', 'end', 'headEnd']);

/** Changes the offsets in an HCL tree. */
export function moved<Tree>(tree: Tree, offset: (offset: number) => number): Tree {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, walk(each)]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        offsets.has(key) && typeof each === 'number' ? offset(each) : walk(each),
      ]),
    );
  };
  return walk(tree) as Tree; // only numbers change
}
