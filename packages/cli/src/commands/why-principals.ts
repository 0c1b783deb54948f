/** Names under the top-level `principals`, which are in the YAML only: the IR has the ARNs that they stand for. */
import type { PictureKey } from '@keywright/analyze/picture';
import { shown } from '@keywright/analyze/value/value';
import { isStack } from '@keywright/analyze/who-can/keys-asked';
import { literal } from '@keywright/core/ir/expression';
import type { Program } from '@keywright/core/ir/program';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import { servicePrincipalHost } from '@keywright/core/kms/services/principal-host';
import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import { membersOf } from '@keywright/core/project/members';
import type { OpenProject } from './who-can-question.ts';

/** Those whom a name means, seen from a key: what they are called, and the ARN, account, host or organization. */
export function principalsInYaml(
  { compilation, program }: OpenProject,
  name: string,
  key: PictureKey,
): readonly { readonly name: string; readonly text: string }[] {
  return membersOf(name, [name], compilation.principals).map((member) => {
    const { principal } = member;
    if (typeof principal === 'string') return { name: member.name, text: principal };
    if (!('stack' in principal)) return { name: member.name, text: textOf(principal, key) };
    return {
      name: member.name,
      text: `${instanceName(principal.stack, principal.environment, program)}.${principal.name}`,
    };
  });
}

/** `checkout-prod-eu`. */
function instanceName(stack: string, environment: string, { stacks }: Program): string {
  return stacks.find((one) => one.environment.name === environment && isStack(one, stack))?.name ?? stack;
}

function textOf(principal: InlinePrincipal, key: PictureKey): string {
  const { kind, text } = identify(principal);
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
