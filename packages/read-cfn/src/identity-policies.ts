/** Reads the identity policies that the IR can express: inline policies of roles, users and groups. */
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Expression } from '@keywright/core/ir/expression';
import { nameInId } from '@keywright/core/ir/name-in-id';
import type { Group, IdentityPolicy, Role, User } from '@keywright/core/ir/program';
import { concernsKms } from '@keywright/core/reading/concerns-kms';
import { type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { policyStays } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import { textOf } from './evaluate/text.ts';
import type { InlinePolicy } from './inline-policies.ts';
import { createNames } from './names.ts';
import type { OpenTemplate } from './open-template.ts';
import type { Properties } from './properties.ts';
import { baseOf } from './resources.ts';

type HolderKind = IdentityPolicy['attachTo']['kind'];

/**
 * The properties in which a policy of each type names its holders. A policy is read only if it has exactly one holder, although the three
 * lists of `AWS::IAM::Policy` can name more.
 */
const holderProperties: Readonly<Record<string, readonly (readonly [HolderKind, string])[]>> = {
  'AWS::IAM::Policy': [
    ['role', 'Roles'],
    ['user', 'Users'],
    ['group', 'Groups'],
  ],
  'AWS::IAM::RolePolicy': [['role', 'RoleName']],
  'AWS::IAM::UserPolicy': [['user', 'UserName']],
  'AWS::IAM::GroupPolicy': [['group', 'GroupName']],
};

/** A managed policy can allow the use of a key, but the IR cannot express managed policies. */
const managed = 'AWS::IAM::ManagedPolicy';

export function isIdentityPolicy(type: string): boolean {
  return type === managed || Object.hasOwn(holderProperties, type);
}

export interface IdentityPolicyOutcome {
  readonly resource: IdentityPolicy | undefined;
  readonly problems: readonly Diagnostic[];
}

export interface IdentityPolicyReader {
  readonly ofEntry: (entry: Entry) => IdentityPolicyOutcome;
  /** Reads the policies in a principal's `Policies` property. */
  readonly inline: (
    entry: Entry,
    policies: readonly InlinePolicy[],
    principal: Role | User | Group,
  ) => readonly IdentityPolicy[];
}

/**
 * Returns a reader for the identity policies of a template. A policy that the IR cannot express stays in its template. This is reported as
 * a warning if the policy is about KMS.
 */
export function createIdentityPolicyReader(template: OpenTemplate): IdentityPolicyReader {
  const takenIds = new Set<string>();
  const freeNames = createNames();
  const nameOfHolder = new Map<string, string>();

  const labelOf = (holder: Expression): string => {
    if (holder.kind === 'reference') return nameInId(holder.resource);
    const text = holder.kind === 'literal' ? holder.text : 'role';
    const label = nameOfHolder.get(text) ?? freeNames(text);
    nameOfHolder.set(text, label);
    return label;
  };

  const identityOf = (attachTo: IdentityPolicy['attachTo'], label: string) => {
    const name = labelOf(attachTo.name);
    const id = `identityPolicy/${attachTo.kind}/${name}`;
    const free = takenIds.has(id) ? `${id}/${label}` : id;
    takenIds.add(free);
    return { id: free, name };
  };

  const ofEntry = (entry: Entry): IdentityPolicyOutcome => {
    const { type, logicalId } = entry;
    const holders = holderProperties[type] ?? [];
    const names = ['PolicyName', 'PolicyDocument', ...holders.map(([, property]) => property)];
    const properties = template.properties(entry, type === managed ? managedNames : names);
    const concerned = concernsKms(properties.seen('PolicyDocument'));
    const document = properties.policy('identity', 'PolicyDocument');
    const stays = (reason: string): IdentityPolicyOutcome => ({
      resource: undefined,
      problems: concerned ? [report(policyStays, entry.span, { resource: logicalId, reason })] : [],
    });
    if (type === managed) return stays('it is a managed policy');
    const policyHolders = holders.flatMap(([kind, property]) => holdersIn(kind, property, properties));
    const policyName = properties.text('PolicyName');
    const [problem] = properties.problems;
    if (problem !== undefined || document === undefined || policyName === undefined)
      return stays(problem?.message ?? 'it has no PolicyName');
    const [attachTo, ...others] = policyHolders;
    if (attachTo === undefined || others.length > 0) return stays('it is not attached to exactly one principal');
    if (attachTo instanceof Unknown) return stays(attachTo.reason);
    if (!concerned) return { resource: undefined, problems: [] };
    const { id, name } = identityOf(attachTo, logicalId);
    const base = baseOf(entry, id, name);
    return { resource: { kind: 'identityPolicy', ...base, policyName, attachTo, document }, problems: [] };
  };

  const inline = (entry: Entry, policies: readonly InlinePolicy[], principal: Role | User | Group) =>
    policies.map(({ policyName, document }, index): IdentityPolicy => {
      const attachTo = {
        kind: principal.kind,
        name: { kind: 'reference', resource: principal.id, attribute: 'name' },
      } as const;
      const { id, name } = identityOf(attachTo, `${entry.logicalId}${index + 1}`);
      // An inline policy has no logical id of its own.
      return { kind: 'identityPolicy', ...baseOf(entry, id, name), names: {}, policyName, attachTo, document };
    });

  return { ofEntry, inline };
}

const managedNames = ['Description', 'Groups', 'ManagedPolicyName', 'Path', 'PolicyDocument', 'Roles', 'Users'];

function holdersIn(
  kind: HolderKind,
  property: string,
  properties: Properties,
): readonly (IdentityPolicy['attachTo'] | Unknown)[] {
  const value = properties.value(property);
  const list = value === undefined ? [] : Array.isArray(value) ? (value as readonly SourceValue[]) : [value];
  return list.map((one) => {
    const name = textOf(one, property);
    return name instanceof Unknown ? name : { kind, name };
  });
}
