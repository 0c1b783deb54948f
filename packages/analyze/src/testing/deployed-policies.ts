/**
 * The policies of a program as deployed: plain JSON, with made-up names and ids for whatever only a deployment decides. They are read from
 * the IR without any code of the evaluator, so that an independent judge can check it.
 */
import type { Expression, Reference } from '@keywright/core/ir/expression';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import type { KeyOrigin, KeySpec, KeyUsage } from '@keywright/core/kms/key-specs';

export interface JsonPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export interface DeployedTraits {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly multiRegion?: 'PRIMARY' | 'REPLICA';
}

export interface DeployedKey {
  /** `first/key/orders` */
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly traits: DeployedTraits;
  readonly policy: JsonPolicy;
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly grants: readonly unknown[];
}

export interface Deployed {
  readonly keys: readonly DeployedKey[];
  /** By `role 111122223333 Admin`. */
  readonly identityPolicies: ReadonlyMap<string, readonly JsonPolicy[]>;
  /** ARN and tags of roles and users that the program creates, by `first/role/api`. */
  readonly created: ReadonlyMap<string, { readonly arn: string; readonly tags: Readonly<Record<string, string>> }>;
}

export function deployPolicies(program: Program): Deployed {
  const keys: DeployedKey[] = [];
  const identityPolicies = new Map<string, JsonPolicy[]>();
  const created = new Map<string, { arn: string; tags: Record<string, string> }>();
  for (const stack of program.stacks) {
    const value = (expression: Expression) => meaningOf(expression, stack, program);
    const { account } = placeOf(stack);
    for (const resource of stack.resources) {
      const id = `${stack.name}/${resource.id}`;
      if (resource.kind === 'key' || resource.kind === 'replicaKey') {
        keys.push({
          id,
          arn: attributeOf(resource, 'arn', stack),
          account,
          region: resource.region ?? placeOf(stack).region,
          traits: traitsOf(resource),
          policy: documentOf(resource.policy, value),
          aliases: aliasesOf(attributeOf(resource, 'arn', stack), program),
          tags: tagsOf(resource.tags, value),
          grants: stack.resources.filter(
            (grant) =>
              grant.kind === 'kmsGrant' && grant.key.kind === 'reference' && grant.key.resource === resource.id,
          ),
        });
      } else if (resource.kind === 'role' || resource.kind === 'user') {
        created.set(id, { arn: attributeOf(resource, 'arn', stack), tags: tagsOf(resource.tags, value) });
      } else if (resource.kind === 'identityPolicy') {
        const holder = `${resource.attachTo.kind} ${account} ${value(resource.attachTo.name)}`;
        const documents = identityPolicies.get(holder) ?? [];
        identityPolicies.set(holder, [...documents, documentOf(resource.document, value)]);
      }
    }
  }
  return { keys, identityPolicies, created };
}

function traitsOf(resource: Extract<Resource, { kind: 'key' | 'replicaKey' }>): DeployedTraits {
  const { kind, spec, usage, origin } = resource;
  if (kind === 'replicaKey') return { spec, usage, origin, multiRegion: 'REPLICA' };
  return { spec, usage, origin, ...(resource.multiRegion && { multiRegion: 'PRIMARY' }) };
}

function aliasesOf(keyArn: string, program: Program): readonly string[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((alias) => {
      if (alias.kind !== 'alias') return [];
      const id = meaningOf(alias.target, stack, program);
      const { account, region } = placeOf(stack);
      const arn = id.startsWith('arn:') ? id : `arn:aws:kms:${alias.region ?? region}:${account}:key/${id}`;
      return arn === keyArn ? [alias.aliasName] : [];
    }),
  );
}

function placeOf({ environment }: Stack): { readonly account: string; readonly region: string } {
  return { account: environment.account ?? '111122223333', region: environment.region ?? 'eu-west-1' };
}

function meaningOf(expression: Expression, stack: Stack, program: Program): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat':
      return expression.parts.map((part) => meaningOf(part, stack, program)).join('');
    case 'pseudo': {
      const { account, region } = placeOf(stack);
      return { account, region, partition: 'aws', dnsSuffix: 'amazonaws.com' }[expression.name];
    }
    case 'reference': {
      const resource = stack.resources.find(({ id }) => id === expression.resource);
      if (resource === undefined) throw new Error(`there is no ${expression.resource}`);
      return attributeOf(resource, expression.attribute, stack);
    }
    case 'crossStack': {
      const producer = program.stacks.find(({ name }) => name === expression.stack);
      const exported = producer?.exports.find(({ id }) => id === expression.export);
      if (producer === undefined || exported === undefined) throw new Error(`nobody exports ${expression.export}`);
      return meaningOf(exported.value, producer, program);
    }
  }
}

function attributeOf(resource: Resource, attribute: Reference['attribute'], stack: Stack): string {
  const { account, region } = placeOf(stack);
  switch (resource.kind) {
    case 'key':
    case 'replicaKey': {
      const id = `id-of-${stack.name}-${resource.name}`;
      return attribute === 'arn' ? `arn:aws:kms:${resource.region ?? region}:${account}:key/${id}` : id;
    }
    case 'alias':
      return attribute === 'arn' ? `arn:aws:kms:${region}:${account}:${resource.aliasName}` : resource.aliasName;
    case 'role':
    case 'user':
    case 'group': {
      const name = resource.physicalName ?? `name-of-${stack.name}-${resource.name}`;
      return attribute === 'arn' ? `arn:aws:iam::${account}:${resource.kind}/${name}` : name;
    }
    default:
      throw new Error(`nothing refers to ${resource.id}`);
  }
}

function tagsOf(
  tags: readonly { readonly name: string; readonly value: Expression }[],
  value: (expression: Expression) => string,
): Record<string, string> {
  return Object.fromEntries(tags.map((tag) => [tag.name, value(tag.value)]));
}

function documentOf({ statements }: PolicyDocument, value: (expression: Expression) => string): JsonPolicy {
  return { Version: '2012-10-17', Statement: statements.map((statement) => statementOf(statement, value)) };
}

function statementOf(statement: Statement, value: (expression: Expression) => string) {
  const condition: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of statement.conditions) {
    condition[operator] = { ...condition[operator], [key]: values.map(value) };
  }
  const parts: Readonly<Record<string, unknown>> = {
    Effect: statement.effect,
    Principal: statement.principals && principalsOf(statement.principals, value),
    NotPrincipal: statement.notPrincipals && principalsOf(statement.notPrincipals, value),
    Action: statement.actions,
    NotAction: statement.notActions,
    Resource: statement.resources?.map(value),
    NotResource: statement.notResources?.map(value),
    Condition: statement.conditions.length === 0 ? undefined : condition,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function principalsOf(principals: readonly PolicyPrincipal[], value: (expression: Expression) => string): unknown {
  if (principals.some(({ kind }) => kind === 'anyone')) return '*';
  const of = (kind: string, texts: readonly string[]) => (texts.length === 0 ? [] : [[kind, texts]]);
  return Object.fromEntries([
    ...of(
      'AWS',
      principals.flatMap((principal) => (principal.kind === 'aws' ? [value(principal.arn)] : [])),
    ),
    ...of(
      'Service',
      principals.flatMap((principal) => (principal.kind === 'service' ? [value(principal.host)] : [])),
    ),
    ...of(
      'Federated',
      principals.flatMap((principal) => (principal.kind === 'federated' ? [value(principal.provider)] : [])),
    ),
  ]);
}
