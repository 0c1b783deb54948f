import { statementText } from '../emit/policy-tree.ts';
import type { PolicyDocument, Statement } from '../ir/policy.ts';
import type { Settings } from '../project/project.ts';
import { dropDuplicates, minimize } from './minimize.ts';

/** Turns statements into a document without duplicates and, unless the settings say otherwise, merges them. */
export type Tidy = (statements: readonly Statement[]) => PolicyDocument;

/**
 * Tidies the policies of one project. Remembers lists of statements in which nothing is dropped or merged, because most
 * keys of an organization repeat them.
 */
export function createTidy({ minimizePolicies }: Settings): Tidy {
  const tidyAlready = new Set<string>();
  return (statements) => {
    const text = statements.map(statementText).join('\n');
    if (tidyAlready.has(text)) return { statements };
    const distinct = dropDuplicates(statements);
    const merged = minimizePolicies ? minimize(distinct) : distinct;
    if (merged.length === statements.length) tidyAlready.add(text);
    return { statements: merged };
  };
}
