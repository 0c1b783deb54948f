/**
 * Prints decisions for programs. Within a `version`, the structure only grows:
 *
 *     { version: 1,
 *       answers: [{ principal, kind, arn?, key, keyArn, actions, certainty, decision, possible, when?, dependsOn, by,
 *         steps: [{ kind, text, applies?, statement?, details? }] }],
 *       refused: [{ key, actions }],
 *       notKnown: [text] }
 *
 * Parts that the output of `who-can` has too have the same form in both. `refused` has the actions that KMS refuses for a key, whatever the
 * policies allow. File names in texts are relative to the project's folder.
 */
import { shown } from '@keywright/analyze/value/value';
import { visibleJson } from '@keywright/core/source/visible';
import type { Io } from '../io.ts';
import type { OpenProject } from '../questions/open-project.ts';
import { unseenPolicies } from './unseen-policies.ts';
import { answerJson, principalJson, refJson } from './who-can-json.ts';
import type { PrincipalAnswers } from './why-answer.ts';

export function json(results: readonly PrincipalAnswers[], project: OpenProject, io: Io): string {
  const value = {
    version: 1,
    answers: results.flatMap(({ principal, keyName, key, answers }) =>
      answers.map(({ answer, explanation }) => ({
        principal: principal.name,
        ...principalJson(principal.principal),
        key: keyName,
        keyArn: shown(key.arn),
        ...answerJson(answer, project, io),
        steps: explanation.steps.map(({ statement, ...step }) => ({
          ...step,
          ...(statement !== undefined && { statement: refJson(statement, project, io) }),
        })),
      })),
    ),
    refused: results.flatMap(({ keyName, refused }) =>
      refused.length === 0 ? [] : [{ key: keyName, actions: refused }],
    ),
    notKnown: unseenPolicies,
  };
  return `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
}
