/** Matches a module call in the path of a module, and the index of its instance: `kms` and `"a"` for `module.kms["a"]`. */
const pattern = /(?:^|\.)module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|[^\]]*)\])?/g;

export interface ModuleCall {
  readonly name: string;
  /** As in the address: `"a"` or `0`; absent for a module with one instance. */
  readonly index?: string;
  /** As in the address: `module.kms["a"]`. All calls but the first start with a dot. */
  readonly text: string;
  /** Where the call starts in the path. */
  readonly start: number;
}

/** Returns the calls on the path to a module, outermost first: two for `module.kms["a"].module.keys`. */
export function moduleCallsIn(path: string): readonly ModuleCall[] {
  return [...path.matchAll(pattern)].map(({ 0: text, 1: name = '', 2: index, index: start }) => ({
    name,
    ...(index !== undefined && { index }),
    text,
    start,
  }));
}
