import { actionsInQuestion } from '@keywright/analyze/who-can/actions-in-question';
import type { KeyAnswer } from '../answers/who-can-answer.ts';
import type { ExitCode, Io } from '../io.ts';
import type { OpenProject } from '../questions/open-project.ts';
import { type KeyQuestion, resolveQuestion } from '../questions/question.ts';

/** Lists who can do something with a key, with the statements that allow it and their conditions. */
export async function whoCanCommand(question: KeyQuestion, io: Io): Promise<ExitCode> {
  const resolved = await resolveQuestion(question, io);
  if (typeof resolved === 'number') return resolved;
  const { project, circumstances, keys, picture } = resolved;
  const { whoCan } = await import('@keywright/analyze/who-can/who-can');
  const { shown } = await import('@keywright/analyze/value/value');

  const answers = keys.map(({ name, key }): KeyAnswer => {
    const { actions, refused } = actionsInQuestion(question.can, key);
    return {
      name,
      // A replica has its own answer, because it is in another region than its stack.
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
    question.format === 'json'
      ? (await import('../answers/who-can-json.ts')).json
      : (await import('../answers/who-can-text.ts')).text;
  io.stdout.write(print(answers, project, io));
  return 0;
}

/** Returns the replicas of a key, such as `orders@prod-us`. */
function replicasOf({ program }: OpenProject, id: string): readonly string[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) =>
      resource.kind === 'replicaKey' && `${stack.name}/${resource.primary}` === id
        ? [`${resource.name}@${resource.environmentName}`]
        : [],
    ),
  );
}
