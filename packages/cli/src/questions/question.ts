import { idInProgram } from '@keywright/analyze/build/placed';
import type { Picture, PictureKey } from '@keywright/analyze/picture';
import { isQuestionWord, questionWords } from '@keywright/analyze/who-can/actions-in-question';
import { nameOfKey } from '@keywright/analyze/who-can/keys-in-question';
import type { Circumstances } from '@keywright/analyze/who-can/who-can';
import { nearest } from '@keywright/core/diagnostics/suggestion';
import { actionsOfOperation } from '@keywright/core/kms/actions';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { type CircumstanceOptions, circumstancesOf } from './circumstances.ts';
import { keysNamed } from './keys-named.ts';
import { type OpenProject, openProject, type Problem } from './open-project.ts';

interface NamedKey {
  /** For example `security.orders`, `security.orders@prod-us`, or an ARN. */
  readonly name: string;
  readonly key: PictureKey;
}

interface QuestionKeys {
  readonly keys: readonly NamedKey[];
  /** The part of the program's picture that contains these keys. */
  readonly picture: Picture;
}

/** Returns the keys of the program that a text names or, for an ARN that the program only refers to, the key of another owner. */
async function pictureOfKeys(
  { program }: OpenProject,
  text: string,
  stacks: readonly string[] | undefined,
): Promise<QuestionKeys | Problem> {
  const { buildPicture } = await import('@keywright/analyze/build-picture');
  const placed = keysNamed(program, text, stacks);
  if ('problem' in placed) {
    const picture = buildPicture(program);
    const referred = picture.keysById.get(text);
    return referred?.kind === 'referred' ? { keys: [{ name: referred.name, key: referred }], picture } : placed;
  }
  const { programAbout } = await import('@keywright/analyze/who-can/program-about');
  const picture = buildPicture(programAbout(program, placed));
  const keys = placed.flatMap((one) => {
    const key = picture.keysById.get(idInProgram(one));
    return key === undefined ? [] : [{ name: nameOfKey(one), key }];
  });
  return { keys, picture };
}

/** A question: what can be done with some keys. */
export interface KeyQuestion extends CircumstanceOptions {
  /** A capability or an action. */
  readonly can: string;
  readonly key: string;
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly format: 'text' | 'json';
}

/** Advice for a word that is neither a capability nor an action. */
function insteadOfAction({ can, key }: KeyQuestion): string {
  const near = nearest(can, questionWords);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (isQuestionWord(key)) return `it comes before the key: \`${key} ${can}\``;
  return 'give a capability such as decrypt or administer, or an action such as kms:Decrypt';
}

export interface ResolvedQuestion extends QuestionKeys {
  readonly project: OpenProject;
  readonly circumstances: Circumstances;
}

/**
 * Finds in a project what a question names. If there is a problem with the question or the project, prints it and returns the exit code.
 */
export async function resolveQuestion(question: KeyQuestion, io: Io): Promise<ResolvedQuestion | ExitCode> {
  const { can } = question;
  if (!isQuestionWord(can)) {
    const [from, to] = actionsOfOperation(can);
    if (from !== undefined) {
      return wrongUsage(
        io,
        `${JSON.stringify(can)} is not an action; ask about \`${from}\` on one key and \`${to}\` on the other`,
      );
    }
    return wrongUsage(io, `there is no action ${JSON.stringify(can)}; ${insteadOfAction(question)}`);
  }
  const circumstances = circumstancesOf(question);
  if ('problem' in circumstances) return wrongUsage(io, circumstances.problem);
  const project = await openProject(question.directory, io);
  if (typeof project === 'number') return project;
  const ofKeys = await pictureOfKeys(project, question.key, question.stack);
  if ('problem' in ofKeys) return wrongUsage(io, ofKeys.problem);
  return { ...ofKeys, project, circumstances };
}
