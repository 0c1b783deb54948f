import {
  type Expression,
  fixed,
  type Literal,
  literal,
  literalFrom,
  literalText,
  type Origin,
  type PlaceExpressions,
  partOfText,
  stretchesOf,
} from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { dnsSuffixOf } from '../kms/partitions.ts';
import type { DeclaredAccount, EnvironmentValues } from './environment-values.ts';

/** The names that texts can use besides the four that AWS knows. */
export type PlaceName = 'environment' | 'purpose' | 'app' | 'stack' | 'key';

/**
 * The place for which a text is read: an environment's account, region, partition and DNS suffix as expressions, literal if known and
 * otherwise the deployment's own; and the other names that the text can use.
 */
export interface Place extends Known, PlaceExpressions {}

/** The project's names that texts can use. */
export interface Known {
  readonly names: Readonly<Partial<Record<PlaceName, Literal>>>;
  readonly values: EnvironmentValues;
  readonly accounts: ReadonlyMap<string, DeclaredAccount>;
  /** Makes literal text of a property of an environment. Absent: `literalFrom`, for the environment of the deployment. */
  readonly literalOf?: LiteralOf;
}

type LiteralOf = (origin: Origin, text: string) => Literal;

/** A `literalOf` for the environment of the replica in a region, whatever its account. */
export function literalFromReplica(region: string): LiteralOf {
  return (origin, text) => literalFrom(`replicas.${region}.${origin}`, text);
}

/** A `literalOf` for an environment that is the same in every deployment. */
export const literalOfEnvironment: LiteralOf = (_, text) => literal(text);

/** No names and values, for texts outside a project. */
const nothing: Known = {
  names: {},
  values: { byName: new Map(), lacking: () => [], known: new Set() },
  accounts: new Map(),
};

/** The place of an environment. Texts there can use the environment's name and purpose, if it has them. */
export function placeOf(environment: Environment, known: Known = nothing): Place {
  const { account, region, partition, name, purpose } = environment;
  const { literalOf = literalFrom } = known;
  return {
    ...known,
    account: account === undefined ? { kind: 'pseudo', name: 'account' } : literalFrom('account', account),
    region: region === undefined ? { kind: 'pseudo', name: 'region' } : literalFrom('region', region),
    partition: partition === undefined ? { kind: 'pseudo', name: 'partition' } : literalFrom('partition', partition),
    dnsSuffix:
      partition === undefined
        ? { kind: 'pseudo', name: 'dnsSuffix' }
        : literalFrom('dnsSuffix', dnsSuffixOf(partition)),
    names: {
      ...(name !== undefined && { environment: literalOf('environment', name) }),
      ...(purpose !== undefined && { purpose: literalOf('purpose', purpose) }),
      ...known.names,
    },
  };
}

/**
 * A place as texts in the environment of `reader` name it: the account and region of another environment are fixed, even if `reader` has
 * the same account and region.
 */
export function seenFrom(reader: Pick<Environment, 'name'>, { name }: Pick<Environment, 'name'>, place: Place): Place {
  return name === reader.name ? place : fixedPlace(place);
}

/**
 * The place with an account and region that are the same in every deployment. The partition stays the deployment's: no policy reaches
 * another partition.
 */
export function fixedPlace(place: Place): Place {
  return { ...place, account: fixed(place.account), region: fixed(place.region) };
}

/** The place that an ARN names, with the origins that its parts have in the ARN. */
export function placeOfArn(arn: Expression, environment: Environment): Place {
  const place = placeOf(environment);
  if (arn.kind !== 'literal') return place;
  const colons = [...arn.text.matchAll(/:/g)].map(({ index }) => index);
  const part = (number: number) => partOfText(arn, (colons[number - 1] ?? 0) + 1, colons[number]);
  const partition = part(1);
  return {
    ...place,
    partition,
    region: part(3),
    account: part(4),
    dnsSuffix: stretchesOf(partition).length === 0 ? fixed(place.dnsSuffix) : place.dnsSuffix,
  };
}

/** Returns a place for the texts of a key: `place`, with `${key}` as the key's name. */
export function ofKey(place: Place, key: string): Place {
  return { ...place, names: { ...place.names, key: literal(key) } };
}

/** The place without what its environment alone decides: texts filled in for it keep `${environment}`, `${values.siem}` and the like. */
export function inAnyEnvironment(place: Place): Place {
  const { app, key } = place.names;
  const names = { ...(app !== undefined && { app }), ...(key !== undefined && { key }) };
  return { ...place, names, values: nothing.values };
}

/** Whether two accounts, or two regions, could be the same. An unknown one could be any. */
export function sameOrUnknown(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** Whether values can pass between stacks of these environments without crossing an account or a region. */
export function samePlace(one: Environment, other: Environment): boolean {
  return sameOrUnknown(one.account, other.account) && sameOrUnknown(one.region, other.region);
}

/** Whether two places have, or may have in some deployment, the same account and region. */
export function mayBeSamePlace(one: PlaceExpressions, other: PlaceExpressions): boolean {
  const mayBeSame = (name: 'account' | 'region') => sameOrUnknown(literalText(one[name]), literalText(other[name]));
  return mayBeSame('account') && mayBeSame('region');
}

/** An environment in messages: its name in quotes. */
export function describeEnvironment({ name }: Environment): string {
  return name === undefined ? 'a stack without an environment' : `\`${name}\``;
}
