/** Says what accounts contain after a deployment according to the IR, besides what existed before. */
import { byName } from '@keywright/core/collections/by-name';
import type { Expression } from '@keywright/core/ir/expression';
import type { PolicyDocument, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import type { Key, Program, ReplicaKey, Stack, Tag } from '@keywright/core/ir/program';
import { type Place, partitionOf } from '../cloud/cloud.ts';
import type { Meaning } from './meaning.ts';
import { placeIn } from './places.ts';
import { policyOfSeed, type Seed, trustOfSeed } from './seed.ts';
import type { KeyThing, ParameterThing, PrincipalThing, Snapshot, Thing } from './snapshot.ts';

export function expectedOf(program: Program, seed: Seed, meaning: Meaning): Snapshot {
  const keys = new Map(seed.keys.map((arn) => [arn, seededKey(arn)]));
  const principals = new Map(seed.principals.map(({ kind, arn }) => [arn, seededPrincipal(kind, arn)]));
  const parameters: ParameterThing[] = [];
  for (const stack of program.stacks) {
    const place = placeIn(program, stack);
    const value = (expression: Expression) => meaning.text(expression, stack);
    for (const resource of stack.resources) {
      switch (resource.kind) {
        case 'key':
        case 'replicaKey':
          keys.set(meaning.arn(resource, stack), keyThing(resource, stack, meaning));
          break;
        case 'alias': {
          const key = keyAt(keys, value(resource.target), place, resource.region);
          keys.set(key.arn, { ...key, aliases: [...key.aliases, resource.aliasName].sort() });
          break;
        }
        case 'kmsGrant': {
          const key = keyAt(keys, value(resource.key), place, resource.region);
          const { encryptionContext: context, retiringPrincipal: retiring } = resource;
          const pairs = context && Object.fromEntries(context.pairs.map((pair) => [pair.name, pair.value]));
          const grant = {
            name: resource.named ? resource.name : '',
            grantee: value(resource.grantee),
            retiring: retiring && value(retiring),
            operations: [...resource.operations].sort(),
            equals: context?.match === 'equals' ? pairs : undefined,
            subset: context?.match === 'subset' ? pairs : undefined,
          };
          const grants = [...key.grants, grant].sort(byName);
          keys.set(key.arn, { ...key, grants });
          break;
        }
        case 'role':
        case 'user':
        case 'group':
          principals.set(meaning.arn(resource, stack), {
            kind: resource.kind,
            arn: meaning.arn(resource, stack),
            description:
              resource.kind === 'role' && resource.description ? asRead(value(resource.description)) : undefined,
            trust: resource.kind === 'role' ? policyJson(resource.assumeRolePolicy, value) : undefined,
            policies: {},
            tags: resource.kind === 'group' ? {} : tagMap(resource.tags, value),
          });
          break;
        case 'identityPolicy': {
          const { kind, name } = resource.attachTo;
          const principal = principalCalled(principals, kind, value(name), place);
          const policyName = value(resource.policyName);
          // IAM would replace the policy with that name, and the two stacks would overwrite each other's policy again and again.
          if (Object.hasOwn(principal.policies, policyName))
            throw new Error(`${principal.arn} gets two policies ${policyName}`);
          const policies = { ...principal.policies, [policyName]: policyJson(resource.document, value) };
          principals.set(principal.arn, { ...principal, policies });
          break;
        }
        case 'sharedParameter': {
          const { account, region } = place;
          const arn = `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter${resource.parameterName}`;
          const tags = tagMap(resource.tags, value);
          parameters.push({ kind: 'parameter', arn, type: 'String', value: value(resource.value), tags });
        }
      }
    }
  }
  const things: readonly Thing[] = [...keys.values(), ...principals.values(), ...parameters];
  return { things, madeUp: meaning.madeUp };
}

function keyThing(resource: Key | ReplicaKey, stack: Stack, meaning: Meaning): KeyThing {
  const value = (expression: Expression) => meaning.text(expression, stack);
  const primary = resource.kind === 'key' ? resource : stack.resources.find(({ id }) => id === resource.primary);
  if (primary?.kind !== 'key') throw new Error(`${resource.id} has no primary`);
  const replicas = stack.resources.filter((other) => other.kind === 'replicaKey' && other.primary === primary.id);
  const { rotation } = primary; // the replicas have the rotation of the primary
  return {
    kind: 'key',
    arn: meaning.arn(resource, stack),
    description: resource.description ? value(resource.description) : '',
    spec: primary.spec,
    usage: primary.usage,
    origin: primary.origin,
    state: primary.origin === 'EXTERNAL' ? 'PendingImport' : resource.enabled ? 'Enabled' : 'Disabled',
    keyStore: primary.customKeyStoreId,
    externalKey: primary.xksKeyId,
    ...(primary.multiRegion && {
      multiRegion: {
        type: resource.kind === 'key' ? 'PRIMARY' : 'REPLICA',
        primary: meaning.arn(primary, stack),
        replicas: replicas.map((replica) => meaning.arn(replica, stack)).sort(),
      },
    }),
    rotation: rotation.enabled ? (rotation.periodDays ?? 365) : undefined,
    policy: policyJson(resource.policy, value),
    tags: tagMap(resource.tags, value),
    grants: [],
    aliases: [],
  };
}

/** Finds a key. `target` is an ARN, or the id of a key in the place of the alias or grant. */
function keyAt(keys: ReadonlyMap<string, KeyThing>, target: string, place: Place, own: string | undefined): KeyThing {
  const region = own ?? place.region;
  const here = `arn:${partitionOf(region)}:kms:${region}:${place.account}:key/${target}`;
  const arn = target.startsWith('arn:') ? target : here;
  const key = keys.get(arn);
  if (key === undefined) throw new Error(`there is no key ${arn}`);
  return key;
}

function principalCalled(
  principals: ReadonlyMap<string, PrincipalThing>,
  kind: PrincipalThing['kind'],
  name: string,
  { account }: Place,
): PrincipalThing {
  const found = [...principals.values()].find(
    (principal) =>
      principal.kind === kind && principal.arn.split(':')[4] === account && principal.arn.endsWith(`/${name}`),
  );
  if (found === undefined) throw new Error(`account ${account} has no ${kind} ${name}`);
  return found;
}

function seededKey(arn: string): KeyThing {
  return {
    kind: 'key',
    arn,
    description: '',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    state: 'Enabled',
    policy: policyOfSeed,
    tags: {},
    grants: [],
    aliases: [],
  };
}

function seededPrincipal(kind: 'role' | 'user', arn: string): PrincipalThing {
  return { kind, arn, policies: {}, tags: {}, ...(kind === 'role' && { trust: trustOfSeed }) };
}

/** Returns a text as the SDK reads it: it drops a text of only blanks and line ends from XML answers, such as those of IAM. */
function asRead(text: string): string {
  return text.trim() === '' && text.includes('\n') ? '' : text;
}

type Value = (expression: Expression) => string;

function tagMap(tags: readonly Tag[], value: Value): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map((tag) => [tag.name, value(tag.value)]));
}

