/**
 * The table of decisions, `decisions/*.yaml`, as programs and requests. Each row records what AWS's documentation
 * says: policies in IAM's JSON, a request, and AWS's answer. `docs/analysis.md` describes the format.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { concatAll, type Expression, literal } from '@keywright/core/ir/expression';
import type { PolicyPrincipal, Provenance, Statement } from '@keywright/core/ir/policy';
import type { Environment, Program, Resource, Stack } from '@keywright/core/ir/program';
import type { KeyOrigin, KeySpec, KeyUsage } from '@keywright/core/kms/key-specs';
import { load } from 'js-yaml';
import { buildPicture } from '../build-picture.ts';
import { nameOfArn, requesterOf, rootOf } from '../named-principal.ts';
import type { Picture, PictureKey } from '../picture.ts';
import type { Principal } from '../principal.ts';
import type { Request } from '../request.ts';
import { joinValue, type Value } from '../value/value.ts';

type OneOrMore<T> = T | readonly T[];

/** A statement in IAM's JSON. `Effect` defaults to Allow and `Resource` to `*`. */
export interface JsonStatement {
  readonly Sid?: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore<string>>>;
  readonly NotPrincipal?: '*' | Readonly<Record<string, OneOrMore<string>>>;
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore<string | number | boolean>>>>>;
}

export interface Row {
  /** The rule that decides the row, in one sentence. */
  readonly rule: string;
  /** The name of one of the file's sources. */
  readonly source: string;
  readonly key?: readonly JsonStatement[];
  /** The statements of the policy attached to the principal of the request. */
  readonly identity?: readonly JsonStatement[];
  /** The statements of the policy attached to a group of that account. */
  readonly group?: readonly JsonStatement[];
  readonly grants?: readonly JsonGrant[];
  /** The properties of the key, unless it is a symmetric key in account 111122223333 and eu-west-1. */
  readonly is?: {
    readonly spec?: KeySpec;
    readonly usage?: KeyUsage;
    readonly origin?: KeyOrigin;
    readonly multiRegion?: boolean;
    readonly replica?: boolean;
    readonly aliases?: readonly string[];
    readonly tags?: Readonly<Record<string, string>>;
    /** The stack has no environment: the deployment decides account, region and partition. */
    readonly anywhere?: boolean;
    /** Somebody else's key, which only an identity policy names. */
    readonly referred?: boolean;
  };
  /** The program creates the role or user that makes the request, with these tags and trusted principals. */
  readonly created?: { readonly tags?: Readonly<Record<string, string>>; readonly federated?: string };
  readonly request: {
    /** `role/App`, `999999999999 user/bob`, `session App/i-1`, `root`, `account`, a host, an ARN, an organization, `group auditors`. */
    readonly principal: string;
    /** Without its `kms:`. */
    readonly action: string;
    readonly context?: Readonly<Record<string, OneOrMore<string> | null>>;
    readonly encryptionContext?: Readonly<Record<string, string>>;
    readonly via?: string | null;
    readonly beyond?: 'unknown' | 'nothing';
  };
  readonly expect: 'allow' | 'explicitDeny' | 'implicitDeny' | { readonly dependsOn: OneOrMore<string> };
  /** The statements and KMS grants that decide it: `key 0`, `identity 1`, `grant workers`. */
  readonly by?: OneOrMore<string>;
}

interface JsonGrant {
  readonly name: string;
  readonly grantee: string;
  readonly operations: readonly string[];
  readonly retiring?: string;
  readonly equals?: Readonly<Record<string, string>>;
  readonly subset?: Readonly<Record<string, string>>;
}

export interface TableFile {
  readonly file: string;
  readonly topic: string;
  readonly sources: Readonly<Record<string, { readonly title: string; readonly url: string }>>;
  readonly rows: readonly Row[];
}

export function readTable(folder: string): readonly TableFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => ({ file, ...(load(readFileSync(join(folder, file), 'utf8')) as Omit<TableFile, 'file'>) })); // checked by the test
}

export const ownAccount = '111122223333';
const home: Environment = { name: 'home', account: ownAccount, region: 'eu-west-1', partition: 'aws' };

export function readRow(row: Row): { readonly program: Program; readonly picture: Picture; readonly request: Request } {
  const program = programOfRow(row);
  const picture = buildPicture(program);
  return { program, picture, request: requestOf(row, keyOf(picture, row)) };
}

function keyOf(picture: Picture, row: Row): PictureKey {
  const kind = row.is?.referred === true ? 'referred' : row.is?.replica === true ? 'replicaKey' : 'key';
  const key = picture.keys.find((candidate) => candidate.kind === kind);
  if (key === undefined) throw new Error(`there is no ${kind}`);
  return key;
}

function requestOf(row: Row, key: PictureKey): Request {
  const { principal, action, context, encryptionContext, via, beyond = 'nothing' } = row.request;
  return {
    principal: principalOf(principal),
    action: `kms:${action}`,
    key,
    beyond,
    ...(context !== undefined && { context }),
    ...(encryptionContext !== undefined && { encryptionContext }),
    ...(via !== undefined && { via }),
  };
}

