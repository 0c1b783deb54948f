/**
 * Stands in for the part of CloudFormation that a hand-over needs: what a change set does to the resources of a stack, and when it is
 * refused. Source: CloudFormation User Guide, "Import AWS resources into a CloudFormation stack" and "DeletionPolicy attribute".
 */
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { evaluate, readYaml } from '../../../../../packages/emit-cfn/src/read-back.test-support.ts';
import { keep, persisted } from './kept.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: unknown;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: unknown;
}

interface Stack {
  readonly template: Template;
  /** The physical ids, by logical id. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface Listed {
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly ResourceIdentifier: Readonly<Record<string, string>>;
}

interface ResourceChange {
  readonly Action: 'Add' | 'Modify' | 'Remove' | 'Import';
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly Replacement?: 'False';
  readonly PolicyAction?: 'Retain' | 'Delete';
  readonly Scope?: readonly string[];
}

export interface ChangeSet {
  readonly type: string;
  readonly template: Template;
  readonly changes: readonly ResourceChange[];
  /** Why the change set cannot be executed. */
  readonly reason?: string;
}

interface Kept {
  readonly stacks: Record<string, Stack>;
  readonly sets: Record<string, ChangeSet>;
}

const kms = new KMSClient({});
const place = { account: process.env.WALK_ACCOUNT ?? '111122223333', region: process.env.AWS_REGION ?? 'eu-west-1' };

export function everything(): Kept {
  return persisted<Kept>('cloudformation', { stacks: {}, sets: {} });
}

export function remember(all: Kept): void {
  keep('cloudformation', all);
}

export function readTemplate(text: string): Template {
  return readYaml(text) as Template; // another oracle's linter checks templates
}

/** The property that identifies a resource for an import. Source: the `primaryIdentifier` of each type. */
const identifiers: Readonly<Record<string, string>> = { 'AWS::KMS::Key': 'KeyId', 'AWS::KMS::Alias': 'AliasName' };

export async function importChanges(
  name: string,
  template: Template,
  list: readonly Listed[],
): Promise<Pick<ChangeSet, 'changes' | 'reason'>> {
  const { stacks } = everything();
  const old = stacks[name]?.template ?? { Resources: {} };
  const refused = (reason: string) => ({ changes: [], reason });
  if (JSON.stringify(old.Outputs ?? {}) !== JSON.stringify(template.Outputs ?? {}))
    return refused('an import cannot add or modify outputs');
  const changes: ResourceChange[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (old.Resources[id] !== undefined) {
      if (JSON.stringify(old.Resources[id]) !== JSON.stringify(resource)) return refused(`${id} is modified`);
      continue;
    }
    const listed = list.find(({ LogicalResourceId }) => LogicalResourceId === id);
    const identifier = listed?.ResourceIdentifier[identifiers[resource.Type] ?? ''];
    if (listed?.ResourceType !== resource.Type || identifier === undefined) return refused(`${id} is not identified`);
    if (resource.DeletionPolicy === undefined) return refused(`${id} has no DeletionPolicy`);
    const owner = Object.entries(stacks).find(([, { ids }]) => Object.values(ids).includes(identifier));
    if (owner !== undefined) return refused(`${identifier} is in the stack ${owner[0]}`);
    await kms.send(new DescribeKeyCommand({ KeyId: identifier })); // rejects if there is no such key
    changes.push({
      Action: 'Import',
      LogicalResourceId: id,
      PhysicalResourceId: identifier,
      ResourceType: resource.Type,
    });
  }
  const gone = Object.keys(old.Resources).find((id) => template.Resources[id] === undefined);
  return gone === undefined ? { changes } : refused(`${gone} is removed`);
}

