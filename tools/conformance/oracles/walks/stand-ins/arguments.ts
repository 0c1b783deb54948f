/** The options of a command line with their values, and the words before the options. */
export interface Arguments {
  readonly words: readonly string[];
  /** Maps the name of an option, such as `--stack-name`, to its values. A flag has no values. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/**
 * Parses a command line.
 *
 * @param flags options without a value: a word that follows is not their value
 */
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
