import type { StatementRef } from '@keywright/analyze/picture';
import type { Certainty, Holder } from '@keywright/analyze/who-can/who-can';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import {
  type CircumstanceOptions,
  circumstancesOf,
  type OpenProject,
  openProject,
  pictureOfKeys,
} from './who-can-question.ts';

export interface WhoCanArguments extends CircumstanceOptions {
  /** A capability or an action. */
  readonly can: string;
  readonly key: string;
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly format: 'text' | 'json';
}

/** What is found of one key. */
export interface KeyAnswer {
  /** `security.orders`. */
  readonly name: string;
  readonly arn: string;
  readonly actions: readonly string[];
  /** Those that KMS refuses with this key, whatever policies allow, and why. */
  readonly refused: readonly string[];
  readonly usage?: string | undefined;
  readonly holders: readonly Holder[];
  /** Replicas of the key, which have policies of their own. */
  readonly replicas: readonly string[];
}

/** Says who can do something with a key, through which statements, under which conditions. */
export async function whoCanCommand(args: WhoCanArguments, io: Io): Promise<ExitCode> {
  const { askable, actionsAsked, isAskable } = await import('@keywright/analyze/who-can/actions-asked');
  if (!isAskable(args.can)) {
    const { insteadOf } = await import('@keywright/core/diagnostics/suggestion');
    return wrongUsage(io, `nothing is called ${JSON.stringify(args.can)}; ${insteadOf(args.can, askable, 'action')}`);
  }
  const circumstances = circumstancesOf(args);
  if ('problem' in circumstances) return wrongUsage(io, circumstances.problem);
  const project = await openProject(args.directory, io);
  if (typeof project === 'number') return project;
  const { whoCan } = await import('@keywright/analyze/who-can/who-can');
  const { shown } = await import('@keywright/analyze/value/value');
  const asked = await pictureOfKeys(project, args.key, args.stack);
  if ('problem' in asked) return wrongUsage(io, asked.problem);
  const { keys, picture } = asked;

  const answers = keys.map(({ name, key }): KeyAnswer => {
    const { actions, refused } = actionsAsked(args.can, key);
    return {
      name,
      arn: shown(key.arn),
      actions,
      refused,
      usage: key.traits?.usage,
      holders: whoCan(picture, key, actions, circumstances),
      replicas: replicasOf(project, key.id),
    };
  });
  const print =
    args.format === 'json' ? (await import('./who-can-json.ts')).json : (await import('./who-can-text.ts')).text;
  io.stdout.write(print(answers, project, io));
  return 0;
}

/** `orders@prod-us`, for a key that has replicas. */
function replicasOf({ program }: OpenProject, id: string): readonly string[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) =>
      resource.kind === 'replicaKey' && `${stack.name}/${resource.primary}` === id
        ? [`${resource.name}@${resource.environmentName}`]
        : [],
    ),
  );
}

/** What people call the policies that statements are in. */
export const policyNames: Readonly<Record<StatementRef['kind'], string>> = {
  keyPolicy: 'key policy',
  identityPolicy: 'identity policy',
  kmsGrant: 'KMS grant',
};

/** How certainties are told, in the order in which they are listed. */
export const headings: Readonly<Record<Certainty, string>> = {
  allowed: 'can',
  depends: 'depends on what is not known now',
  outside: 'only if a policy that this project does not write allows it',
  denied: 'cannot, because a Deny applies',
};