/** Resolves a row's shorthand for a principal. */
export function principalOf(text: string): Principal {
  if (text.startsWith('o-'))
    return text.includes('/') ? { kind: 'orgUnit', path: text } : { kind: 'organization', id: text };
  if (text === 'anyone') return { kind: 'anyone' };
  const match = /^(?:(\d{12}|anywhere) )?(.*)$/.exec(text);
  const account =
    match?.[1] === 'anywhere' ? joinValue([{ unknown: 'account', of: 'main' }]) : (match?.[1] ?? ownAccount);
  const what = match?.[2] ?? '';
  if (what === 'root') return rootOf(account, 'aws');
  if (what === 'account') return { kind: 'account', account };
  if (what.startsWith('group ')) return { kind: 'group', account, name: what.slice('group '.length) };
  if (what.includes('.amazonaws.')) return { kind: 'service', host: what };
  const requester = requesterOf(nameOfArn(arnOf(what, account)));
  if (requester === undefined) throw new Error(`nobody is called ${text}`);
  return requester;
}

function arnOf(text: string, account: Value): Value {
  if (text.startsWith('arn:')) return text;
  if (text.startsWith('session '))
    return joinValue(['arn:aws:sts::', account, `:assumed-role/${text.slice('session '.length)}`]);
  if (text.startsWith('federated-user/')) return joinValue(['arn:aws:sts::', account, `:${text}`]);
  return joinValue(['arn:aws:iam::', account, `:${text}`]);
}

