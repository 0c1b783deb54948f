/**
 * Plants mistakes beside the departures that are not about permissions: in the order of deployments, the grouping of statements, names that
 * are not shared, and templates that would be empty.
 */
import type { Fault } from '../../oracle.ts';
import type { Subject } from '../../subject.ts';
import type { Difference } from './compare/difference.ts';
import { readTemplate } from './compare/template.ts';
import type { Departure } from './departures/departure.ts';
import { emptyStacks } from './departures/empty-stacks.ts';
import { grouping, trustGrouping } from './departures/grouping.ts';
import { knownAliasNames } from './departures/known-alias-names.ts';
import { trustIsReadFromThePolicy } from './departures/trust-is-read-from-the-policy.ts';
import { waitingForPrincipals } from './departures/waiting-for-principals.ts';
import {
  type Draft,
  type DraftResource,
  type DraftStatement,
  type DraftStep,
  statementsOf,
  templatesOf,
  withFile,
} from './draft.ts';
import { judgeSubject } from './judge.ts';

export const faultsBesideOtherDepartures: readonly Fault[] = [
  beside(waitingForPrincipals, 'an order of deployment that is lost', (subject, difference) =>
    inOrder(subject, difference, (steps, { stack, other }) => {
      const step = steps.find((one) => isOf(one, stack));
      if (step === undefined || !step.dependsOn.some((name) => name.endsWith(other))) return false;
      step.dependsOn = step.dependsOn.filter((name) => !name.endsWith(other));
      return true;
    }),
  ),
  beside(waitingForPrincipals, 'an order of deployment that nothing asks for', (subject, difference) =>
    inOrder(subject, difference, (steps, { stack, other }) => {
      const index = steps.findIndex((one) => isOf(one, other));
      const step = steps[index];
      const waiting = steps.find((one) => isOf(one, stack));
      if (step === undefined || waiting === undefined) return false;
      step.dependsOn = [...step.dependsOn, waiting.stack];
      return true;
    }),
  ),
  beside(trustIsReadFromThePolicy, 'the account root that is lost beside another place', (subject, difference) => {
    if (difference.kind !== 'permission' || difference.owner.kind !== 'key' || difference.side !== 'ours')
      return undefined;
    const { owner, permission } = difference;
    const { stacks } = subject.program;
    const isAnywhere = stacks.some(
      ({ name, environment }) => name === owner.stack && environment.account === undefined,
    );
    const isBeside = stacks.some(({ environment }) => environment.account !== undefined);
    if (!isAnywhere || !isBeside || !permission.principal.endsWith(':root')) return undefined;
    return inTemplate(subject, ({ Resources = {} }) =>
      Object.values(Resources).some(({ Type, Properties }) => {
        const statements = isKey(Type) ? statementsOf(Properties?.KeyPolicy) : [];
        const index = statements.findIndex(
          ({ Principal, Action }) =>
            JSON.stringify(Principal ?? '').includes(':root') && [Action].flat().includes(permission.action),
        );
        if (index < 0) return false;
        statements.splice(index, 1);
        return true;
      }),
    );
  }),
  beside(grouping, 'statements that are not merged', (subject) =>
    inPolicies(subject, ({ Type, Properties }) => (isKey(Type) ? Properties?.KeyPolicy : Properties?.PolicyDocument)),
  ),
  beside(trustGrouping, 'one who assumes the role in a statement apart', (subject) =>
    inPolicies(subject, ({ Properties }) => Properties?.AssumeRolePolicyDocument, 'Principal'),
  ),
  beside(knownAliasNames, 'an alias name that is another', (subject, difference) => {
    const alias = difference.kind === 'presence' ? / alias\/([^ ]+)/.exec(difference.of)?.[1] : undefined;
    if (alias === undefined) return undefined;
    return firstOf(subject, (path, text) => {
      const edited = text.replaceAll(`alias/${alias}`, `alias/not-${alias}`);
      return edited === text ? undefined : withFile(subject, path, edited);
    });
  }),
  beside(emptyStacks, 'a template that does nothing twice', (subject) =>
    inTemplate(subject, (draft) => {
      const { Nothing } = draft.Resources ?? {};
      if (Nothing === undefined || draft.Resources === undefined) return false;
      draft.Resources.NothingElse = Nothing;
      return true;
    }),
  ),
  beside(emptyStacks, 'a template that is not empty and does nothing besides', (subject) =>
    inTemplate(subject, (draft) => {
      const { Resources } = draft;
      if (Resources === undefined || !Object.values(Resources).some(({ Type }) => isKey(Type))) return false;
      Resources.Nothing = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
      return true;
    }),
  ),
];

