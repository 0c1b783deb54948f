import { actionsInQuestion } from '@keywright/analyze/who-can/actions-in-question';
import type { PrincipalAnswers } from '../answers/why-answer.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { principalsNamed } from '../questions/principals-named.ts';
import { type KeyQuestion, resolveQuestion } from '../questions/question.ts';

export interface WhyQuestion extends KeyQuestion {
  readonly principal: string;
}

/** Explains, step by step, why a principal can or cannot do something with a key. */
export async function why(question: WhyQuestion, io: Io): Promise<ExitCode> {
  const resolved = await resolveQuestion(question, io);
  if (typeof resolved === 'number') return resolved;
  const { project, circumstances, keys, picture } = resolved;
  const { answer } = await import('@keywright/analyze/who-can/who-can');
  const { explain } = await import('@keywright/analyze/explain');

  const results: PrincipalAnswers[] = [];
  for (const { name, key } of keys) {
    const principals = await principalsNamed(project, picture, question.principal, key);
    if ('problem' in principals) return wrongUsage(io, principals.problem);
    const { actions, refused } = actionsInQuestion(question.can, key);
    for (const principal of principals) {
      const answers = answer(picture, principal.principal, key, actions, circumstances).map((answer) => {
        // The steps of the first action explain all actions with the same answer.
        const [action = ''] = answer.actions;
        const request = { principal: principal.principal, action, key, ...circumstances };
        return { answer, explanation: explain(picture, request) };
      });
      results.push({ principal, keyName: name, key, refused, answers });
    }
  }
  const print =
    question.format === 'json'
      ? (await import('../answers/why-json.ts')).json
      : (await import('../answers/why-text.ts')).text;
  io.stdout.write(print(results, project, io));
  return 0;
}
