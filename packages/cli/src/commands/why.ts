import type { Explanation } from '@keywright/analyze/decision';
import type { PictureKey } from '@keywright/analyze/picture';
import { actionsAsked } from '@keywright/analyze/who-can/actions-asked';
import type { Answer } from '@keywright/analyze/who-can/who-can';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { type KeyQuestion, type NamedPrincipal, principalsNamed, understand } from './who-can-question.ts';

export interface WhyQuestion extends KeyQuestion {
  readonly principal: string;
}

/** What is asked of one principal and one key, and what comes of it. */
export interface Told {
  readonly principal: NamedPrincipal;
  readonly keyName: string;
  readonly key: PictureKey;
  /** Actions that KMS refuses with this key, whatever policies allow. */
  readonly refused: readonly string[];
  readonly answers: readonly ToldAnswer[];
}

export interface ToldAnswer {
  readonly answer: Answer;
  readonly explanation: Explanation;
}

/** Says, step by step, why a principal can or cannot do something with a key. */
export async function why(question: WhyQuestion, io: Io): Promise<ExitCode> {
  const understood = await understand(question, io);
  if (typeof understood === 'number') return understood;
  const { project, circumstances, keys, picture } = understood;
  const { answer } = await import('@keywright/analyze/who-can/who-can');
  const { explain } = await import('@keywright/analyze/explain');

  const told: Told[] = [];
  for (const { name, key } of keys) {
    const principals = await principalsNamed(project, picture, question.principal, key);
    if ('problem' in principals) return wrongUsage(io, principals.problem);
    const { actions, refused } = actionsAsked(question.can, key);
    for (const principal of principals) {
      const answers = answer(picture, principal.principal, key, actions, circumstances).map((answer) => {
        // One action stands for those about which the same is said.
        const [action = ''] = answer.actions;
        const request = { principal: principal.principal, action, key, ...circumstances };
        return { answer, explanation: explain(picture, request) };
      });
      told.push({ principal, keyName: name, key, refused, answers });
    }
  }
  const print =
    question.format === 'json' ? (await import('./why-json.ts')).json : (await import('./why-text.ts')).text;
  io.stdout.write(print(told, project, io));
  return 0;
}
