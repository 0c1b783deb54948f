import {
  differenceIn,
  differing,
  joinedText,
  type Literal,
  literalFrom,
  literalLike,
  type Origin,
  partOfText,
  spanIn,
  stretchesOf,
} from '../ir/expression.ts';
import type { Stack } from '../ir/program.ts';

/**
 * Maps origins to names of environments: `environment` to the name of the deployment's environment, `replicas.<region>.environment` to that
 * of the replicas' environment.
 */
export type OwnEnvironments = ReadonlyMap<Origin, string>;

export function ownEnvironments({
  environment,
  replicaEnvironments,
}: Pick<Stack, 'environment' | 'replicaEnvironments'>): OwnEnvironments {
  return new Map<Origin, string>([
    ['environment', environment.name ?? ''],
    ...replicaEnvironments.map(({ region, name = '' }) => [`replicas.${region}.environment`, name] as const),
  ]);
}

/** Whether a text contains the name of its deployment's environment or of a replica's environment. */
export function hasEnvironment(text: Literal): boolean {
  return stretchesOf(text).some(({ origin }) => isEnvironment(origin));
}

function isEnvironment(origin: Origin): boolean {
  return origin === 'environment' || /^replicas\.[^.]+\.environment$/.test(origin);
}

/** Replaces the names of environments in a text by `names`, and applies `change` to the text between them. */
export function withEnvironments(
  whole: Literal,
  names: OwnEnvironments,
  change: (text: string) => string = (text) => text,
): Literal {
  const parts: Literal[] = [];
  let last = 0;
  const addUpTo = (end?: number) => {
    const part = partOfText(whole, last, end);
    parts.push(literalLike(part, change(part.text)));
  };
  for (const { start, end, origin } of stretchesOf(whole)) {
    if (!isEnvironment(origin)) continue;
    addUpTo(start);
    parts.push(literalFrom(origin, names.get(origin) ?? ''));
    last = end;
  }
  addUpTo();
  return differing(joinedText(parts), differenceIn(whole), spanIn(whole));
}
