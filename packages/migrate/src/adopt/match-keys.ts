import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import { report } from '@keywright/core/diagnostics/diagnostic';
import type { Key } from '@keywright/core/ir/program';
import { maySharePlace } from '../compare/same-place.ts';
import { ambiguousInSource, keyMatchedTwice, notInSource } from './diagnostics.ts';
import type { ExistingResource, Pair, ProjectResource } from './existing-resource.ts';
import { nameOf } from './existing-resource.ts';

/**
 * Matches each key of the project to a key of the source. An alias of the project's key decides first, since an alias exists only once in
 * an account and region. Without such a match, the name decides that the project pins for the source's tool and, without one, the key's own
 * name. If no key matches, or several do, that is an error, never a guess.
 *
 * @param sourceTarget the target whose pinned names are those of the source; absent if the source is an account
 */
export function matchKeys(
  wanted: readonly ProjectResource<Key>[],
  existing: readonly ExistingResource<Key>[],
  sourceTarget: string | undefined,
): { readonly pairs: readonly Pair[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const taken = new Map<Key, ProjectResource<Key>>();
  const pairs = wanted.flatMap((key): readonly Pair[] => {
    const { resource, stack } = key;
    const near = existing.filter((other) => maySharePlace(stack.environment, other.stack.environment));
    const aliases = new Set(aliasesOf(key));
    const pinned = sourceTarget === undefined ? undefined : resource.names[sourceTarget];
    const rules: readonly ((other: ExistingResource<Key>) => boolean)[] = [
      (other) => aliasesOf(other).some((alias) => aliases.has(alias)),
      (other) =>
        pinned !== undefined &&
        (other.resource.names[sourceTarget ?? ''] === pinned || other.origin.address === pinned),
      (other) => other.resource.name === resource.name,
    ];
    const candidates = rules.map((rule) => near.filter(rule)).find(({ length }) => length > 0) ?? [];
    const [one, ...others] = candidates;
    const what = nameOf(resource);
    if (one === undefined) {
      diagnostics.push(report(notInSource, resource.source.span, { what }));
      return [];
    }
    if (others.length > 0) {
      const addresses = candidates.map(({ origin }) => origin.address);
      diagnostics.push(report(ambiguousInSource, resource.source.span, { what, addresses }));
      return [];
    }
    const before = taken.get(one.resource);
    if (before !== undefined) {
      const parameters = { what, other: nameOf(before.resource), address: one.origin.address };
      const related = [{ message: 'the other key', span: before.resource.source.span }];
      diagnostics.push(report(keyMatchedTwice, resource.source.span, parameters, related));
      return [];
    }
    taken.set(one.resource, key);
    return [{ wanted: key, existing: one }];
  });
  return { pairs, diagnostics };
}

function aliasesOf({ stack, resource: { id } }: ProjectResource<Key>): readonly string[] {
  return stack.resources.flatMap((resource) =>
    resource.kind === 'alias' && resource.target.kind === 'reference' && resource.target.resource === id
      ? [resource.aliasName]
      : [],
  );
}
