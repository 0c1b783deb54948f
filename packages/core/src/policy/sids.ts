import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { sidTwice } from '../diagnostics/policy.ts';
import type { Statement } from '../ir/policy.ts';
import { dropDuplicates } from './minimize.ts';

/** Statements of one policy that have the same sid and do not say the same (KW3048). */
export function sidsAreUnique(statements: readonly Statement[], keyName: string): readonly Diagnostic[] {
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
    return [report(sidTwice, source.span, { sid, key: keyName }, related)];
  });
}