function policyJson({ id, statements }: PolicyDocument, value: Value): unknown {
  return {
    Version: '2012-10-17',
    Id: id && value(id),
    Statement: statements.map((statement) => statementJson(statement, value)),
  };
}

function statementJson(statement: Statement, value: Value): unknown {
  const { conditions } = statement;
  const operators = [...new Set(conditions.map(({ operator }) => operator))];
  const conditionsOf = (operator: string) =>
    conditions
      .filter((condition) => condition.operator === operator)
      .map(({ key, values }) => [key, values.map(value)]);
  return {
    Sid: statement.sid,
    Effect: statement.effect,
    Principal: statement.principals && principalJson(statement.principals, value),
    NotPrincipal: statement.notPrincipals && principalJson(statement.notPrincipals, value),
    Action: statement.actions,
    NotAction: statement.notActions,
    Resource: statement.resources?.map(value),
    NotResource: statement.notResources?.map(value),
    Condition:
      conditions.length === 0
        ? undefined
        : Object.fromEntries(operators.map((operator) => [operator, Object.fromEntries(conditionsOf(operator))])),
  };
}

function principalJson(principals: readonly PolicyPrincipal[], value: Value): unknown {
  const groups: Record<string, string[]> = {};
  for (const principal of principals) {
    const [type, text] = principalPair(principal, value);
    groups[type] = [...(groups[type] ?? []), text];
  }
  return groups;
}

function principalPair(principal: PolicyPrincipal, value: Value): readonly [string, string] {
  switch (principal.kind) {
    case 'aws':
      return ['AWS', value(principal.arn)];
    case 'anyone':
      return ['AWS', '*'];
    case 'service':
      return ['Service', value(principal.host)];
    case 'federated':
      return ['Federated', value(principal.provider)];
  }
}
