import { differenceIn, isOfDeployment, type Literal, stretchesOf } from '../ir/expression.ts';
import { givenName, hasGivenName, nameProperty } from '../ir/given-name.ts';
import { isPrincipal } from '../ir/is-principal.ts';
import type { Environment, Resource, Stack } from '../ir/program.ts';
import { sameTokens, tokensOf } from './origin-tokens.ts';

/**
 * Whether two deployments differ only in what each takes from its own account and environment. Where a text of the first contains its
 * account or a value of its environment, the second must contain its own. `false` for stacks that name something after themselves, since
 * those names differ.
 */
export function areEqualApartFromOrigins(one: Stack, other: Stack): boolean {
  if (hasNamesOfStack(one) || hasNamesOfStack(other) || ![one, other].every(({ environment }) => isKnown(environment)))
    return false;
  const isSame = comparison(one.environment, other.environment);
  return (
    isSame(
      one.replicaEnvironments.map(({ region }) => region),
      other.replicaEnvironments.map(({ region }) => region),
    ) &&
    one.resources.length === other.resources.length &&
    one.resources.every((resource, index) => isSameResource(resource, other.resources[index], isSame)) &&
    isSame(one.outputs, other.outputs)
  );
}

/**
 * Properties that are not compared. `source` is the position in the YAML, and `resolvedName` is the name by which earlier builds knew a
 * policy. Names in AWS are compared together with their origins. The environment of a replica is part of its id if the replica is named
 * after the environment.
 */
const notCompared: readonly string[] = ['source', 'resolvedName', 'environmentName', ...Object.values(nameProperty)];

type Comparison = (value: unknown, otherValue: unknown) => boolean;

/** Exports, imports and created principals are named after the stack. */
function hasNamesOfStack({ resources, exports, imports }: Stack): boolean {
  return exports.length > 0 || imports.length > 0 || resources.some(isPrincipal);
}

function isKnown({ account, region }: Environment): boolean {
  return account !== undefined && region !== undefined;
}

function isSameResource(one: Resource, other: Resource | undefined, isSame: Comparison): boolean {
  if (!hasGivenName(one) || other === undefined || !hasGivenName(other)) return isSame(one, other);
  return isSame(givenName(one), givenName(other)) && isSame(one, other);
}

function comparison(one: Environment, other: Environment): Comparison {
  const isSameText = (text: Literal, otherText: Literal) =>
    sameTokens(tokensOf(text, one), tokensOf(otherText, other)) &&
    (differenceIn(text) === undefined ? !isOfEach(text) : text.text === otherText.text);

  const isSame = (value: unknown, otherValue: unknown): boolean => {
    if (!isObject(value) || !isObject(otherValue)) return value === otherValue;
    if (value.kind === 'literal' && otherValue.kind === 'literal') {
      return isSameText(value as unknown as Literal, otherValue as unknown as Literal); // only literals have this kind
    }
    const names = Object.keys(value);
    const otherNames = Object.keys(otherValue);
    return (
      names.length === otherNames.length &&
      names.every(
        (name, index) =>
          name === otherNames[index] && (notCompared.includes(name) || isSame(value[name], otherValue[name])),
      )
    );
  };
  return isSame;
}

/** Whether part of a text differs by deployment in a way that no environment in the project determines. */
function isOfEach(text: Literal): boolean {
  return stretchesOf(text).some(({ origin }) => isOfDeployment(origin));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
