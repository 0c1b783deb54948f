/**
 * Prints who can do something, for programs. Within a `version`, the structure only grows:
 *
 *     { version: 1,
 *       keys: [{ key, arn, actions, refused, replicas,
 *         principals: [{ principal, kind, arn?,
 *           answers: [{ actions, certainty, decision, possible, when?, dependsOn, by: [{ policy, effect, sid?, name?, source }] }] }] }],
 *       notKnown: [text] }
 *
 * `certainty` is `allowed`, `depends`, `outside` (only if a policy outside the project allows it) or `denied`. `when` is in words;
 * `dependsOn` has the tests of `when` as data. A source is `{ file, line, column, endLine, endColumn, through?, also? }`. The file is
 * relative to the working directory; `also` has the other sources of a merged statement.
 */

import type { Decision } from '@keywright/analyze/decision';
import { describeOpen, describeOpenTest, needsOf } from '@keywright/analyze/describe';
import type { StatementRef } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { shown } from '@keywright/analyze/value/value';
import type { Answer } from '@keywright/analyze/who-can/who-can';
import { visibleJson } from '@keywright/core/source/visible';
import type { Io } from '../io.ts';
import type { OpenProject } from '../questions/open-project.ts';
import { sourceJson } from '../questions/sources.ts';
import { nameOfPrincipal } from './name-of-principal.ts';
import { unseenPolicies } from './unseen-policies.ts';
import type { KeyAnswer } from './who-can-answer.ts';

export function json(answers: readonly KeyAnswer[], project: OpenProject, io: Io): string {
  const value = {
    version: 1,
    keys: answers.map(({ name, arn, actions, refused, replicas, holders }) => ({
      key: name,
      arn,
      actions,
      refused,
      replicas,
      principals: holders.map(({ principal, answers }) => ({
        principal: nameOfPrincipal(principal),
        ...principalJson(principal.principal),
        answers: answers.map((answer) => answerJson(answer, project, io)),
      })),
    })),
    notKnown: unseenPolicies,
  };
  return `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
}

export function principalJson(principal: Principal): { readonly kind: string; readonly arn?: string } {
  return { kind: principal.kind, ...('arn' in principal && { arn: shown(principal.arn) }) };
}

export function answerJson({ actions, certainty, decision }: Answer, project: OpenProject, io: Io) {
  return { actions, certainty, ...decisionJson(decision, project, io) };
}

function decisionJson({ decision, possible, when, dependsOn, by }: Decision, project: OpenProject, io: Io) {
  return {
    decision,
    possible,
    ...(when !== undefined && { when: describeOpen(when) }),
    dependsOn: dependsOn.map((test) => ({ kind: test.kind, text: describeOpenTest(test), needs: needsOf(test) })),
    by: by.map((ref) => refJson(ref, project, io)),
  };
}

export function refJson({ kind, effect, sid, name, source }: StatementRef, project: OpenProject, io: Io) {
  return {
    policy: kind,
    effect,
    ...(sid !== undefined && { sid }),
    ...(name !== undefined && { name }),
    source: sourceJson(project, source, io),
  };
}
