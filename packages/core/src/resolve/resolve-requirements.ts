/** Finds the keys that the requirements of a project apply to, and binds the principals that the requirements name. */
import { groupBy } from '../collections/group-by.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { severalOrganizations } from '../diagnostics/requirements.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import { isLike } from '../language/like.ts';
import type { RequirementDefinition } from '../language/requirement.ts';
import { listOf } from '../language/text.ts';
import { declaredAccounts } from '../project/declared-accounts.ts';
import { elements, type Located, type Named, oneOrMore, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import { bindReference } from './bind-principals.ts';
import type { EnvironmentSets } from './environment-sets.ts';
import { interpolate } from './interpolate.ts';
import {
  type ImportModel,
  type Inside,
  type KeyModel,
  keysOf,
  type RequiredKey,
  type RequirementModel,
  type StackModel,
} from './model.ts';
import type { Scope } from './scope.ts';
import { textsInEnvironments } from './texts-in-environments.ts';

/** The requirements of a project, each with the keys it applies to. `isComplete`: whether all keys of the project are known. */
export function resolveRequirements(scope: Scope, isComplete: boolean): Result<readonly RequirementModel[]> {
  const collector = createCollector();
  const { project, stacks } = scope;
  if (project.requirements.size === 0) return collector.result([]);
  const imports = importsByKey(stacks);
  const keys = stacks.flatMap(keysOf);
  const accounts = declaredAccounts(project, (declaration) => isOfTrustedFile(project, declaration));
  const requirements = [...project.requirements.values()].map((definition): RequirementModel => {
    const coverageFound = coverage(definition, scope.environments);
    const { covers, mayHoldFor } = collector.take(coverageFound);
    // An unknown environment in `of` covers nothing and has been reported.
    const isKnown = coverageFound.diagnostics.length === 0;
    const admins = elements(property(definition, 'admins'));
    const required = (key: KeyModel): RequiredKey => {
      // Bound as in the key itself: the references of a replica are bound in the stack of its primary key.
      const { created, environment } = key.stack;
      const from = { created, environment, place: placeForRequirements(key, project) };
      return {
        key,
        admins: admins.map((reference) => collector.take(bindReference(reference, from, scope))),
        imports: imports.get(key) ?? [],
      };
    };
    const covered = keys.filter(covers).map(required);
    const exceptions = elements(property(definition, 'except')).map((exception) => ({
      definition: exception,
      keys: covered.filter(({ key }) => `${key.stack.definition.name}.${key.name}` === exception.value.key),
    }));
    const excepted = new Set(exceptions.flatMap((exception) => exception.keys));
    const inside = { accounts, ...collector.take(organizationOf(definition, project)) };
    const keysOfIt = covered.filter((one) => !excepted.has(one));
    return { definition, keys: keysOfIt, exceptions, inside, mayHoldFor, isComplete: isComplete && isKnown };
  });
  return collector.result(requirements);
}

/**
 * The place in which requirements are read for a key, without values of an untrusted environment: a team must not influence who has to be
 * among the admins.
 */
function placeForRequirements({ environment: { name }, place }: KeyModel, project: Project): KeyModel['place'] {
  const environment = project.environments.get(name ?? '');
  if (environment === undefined || isOfTrustedFile(project, environment)) return place;
  return { ...place, values: { ...place.values, byName: new Map(), lacking: () => [environment.name] } };
}

function importsByKey(stacks: readonly StackModel[]): ReadonlyMap<KeyModel, readonly ImportModel[]> {
  const imports = stacks.flatMap((stack) => [...stack.imports.values()]);
  return groupBy(
    imports.filter((imported) => imported.kind === 'key'),
    ({ key }) => key,
  );
}

function isOfTrustedFile({ access }: Project, { span }: Located<unknown>): boolean {
  return access.get(span.file)?.isTrusted === true;
}

/** Returns two tests: whether a requirement applies to a key, and whether it could have applied to a key that is gone. */
function coverage(
  definition: Named<RequirementDefinition>,
  sets: EnvironmentSets,
): Result<{ readonly covers: (key: KeyModel) => boolean; readonly mayHoldFor: RequirementModel['mayHoldFor'] }> {
  const collector = createCollector();
  const covered = property(definition, 'of');
  if (covered === undefined) return collector.result({ covers: () => true, mayHoldFor: () => true });
  const { stacks, keys, usage, spec, tag } = covered.value;
  const isIn = collector.take(environmentsCovered(oneOrMore(property(covered, 'environments')), sets));
  const fits = (text: string, patterns: string | readonly string[] | undefined) =>
    patterns === undefined || listOf(patterns).some((pattern) => isLike(text, pattern));
  const isNamed = (stack: string, key: string) => fits(key, keys) || fits(`${stack}.${key}`, keys);
  return collector.result({
    covers: (key) => {
      const stack = key.stack.definition.name;
      return (
        isIn(key.environment) &&
        fits(stack, stacks) &&
        isNamed(stack, key.name) &&
        (usage === undefined || listOf(usage).includes(key.traits.usage)) &&
        (spec === undefined || listOf(spec).includes(key.traits.spec)) &&
        Object.entries(tag ?? {}).every(([name, values]) => {
          const tagValue = tagsOf(key).get(name);
          return tagValue !== undefined && fits(tagValue, values);
        })
      );
    },
    mayHoldFor: ({ stack, key, environment }) =>
      (environment === undefined || !sets.all.has(environment) || isIn(sets.all.get(environment) ?? {})) &&
      (stack === undefined || fits(stack, stacks)) &&
      (stack === undefined || key === undefined || isNamed(stack, key)),
  });
}

/**
 * Returns a test that tells whether the patterns name an environment. A stack without an environment always passes, since it can be
 * deployed anywhere.
 */
function environmentsCovered(
  patterns: readonly Located<string>[],
  sets: EnvironmentSets,
): Result<(environment: Environment) => boolean> {
  const collector = createCollector();
  if (patterns.length === 0) return collector.result(() => true);
  const names = new Set(
    patterns.flatMap((pattern) => [...(collector.take(sets.find(pattern))?.environments.keys() ?? [])]),
  );
  return collector.result(({ name }) => name === undefined || names.has(name));
}

/** A key's tags, including those of its environment and stack. What only the deployment knows stays a placeholder. */
export function tagsOf({ inheritedTags, properties, place }: KeyModel): ReadonlyMap<string, string> {
  const text = (tag: Named<string>) => {
    const { value } = interpolate(tag, place);
    return value.kind === 'literal' ? value.text : tag.value;
  };
  return new Map([...inheritedTags, ...properties.tags].map(([name, tag]) => [name, text(tag)]));
}

/** The organization that a requirement names, or else the only organization under `principals`. */
function organizationOf(
  definition: Named<RequirementDefinition>,
  project: Project,
): Result<Pick<Inside, 'organization'>> {
  const principals = property(definition, 'principals');
  if (principals === undefined || principals.value.outside !== 'organization') return { value: {}, diagnostics: [] };
  const { organization } = principals.value;
  if (organization !== undefined) return { value: { organization }, diagnostics: [] };
  // A value that an untrusted file gives its environment decides no requirement.
  const environments = [...project.environments].filter(([, environment]) => isOfTrustedFile(project, environment));
  const textsOf = textsInEnvironments({ ...project, environments: new Map(environments) });
  const ids = new Set(
    [...project.principals.values()].flatMap((principal) => {
      const { value } = principal;
      if (!('organization' in value) || !isOfTrustedFile(project, principal)) return [];
      // A placeholder remains if an environment lacks the value. The requirement has no organization in that environment.
      return textsOf(value.organization).filter((text) => !text.includes('${'));
    }),
  );
  const [only] = ids;
  if (only === undefined) return { value: {}, diagnostics: [] };
  if (ids.size === 1) return { value: { organization: only }, diagnostics: [] };
  return { value: {}, diagnostics: [report(severalOrganizations, principals.span, { organizations: [...ids] })] };
}
