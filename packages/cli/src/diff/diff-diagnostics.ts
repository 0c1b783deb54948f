import { type Diagnostic, type DiagnosticDefinition, report } from '@keywright/core/diagnostics/diagnostic';
import type { Change } from '@keywright/migrate';
import { isWidening } from '@keywright/migrate/compare/changes';
import {
  accessNarrows,
  accessWidens,
  aliasRedirected,
  keyWouldBeLost,
  propertyDiffers,
} from '@keywright/migrate/compare/diagnostics';
import type { Io } from '../io.ts';
import { describeChange, sideOfSubjects } from './diff-words.ts';
import { type Sides, shownLocations } from './open-side.ts';
import type { PrincipalNames } from './principal-names.ts';

/**
 * Returns changes as diagnostics of the present project, for code scanning. A diagnostic is at the statement that makes the difference, or
 * else at the key. The message describes statements of another revision, with their lines in that revision.
 */
export function diffDiagnostics(
  changes: readonly Change[],
  sides: Sides,
  names: PrincipalNames,
  io: Io,
): readonly Diagnostic[] {
  return changes.map((change) => {
    const { sentence, lines } = describeChange(change, names);
    const before = lines
      .filter(({ side }) => side === 'before')
      .map((line) => [shownLocations(sides.before, line, io), line.text].join(' ').trim());
    const [came, ...others] = lines.flatMap(({ side, sources }) => (side === 'after' ? sources : []));
    const subject = sideOfSubjects(change) === 'after' ? change.subjects[0]?.source : undefined;
    const related = others.map(({ span }) => ({ message: 'and here', span }));
    const text = before.length === 0 ? sentence : `${sentence} (before: ${before.join('; ')})`;
    return report(definitionOf(change), (came ?? subject)?.span, { sentence: text }, related);
  });
}

function definitionOf(change: Change): DiagnosticDefinition<{ readonly sentence: string }> {
  switch (change.rank) {
    case 'loss':
      return change.what === 'redirected' ? aliasRedirected : keyWouldBeLost;
    case 'access':
      return isWidening(change) ? accessWidens : accessNarrows;
    case 'property':
      return propertyDiffers;
  }
}
