import { isDeepStrictEqual } from 'node:util';

/**
 * The resources that were read back from generated files, and the resources of the program, both by stack and by the tool's name for the
 * resource.
 */
export interface ReadBack {
  readonly problems: readonly string[];
  readonly read: Meanings;
  readonly expected: Meanings;
}

/** The meaning of resources, by `stack:resource`. */
export type Meanings = Readonly<Record<string, unknown>>;

/**
 * Returns how the resources that were read back differ from those of the program. Empty if they mean the same and the reader reported
 * nothing.
 */
export function differencesOf({ problems, read, expected }: ReadBack): readonly string[] {
  const names = new Set([...Object.keys(read), ...Object.keys(expected)]);
  return [
    ...problems,
    ...[...names]
      .filter((name) => !isDeepStrictEqual(read[name], expected[name]))
      .map((name) => `${name} is read as\n${JSON.stringify(read[name])}\nand was\n${JSON.stringify(expected[name])}`),
  ];
}

export function ofStack(stack: string, meanings: Meanings): Meanings {
  return Object.fromEntries(Object.entries(meanings).map(([name, meaning]) => [`${stack}:${name}`, meaning]));
}

export function together(all: readonly ReadBack[]): ReadBack {
  return {
    problems: all.flatMap(({ problems }) => problems),
    read: Object.assign({}, ...all.map(({ read }) => read)),
    expected: Object.assign({}, ...all.map(({ expected }) => expected)),
  };
}
