/** Options of a command line, each with its values, and the words before them. */
export interface Arguments {
  readonly words: readonly string[];
  /** By name, `--stack-name`; a flag has no values. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** @param flags options that take no value, so that a following word is not their value */
export function argumentsOf(argv: readonly string[], flags: readonly string[] = []): Arguments {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const word of argv) {
    const [name = '', value] = word.startsWith('-') ? word.split(/=(.*)/s) : [];
    if (name !== '') {
      const values = options.get(name) ?? [];
      if (value !== undefined) values.push(value);
      options.set(name, values);
      open = value !== undefined || flags.includes(name) ? undefined : values;
    } else if (open === undefined) words.push(word);
    else {
      open.push(word);
      open = undefined;
    }
  }
  return { words, options };
}

export function one({ options }: Arguments, name: string): string {
  const [value] = options.get(name) ?? [];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
}
