import type { Explanation } from '@keywright/analyze/decision';
import type { PictureKey } from '@keywright/analyze/picture';
import type { Answer } from '@keywright/analyze/who-can/who-can';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import {
  type CircumstanceOptions,
  circumstancesOf,
  type NamedPrincipal,
  openProject,
  pictureOfKeys,
  principalsNamed,
} from './who-can-question.ts';

export interface WhyArguments extends CircumstanceOptions {
  readonly principal: string;
  /** A capability or an action. */
  readonly can: string;
  readonly key: string;
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly format: 'text' | 'json';
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
export async function why(args: WhyArguments, io: Io): Promise<ExitCode> {
  const { askable, actionsAsked, isAskable } = await import('@keywright/analyze/who-can/actions-asked');
  if (!isAskable(args.can)) {
    const { insteadOf } = await import('@keywright/core/diagnostics/suggestion');
    return wrongUsage(io, `nothing is called ${JSON.stringify(args.can)}; ${insteadOf(args.can, askable, 'action')}`);
  }
  const circumstances = circumstancesOf(args);
  if ('problem' in circumstances) return wrongUsage(io, circumstances.problem);
  const project = await openProject(args.directory, io);
  if (typeof project === 'number') return project;
  const { answer } = await import('@keywright/analyze/who-can/who-can');
  const { explain } = await import('@keywright/analyze/explain');
  const asked = await pictureOfKeys(project, args.key, args.stack);
  if ('problem' in asked) return wrongUsage(io, asked.problem);
  const { keys, picture } = asked;

  const told: Told[] = [];
  for (const { name, key } of keys) {
    const principals = await principalsNamed(project, picture, args.principal, key);
    if ('problem' in principals) return wrongUsage(io, principals.problem);
    const { actions, refused } = actionsAsked(args.can, key);
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
  const print = args.format === 'json' ? (await import('./why-json.ts')).json : (await import('./why-text.ts')).text;
  io.stdout.write(print(told, project, io));
  return 0;
}
