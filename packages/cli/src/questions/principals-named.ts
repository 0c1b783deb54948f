import type { Picture, PictureKey, PicturePrincipal } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Program } from '@keywright/core/ir/program';
import type { OpenProject, Problem } from './open-project.ts';

export interface PrincipalInQuestion {
  readonly name: string;
  readonly principal: Principal;
}

/** Returns the principals that a text names, as seen from a key: `${account}` in the project's principals is the account of the key. */
export async function principalsNamed(
  project: OpenProject,
  picture: Picture,
  text: string,
  key: PictureKey,
): Promise<readonly PrincipalInQuestion[] | Problem> {
  const { findPrincipals } = await import('@keywright/analyze/find');
  const matches = findPrincipals(picture, text);
  if (matches.length > 0) return matches.map((principal) => ({ name: text, principal }));
  const { principalsInYaml } = await import('./principals-in-yaml.ts');
  const members = principalsInYaml(project, text, key).flatMap((member) =>
    findPrincipals(picture, member.text).map((principal) => ({ name: member.name, principal })),
  );
  if (members.length > 0) return members;
  const deployed = deployedNames(text, key, project.program).flatMap((name) =>
    findPrincipals(picture, name).map((principal) => ({ name, principal })),
  );
  if (deployed.length > 0) return deployed;
  const names = new Set([...project.compilation.principals.keys(), ...picture.principals.flatMap(namesOf)]);
  return { problem: `there is no principal ${JSON.stringify(text)}; ${insteadOf(text, names, 'principal')}` };
}

/**
 * Returns the names that `stack.name` means in the YAML if the stack has several environments. This is the principal in the environment of
 * the key. If the stack is not deployed in that environment, it is the principal in each of the stack's environments.
 */
function deployedNames(text: string, key: PictureKey, { stacks }: Program): readonly string[] {
  const [definition = '', name = ''] = text.split('.');
  const deployments = stacks.filter((stack) => stack.definition === definition);
  const environment = stacks.find((stack) => stack.name === key.stack)?.environment.name;
  const here = deployments.filter((stack) => stack.environment.name === environment);
  return (here.length > 0 ? here : deployments).map((stack) => `${stack.name}.${name}`);
}

function namesOf({ name, label, created }: PicturePrincipal): readonly string[] {
  if (created === undefined) return label === undefined ? [] : [label];
  return [name, name.slice(created.stack.length + 1)];
}
