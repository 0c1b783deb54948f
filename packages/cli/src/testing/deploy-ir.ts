import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Program, Resource, Stack, Tag } from '@keywright/core/ir/program';
import type { Deployed, DeployedStack } from './deployed.ts';
import { world } from './world.ts';

/** Deploys the IR itself into the world, without any code of the emitters. */
export function deployIr(stack: Stack, program: Program): DeployedStack {
  const value = (expression: Expression) => meaningOf(expression, stack, program);
  return {
    resources: new Map(stack.resources.map((resource) => [resource.id, deployedOf(resource, stack, value)])),
    outputs: stack.outputs.map((output) => value(output.value)),
  };
}

type Value = (expression: Expression) => string;

function meaningOf(expression: Expression, stack: Stack, program: Program): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat':
      return expression.parts.map((part) => meaningOf(part, stack, program)).join('');
    case 'pseudo':
      return world.pseudo(expression.name, stack);
    case 'reference': {
      const resource = stack.resources.find(({ id }) => id === expression.resource);
      if (resource === undefined) throw new Error(`there is no ${expression.resource}`);
      return world.attribute(resource, expression.attribute, stack);
    }
    case 'crossStack': {
      const producer = program.stacks.find(({ name }) => name === expression.stack);
      const exported = producer?.exports.find(({ id }) => id === expression.export);
      if (producer === undefined || exported === undefined) throw new Error(`nobody exports ${expression.export}`);
      return meaningOf(exported.value, producer, program);
    }
  }
}

function deployedOf(resource: Resource, stack: Stack, value: Value): Deployed {
  const region = resource.region ?? world.pseudo('region', stack);
  switch (resource.kind) {
    case 'key':
    case 'replicaKey': {
      const replica = resource.kind === 'replicaKey';
      return {
        kind: resource.kind,
        region,
        description: resource.description && value(resource.description),
        // A replica has the traits of its primary.
        spec: replica ? 'SYMMETRIC_DEFAULT' : resource.spec,
        usage: replica ? 'ENCRYPT_DECRYPT' : resource.usage,
        origin: resource.origin,
        enabled: resource.enabled,
        rotation: replica ? false : resource.rotation.enabled,
        rotationDays: !replica && resource.rotation.enabled ? (resource.rotation.periodDays ?? 365) : undefined,
        pendingWindowDays: resource.pendingWindowDays,
        multiRegion: replica ? false : resource.multiRegion,
        retained: resource.removal === 'retain',
        policy: documentOf(resource.policy, value),
        tags: tagsOf(resource.tags, value),
        primary: replica ? value({ kind: 'reference', resource: resource.primary, attribute: 'arn' }) : undefined,
      };
    }
    case 'alias':
      return { kind: 'alias', region, name: resource.aliasName, keyId: value(resource.target) };
    case 'role':
      return {
        kind: 'role',
        description: resource.description && value(resource.description),
        trust: documentOf(resource.assumeRolePolicy, value),
        tags: tagsOf(resource.tags, value),
      };
    case 'user':
      return { kind: 'user', description: undefined, trust: undefined, tags: tagsOf(resource.tags, value) };
    case 'group':
      return { kind: 'group', description: undefined, trust: undefined, tags: {} };
    case 'identityPolicy':
      return {
        kind: 'identityPolicy',
        name: value(resource.policyName),
        holder: resource.attachTo.kind,
        attachedTo: value(resource.attachTo.name),
        document: documentOf(resource.document, value),
      };
    case 'sharedParameter':
      return {
        kind: 'sharedParameter',
        name: resource.parameterName,
        value: value(resource.value),
        tags: tagsOf(resource.tags, value),
      };
    case 'kmsGrant': {
      const { match, pairs = [] } = resource.encryptionContext ?? {};
      const context = Object.fromEntries(pairs.map((pair) => [pair.name, pair.value]));
      return {
        kind: 'kmsGrant',
        region,
        name: resource.named ? resource.name : undefined,
        retireOnDelete: resource.retireOnDelete,
        keyId: value(resource.key),
        grantee: value(resource.grantee),
        retiringPrincipal: resource.retiringPrincipal && value(resource.retiringPrincipal),
        operations: resource.operations,
        equals: match === 'equals' ? context : undefined,
        subset: match === 'subset' ? context : undefined,
      };
    }
  }
}

function tagsOf(tags: readonly Tag[], value: Value) {
  return Object.fromEntries(tags.map((tag) => [tag.name, value(tag.value)]));
}

/** Every target writes a list with one element as just the element. */
function oneOrMore(values: readonly unknown[] | undefined): unknown {
  return values?.length === 1 ? values[0] : values;
}

function documentOf(document: PolicyDocument, value: Value): unknown {
  return {
    Version: '2012-10-17',
    ...(document.id !== undefined && { Id: value(document.id) }),
    Statement: document.statements.map((statement) => statementOf(statement, value)),
  };
}

function statementOf(statement: Statement, value: Value): unknown {
  const { sid, effect, principals, notPrincipals, actions, notActions, resources, notResources, conditions } =
    statement;
  const condition: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of conditions) {
    condition[operator] = { ...condition[operator], [key]: oneOrMore(values.map(value)) };
  }
  const parts: Readonly<Record<string, unknown>> = {
    Sid: sid,
    Effect: effect,
    Principal: principals && principalsOf(principals, value),
    NotPrincipal: notPrincipals && principalsOf(notPrincipals, value),
    Action: oneOrMore(actions),
    NotAction: oneOrMore(notActions),
    Resource: oneOrMore(resources?.map(value)),
    NotResource: oneOrMore(notResources?.map(value)),
    Condition: conditions.length === 0 ? undefined : condition,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function principalsOf(principals: readonly PolicyPrincipal[], value: Value): unknown {
  const of = (key: string, texts: readonly string[]) => (texts.length === 0 ? [] : [[key, oneOrMore(texts)]]);
  const aws = principals.flatMap((principal) =>
    principal.kind === 'aws' ? [value(principal.arn)] : principal.kind === 'anyone' ? ['*'] : [],
  );
  const services = principals.flatMap((principal) => (principal.kind === 'service' ? [value(principal.host)] : []));
  const federated = principals.flatMap((principal) =>
    principal.kind === 'federated' ? [value(principal.provider)] : [],
  );
  return Object.fromEntries([...of('AWS', aws), ...of('Service', services), ...of('Federated', federated)]);
}
