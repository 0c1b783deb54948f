/** Names under the top-level `principals`, which are in the YAML only: the IR has the ARNs that they stand for. */
import type { PictureKey } from '@keywright/analyze/picture';
import { shown, type Value } from '@keywright/analyze/value/value';
import { type Expression, literal } from '@keywright/core/ir/expression';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import { servicePrincipalHost } from '@keywright/core/kms/services/principal-host';
import type { InlinePrincipal, PrincipalOfInstance, PrincipalReference } from '@keywright/core/language/principal';
import type { ProjectHost } from '@keywright/core/project/host';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import { instanceName } from '@keywright/core/resolve/resolve-stacks';

export interface PrincipalsInYaml {
  /** Those that the name stands for: what they are called, and the ARN, account, host or organization. */
  readonly named: readonly { readonly name: string; readonly text: string }[];
  /** All names. */
  readonly names: readonly string[];
}

export function principalsInYaml(host: ProjectHost, name: string, key: PictureKey): PrincipalsInYaml {
  const { project } = readProject(host).value;
  if (project === undefined) return { named: [], names: [] };
  return { named: expand(project, name, key, new Set()), names: [...project.principals.keys()] };
}

/** `anyOf` can name itself, which `check` reports. */
function expand(project: Project, name: string, key: PictureKey, seen: Set<string>): PrincipalsInYaml['named'] {
  const definition = project.principals.get(name)?.value;
  if (definition === undefined || seen.has(name)) return [];
  seen.add(name);
  if ('stack' in definition) return [{ name, text: nameInInstance(definition, project) }];
  if (!('anyOf' in definition)) return [{ name, text: textOf(definition, key) }];
  return definition.anyOf.flatMap((member: PrincipalReference) => {
    if (typeof member !== 'string') {
      return [{ name, text: 'stack' in member ? nameInInstance(member, project) : textOf(member, key) }];
    }
    const inner = expand(project, member, key, seen);
    return inner.length > 0 || project.principals.has(member) ? inner : [{ name: member, text: member }];
  });
}

/** `checkout-prod-eu.ordersApi`. */
function nameInInstance({ stack, environment, name }: PrincipalOfInstance, { stacks }: Project): string {
  const definition = stacks.get(stack);
  return `${definition === undefined ? stack : instanceName(definition, environment)}.${name}`;
}

function textOf(principal: InlinePrincipal, key: PictureKey): string {
  const place = (text: string) =>
    text
      .replaceAll('${account}', () => shown(key.account))
      .replaceAll('${partition}', () => shown(key.partition))
      .replaceAll('${region}', () => shown(key.region));
  if ('role' in principal) return place(principal.role);
  if ('user' in principal) return place(principal.user);
  if ('account' in principal) return place(principal.account);
  if ('organization' in principal) return principal.organization;
  if ('orgUnit' in principal) return principal.orgUnit;
  if ('service' in principal) return hostOf(principal.service, key);
  if ('arn' in principal) return place(principal.arn);
  if ('federated' in principal) return principal.federated;
  return '*';
}

function hostOf(service: string, { region, partition }: PictureKey): string {
  const text = (value: Value): Expression => literal(shown(value));
  const dnsSuffix = typeof partition === 'string' ? dnsSuffixOf(partition) : 'amazonaws.com';
  const host = servicePrincipalHost(service, { region: text(region), dnsSuffix: literal(dnsSuffix) });
  return host.kind === 'literal' ? host.text : service;
}
