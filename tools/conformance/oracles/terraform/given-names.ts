import type { Resource, Stack } from '@keywright/core/ir/program';
import { address } from '@keywright/emit-terraform/names';
import { world } from '../../../../packages/cli/src/testing/world.ts';
import type { ShownState } from './shown.ts';

/**
 * Replaces the stand-ins for ids and names, which come from reading the IR, by the ids and names of the deployment. A stand-in, such as
 * `id-of-security-orders`, contains the names of a stack and a resource, so that it equals no real id or name.
 */
export interface GivenNames {
  learn(stack: Stack, state: ShownState): void;
  /** Returns the data with the ids and names of the deployment. */
  apply<Data>(expected: Data): Data;
}

export function createGivenNames(): GivenNames {
  const given = new Map<string, string>();
  return {
    learn(stack, { resources }) {
      for (const resource of stack.resources) {
        const word = wordFor(resource, stack);
        const values = resources.get(address(resource, stack))?.values;
        const name = values?.key_id ?? values?.name ?? values?.id;
        if (word === undefined || typeof name !== 'string') continue;
        if ((given.get(word) ?? name) !== name) throw new Error(`${word} stands for two resources`);
        given.set(word, name);
      }
    },
    apply(expected) {
      const words = [...given.keys()].sort((one, other) => other.length - one.length);
      if (words.length === 0) return expected;
      const any = new RegExp(words.map((word) => word.replaceAll(/[^\w-]/g, '\\$&')).join('|'), 'g');
      return withTexts(expected, (text) => text.replaceAll(any, (word) => given.get(word) ?? word));
    },
  };
}

/** Returns the stand-in for an id or name that a deployment decides. */
function wordFor(resource: Resource, stack: Stack): string | undefined {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return world.attribute(resource, 'id', stack);
    case 'role':
    case 'user':
    case 'group':
      return resource.physicalName === undefined ? world.attribute(resource, 'name', stack) : undefined;
    default:
      return undefined;
  }
}

/** Changes every text in the data, including the keys of objects. */
function withTexts<Data>(data: Data, change: (text: string) => string): Data {
  const of = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map(of);
    if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, of(entry)]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [change(key), of(entry)]));
  };
  return of(data) as Data; // only texts have changed
}
