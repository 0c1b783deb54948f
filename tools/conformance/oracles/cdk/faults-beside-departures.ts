/**
 * Plants mistakes in the very statements that a departure explains. The departure would hide the difference if it covered more than its
 * description says.
 */
import { departures } from '../../departures.ts';
import type { Fault } from '../../oracle.ts';
import type { Subject } from '../../subject.ts';
import type { Difference } from './compare/difference.ts';
import type { Permission, PolicyOwner } from './compare/policy.ts';
import { readTemplate } from './compare/template.ts';
import { identityPoliciesOf, permissionsIn } from './compare/views.ts';
import type { Departure } from './departures/departure.ts';
import { emptyStacks } from './departures/empty-stacks.ts';
import { grouping, trustGrouping } from './departures/grouping.ts';
import { knownAliasNames } from './departures/known-alias-names.ts';
import { waitingForPrincipals } from './departures/waiting-for-principals.ts';
import { type Draft, type DraftResource, type DraftStatement, statementsOf, templatesOf, withFile } from './draft.ts';
import { judgeSubject } from './judge.ts';

type PermissionDifference = Extract<Difference, { readonly kind: 'permission' }>;

interface Mistake {
  readonly name: string;
  /** Changes the statement that has a permission. Returns `false` if it cannot make the mistake in that statement. */
  readonly change: (statement: DraftStatement, permission: Permission) => boolean;
  /** Whether a policy has the permissions that result from the mistake. */
  readonly isMade: (made: readonly Permission[], permission: Permission) => boolean;
}

const stranger = '121212121212';

const mistakes: readonly Mistake[] = [
  {
    name: 'a wider action',
    change(statement) {
      const actions = [statement.Action].flat();
      statement.Action = [...actions, 'kms:*'];
      return !actions.includes('kms:*');
    },
    isMade: (made, permission) => made.some((one) => isSame(one, { ...permission, action: 'kms:*' })),
  },
  {
    name: 'a lost condition',
    change(statement) {
      const { Condition } = statement;
      delete statement.Condition;
      return Condition !== undefined;
    },
    isMade: (made, permission) => made.some((one) => isSame(one, { ...permission, condition: '' })),
  },
  {
    name: 'a wrong account',
    change(statement) {
      if (statement.Principal !== undefined) statement.Principal = { AWS: `arn:aws:iam::${stranger}:role/Somebody` };
      else statement.Resource = `arn:aws:kms:eu-west-1:${stranger}:key/*`;
      return true;
    },
    isMade: (made, permission) =>
      made.some(
        (one) =>
          (one.principal.includes(stranger) || one.resource.includes(stranger)) &&
          isSame(one, { ...permission, principal: one.principal, resource: one.resource }),
      ),
  },
  {
    name: 'a lost action',
    change(statement, { action }) {
      statement.Action = [statement.Action].flat().filter((one) => one !== action);
      return true;
    },
    isMade: (made, permission) => !made.some((one) => isSame(one, permission)),
  },
];

/** Departures that are not about the content of a policy. */
const aboutNoPermission: readonly Departure[] = [
  waitingForPrincipals,
  grouping,
  trustGrouping,
  knownAliasNames,
  emptyStacks,
];

export const faultsBesideDepartures: readonly Fault[] = departures
  .filter((departure) => !aboutNoPermission.includes(departure))
  .flatMap((departure) =>
    mistakes.map((mistake) => ({
      name: `${mistake.name} where ${departure.name}`,
      plant: (subject: Subject) => plant(subject, departure, mistake),
    })),
  );

/** Makes a mistake in the first statement of Keywright's templates that a departure explains, or that replaces a statement of the CDK. */
function plant(subject: Subject, departure: Departure, mistake: Mistake): Subject | undefined {
  const judged = judgeSubject(subject);
  for (const { departure: by, difference } of judged.explained) {
    if (by !== departure || difference.kind !== 'permission') continue;
    for (const { owner, permission } of difference.side === 'ours' ? [difference] : insteadOf(difference)) {
      for (const planted of candidates(subject, owner, permission, mistake)) {
        const made = judgeSubject(planted).ours;
        if (made === undefined) continue;
        const permissions = [...permissionsIn(made, owner.label).values()];
        if (mistake.isMade(permissions, permission)) return planted;
      }
    }
  }
  return undefined;
}

interface Place {
  readonly owner: PolicyOwner;
  readonly permission: Permission;
}

/** Returns the permissions that Keywright has for the same grantee and action, in the same policy or in a policy of the other kind. */
function insteadOf({ comparison, owner, permission }: PermissionDifference): readonly Place[] {
  const { cdk, ours } = comparison;
  return [...ours.policies.values()].flatMap((policy): readonly Place[] => {
    const { label } = policy.owner;
    return [...permissionsIn(ours, label).values()]
      .filter(({ action, effect }) => action === permission.action && effect === permission.effect)
      .filter(({ principal }) => {
        if (owner.kind === 'key') return identityPoliciesOf(ours, permission.principal).includes(label);
        return label === owner.label || identityPoliciesOf(cdk, principal).includes(owner.label);
      })
      .map((said) => ({ owner: policy.owner, permission: said }));
  });
}

/** Returns the subject with the mistake in one statement, once for each statement that may have the permission. */
function* candidates(
  subject: Subject,
  owner: PolicyOwner,
  permission: Permission,
  { change }: Mistake,
): Generator<Subject> {
  for (const [path, text] of templatesOf(subject)) {
    const count = policiesIn(readTemplate(text) as Draft, owner).length;
    for (let index = 0; index < count; index += 1) {
      const draft = readTemplate(text) as Draft; // a copy that may be changed
      const statement = policiesIn(draft, owner)[index];
      if (statement?.Effect !== permission.effect) continue;
      if (![statement.Action].flat().includes(permission.action)) continue;
      if (change(statement, permission)) yield withFile(subject, path, JSON.stringify(draft));
    }
  }
}

function policiesIn({ Resources }: Draft, { kind }: PolicyOwner): readonly DraftStatement[] {
  return Object.values(Resources ?? {}).flatMap((resource) => statementsOf(documentIn(resource, kind)));
}

function documentIn({ Type, Properties }: DraftResource, kind: PolicyOwner['kind']): unknown {
  switch (kind) {
    case 'key':
      return /^AWS::KMS::(?:Replica)?Key$/.test(Type) ? Properties?.KeyPolicy : undefined;
    case 'identity':
      return Type === 'AWS::IAM::Policy' ? Properties?.PolicyDocument : undefined;
    case 'trust':
      return Properties?.AssumeRolePolicyDocument;
  }
}

function isSame(one: Permission, other: Permission): boolean {
  return (['sid', 'effect', 'principal', 'action', 'resource', 'condition'] as const).every(
    (part) => one[part] === other[part],
  );
}
