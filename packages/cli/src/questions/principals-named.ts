import type { Picture, PictureKey, PicturePrincipal } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { OpenProject, Problem } from './open-project.ts';

export interface NamedPrincipal {
  readonly name: string;
  readonly principal: Principal;
}

/** The principals that a text names, as seen from a key: `${account}` in the project's principals is the account of the key. */
export async function principalsNamed(
  project: OpenProject,
  picture: Picture,
  text: string,
  key: PictureKey,
): Promise<readonly NamedPrincipal[] | Problem> {
  const { findPrincipals } = await import('@keywright/analyze/find');
  const matches = findPrincipals(picture, text);
  if (matches.length > 0) return matches.map((principal) => ({ name: text, principal }));
  const { principalsInYaml } = await import('./principals-in-yaml.ts');
  const members = principalsInYaml(project, text, key).flatMap((member) =>
    findPrincipals(picture, member.text).map((principal) => ({ name: member.name, principal })),
  );
  if (members.length > 0) return members;
  const names = new Set([...project.compilation.principals.keys(), ...picture.principals.flatMap(namesOf)]);
  return { problem: `there is no principal ${JSON.stringify(text)}; ${insteadOf(text, names, 'principal')}` };
}

function namesOf({ name, label, created }: PicturePrincipal): readonly string[] {
  if (created === undefined) return label === undefined ? [] : [label];
  return [name, name.slice(created.stack.length + 1)];
}