const attributes = ['Properties', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

export function updateChanges(name: string, template: Template): Pick<ChangeSet, 'changes' | 'reason'> {
  const stack = everything().stacks[name];
  if (stack === undefined) return { changes: [], reason: `there is no stack ${name}` };
  const old = stack.template.Resources;
  const removed = Object.entries(old).flatMap(
    ([id, { Type, DeletionPolicy = 'Delete' }]): readonly ResourceChange[] => {
      if (template.Resources[id] !== undefined) return [];
      const PolicyAction = DeletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete';
      return [
        { Action: 'Remove', LogicalResourceId: id, ...physical(stack.ids[id]), ResourceType: Type, PolicyAction },
      ];
    },
  );
  const values = valuesOf(stack.ids);
  const others = Object.entries(template.Resources).flatMap(([id, resource]): readonly ResourceChange[] => {
    const before = old[id];
    if (before === undefined) return [{ Action: 'Add', LogicalResourceId: id, ResourceType: resource.Type }];
    const Scope = attributes.filter(
      (attribute) =>
        JSON.stringify(evaluate(before[attribute] ?? {}, values)) !==
        JSON.stringify(evaluate(resource[attribute] ?? {}, values)),
    );
    // A change of only `DeletionPolicy` or `UpdateReplacePolicy` changes nothing in AWS.
    if (!Scope.some((attribute) => attribute === 'Properties' || attribute === 'Metadata')) return [];
    return [
      {
        Action: 'Modify',
        LogicalResourceId: id,
        ...physical(stack.ids[id]),
        ResourceType: resource.Type,
        Replacement: 'False',
        Scope,
      },
    ];
  });
  const changes = [...removed, ...others];
  const isSame = JSON.stringify(stack.template.Outputs ?? {}) === JSON.stringify(template.Outputs ?? {});
  return changes.length === 0 && isSame
    ? { changes, reason: "The submitted information didn't contain changes." }
    : { changes };
}

function physical(id: string | undefined): Pick<ResourceChange, 'PhysicalResourceId'> {
  return id === undefined ? {} : { PhysicalResourceId: id };
}

function valuesOf(ids: Stack['ids']): Readonly<Record<string, string>> {
  const { account, region } = place;
  const own = Object.entries(ids).flatMap(([id, value]) => [
    [id, value],
    [`${id}.Arn`, `arn:aws:kms:${region}:${account}:key/${value}`],
  ]);
  return {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    ...Object.fromEntries(own),
  };
}

export async function carryOut(name: string, { template, changes }: ChangeSet): Promise<void> {
  const all = everything();
  const ids: Record<string, string> = { ...all.stacks[name]?.ids };
  for (const {
    Action,
    LogicalResourceId: id,
    PhysicalResourceId = '',
    ResourceType,
    PolicyAction,
    Scope = [],
  } of changes) {
    if (Action === 'Import') ids[id] = PhysicalResourceId;
    if (Action === 'Modify' && Scope.includes('Properties')) throw new Error(`nothing here changes ${id}`);
    if (Action === 'Add') ids[id] = await create(id, template.Resources[id] ?? { Type: ResourceType }, valuesOf(ids));
    if (Action !== 'Remove') continue;
    delete ids[id];
    if (PolicyAction === 'Retain') continue;
    if (ResourceType === 'AWS::KMS::Key') await kms.send(new ScheduleKeyDeletionCommand({ KeyId: PhysicalResourceId }));
    if (ResourceType === 'AWS::KMS::Alias') await kms.send(new DeleteAliasCommand({ AliasName: PhysicalResourceId }));
  }
  all.stacks[name] = { template, ids };
  remember(all);
}

async function create(
  id: string,
  { Type, Properties = {} }: Resource,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  const own = evaluate(Properties, values) as Readonly<Record<string, unknown>>; // an object remains one
  switch (Type) {
    case 'AWS::KMS::Key': {
      const { KeyMetadata } = await kms.send(
        new CreateKeyCommand({ Description: String(own.Description ?? ''), Policy: JSON.stringify(own.KeyPolicy) }),
      );
      const KeyId = KeyMetadata?.KeyId ?? '';
      if (own.EnableKeyRotation === true) await kms.send(new EnableKeyRotationCommand({ KeyId }));
      return KeyId;
    }
    case 'AWS::KMS::Alias': {
      const TargetKeyId = String(own.TargetKeyId).replace(/^.*:key\//, '');
      await kms.send(new CreateAliasCommand({ AliasName: String(own.AliasName), TargetKeyId }));
      return String(own.AliasName);
    }
    default: // the type is no resource of KMS
      return id;
  }
}
