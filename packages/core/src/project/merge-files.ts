import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { definedTwice } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { knownRegions } from '../kms/regions.ts';
import type { AccountDefinition, EnvironmentDefinition } from '../language/environment.ts';
import type { FileDefinition } from '../language/project.ts';
import { environmentsOf } from './account-environments.ts';
import { accountsKeepTheirOwners } from './accounts-keep-their-owners.ts';
import { elements, entries, type Located, type Named, property } from './located.ts';
import type { FileAccess, Project } from './project.ts';

/**
 * Merges the sections of all files. Reports a name that two files define (KW2002); the first definition stands. Returns `undefined` if
 * `keywright.yaml` itself could not be understood.
 */
export function mergeFiles(
  files: readonly Located<FileDefinition>[],
  access: ReadonlyMap<string, FileAccess>,
): Result<Omit<Project, 'isWhole' | 'hasAllNames' | 'policyFiles'> | undefined> {
  const collector = createCollector();
  // In files that are not trusted, some sections have already been reported and have no effect.
  const trusted = files.filter(({ span }) => access.get(span.file)?.isTrusted);
  const section = <Name extends SectionName>(kind: string, name: Name, of = files) =>
    collector.take(mergedSection(kind, name, of));
  const app = collector.take(appOf(files));
  const settings = section('setting', 'settings', trusted);
  const setting = <T>(name: string, otherwise: T): T => (settings.get(name)?.value as T | undefined) ?? otherwise; // the schema guarantees each setting's type
  const accounts = section('account', 'accounts', trusted);
  const parts = {
    accounts,
    environments: collector.take(withEnvironmentsOf(accounts, section('environment', 'environments'))),
    rules: section('rule', 'rules', trusted),
    requirements: section('requirement', 'requirements', trusted),
    targetOptions: section('target', 'targets', trusted),
    groups: section('group', 'groups', trusted),
    moved: trusted.flatMap((file) => elements(property(file, 'moved'))),
    removed: trusted.flatMap((file) => elements(property(file, 'removed'))),
    principals: section('principal', 'principals'),
    standards: section('standard', 'standards'),
    keySets: section('key set', 'keySets'),
    stacks: section('stack', 'stacks'),
  };
  collector.add(...accountsKeepTheirOwners({ ...parts, access }));
  const everyone = parts.principals.get('everyoneInAccount');
  if (everyone !== undefined && !access.get(everyone.span.file)?.isTrusted) {
    // The name has a built-in meaning, which it would lose wherever another file uses it.
    collector.add(report(definedTwice, everyone.nameSpan, { kind: 'principal', name: everyone.name }));
  }
  if (app === undefined) return collector.result(undefined);
  return collector.result({
    app: app.value,
    settings: {
      defaultKeyPolicies: setting('defaultKeyPolicies', true),
      aliasGrants: setting<'none' | 'identity'>('aliasGrants', 'none'),
      minimizePolicies: setting('minimizePolicies', true),
      regions: new Set([...knownRegions, ...setting<readonly string[]>('newRegions', [])]),
    },
    ...parts,
    access,
  });
}

/** The sections whose entries have names. */
type SectionName = Exclude<
  {
    [Name in keyof FileDefinition]-?: NonNullable<FileDefinition[Name]> extends Readonly<Record<string, unknown>>
      ? Name
      : never;
  }[keyof FileDefinition],
  undefined
>;

type Entry<Name extends SectionName> = NonNullable<FileDefinition[Name]>[keyof NonNullable<FileDefinition[Name]>];

/** The entries that files have in a section, by name; the first of several with one name. */
function mergedSection<Name extends SectionName>(
  kind: string,
  name: Name,
  files: readonly Located<FileDefinition>[],
): Result<Map<string, Named<Entry<Name>>>> {
  const collector = createCollector();
  const byName = new Map<string, Named<Entry<Name>>>();
  for (const file of files) {
    // `property` does not know that each of these sections is a record.
    const section = property(file, name) as Located<Readonly<Record<string, Entry<Name>>>> | undefined;
    for (const entry of entries(section)) collector.add(...addOnce(byName, kind, entry));
  }
  return collector.result(byName);
}

function withEnvironmentsOf(
  accounts: ReadonlyMap<string, Named<AccountDefinition>>,
  environments: ReadonlyMap<string, Named<EnvironmentDefinition>>,
): Result<ReadonlyMap<string, Named<EnvironmentDefinition>>> {
  const collector = createCollector();
  const all = new Map(environments);
  for (const environment of [...accounts.values()].flatMap(environmentsOf)) {
    collector.add(...addOnce(all, 'environment', environment));
  }
  return collector.result(all);
}

/** Adds an entry, or reports the entry if its name is taken (KW2002). */
function addOnce<T>(byName: Map<string, Named<T>>, kind: string, entry: Named<T>): readonly Diagnostic[] {
  const { name, nameSpan } = entry;
  const first = byName.get(name);
  if (first === undefined) {
    byName.set(name, entry);
    return [];
  }
  const related = [{ message: 'it is defined here first', span: first.nameSpan }];
  return [report(definedTwice, nameSpan, { kind, name }, related)];
}

/** The name of the app, which several files may repeat but not change. */
function appOf(files: readonly Located<FileDefinition>[]): Result<Located<string> | undefined> {
  const [app, ...others] = files.flatMap((file) => property(file, 'app') ?? []);
  if (app === undefined) return { value: undefined, diagnostics: [] };
  const related = [{ message: 'it is defined here first', span: app.span }];
  const diagnostics = others
    .filter(({ value }) => value !== app.value)
    .map(({ value, span }) => report(definedTwice, span, { kind: 'app name', name: value }, related));
  return { value: app, diagnostics };
}
