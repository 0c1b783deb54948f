import { statementText } from '../emit/policy-tree.ts';
import type { PolicyDocument, Statement } from '../ir/policy.ts';
import type { Settings } from '../project/project.ts';
import { dropDuplicates, minimize } from './minimize.ts';

/** A document of some statements, without doubles and, unless the settings say otherwise, merged. */
export type Tidy = (statements: readonly Statement[]) => PolicyDocument;

/**
 * Tidies the policies of one project. Most keys of an organization have statements that others have too: where nothing is to be
 * dropped or merged, that is known from then on.
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
