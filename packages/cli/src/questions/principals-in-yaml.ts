/** Finds names under the top-level `principals`. They exist only in the YAML; the IR has their ARNs. */
import type { PictureKey } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import { literal } from '@keywright/core/ir/expression';
import type { Program } from '@keywright/core/ir/program';
import { isStack } from '@keywright/core/ir/stack-name';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import { servicePrincipalHost } from '@keywright/core/kms/services/principal-host';
import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import { membersOf } from '@keywright/core/project/members';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import { declaredNames } from '@keywright/core/resolve/environment-values';
import { writtenOut } from '@keywright/core/resolve/interpolate';
import { type Place, placeOf } from '@keywright/core/resolve/place';
import type { OpenProject } from './open-project.ts';

/** Returns the principals with this name, as seen from a key: their names, and their ARN, account, host or organization. */
export function principalsInYaml(
  { compilation, program, host }: OpenProject,
  name: string,
  key: PictureKey,
): readonly { readonly name: string; readonly text: string }[] {
  const { project } = readProject(host).value;
  const place = project && placeOfTexts(project, program, key);
  return membersOf(name, [name], compilation.principals).map((member) => {
    const { principal } = member;
    if (typeof principal === 'string') return { name: member.name, text: principal };
    if (!('stack' in principal)) return { name: member.name, text: textOf(principal, key, place) };
    return {
      name: member.name,
      text: `${deploymentName(principal.stack, principal.environment, program)}.${principal.name}`,
    };
  });
}

/**
 * Returns the place that replaces the placeholders in texts under a key: the place of the replica in the key's region or, without such a
 * replica, the place of the stack.
 */
function placeOfTexts(project: Project, { app, stacks }: Program, key: PictureKey): Place | undefined {
  const stack = stacks.find(({ name }) => name === key.stack);
  if (stack === undefined) return undefined;
  const { replicaEnvironments } = stack;
  const environment = replicaEnvironments.find(({ region }) => region === key.region) ?? stack.environment;
  const { accounts, valuesIn } = declaredNames(project);
  const names = { app: literal(app), stack: literal(stack.name), key: literal(key.name) };
  return placeOf(environment, { names, values: valuesIn(environment, []), accounts });
}

/** Returns the name of a deployment, such as `checkout-prod-eu`. */
function deploymentName(stack: string, environment: string, { stacks }: Program): string {
  return stacks.find((one) => one.environment.name === environment && isStack(one, stack))?.name ?? stack;
}

function textOf(principal: InlinePrincipal, key: PictureKey, place: Place | undefined): string {
  const { kind, text: raw } = identify(principal);
  const text = place === undefined ? raw : writtenOut(raw, place).text;
  if (kind === 'service') return hostOf(text, key);
  return text
    .replaceAll('${account}', () => shown(key.account))
    .replaceAll('${partition}', () => shown(key.partition))
    .replaceAll('${region}', () => shown(key.region));
}

function hostOf(service: string, { region, partition }: PictureKey): string {
  const dnsSuffix = typeof partition === 'string' ? dnsSuffixOf(partition) : 'amazonaws.com';
  const host = servicePrincipalHost(service, { region: literal(shown(region)), dnsSuffix: literal(dnsSuffix) });
  return host.kind === 'literal' ? host.text : service;
}
