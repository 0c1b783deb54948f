/**
 * Tests law 1 of the readers with states that Terraform and the AWS provider wrote: reading a state gives the program that it was made
 * from.
 */
import { isDeepStrictEqual } from 'node:util';
import type { CrossStack, Expression } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { dnsSuffixOf, partitionOf } from '@keywright/core/kms/partitions';
import { readTerraform } from '@keywright/read-terraform';
import {
  addressesIn,
  asRead,
  asStateHasIt,
  type Decided,
} from '../../../../packages/cli/src/testing/as-terraform-has-it.ts';
import type { Place } from '../../kit/cloud/cloud.ts';

/** A stack of a program, and the address of its module; empty for a root module. */
export interface StackInState {
  readonly stack: Stack;
  readonly module: string;
}

export interface State {
  readonly stacks: readonly StackInState[];
  readonly place: Place;
  readonly text: string;
}

type Attributes = Readonly<Record<string, unknown>>;

export function differencesInStates(states: readonly State[]): readonly string[] {
  const known = new Map(states.flatMap((state) => state.stacks.map(({ stack }) => [stack.name, state] as const)));
  return states.flatMap((state) => {
    const { program, origins, diagnostics } = readTerraform({ path: 'read.tfstate', text: state.text });
    const problems = diagnostics
      .filter(({ code }) => code !== 'KW8055')
      .map(({ message }) => `reading the state: ${message}`);
    if (program.stacks.length > 1) problems.push(`a state is read as ${program.stacks.length} stacks`);
    const { stack, addresses } = together(state.stacks);
    const found = program.stacks[0] ?? { ...stack, resources: [] };
    const addressOf = ({ id }: Resource) => origins.get(found.name)?.get(id)?.address ?? id;
    const read = asRead(found, addressOf) as Readonly<Record<string, unknown>>;
    const expected = asStateHasIt(stack, addresses, decidedIn(state, addresses, known)) as Readonly<
      Record<string, unknown>
    >;
    return [
      ...problems,
      ...[...new Set([...Object.keys(read), ...Object.keys(expected)])]
        .filter((address) => !isDeepStrictEqual(read[address], expected[address]))
        .map(
          (address) =>
            `${address} is read as\n${JSON.stringify(read[address])}\nand was\n${JSON.stringify(expected[address])}`,
        ),
    ];
  });
}

/** Merges the stacks in one root module. */
function together(parts: readonly StackInState[]): {
  readonly stack: Stack;
  readonly addresses: ReadonlyMap<string, string>;
} {
  const addresses = new Map<string, string>();
  const resources = parts.flatMap(({ stack, module }) => {
    for (const [id, address] of addressesIn(stack)) {
      addresses.set(`${module}:${id}`, module === '' ? address : `module.${module}.${address}`);
    }
    const ids = new Set(stack.resources.map(({ id }) => id));
    const walk = (value: unknown, key: string): unknown => {
      if (Array.isArray(value)) return value.map((each) => walk(each, ''));
      if (typeof value === 'string' && ['resource', 'id', 'primary'].includes(key) && ids.has(value))
        return `${module}:${value}`;
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name)]));
    };
    return walk(stack.resources, '') as readonly Resource[]; // only the ids differ
  });
  const [first] = parts;
  if (first === undefined) throw new Error('a root module has a stack');
  return { stack: { ...first.stack, resources }, addresses };
}

function decidedIn(
  { text, place }: State,
  addresses: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, State>,
): Decided {
  const attributes = attributesIn(text);
  const partition = partitionOf(place.region);
  const attribute: Decided['attribute'] = (resource, name) => {
    const own = attributes.get(addresses.get(resource.id) ?? '');
    const isKey = resource.kind === 'key' || resource.kind === 'replicaKey';
    return String(own?.[name === 'arn' ? 'arn' : isKey ? 'id' : 'name']);
  };
  return {
    pseudo: (name) => (name === 'partition' ? partition : name === 'dnsSuffix' ? dnsSuffixOf(partition) : place[name]),
    attribute,
    crossStack: (shared) => sharedText(shared, known),
  };
}

function sharedText({ stack: name, export: id }: CrossStack, known: ReadonlyMap<string, State>): string {
  const state = known.get(name);
  const part = state?.stacks.find(({ stack }) => stack.name === name);
  const value = part?.stack.exports.find((each) => each.id === id)?.value;
  if (state === undefined || part === undefined || value === undefined) throw new Error(`${name} shares no ${id}`);
  const addresses = addressesIn(part.stack);
  const decided = decidedIn(state, addresses, known);
  const textOf = (expression: Expression): string => {
    switch (expression.kind) {
      case 'literal':
        return expression.text;
      case 'pseudo':
        return decided.pseudo(expression.name);
      case 'crossStack':
        return decided.crossStack(expression);
      case 'concat':
        return expression.parts.map(textOf).join('');
      case 'reference': {
        const resource = part.stack.resources.find((each) => each.id === expression.resource);
        if (resource === undefined) throw new Error(`nothing is ${expression.resource}`);
        return decided.attribute(resource, expression.attribute);
      }
    }
  };
  return textOf(value);
}

/** Returns attributes by the address of the instance. */
function attributesIn(text: string): ReadonlyMap<string, Attributes> {
  const { resources } = JSON.parse(text) as {
    readonly resources: readonly {
      readonly module?: string;
      readonly type: string;
      readonly name: string;
      readonly instances: readonly { readonly attributes: Attributes }[];
    }[];
  };
  return new Map(
    resources.flatMap(({ module, type, name, instances }) =>
      instances.map(({ attributes }) => [[...(module ? [module] : []), type, name].join('.'), attributes] as const),
    ),
  );
}

/** Returns the stacks in a root module of a program: one stack, found by the folder; or several, as modules `s0`, `s1`. */
export function stacksOfRoot(program: Program, folder: string): readonly StackInState[] {
  if (folder.endsWith('/together')) {
    return program.stacks.map((stack, index) => ({ stack, module: `s${index}` }));
  }
  const stack = program.stacks.find(({ name }) => folder.endsWith(`/${name}`));
  return stack === undefined ? [] : [{ stack, module: '' }];
}
