/** Explains a decision step by step, for `keywright why`. It uses the same functions as `decide`. */
import type { RequestFacts } from './context/context.ts';
import { decisionOf } from './decide.ts';
import type { Decision, Explanation, Step } from './decision.ts';
import { describeCondition, describeKey, describeOpen, describeParts, describeStatement } from './describe.ts';
import { conditionHolds } from './evaluate/conditions.ts';
import { type Applicable, type Evaluation, evaluate, identityStatements } from './evaluate/evaluate.ts';
import { principalMatches } from './evaluate/principals.ts';
import { actionMatches, resourceMatches } from './evaluate/statements.ts';
import { any, type Truth } from './logic/truth.ts';
import type { Picture, PolicyStatement } from './picture.ts';
import { describePrincipal } from './principal-account.ts';
import type { Request } from './request.ts';
import { shown } from './value/value.ts';

export function explain(picture: Picture, request: Request): Explanation {
  const evaluation = evaluate(picture, request);
  const decision = decisionOf(evaluation);
  const { facts } = evaluation;
  const { key, principal } = facts;
  const steps: Step[] = [
    {
      kind: 'request',
      text: `${describePrincipal(principal)} requests kms:${facts.operation} on ${describeKey(key)}, ${shown(key.arn)}.`,
    },
    { kind: 'keyPolicy', text: keyPolicySays(evaluation) },
    ...(facts.isAboutKey ? (key.policy ?? []) : []).map((statement) => statementStep(statement, facts, evaluation)),
  ];
  if (principal.kind !== 'service' && principal.kind !== 'root') {
    steps.push({ kind: 'identityPolicies', text: identityPoliciesSay(evaluation) });
    for (const { statement } of identityStatements(picture, facts))
      steps.push(statementStep(statement, facts, evaluation));
  }
  if (key.grants.length > 0) {
    steps.push({ kind: 'grants', text: grantsSay(evaluation) });
    for (const grant of key.grants) {
      const applies = appliesOf([...evaluation.grants, ...evaluation.accountGrants], grant);
      const text = `${describeStatement(grant.ref)} allows ${grant.operations.join(', ')}.`;
      steps.push({ kind: 'statement', text: capital(text), statement: grant.ref, applies });
    }
  }
  return { ...decision, steps: [...steps, { kind: 'verdict', text: verdict(decision, evaluation) }] };
}

function statementStep(statement: PolicyStatement, facts: RequestFacts, evaluation: Evaluation): Step {
  const { denies, direct, trust, identity } = evaluation;
  const parts = describeParts(statement);
  const ofKey = statement.ref.kind === 'keyPolicy';
  const who = ofKey ? principalMatches(statement, facts) : { direct: true, account: false };
  return {
    kind: 'statement',
    text: `${capital(describeStatement(statement.ref))}: ${parts.actions}${ofKey ? ` for ${parts.principals}` : ''} on ${parts.resources}.`,
    statement: statement.ref,
    applies: appliesOf([...denies, ...direct, ...trust, ...identity], statement),
    details: [
      ...(ofKey ? [{ text: `is for ${parts.principals}`, holds: holds(any(who.direct, who.account)) }] : []),
      { text: `is about ${parts.actions}`, holds: actionMatches(statement, facts) },
      { text: `is about ${parts.resources}`, holds: holds(resourceMatches(statement, facts)) },
      ...statement.conditions.map((condition) => ({
        text: describeCondition(condition),
        holds: holds(conditionHolds(condition, facts, statement.ref)),
      })),
    ],
  };
}

function appliesOf(applicable: readonly Applicable[], { ref }: Pick<PolicyStatement, 'ref'>): boolean | 'open' {
  return holds(any(...applicable.filter((one) => one.ref === ref).map(({ truth }) => truth)));
}

function holds(truth: Truth): boolean | 'open' {
  return typeof truth === 'boolean' ? truth : 'open';
}

function keyPolicySays({ facts, direct, trust, denies }: Evaluation): string {
  if (!facts.isAboutKey) return `kms:${facts.operation} is not about a key: key policies do not apply.`;
  if (facts.key.policy === undefined)
    return 'This project does not know the policy of this key, which belongs to somebody else.';
  if (denies.some(({ ref, truth }) => ref.kind === 'keyPolicy' && truth === true)) return 'The key policy denies it.';
  if (direct.some(isSure)) return 'The key policy allows it for the principal itself.';
  if (trust.some(isSure)) return 'The key policy leaves it to the policies of the principal’s account.';
  if (direct.length + trust.length > 0) return 'The key policy may allow it.';
  return 'The key policy neither allows it for the principal nor leaves it to the policies of the principal’s account.';
}

function identityPoliciesSay({ identity, denies, trust, direct, sameAccount, otherPolicies }: Evaluation): string {
  if (denies.some(({ ref, truth }) => ref.kind === 'identityPolicy' && truth === true)) {
    return 'A policy attached to the principal denies it.';
  }
  const others = otherPolicies === false ? '' : ' Policies that this project does not write may allow it.';
  if (identity.length === 0) return `No policy of this project that is attached to the principal allows it.${others}`;
  const sure = identity.some(isSure) ? 'allows' : 'may allow';
  const counts = sameAccount === true ? trust.length > 0 : trust.length + direct.length > 0;
  return counts
    ? `A policy attached to the principal ${sure} it, and the key policy gives that policy effect.`
    : `A policy attached to the principal ${sure} it, but without the key policy it has no effect.`;
}

function grantsSay({ grants, accountGrants }: Evaluation): string {
  if (grants.some(isSure)) return 'A KMS grant allows it.';
  return grants.length + accountGrants.length > 0 ? 'A KMS grant may allow it.' : 'No KMS grant allows it.';
}

function isSure({ truth }: Applicable): boolean {
  return truth === true;
}

function verdict(decision: Decision, { sameAccount, crossAccount, isOfOtherPartition, facts }: Evaluation): string {
  const by = decision.by.map(describeStatement).join(' and ');
  switch (decision.decision) {
    case 'allow':
      return `Allowed by ${by}.`;
    case 'explicitDeny':
      return `Denied by ${by}.`;
    case 'dependsOn':
      return `Allowed if ${decision.when === undefined ? 'nothing prevents it' : describeOpen(decision.when)}.`;
    case 'implicitDeny':
      if (isOfOtherPartition) return 'Denied: access does not cross partitions, whatever the policies say.';
      if (facts.isAboutKey && sameAccount === false && !crossAccount) {
        return `Denied: KMS does not allow kms:${facts.operation} across accounts, whatever the policies say.`;
      }
      if (facts.operation === 'RetireGrant') return 'Denied: only a grant says who can retire it.';
      return 'Denied: nothing allows it.';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
