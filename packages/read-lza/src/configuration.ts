import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Tag } from '@keywright/core/ir/program';
import type { SourceFile } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import { parseSource } from '@keywright/core/syntax/parse';
import { acceleratorYaml, withIncludes } from './includes.ts';
import { tagsIn } from './tags.ts';

export interface Account {
  readonly name: string;
  /** The full path of the account's organizational unit, such as `Workloads/Prod`. */
  readonly unit: string;
  /** Twelve digits; absent if `accountIds` does not have the account. */
  readonly id?: string;
}

/** Everything in a configuration except its key sets. */
export interface Surroundings {
  /** `undefined` if there is no accounts-config.yaml. */
  readonly accounts: readonly Account[] | undefined;
  /** `undefined` if there is no global-config.yaml. */
  readonly regions: readonly string[] | undefined;
  readonly homeRegion: string | undefined;
  readonly accessRole: string | undefined;
  /** The organizational units; `undefined` if there is no organization-config.yaml. */
  readonly units: ReadonlySet<string> | undefined;
  /** Units that the accelerator ignores. */
  readonly ignoredUnits: ReadonlySet<string>;
  /** The global replacements with values in the files. */
  readonly replacements: ReadonlyMap<string, string | readonly string[]>;
  /** The tags of every key, sorted by name. */
  readonly tags: readonly Tag[];
}

/** The file with the key sets, parsed. */
export interface SecurityConfig {
  readonly keySets: unknown;
  readonly service: Mapping;
  readonly locations: Locations;
}

export interface Configuration {
  readonly files: readonly SourceFile[];
  /** The folder of the file with the key sets, with its slash. */
  readonly folder: string;
  /** `undefined` if no file has key sets. */
  readonly security: SecurityConfig | undefined;
  readonly surroundings: Surroundings;
}

/** Returns the folder of a path with its slash; empty for a file at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Returns the first file with key sets, and the contents of the files beside it. Reports files that cannot be parsed. */
export function readConfiguration(files: readonly SourceFile[]): Result<Configuration> {
  const collector = createCollector();
  const written = files.filter(
    ({ path, text }) => /\.ya?ml$/.test(path) && /^\s*"?keyManagementService"?\s*:/m.test(text),
  );
  const [file] = written;
  const folder = folderOf(file?.path ?? files[0]?.path ?? '');
  const parse = (source: SourceFile, replace: (source: SourceFile) => SourceFile) => {
    const included = withIncludes(parseSource(replace(source), acceleratorYaml), (path) => {
      const includedFile = files.find((one) => one.path === `${folder}${path}`);
      return includedFile && parseSource(replace(includedFile), acceleratorYaml);
    });
    collector.add(...included.diagnostics);
    return included;
  };
  const parsedBeside = (name: string, replace: (source: SourceFile) => SourceFile) => {
    const source = files.find(({ path }) => path === `${folder}${name}.yaml` || path === `${folder}${name}.yml`);
    return source && parse(source, replace);
  };
  const beside = (name: string, replace: (source: SourceFile) => SourceFile): Mapping =>
    mappingIn(parsedBeside(name, replace)?.value);
  const asItIs = (source: SourceFile) => source;
  const replacements = replacementsIn(beside('replacements-config', asItIs));
  const accounts = accountsIn(beside('accounts-config', asItIs));
  const replaced = (source: SourceFile): SourceFile => ({
    ...source,
    text: withReplacements(source.text, replacements, accounts ?? []),
  });
  const globalConfig = parsedBeside('global-config', replaced);
  const settings = mappingIn(globalConfig?.value);
  const units = listIn(beside('organization-config', replaced).organizationalUnits);
  const security = file && parse(file, replaced);
  const root = isMapping(security?.value) ? security.value : {};
  const service = isMapping(root.keyManagementService) ? root.keyManagementService : undefined;
  return collector.result({
    files,
    folder,
    security: security && service && { keySets: service.keySets, service, locations: security.locations },
    surroundings: {
      accounts,
      regions: textsIn(settings.enabledRegions),
      homeRegion: textIn(settings.homeRegion) ?? textIn(root.homeRegion),
      accessRole: textIn(settings.managementAccountAccessRole),
      units: units.length > 0 ? new Set(['Root', ...units.map(({ name }) => String(name))]) : undefined,
      ignoredUnits: new Set(units.filter(({ ignore }) => ignore === true).map(({ name }) => String(name))),
      replacements,
      tags:
        service === undefined || globalConfig === undefined
          ? []
          : collector.take(tagsIn(settings, globalConfig.locations)),
    },
  });
}

function mappingIn(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('{{') ? value : undefined;
}

function textsIn(value: unknown): readonly string[] | undefined {
  const texts = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  return texts.length > 0 ? texts : undefined;
}

function listIn(value: unknown): readonly Mapping[] {
  return Array.isArray(value) ? value.filter(isMapping) : [];
}

function accountsIn(config: Mapping): readonly Account[] | undefined {
  const listed = [...listIn(config.mandatoryAccounts), ...listIn(config.workloadAccounts)];
  if (listed.length === 0) return undefined;
  const ids = new Map(
    listIn(config.accountIds).map(({ email, accountId }) => [String(email).toLowerCase(), String(accountId)]),
  );
  return listed.flatMap(({ name, email, organizationalUnit: unit }): readonly Account[] => {
    if (typeof name !== 'string' || typeof unit !== 'string') return [];
    const id = ids.get(String(email).toLowerCase());
    return [{ name, unit, ...(id !== undefined && /^\d{12}$/.test(id) && { id }) }];
  });
}

function replacementsIn(config: Mapping): Surroundings['replacements'] {
  return new Map(
    listIn(config.globalReplacements).flatMap(({ key, value }): readonly [string, string | readonly string[]][] => {
      if (typeof key !== 'string') return []; // the value of a replacement with a `path` is in the Parameter Store
      if (typeof value === 'string' || typeof value === 'number') return [[key, String(value)]];
      const texts = textsIn(value);
      return texts === undefined ? [] : [[key, texts]];
    }),
  );
}

/**
 * Replaces `{{Name}}` and `{{account Name}}` if the files define them, as the accelerator does before parsing. Puts a variable in quotes if
 * it is neither defined nor in quotes. Lines stay where they are, so that spans are correct.
 */
function withReplacements(
  text: string,
  replacements: Surroundings['replacements'],
  accounts: readonly Account[],
): string {
  const variable = /(["']?)\{\{\s*(account\s+)?"?([\w-]+)"?\s*\}\}(?=(\s*[\],\r\n])?)/g;
  return text.replaceAll(variable, (whole, quote: string, ofAccount, name: string, isAlone, offset: number) => {
    const value =
      ofAccount === undefined ? replacements.get(name) : accounts.find((account) => account.name === name)?.id;
    if (value !== undefined)
      return (
        quote +
        [value]
          .flat()
          .join(',')
          .replaceAll(/[\r\n]+/g, ' ')
      );
    const startsValue = /(?:^|[[,:-]\s*)$/.test(text.slice(Math.max(0, offset - 20), offset));
    return quote === '' && isAlone !== undefined && startsValue ? JSON.stringify(whole) : whole;
  });
}
