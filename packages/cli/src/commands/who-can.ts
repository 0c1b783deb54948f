import { actionsAsked } from '@keywright/analyze/who-can/actions-asked';
import type { ExitCode, Io } from '../io.ts';
import type { KeyAnswer } from './who-can-answer.ts';
import { type KeyQuestion, type OpenProject, understand } from './who-can-question.ts';

/** Lists who can do something with a key, through which statements, under which conditions. */
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
      // A replica does not live where its stack does, and is answered separately.
      stack: key.kind === 'key' ? key.stack : undefined,
      key: key.name,
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
