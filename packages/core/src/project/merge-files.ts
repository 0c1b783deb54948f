import { report } from '../diagnostics/diagnostic.ts';
import { definedTwice } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { knownRegions } from '../kms/regions.ts';
import type { FileDefinition } from '../language/project.ts';
import { environmentsOf } from './account-environments.ts';
import { accountsKeepTheirOwners } from './accounts-keep-their-owners.ts';
import { elements, entries, type Located, type Named, property } from './located.ts';
import type { FileAccess, Project } from './project.ts';

/**
 * Merges the sections of all files. A name that two files define is KW2002; the first definition stands. Returns `undefined` if
 * `keywright.yaml` itself was not valid.
 */
export function mergeFiles(
  files: readonly Located<FileDefinition>[],
  access: ReadonlyMap<string, FileAccess>,
): Result<Omit<Project, 'isWhole' | 'policyFiles'> | undefined> {
  const collector = createCollector();

  const collect = <T>(kind: string, sections: readonly (Located<Readonly<Record<string, T>>> | undefined)[]) => {
    const byName = new Map<string, Named<T>>();
    for (const entry of sections.flatMap((section) => entries(section))) {
      const first = byName.get(entry.name);
      if (first === undefined) byName.set(entry.name, entry);
      else {
        const related = [{ message: 'it is defined here first', span: first.nameSpan }];
        collector.add(report(definedTwice, entry.nameSpan, { kind, name: entry.name }, related));
      }
    }
    return byName;
  };

  // These sections in other files have been reported, and have no effect.
  const trusted = files.filter(({ span }) => access.get(span.file)?.isTrusted);
  const settings = collect(
    'setting',
    trusted.map((file) => property(file, 'settings') as Located<Readonly<Record<string, unknown>>> | undefined),
  );
  const setting = <T>(name: string, otherwise: T): T => (settings.get(name)?.value as T | undefined) ?? otherwise; // the schema guarantees each setting's type
  const apps = files.flatMap((file) => property(file, 'app') ?? []);
  const [app, ...others] = apps;
  for (const other of others) {
    if (other.value === app?.value) continue;
    const related = app === undefined ? [] : [{ message: 'it is defined here first', span: app.span }];
    collector.add(report(definedTwice, other.span, { kind: 'app name', name: other.value }, related));
  }

  const accounts = collect(
    'account',
    trusted.map((file) => property(file, 'accounts')),
  );
  const environments = collect(
    'environment',
    files.map((file) => property(file, 'environments')),
  );
  for (const environment of [...accounts.values()].flatMap(environmentsOf)) {
    const { name, nameSpan } = environment;
    const first = environments.get(name);
    if (first === undefined) environments.set(name, environment);
    else {
      const related = [{ message: 'it is defined here first', span: first.nameSpan }];
      collector.add(report(definedTwice, nameSpan, { kind: 'environment', name }, related));
    }
  }

  const parts = {
    accounts,
    environments,
    rules: collect(
      'rule',
      trusted.map((file) => property(file, 'rules')),
    ),
    requirements: collect(
      'requirement',
      trusted.map((file) => property(file, 'requirements')),
    ),
    targetOptions: collect(
      'target',
      trusted.map((file) => property(file, 'targets')),
    ),
    groups: collect(
      'group',
      trusted.map((file) => property(file, 'groups')),
    ),
    moved: trusted.flatMap((file) => elements(property(file, 'moved'))),
    removed: trusted.flatMap((file) => elements(property(file, 'removed'))),
    principals: collect(
      'principal',
      files.map((file) => property(file, 'principals')),
    ),
    standards: collect(
      'standard',
      files.map((file) => property(file, 'standards')),
    ),
    keySets: collect(
      'key set',
      files.map((file) => property(file, 'keySets')),
    ),
    stacks: collect(
      'stack',
      files.map((file) => property(file, 'stacks')),
    ),
  };
  collector.add(...accountsKeepTheirOwners({ ...parts, access }));
  const everyone = parts.principals.get('everyoneInAccount');
  if (everyone !== undefined && !access.get(everyone.span.file)?.isTrusted) {
    // The name has a built-in meaning, which its uses would lose.
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