/** Returns a fault beside a difference that a departure explains, in the first subject with such a difference. */
function beside(
  departure: Departure,
  name: string,
  change: (subject: Subject, difference: Difference) => Subject | undefined,
): Fault {
  return {
    name: `${name} where ${departure.name}`,
    plant(subject) {
      for (const { departure: by, difference } of judgeSubject(subject).explained) {
        if (by !== departure) continue;
        const planted = change(subject, difference);
        if (planted !== undefined) return planted;
      }
      return undefined;
    },
  };
}

type NamedStep = DraftStep & { readonly template: string; readonly stack: string };

function inOrder(
  subject: Subject,
  difference: Difference,
  change: (steps: readonly NamedStep[], edge: { readonly stack: string; readonly other: string }) => boolean,
): Subject | undefined {
  const of = difference.kind === 'presence' ? difference.of : '';
  const [, stack = '', other = ''] = /^(\S+) depends on (\S+)$/.exec(of) ?? [];
  const path = 'cfn/deployments.json';
  const order = JSON.parse(subject.files.get(path) ?? '{"steps":[]}') as { readonly steps: NamedStep[] };
  return stack !== '' && change(order.steps, { stack, other })
    ? withFile(subject, path, JSON.stringify(order))
    : undefined;
}

function isOf({ stack: deployed }: NamedStep, stack: string): boolean {
  return deployed.endsWith(`-${stack}`);
}

/** Moves one of several actions or principals of a statement to a separate statement. */
function inPolicies(
  subject: Subject,
  documentOf: (resource: DraftResource) => unknown,
  part: 'Action' | 'Principal' = 'Action',
): Subject | undefined {
  return inTemplate(subject, ({ Resources = {} }) =>
    Object.values(Resources).some((resource) => {
      const statements = statementsOf(documentOf(resource));
      return statements.some((statement, index) => {
        const split = part === 'Action' ? withoutFirstAction(statement) : withoutFirstPrincipal(statement);
        if (split === undefined || statement.Sid !== undefined) return false;
        statements.splice(index, 1, ...split);
        return true;
      });
    }),
  );
}

function withoutFirstAction(statement: DraftStatement): readonly DraftStatement[] | undefined {
  const [first, ...others] = [statement.Action].flat();
  if (others.length === 0) return undefined;
  return [
    { ...statement, Action: first },
    { ...statement, Action: others },
  ];
}

function withoutFirstPrincipal(statement: DraftStatement): readonly DraftStatement[] | undefined {
  const named = Object.entries(Object(statement.Principal) as Record<string, unknown>).flatMap(([kind, values]) =>
    [values].flat().map((value) => [kind, value] as const),
  );
  const [first, ...others] = named;
  if (first === undefined || others.length === 0) return undefined;
  const principal = (members: typeof named) =>
    Object.fromEntries(members.map(([kind]) => [kind, members.flatMap(([of, value]) => (of === kind ? [value] : []))]));
  return [
    { ...statement, Principal: principal([first]) },
    { ...statement, Principal: principal(others) },
  ];
}

function inTemplate(subject: Subject, change: (draft: Draft) => boolean): Subject | undefined {
  return firstOf(subject, (path, text) => {
    const draft = readTemplate(text) as Draft; // a copy that may be changed
    return change(draft) ? withFile(subject, path, JSON.stringify(draft)) : undefined;
  });
}

function firstOf(subject: Subject, change: (path: string, text: string) => Subject | undefined): Subject | undefined {
  for (const [path, text] of templatesOf(subject)) {
    const changed = change(path, text);
    if (changed !== undefined) return changed;
  }
  return undefined;
}

function isKey(type: string): boolean {
  return /^AWS::KMS::(?:Replica)?Key$/.test(type);
}
