/**
 * Prints the differences, for programs. Within a `version`, the structure only grows:
 *
 *     { version: 1, before, after,
 *       changes: [
 *         { rank: 'loss', what: 'deleted' | 'replaced' | 'redirected' | 'forgotten' | 'disabled', sentence, subjects, details: [{ property,
 *         before?, after? }], declared? },
 *         { rank: 'access', what: 'gains' | 'otherwise' | 'loses' | 'denial', sentence, principals, actions, subjects, before, after,
 *           gone: [{ policy, effect, sid?, conditions, sources }], came, withoutTls? },
 *         { rank: 'property', what: 'removed' | 'added' | 'changed', sentence, subjects, property?, before?, after? } ],
 *       summary: { differs, widens, losses, access, properties } }
 *
 * In a change of access, `before` and `after` say how far somebody may do something: `never`, `outside` (only if a policy outside the
 * project allows it too), `sometimes` (under conditions) or `always`. A subject is `{ kind, name, stack?, environment?, account?, region?,
 * source? }`. A source is `{ file, line, column, endLine, endColumn, through?, also? }`. The file is relative to the working directory.
 * Sources of `gone`, of lost keys and of removed resources are in the first side, all other sources in the second.
 */
import { visibleJson } from '@keywright/core/source/visible';
import type { Cause, Change, Subject } from '@keywright/migrate';
import { isWidening } from '@keywright/migrate/compare/changes';
import type { Io } from '../io.ts';
import { sourceJson } from '../questions/sources.ts';
import { describeChange, sideOfSubjects } from './diff-words.ts';
import type { Side, Sides } from './open-side.ts';
import type { PrincipalNames } from './principal-names.ts';

export function json(changes: readonly Change[], sides: Sides, names: PrincipalNames, io: Io): string {
  const value = {
    version: 1,
    before: sides.before.name,
    after: sides.after.name,
    changes: changes.map((change) => changeJson(change, sides, names, io)),
    summary: {
      differs: changes.length > 0,
      widens: changes.some(isWidening),
      losses: countOf(changes, 'loss'),
      access: countOf(changes, 'access'),
      properties: countOf(changes, 'property'),
    },
  };
  return `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
}

function changeJson(change: Change, sides: Sides, names: PrincipalNames, io: Io): object {
  const { rank, what } = change;
  const causes = (list: readonly Cause[], side: Side) =>
    list.map(({ kind, sources, ...cause }) => ({
      policy: kind,
      ...cause,
      sources: sources.map((source) => sourceJson(side, source, io)),
    }));
  const subjects = change.subjects.map((subject) => subjectJson(subject, sides[sideOfSubjects(change)], io));
  const common = { rank, what, sentence: describeChange(change, names).sentence, subjects };
  switch (change.rank) {
    case 'loss':
      return { ...common, details: change.details, ...(change.declared && { declared: true }) };
    case 'access': {
      const { principals, actions, before, after, gone, came, withoutTls } = change;
      const statements = { gone: causes(gone, sides.before), came: causes(came, sides.after) };
      return { ...common, principals, actions, before, after, ...statements, ...(withoutTls && { withoutTls }) };
    }
    case 'property': {
      const { property, before, after } = change;
      if (change.what !== 'changed') return common;
      return { ...common, property, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    }
  }
}

function countOf(changes: readonly Change[], rank: Change['rank']): number {
  return changes.filter((change) => change.rank === rank).length;
}

function subjectJson({ source, ...subject }: Subject, side: Side, io: Io) {
  return { ...subject, ...(source !== undefined && { source: sourceJson(side, source, io) }) };
}
