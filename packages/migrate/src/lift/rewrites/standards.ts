import { groupBy } from '@keywright/core/collections/group-by';
import { sharedStart } from '@keywright/core/collections/shared-start';
import type { Program } from '@keywright/core/ir/program';
import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '@keywright/core/language/key';
import type { Draft } from '../draft/draft.ts';
import { printYaml } from '../draft/print-yaml.ts';
import { changeIfEquivalent, type Sense } from './keep.ts';

type Definition = KeyDefinition | ReplicaDefinition;

/**
 * Properties that a standard sets only if all definitions have the same value, since a key with another value would have to override it.
 */
const values = ['spec', 'usage', 'origin', 'rotation', 'pendingWindow', 'removal', 'enabled', 'policyId'] as const;
/** Lists that a key adds its own elements to. */
const lists = ['statements', 'admins', 'services', 'grants'] as const;

/**
 * Moves properties that several keys and replicas have in common into a standard, if that makes the text shorter by more than a twentieth.
 */
export function uniteStandards(draft: Draft, _: Program, sense: Sense): Draft {
  const groups = groupBy(definitionsIn(draft), ({ definition }) => {
    const { policy, statements = [] } = definition;
    return JSON.stringify([
      policy === undefined,
      typeof policy === 'string' ? policy : ((policy === undefined ? statements : policyOf(definition))[0] ?? null),
      ('spec' in definition && definition.spec) || null,
    ]);
  });
  let current = draft;
  for (const group of [...groups.values()].filter(({ length }) => length > 1)) {
    const paths = new Set(group.map(({ path }) => path));
    const name = freeName(current);
    const next = changeIfEquivalent(current, (changed) => extract(changed, paths, name), sense);
    if (printYaml(next).length < printYaml(current).length * 0.95) current = next;
  }
  return current;
}

function definitionsIn(draft: Draft): readonly { readonly path: string; readonly definition: Definition }[] {
  return Object.entries(draft.stacks ?? {}).flatMap(([stack, { keys = {} }]) =>
    Object.entries(keys).flatMap(([name, key]) => [
      { path: `${stack}/${name}`, definition: key },
      ...(key.replicas ?? []).map((replica) => ({
        path: `${stack}/${name}/${'region' in replica ? `region ${replica.region}` : replica.environment}`,
        definition: replica,
      })),
    ]),
  );
}

function policyOf({ policy }: Definition) {
  return Array.isArray(policy) ? policy : [];
}

function freeName({ standards = {} }: Draft): string {
  let name = 'common';
  for (let count = 2; name in standards; count += 1) name = `common${count}`;
  return name;
}

function extract(draft: Draft, paths: ReadonlySet<string>, name: string): void {
  const definitions = definitionsIn(draft).flatMap(({ path, definition }) => (paths.has(path) ? [definition] : []));
  const [first] = definitions;
  if (first === undefined) return;
  const standard: StandardDefinition = {};
  const common: Record<string, unknown> = standard;
  const mutable: Record<string, unknown>[] = definitions;
  const start: Record<string, unknown> = first;
  for (const property of values) {
    const value = start[property];
    if (value === undefined || mutable.some((one) => JSON.stringify(one[property]) !== JSON.stringify(value))) continue;
    common[property] = value;
    for (const one of mutable) delete one[property];
  }
  if (typeof first.policy === 'string') {
    standard.policy = first.policy;
    for (const one of definitions) delete one.policy;
    takeLists(common, mutable, ['statements']);
  } else if (Array.isArray(first.policy)) {
    const policy = sharedStart(definitions.map(policyOf));
    standard.policy = [...policy];
    for (const one of definitions) {
      const rest = policyOf(one).slice(policy.length);
      delete one.policy;
      if (rest.length > 0) one.statements = [...rest, ...(one.statements ?? [])];
    }
  } else takeLists(common, mutable, ['statements']);
  takeLists(common, mutable, lists.slice(1));
  const tags = Object.entries(first.tags ?? {}).filter(([tag, value]) =>
    definitions.every((one) => one.tags?.[tag] === value),
  );
  if (tags.length > 0) {
    standard.tags = Object.fromEntries(tags);
    for (const one of definitions) {
      for (const [tag] of tags) delete one.tags?.[tag];
      if (Object.keys(one.tags ?? {}).length === 0) delete one.tags;
    }
  }
  const differences = 'in' in first ? first.in : undefined;
  const isShared = mutable.every((one) => JSON.stringify(one.in) === JSON.stringify(differences));
  if (differences !== undefined && isShared && Object.values(differences).every(fitsStandard)) {
    common.in = differences;
    for (const one of mutable) delete one.in;
  }
  for (const one of definitions) {
    const { ...rest } = one;
    for (const property of Object.keys(one)) delete (one as Record<string, unknown>)[property]; // so that `standard` comes first
    const place =
      'region' in rest ? { region: rest.region } : 'environment' in rest ? { environment: rest.environment } : {};
    Object.assign(one, place, { standard: name }, rest);
  }
  draft.standards = { ...draft.standards, [name]: standard };
}

/** Whether a standard can have this entry under `in`. */
function fitsStandard(difference: object | string): boolean {
  const possible: readonly string[] = [...values, ...lists, 'tags', 'description', 'policy'];
  return typeof difference === 'object' && Object.keys(difference).every((property) => possible.includes(property));
}

function takeLists(common: Record<string, unknown>, keys: Record<string, unknown>[], names: readonly string[]): void {
  for (const list of names) {
    const all = keys.map((one) => (Array.isArray(one[list]) ? (one[list] as unknown[]) : []));
    const shared = sharedStart(all);
    if (shared.length === 0) continue;
    common[list] = shared;
    keys.forEach((one, index) => {
      const rest = all[index]?.slice(shared.length) ?? [];
      if (rest.length === 0) delete one[list];
      else one[list] = rest;
    });
  }
}
