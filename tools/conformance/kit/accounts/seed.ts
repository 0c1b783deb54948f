/** Creates what a project requires: roles, users and keys that exist before its deployment. */
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import type { Cloud, Place } from '../cloud/cloud.ts';
import { makePrincipal } from '../cloud/make.ts';
import type { Meaning } from './meaning.ts';
import { placeIn } from './places.ts';

export interface Seed {
  readonly principals: readonly { readonly kind: 'role' | 'user'; readonly arn: string }[];
  /** The ARNs of the keys. */
  readonly keys: readonly string[];
}

export const trustOfSeed = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

export const policyOfSeed = { Version: '2012-10-17', Statement: [] };

/** Returns the principals and keys that the program names but does not create. */
export function seedOf(program: Program, meaning: Meaning): Seed {
  const made = new Set<string>();
  const arns = new Set<string>();
  const attached = new Map<
    string,
    { readonly account: string; readonly kind: 'role' | 'user'; readonly name: string }
  >();
  const keys = new Set<string>();
  for (const stack of program.stacks) {
    const text = (expression: Expression) => meaning.text(expression, stack);
    for (const resource of stack.resources) {
      if (resource.kind === 'role' || resource.kind === 'user') made.add(meaning.arn(resource, stack));
      for (const principal of principalsOf(resource)) arns.add(text(principal));
      if (resource.kind === 'identityPolicy' && resource.attachTo.kind !== 'group') {
        const { kind } = resource.attachTo;
        const [account, name] = [placeIn(program, stack).account, text(resource.attachTo.name)];
        attached.set(`${account} ${kind} ${name}`, { account, kind, name });
      }
      const key = resource.kind === 'alias' ? resource.target : resource.kind === 'kmsGrant' ? resource.key : undefined;
      if (key !== undefined && !namesResource(key) && text(key).startsWith('arn:')) keys.add(text(key));
    }
  }
  const principals = new Map<string, 'role' | 'user'>();
  for (const arn of arns) {
    const kind = kindOf(arn);
    if (kind !== undefined && !made.has(arn)) principals.set(arn, kind);
  }
  // Policies are attached by name, so it may be that only the name of a holder is known.
  const known = new Set(
    [...made, ...principals.keys()].map((arn) => `${arn.split(':')[4]} ${kindOf(arn)} ${nameOf(arn)}`),
  );
  for (const [who, { account, kind, name }] of attached)
    if (!known.has(who)) principals.set(`arn:${partitionIn(program)}:iam::${account}:${kind}/${name}`, kind);
  return { principals: [...principals].map(([arn, kind]) => ({ kind, arn })), keys: [...keys] };
}

export async function plantSeed({ principals, keys }: Seed, cloud: Cloud, region: string): Promise<void> {
  for (const { kind, arn } of principals) {
    const [, , , , account = '', resource = ''] = arn.split(':');
    const path = resource.slice(kind.length, resource.lastIndexOf('/') + 1);
    const trust = JSON.stringify(trustOfSeed);
    await makePrincipal(cloud({ account, region }), {
      kind,
      name: nameOf(arn),
      path,
      ...(kind === 'role' && { trust }),
    });
  }
  for (const arn of keys) {
    const { place, id } = placeOfKey(arn);
    const Tags = [{ TagKey: '_custom_id_', TagValue: id }];
    await cloud(place).kms.send(new CreateKeyCommand({ Tags, Policy: JSON.stringify(policyOfSeed) }));
  }
}

export function placeOfKey(arn: string): { readonly place: Place; readonly id: string } {
  const [, , , region = '', account = '', resource = ''] = arn.split(':');
  return { place: { account, region }, id: resource.slice('key/'.length) };
}

function principalsOf(resource: Resource): readonly Expression[] {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return arnsIn(resource.policy);
    case 'role':
      return arnsIn(resource.assumeRolePolicy);
    case 'kmsGrant':
      return [resource.grantee, ...(resource.retiringPrincipal === undefined ? [] : [resource.retiringPrincipal])];
    default:
      return [];
  }
}

function arnsIn({ statements }: PolicyDocument): readonly Expression[] {
  return statements
    .flatMap(({ principals = [], notPrincipals = [] }) => [...principals, ...notPrincipals])
    .flatMap((principal) => (principal.kind === 'aws' ? [principal.arn] : []));
}

/** Whether an expression refers to a key that the project creates. */
function namesResource(expression: Expression): boolean {
  const parts = expression.kind === 'concat' ? expression.parts : [expression];
  return parts.some(({ kind }) => kind === 'reference' || kind === 'crossStack');
}

function kindOf(arn: string): 'role' | 'user' | undefined {
  const [, kind] = /^arn:[\w-]+:iam::\d+:(role|user)\//.exec(arn) ?? [];
  return kind === 'role' || kind === 'user' ? kind : undefined;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** All accounts of a project are in one partition. */
function partitionIn({ stacks }: Program): string {
  return stacks.map(({ environment }: Stack) => environment.partition).find((partition) => partition) ?? 'aws';
}
