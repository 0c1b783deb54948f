/**
 * What is wrong with standards and groups of principals that nothing uses: each is tried as if something did. In: a project and
 * its model. Out: only what is wrong whatever uses them; a key that builds on a standard may settle the rest.
 */
import { catalogue } from '../diagnostics/catalogue.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkKeys } from '../keys/check-keys.ts';
import type { StandardDefinition } from '../language/key.ts';
import { bindPrincipals, type PrincipalScope } from '../policy/bind-principals.ts';
import { decidePolicies } from '../policy/decide-policies.ts';
import { charactersAreAccepted } from '../policy/policy-characters.ts';
import { createTidy } from '../policy/tidy.ts';
import type { Named } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { KeyModel, Model, StackModel } from '../resolve/model.ts';
import { placeOf } from '../resolve/place.ts';
import { resolveProperties } from '../resolve/resolve-stacks.ts';
import { resolveTraits } from '../resolve/traits.ts';
import { createLinks } from '../stacks/links.ts';
import { synthesiseKey } from './keys.ts';

/** What a key that builds on a standard may still settle. */
const dependsOnUse = new Set(catalogue.filter((entry) => entry.dependsOnUse).map(({ code }) => code));

export function checkUnused(project: Project, model: Model, usedNames: ReadonlySet<string>): readonly Diagnostic[] {
  // Of a project with too many parts there is no model, and everything would seem to be unused.
  if (model.stacks.length === 0 && project.stacks.size > 0) return [];
  const standards = unusedStandards(project, model);
  const groups = [...project.principals.values()].filter(
    ({ name, value }) => ('anyOf' in value || 'stack' in value) && !usedNames.has(name),
  );
  const [first] = [...standards, ...groups];
  if (first === undefined) return [];

  const found: Diagnostic[] = [];
  const stack = tryingStack(first, model);
  const scope: PrincipalScope = {
    principals: project.principals,
    environments: project.environments,
    stacks: model.stacks,
    usedNames: new Set(),
    regions: project.settings.regions,
  };
  const keys = standards.map((standard) => keyOf(standard, stack, project, found));
  const trial: Model = { ...model, stacks: [{ ...stack, keys: new Map(keys.map((key) => [key.name, key])) }] };
  for (const problem of checkKeys(trial)) found.push(problem);
  const inputs = { scope, links: createLinks([], []), tidy: createTidy(model.settings), diagnostics: found };
  const { keyPolicies } = decidePolicies(trial, inputs);
  for (const key of keys) synthesiseKey(key, keyPolicies, found);
  for (const document of keyPolicies.values()) found.push(...charactersAreAccepted(document));
  // All at once, so that each circle is found once.
  const references = groups
    .filter(({ name }) => !scope.usedNames.has(name))
    .map((group) => ({ ...group, value: group.name }));
  bindPrincipals(references, stack, stack.place, scope, found);
  return found.filter(({ code }) => !dependsOnUse.has(code));
}

/** The standards on which no key builds, without those that others of them build on: with these they are tried. */
function unusedStandards(project: Project, model: Model): readonly Named<StandardDefinition>[] {
  const { standards } = project;
  if (standards.size === 0) return [];
  const covered = new Set<string>();
  const cover = (start: string | undefined): void => {
    let name = start;
    while (name !== undefined && !covered.has(name)) {
      covered.add(name);
      name = standards.get(name)?.value.standard;
    }
  };
  for (const stack of model.stacks) {
    for (const key of stack.keys.values()) {
      for (const member of [key, ...key.replicas]) cover(member.definition.value.standard);
    }
  }
  const unused = [...standards.values()].filter(({ name }) => !covered.has(name));
  const builtOn = new Set(unused.map(({ value }) => value.standard));
  // Of a circle on which nothing else builds, one has to be the first.
  const ordered = [...unused.filter(({ name }) => !builtOn.has(name)), ...unused];
  return ordered.filter(({ name }) => {
    const isCovered = covered.has(name);
    cover(name);
    return !isCovered;
  });
}

/** A stack that could be anywhere, in which the names of all that any stack creates are known. */
function tryingStack(first: Named<unknown>, model: Model): StackModel {
  return {
    name: '',
    app: model.app,
    definition: { ...first, value: {} },
    environment: {},
    place: placeOf({}),
    replicaEnvironments: [],
    siblingEnvironments: [],
    targets: [],
    tags: [],
    created: new Map(model.stacks.flatMap(({ created }) => [...created])),
    keys: new Map(),
    imports: new Map(),
  };
}

/** A key that is no more than the standard. */
function keyOf(
  standard: Named<StandardDefinition>,
  stack: StackModel,
  project: Project,
  diagnostics: Diagnostic[],
): KeyModel {
  const { name, nameSpan } = standard;
  const properties = resolveProperties(standard, project, diagnostics);
  const { environment, place } = stack;
  return {
    kind: 'key',
    id: `key/${name}`,
    name,
    stack,
    environment,
    place,
    traits: resolveTraits(properties.properties),
    definition: standard,
    nameSpan,
    ...properties,
    aliases: [],
    replicas: [],
  };
}
