import { idInProgram, type Placed } from '@keywright/analyze/build/placed';
import type { Key, Program } from '@keywright/core/ir/program';
import type { Reading } from '@keywright/core/reading/reader';
import { maySharePlace } from './same-place.ts';

/** A program. If it was read, `origins` has the names of its resources in the tool and in AWS. */
export interface Described {
  readonly program: Program;
  readonly origins?: Reading['origins'];
  /** The target whose tool manages the program. */
  readonly tool?: string;
}

export interface KeyPair {
  readonly found: Placed<Key>;
  readonly wanted: Placed<Key>;
}

/**
 * Pairs keys that are the same. The rules are, in this order: same stack and name, key id, pinned name, alias (an alias exists once in an
 * account and region), and name. A rule pairs two keys only if there is one candidate on each side.
 */
export function pairKeys(own: Described, other: Described): readonly KeyPair[] {
  const pairs: KeyPair[] = [];
  let [found, wanted] = [keysOf(own), keysOf(other)];
  for (const rule of rules(own, other)) {
    const texts = (keys: readonly Candidate[], of: (key: Candidate) => readonly string[]) => {
      const by = new Map<string, Set<Candidate>>();
      for (const key of keys) for (const text of of(key)) by.set(text, (by.get(text) ?? new Set()).add(key));
      return by;
    };
    const foundByText = texts(found, rule.found);
    const wantedByText = texts(wanted, rule.wanted);
    const candidatesOf = (
      key: Candidate,
      own: (key: Candidate) => readonly string[],
      by: ReadonlyMap<string, ReadonlySet<Candidate>>,
    ) =>
      new Set(
        own(key).flatMap((text) =>
          [...(by.get(text) ?? [])].filter((one) => maySharePlace(one.stack.environment, key.stack.environment)),
        ),
      );
    const newPairs = wanted.flatMap((key) => {
      const [only, ...more] = candidatesOf(key, rule.wanted, foundByText);
      if (only === undefined || more.length > 0) return [];
      return candidatesOf(only, rule.found, wantedByText).size === 1 ? [{ found: only, wanted: key }] : [];
    });
    pairs.push(...newPairs);
    const done = new Set(newPairs.flatMap((pair) => [pair.found, pair.wanted]));
    found = found.filter((key) => !done.has(key));
    wanted = wanted.filter((key) => !done.has(key));
  }
  return pairs;
}

/** A rule returns some texts for each key. Two keys are the same if they have a text in common. */
interface Rule {
  readonly found: (key: Candidate) => readonly string[];
  readonly wanted: (key: Candidate) => readonly string[];
}

function rules(own: Described, other: Described): readonly Rule[] {
  const both = (of: (key: Candidate) => readonly string[]): Rule => ({ found: of, wanted: of });
  const idIn =
    ({ origins }: Described) =>
    ({ stack, resource }: Candidate) => {
      const id = origins?.get(stack.name)?.get(resource.id)?.physicalId;
      return id === undefined ? [] : [id];
    };
  const pinned = ({ resource }: Candidate) =>
    Object.entries(resource.names).map(([target, name]) => `${target} ${name}`);
  return [
    both((key) => [idInProgram(key)]),
    { found: idIn(own), wanted: idIn(other) },
    {
      found(key) {
        const address = own.origins?.get(key.stack.name)?.get(key.resource.id)?.address;
        return [...pinned(key), ...(own.tool === undefined || address === undefined ? [] : [`${own.tool} ${address}`])];
      },
      wanted: pinned,
    },
    both(({ aliases }) => aliases),
    both(({ resource }) => [resource.name]),
  ];
}

interface Candidate extends Placed<Key> {
  /** The names of the aliases that a key has in its own stack. */
  readonly aliases: readonly string[];
}

function keysOf({ program }: Described): readonly Candidate[] {
  return program.stacks.flatMap((stack) => {
    const aliases = new Map<string, string[]>();
    for (const resource of stack.resources) {
      if (resource.kind !== 'alias' || resource.target.kind !== 'reference') continue;
      aliases.set(resource.target.resource, [...(aliases.get(resource.target.resource) ?? []), resource.aliasName]);
    }
    return stack.resources.flatMap((resource) =>
      resource.kind === 'key' ? [{ stack, resource, aliases: aliases.get(resource.id) ?? [] }] : [],
    );
  });
}
