import { type Diagnostic, type RelatedSpan, report } from '@keywright/core/diagnostics/diagnostic';
import { inWords } from '@keywright/core/diagnostics/list-of';
import type { Statement } from '@keywright/core/ir/policy';
import type { Resource } from '@keywright/core/ir/program';
import { entryLeftOut, outputLeftOut } from './diagnostics.ts';
import type { StackSection } from './draft/draft.ts';
import type { Owner } from './raw/owners.ts';
import type { Problem } from './raw/raw-stack.ts';

const mostNamed = 5;

/**
 * Reports that an entry is left out, together with its aliases, grants and replicas, and the statements to look at.
 *
 * @param problems the entry's problems, at least one
 * @param owned the parts of the program that the entry describes
 */
export function leaving(
  problems: readonly [Problem, ...(readonly Problem[])],
  owned: readonly Owner[],
  positions: ReadonlyMap<Statement, number>,
): Diagnostic {
  const { stack, section, name } = problems[0].entry;
  const main = owned.find(({ resource }) => resource !== undefined && !isBelonging(resource)) ?? owned[0];
  const named = (statement: Statement) =>
    statement.sid === undefined ? `statement ${positions.get(statement)}` : `the statement \`${statement.sid}\``;
  const texts = problems.map(({ problem, statement }) =>
    statement === undefined ? problem : `in ${named(statement)}, ${problem}`,
  );
  const distinct = [...new Set(texts)];
  const more = distinct.length - mostNamed;
  const problem = [...distinct.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join('; ');
  if (section === 'outputs') return report(outputLeftOut, main?.span, { output: name, stack, problem });
  const belongings = owned.filter(({ resource }) => resource !== undefined && isBelonging(resource));
  const resources = belongings.flatMap(({ resource }) => resource ?? []);
  const what = section === 'imports' ? inWords(resources.map(called)) : `${nouns[section]} \`${name}\``;
  const withIt = section === 'imports' || resources.length === 0 ? '' : `, with ${inWords(resources.map(called))},`;
  const statements = problems.flatMap(({ statement }): RelatedSpan[] =>
    statement === undefined ? [] : [{ message: `${named(statement)} is here`, span: statement.source.span }],
  );
  const parts = belongings.flatMap(({ resource, span }): RelatedSpan[] =>
    resource === undefined ? [] : [{ message: `${called(resource)} is left out with it`, span }],
  );
  // In a source without lines, everything has the same span.
  const related = [...statements, ...(section === 'imports' ? [] : parts)].filter(
    ({ span }) => JSON.stringify(span) !== JSON.stringify(main?.span),
  );
  const targets = expressibleBy(problems);
  return report(entryLeftOut, main?.span, { what: `${what}${withIt}`, problem, targets }, related.slice(0, mostNamed));
}

/** Returns the targets that have none of the problems. */
function expressibleBy([first, ...others]: readonly [Problem, ...(readonly Problem[])]): readonly string[] {
  const isForAll = (target: string) => others.every((other) => other.expressibleBy?.includes(target) === true);
  return (first.expressibleBy ?? []).filter(isForAll);
}

const nouns: Readonly<Record<Exclude<StackSection, 'outputs' | 'imports'>, string>> = {
  keys: 'the key',
  principals: 'the role, user or group',
  identityPolicies: 'the identity policy',
};

/** Whether a resource is not an entry itself, but is left out together with its key. */
function isBelonging({ kind }: Resource): boolean {
  return kind === 'alias' || kind === 'kmsGrant' || kind === 'replicaKey';
}

function called(resource: Resource): string {
  switch (resource.kind) {
    case 'alias':
      return `\`${resource.aliasName}\``;
    case 'kmsGrant':
      return `the KMS grant \`${resource.name}\``;
    case 'replicaKey':
      return `the replica in ${resource.region}`;
    default:
      return `\`${resource.id}\``;
  }
}
