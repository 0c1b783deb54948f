import { isDeepStrictEqual } from 'node:util';

/**
 * The resources read back from generated files, beside those of the program itself: by stack, and by a tool's name for
 * each.
 */
export interface ReadBack {
  /** What the reader reports. */
  readonly problems: readonly string[];
  readonly read: Meanings;
  readonly expected: Meanings;
}

/** By `stack:resource`. */
export type Meanings = Readonly<Record<string, unknown>>;

/**
 * The differences between the resources that were read back and those of the program; empty if they mean the same and nothing was reported.
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

/** Prefixes each of the `meanings` with the name of their stack. */
export function ofStack(stack: string, meanings: Meanings): Meanings {
  return Object.fromEntries(Object.entries(meanings).map(([name, meaning]) => [`${stack}:${name}`, meaning]));
}

/** The results for several stacks as one. */
export function together(all: readonly ReadBack[]): ReadBack {
  return {
    problems: all.flatMap(({ problems }) => problems),
    read: Object.assign({}, ...all.map(({ read }) => read)),
    expected: Object.assign({}, ...all.map(({ expected }) => expected)),
  };
}
