import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { sidTwice } from '../diagnostics/policy.ts';
import type { Statement } from '../ir/policy.ts';
import { dropDuplicates } from './minimize.ts';

/** Reports different statements with the same Sid in one policy (KW3048). `policy`: what messages call the policy. */
export function sidsAreUnique(statements: readonly Statement[], policy: string): readonly Diagnostic[] {
  if (statements.every(({ sid }) => sid === undefined)) return [];
  const owners = new Map<string, Statement>();
  return dropDuplicates(statements).flatMap((statement): readonly Diagnostic[] => {
    const { sid, source } = statement;
    if (sid === undefined) return [];
    const owner = owners.get(sid);
    if (owner === undefined) {
      owners.set(sid, statement);
      return [];
    }
    const related = [{ message: 'it is the sid of this statement too', span: owner.source.span }];
    return [report(sidTwice, source.span, { sid, policy }, related)];
  });
}

/**
 * Joins the statements that a grant with a Sid has for its grantees, since a Sid is unique in a policy. Statements with different
 * conditions, as for an organization, stay apart, and the Sid of the second gets a number.
 */
export function withSidsOfGrants(statements: readonly Statement[]): readonly Statement[] {
  if (statements.every(({ sid }) => sid === undefined)) return statements;
  const united: Statement[] = [];
  for (const statement of statements) {
    const ofOneGrant = united.filter(({ sid, source }) => sid !== undefined && source.span === statement.source.span);
    const alike = ofOneGrant.find(
      ({ conditions }) => JSON.stringify(conditions) === JSON.stringify(statement.conditions),
    );
    // A `statements` entry that became several statements has distinct Sids already.
    if (statement.sid === undefined || statement.sid !== ofOneGrant[0]?.sid) united.push(statement);
    else if (alike === undefined) united.push({ ...statement, sid: `${statement.sid}${ofOneGrant.length + 1}` });
    else {
      const principals = [...(alike.principals ?? []), ...(statement.principals ?? [])];
      united[united.indexOf(alike)] = { ...alike, principals };
    }
  }
  return united;
}
