import type { StatementRef } from '@keywright/analyze/picture';
import { actionsAsked } from '@keywright/analyze/who-can/actions-asked';
import type { Certainty, Holder } from '@keywright/analyze/who-can/who-can';
import type { ExitCode, Io } from '../io.ts';
import { type KeyQuestion, type OpenProject, understand } from './who-can-question.ts';

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
export async function whoCanCommand(question: KeyQuestion, io: Io): Promise<ExitCode> {
  const understood = await understand(question, io);
  if (typeof understood === 'number') return understood;
  const { project, circumstances, keys, picture } = understood;
  const { whoCan } = await import('@keywright/analyze/who-can/who-can');
  const { shown } = await import('@keywright/analyze/value/value');

  const answers = keys.map(({ name, key }): KeyAnswer => {
    const { actions, refused } = actionsAsked(question.can, key);
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
    question.format === 'json' ? (await import('./who-can-json.ts')).json : (await import('./who-can-text.ts')).text;
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
