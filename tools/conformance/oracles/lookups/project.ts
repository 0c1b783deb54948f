/** An alias that a project looks up, and the role that reaches its account. */
export interface LookedUpAlias {
  readonly account: string;
  readonly region: string;
  readonly alias: string;
  readonly role?: string;
  readonly profile?: string;
  readonly whenMissing?: 'dummy';
}

export interface Project {
  /** The text of `keywright.yaml`. */
  readonly text: string;
  /** Returns the position of an alias in the text, as the command prints it. */
  placeOf(wanted: LookedUpAlias): string;
}

export function projectOf(wanted: readonly LookedUpAlias[]): Project {
  const environments = new Map<string, string>();
  const environmentOf = ({ account, region, role, profile }: LookedUpAlias) => {
    const id = [
      `account: "${account}"`,
      `region: ${region}`,
      ...(role === undefined ? [] : [`lookupRole: "${role}"`]),
      ...(profile === undefined ? [] : [`profile: ${profile}`]),
    ].join(', ');
    const name = environments.get(id) ?? `e${environments.size}`;
    environments.set(id, name);
    return name;
  };
  const imports = wanted.map((one, index) => {
    const rest = one.whenMissing === undefined ? '' : `, whenMissing: ${one.whenMissing}`;
    return `      i${index}: { lookup: { alias: ${one.alias}, environment: ${environmentOf(one)}${rest} } }`;
  });
  const head = [
    'keywright: 1',
    'app: lookups',
    'environments:',
    ...[...environments].map(([id, name]) => `  ${name}: { ${id} }`),
    'stacks:',
    '  all:',
    '    environment: e0',
    '    imports:',
  ];
  return {
    text: `${[...head, ...imports].join('\n')}\n`,
    placeOf(one) {
      const index = wanted.indexOf(one);
      const column = (imports[index] ?? '').indexOf('alias/') + 1;
      return `keywright.yaml:${head.length + index + 1}:${column}`;
    },
  };
}