const source: Provenance = { span: { file: 'row.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 } };
const base = { names: {}, dependsOn: [], source };

export function programOfRow(row: Row): Program {
  const { is = {}, created, group } = row;
  const environment: Environment = is.anywhere === true ? {} : home;
  const holder = holderOf(row);
  const ownHolder = holder.account === ownAccount || holder.account === 'anywhere';
  const identity: readonly Resource[] =
    row.identity === undefined ? [] : [identityPolicy(holder.kind, holder.name, row.identity)];
  const groups: readonly Resource[] =
    group === undefined
      ? []
      : [
          { ...base, kind: 'group', id: 'group/auditors', name: 'auditors', physicalName: 'auditors' },
          identityPolicy('group', 'auditors', group),
        ];
  const createdResource = created === undefined ? [] : [createdPrincipal(holder.kind, holder.name, created)];
  const resources: readonly Resource[] = [
    ...(ownHolder ? createdResource : []),
    ...(is.referred === true ? [] : keyResources(row)),
    ...(ownHolder ? identity : []),
    ...groups,
    ...(row.grants ?? []).map(grantResource),
  ];
  const stacks = [stackOf('main', environment, resources)];
  if (!ownHolder) {
    const there = { ...home, name: 'there', account: holder.account };
    stacks.push(stackOf('there', there, [...createdResource, ...identity]));
  }
  return { app: 'table', stacks };
}

/** The principal that a row's policies are attached to: the role of a session, or the user or role itself. */
function holderOf(row: Row): { readonly kind: 'role' | 'user'; readonly account: string; readonly name: string } {
  const match = /^(?:(\d{12}|anywhere) )?(?:arn:aws:\w+::(\d{12}):)?(.*)$/.exec(row.request.principal);
  const account = match?.[2] ?? match?.[1] ?? ownAccount;
  const what = match?.[3] ?? '';
  if (/^(session |assumed-role\/)/.test(what)) {
    return { kind: 'role', account, name: what.replace(/^(session |assumed-role\/)/, '').split('/')[0] ?? '' };
  }
  return { kind: what.startsWith('user/') ? 'user' : 'role', account, name: what.split('/').at(-1) ?? '' };
}

function stackOf(name: string, environment: Environment, resources: readonly Resource[]): Stack {
  const empty = { replicaEnvironments: [], targets: [], outputs: [], exports: [], imports: [], dependsOn: [] };
  return { name, app: 'table', environment, resources, span: source.span, ...empty };
}

function keyResources(row: Row): readonly Resource[] {
  const { spec = 'SYMMETRIC_DEFAULT', usage = 'ENCRYPT_DECRYPT', origin = 'AWS_KMS', ...is } = row.is ?? {};
  const tags = Object.entries(is.tags ?? {}).map(([name, value]) => ({ name, value: literal(value) }));
  const policy = { statements: (row.key ?? []).map((statement, index) => statementOf(statement, index, true)) };
  const nothing = { statements: [] };
  const common = { ...base, name: 'k', spec, usage, origin, enabled: true, removal: 'retain' } as const;
  const replica = is.replica === true;
  const primary: Resource = {
    ...common,
    kind: 'key',
    id: 'key/k',
    rotation: { enabled: false },
    multiRegion: is.multiRegion === true || replica,
    policy: replica ? nothing : policy,
    tags: replica ? [] : tags,
  };
  const target = replica ? 'replicaKey/k' : 'key/k';
  const aliases = (is.aliases ?? []).map(
    (aliasName): Resource => ({
      ...base,
      kind: 'alias',
      id: `alias/${aliasName}`,
      aliasName,
      keyName: 'k',
      target: { kind: 'reference', resource: target, attribute: 'id' },
      ...(replica && { region: 'us-east-1' }),
    }),
  );
  if (!replica) return [primary, ...aliases];
  return [
    primary,
    {
      ...common,
      kind: 'replicaKey',
      id: 'replicaKey/k',
      region: 'us-east-1',
      environmentName: 'us',
      primary: 'key/k',
      policy,
      tags,
    },
    ...aliases,
  ];
}

function identityPolicy(kind: 'role' | 'user' | 'group', name: string, statements: readonly JsonStatement[]): Resource {
  return {
    ...base,
    kind: 'identityPolicy',
    id: `identityPolicy/${kind}/${name}`,
    name,
    policyName: literal('row'),
    attachTo: { kind, name: literal(name) },
    document: { statements: statements.map((statement, index) => statementOf(statement, index, false)) },
  };
}

function createdPrincipal(kind: 'role' | 'user', name: string, created: NonNullable<Row['created']>): Resource {
  const tags = Object.entries(created.tags ?? {}).map(([tag, value]) => ({ name: tag, value: literal(value) }));
  const common = { ...base, id: `${kind}/${name}`, name, physicalName: name, tags };
  if (kind === 'user') return { ...common, kind };
  const trusted: PolicyPrincipal =
    created.federated === undefined
      ? { kind: 'service', host: literal('lambda.amazonaws.com') }
      : { kind: 'federated', provider: literal(created.federated) };
  const trust: Statement = {
    effect: 'Allow',
    principals: [trusted],
    actions: ['sts:AssumeRole'],
    conditions: [],
    source,
  };
  return { ...common, kind, assumeRolePolicy: { statements: [trust] } };
}

function grantResource({ name, grantee, operations, retiring, equals, subset }: JsonGrant): Resource {
  const pairs = equals ?? subset;
  const arn = (text: string): Expression =>
    expressionOf(text.startsWith('arn:') ? text : String(arnOf(text, ownAccount)));
  return {
    ...base,
    kind: 'kmsGrant',
    id: `kmsGrant/k/${name}`,
    name,
    named: true,
    retireOnDelete: false,
    keyName: 'k',
    key: { kind: 'reference', resource: 'key/k', attribute: 'id' },
    grantee: arn(grantee),
    ...(retiring !== undefined && { retiringPrincipal: arn(retiring) }),
    operations,
    ...(pairs !== undefined && {
      encryptionContext: {
        match: equals === undefined ? 'subset' : 'equals',
        pairs: Object.entries(pairs).map(([key, value]) => ({ name: key, value })),
      },
    }),
  };
}

function statementOf(json: JsonStatement, index: number, ofKey: boolean): Statement {
  const { Sid, Effect = 'Allow', Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = json;
  const texts = (value: OneOrMore<string>): readonly string[] => (typeof value === 'string' ? [value] : value);
  return {
    ...(Sid !== undefined && { sid: Sid }),
    effect: Effect,
    ...(ofKey && Principal !== undefined && { principals: principalsOf(Principal) }),
    ...(ofKey && NotPrincipal !== undefined && { notPrincipals: principalsOf(NotPrincipal) }),
    ...(Action !== undefined && { actions: texts(Action) }),
    ...(NotAction !== undefined && { notActions: texts(NotAction) }),
    ...(NotResource === undefined
      ? { resources: texts(Resource ?? '*').map(expressionOf) }
      : { notResources: texts(NotResource).map(expressionOf) }),
    conditions: Object.entries(json.Condition ?? {}).flatMap(([operator, tests]) =>
      Object.entries(tests).map(([key, values]) => ({
        operator,
        key,
        values: [values].flat().map((value) => expressionOf(String(value))),
      })),
    ),
    source: { span: { ...source.span, line: index + 1 } },
  };
}

function principalsOf(json: NonNullable<JsonStatement['Principal']>): readonly PolicyPrincipal[] {
  if (json === '*') return [{ kind: 'anyone' }];
  return Object.entries(json).flatMap(([kind, names]) =>
    [names].flat().map((name): PolicyPrincipal => {
      if (kind === 'Service') return { kind: 'service', host: expressionOf(name) };
      if (kind === 'Federated') return { kind: 'federated', provider: expressionOf(name) };
      return name === '*' ? { kind: 'anyone' } : { kind: 'aws', arn: expressionOf(name) };
    }),
  );
}

/** Replaces `${key}` by the ARN of the key, and `${account}` and the like by what the deployment provides; IAM's own `${…}` stay. */
function expressionOf(text: string): Expression {
  const parts = text.split(/(\$\{(?:key|account|region|partition)\})/);
  return concatAll(
    parts.map((part): Expression => {
      const name = /^\$\{(key|account|region|partition)\}$/.exec(part)?.[1];
      if (name === 'key') return { kind: 'reference', resource: 'key/k', attribute: 'arn' };
      if (name === 'account' || name === 'region' || name === 'partition') return { kind: 'pseudo', name };
      return literal(part);
    }),
  );
}
