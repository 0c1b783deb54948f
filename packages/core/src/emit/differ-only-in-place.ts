import type { Environment, Stack } from '../ir/program.ts';
import { containsPlace, factsOf, ownText, sameTokens, splitText } from './own-texts.ts';

const ownPlace = ['account', 'region'] as const;

/**
 * Whether two deployments are equal except for their account and region: where a text of one names its own, the text of the other names
 * its own too. `false` for stacks that name something after themselves, since those names differ, and for a text that contains the name or
 * a value of an environment with the account or region in it.
 */
export function differOnlyInPlace(one: Stack, other: Stack): boolean {
  if (hasNamesOfStack(one) || hasNamesOfStack(other) || !areAlike(one.environment, other.environment)) return false;
  const isSame = comparison(one.environment, other.environment);
  return (
    isSame(
      one.replicaEnvironments.map(({ region }) => region),
      other.replicaEnvironments.map(({ region }) => region),
    ) &&
    isSame(one.resources, other.resources) &&
    isSame(one.outputs, other.outputs)
  );
}

/** Exports, imports and created principals are named after the stack. */
function hasNamesOfStack({ resources, exports, imports }: Stack): boolean {
  const isPrincipal = (kind: string) => kind === 'role' || kind === 'user' || kind === 'group';
  return exports.length > 0 || imports.length > 0 || resources.some(({ kind }) => isPrincipal(kind));
}

function areAlike(one: Environment, other: Environment): boolean {
  const isKnown = ({ account, region }: Environment) => account !== undefined && region !== undefined;
  return isKnown(one) && isKnown(other) && one.partition === other.partition;
}

/** Compares values of the IR, in which only texts and the places in the YAML can differ. */
function comparison(one: Environment, other: Environment): (value: unknown, otherValue: unknown) => boolean {
  const differing = ownPlace
    .filter((name) => one[name] !== other[name])
    .flatMap((name) => [one[name] ?? '', other[name] ?? '']);
  const shortest = Math.min(...differing.map(({ length }) => length));
  const namesNone = (text: string) => text.length < shortest || !differing.some((own) => text.includes(own));

  // They stand for more than the place, as a further environment shows: `payments-eu-west-1` beside `orders-eu-west-1`.
  const factTexts = factsOf([one])
    .filter((fact) => containsPlace(fact, one))
    .map((fact) => ownText(fact, one) ?? '');

  const isSameText = (text: string, otherText: string): boolean => {
    if (text === otherText && namesNone(text)) return true;
    if (factTexts.some((own) => text.includes(own))) return false;
    return sameTokens(splitText(text, one, ownPlace), splitText(otherText, other, ownPlace));
  };

  const isSame = (value: unknown, otherValue: unknown): boolean => {
    if (typeof value === 'string') return typeof otherValue === 'string' && isSameText(value, otherValue);
    if (!isObject(value) || !isObject(otherValue)) return value === otherValue;
    const names = Object.keys(value);
    const otherNames = Object.keys(otherValue);
    return (
      names.length === otherNames.length &&
      names.every(
        (name, index) => name === otherNames[index] && (name === 'source' || isSame(value[name], otherValue[name])),
      )
    );
  };
  return isSame;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
