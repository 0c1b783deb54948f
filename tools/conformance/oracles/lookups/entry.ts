/** An entry of the context file, with its fields in the order of docs/lookups.md. */
export interface Entry {
  readonly account: string;
  readonly region: string;
  readonly alias: string;
  readonly keyId: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly manager: string;
  readonly multiRegion: boolean;
}

export const contextFileName = 'keywright.context.json';

/** Returns for example `111122223333/eu-west-1/alias/shared`. */
export function nameOf({ account, region, alias }: Pick<Entry, 'account' | 'region' | 'alias'>): string {
  return `${account}/${region}/${alias}`;
}

/** Returns the context file with exactly these entries, byte for byte. */
export function contextText(entries: readonly Entry[]): string {
  const aliases = [...entries]
    .sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
    .map(({ account, region, alias, keyId, arn, spec, usage, manager, multiRegion }) => ({
      account,
      region,
      alias,
      keyId,
      arn,
      spec,
      usage,
      manager,
      multiRegion,
    }));
  return `${JSON.stringify({ version: 1, aliases }, undefined, 2)}\n`;
}

/** Returns the entries of a context file; `undefined` if it is not JSON of the right form. */
export function entriesOf(text: string | undefined): readonly Entry[] | undefined {
  if (text === undefined) return [];
  try {
    const { aliases } = JSON.parse(text);
    return Array.isArray(aliases) ? aliases : undefined;
  } catch {
    return undefined;
  }
}
