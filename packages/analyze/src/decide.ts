import type { Decision, Outcome } from './decision.ts';
import { type Applicable, type Evaluation, evaluate } from './evaluate/evaluate.ts';
import { all, not, type Truth, testsOf } from './logic/truth.ts';
import type { Picture, StatementRef } from './picture.ts';
import type { Request } from './request.ts';

/**
 * Decides whether a principal may perform an operation on a key, and lists the statements that decide it. Fast; `explain` also puts the
 * answer into words.
 */
export function decide(picture: Picture, request: Request): Decision {
  return decisionOf(evaluate(picture, request));
}

export function decisionOf(evaluation: Evaluation): Decision {
  const { permitted, denied } = evaluation;
  const allowed = all(not(denied), permitted);
  if (allowed === true) return { decision: 'allow', possible: ['allow'], dependsOn: [], by: whoAllows(evaluation) };
  if (allowed === false) {
    // Denied either way; the denial is explicit if a Deny certainly applies.
    const explicit = denied === true;
    const possible: readonly Outcome[] = explicit
      ? ['explicitDeny']
      : denied === false
        ? ['implicitDeny']
        : ['implicitDeny', 'explicitDeny'];
    const by = explicit ? refsOf(evaluation.denies, sure) : [];
    return { decision: explicit ? 'explicitDeny' : 'implicitDeny', possible, dependsOn: [], by };
  }
  const { direct, trust, identity, grants, accountGrants, denies } = evaluation;
  const possible: readonly Outcome[] = [
    'allow',
    ...(denied === false ? [] : (['explicitDeny'] as const)),
    ...(permitted === true ? [] : (['implicitDeny'] as const)),
  ];
  const by = refsOf([...denies, ...direct, ...trust, ...identity, ...grants, ...accountGrants], () => true);
  return { decision: 'dependsOn', possible, when: allowed, dependsOn: testsOf(allowed), by };
}

/** The statements that allow the request. If it is allowed in several ways, the statements of the first way. */
function whoAllows(evaluation: Evaluation): readonly StatementRef[] {
  const { direct, trust, identity, grants, accountGrants, sameAccount } = evaluation;
  const { kind } = evaluation.facts.principal;
  const needsPolicy = sameAccount !== true && kind !== 'service' && kind !== 'root';
  const byKey = refsOf(direct, sure);
  if (byKey.length > 0 && !needsPolicy) return byKey;
  const byGrant = refsOf(grants, sure);
  if (byGrant.length > 0) return byGrant;
  const letsIn = refsOf(needsPolicy ? [...direct, ...trust, ...accountGrants] : [...trust, ...accountGrants], sure);
  const byPolicy = refsOf(identity, sure);
  if (letsIn.length > 0 && byPolicy.length > 0) return unique([...letsIn, ...byPolicy]);
  if (byPolicy.length > 0 && !evaluation.facts.isAboutKey) return byPolicy;
  // No single statement is sure to apply, but at least one of them does.
  return refsOf([...direct, ...trust, ...identity, ...grants, ...accountGrants], () => true);
}

function sure(truth: Truth): boolean {
  return truth === true;
}

function refsOf(applicable: readonly Applicable[], wanted: (truth: Truth) => boolean): readonly StatementRef[] {
  return unique(applicable.flatMap(({ ref, truth }) => (wanted(truth) ? [ref] : [])));
}

function unique(refs: readonly StatementRef[]): readonly StatementRef[] {
  return [...new Set(refs)];
}
