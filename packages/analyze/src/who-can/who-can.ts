/** Answers who can use a key: an answer for every principal that its policies and KMS grants name. */
import { byName } from '@keywright/core/collections/by-name';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { describeOpen } from '../describe.ts';
import type { Picture, PictureKey, PicturePrincipal, StatementRef } from '../picture.ts';
import { isSetOfPrincipals, type Principal } from '../principal.ts';
import type { Request } from '../request.ts';
import { principalsInQuestion } from './principals-in-question.ts';

/** The request context known in advance: condition keys, encryption context, via. */
export type Circumstances = Pick<Request, 'context' | 'encryptionContext' | 'via'>;

/**
 * How certain access is. `allowed` and `denied`: certain. `depends`: on something unknown about the request or the deployment. `outside`:
 * only if a policy outside the program allows it as well.
 */
export type Certainty = 'allowed' | 'depends' | 'outside' | 'denied';

/** Actions with the same decision. */
export interface Answer {
  readonly actions: readonly string[];
  readonly certainty: Certainty;
  readonly decision: Decision;
}

export interface Holder {
  readonly principal: PicturePrincipal;
  readonly answers: readonly Answer[];
}

/**
 * Every principal that can, or might, perform any of the actions, and every principal that a Deny keeps from all of
 * them. More certain answers first, then by name.
 */
export function whoCan(
  picture: Picture,
  key: PictureKey,
  actions: readonly string[],
  circumstances: Circumstances = {},
): readonly Holder[] {
  return principalsInQuestion(picture, key)
    .map((principal) => ({ principal, answers: answer(picture, principal.principal, key, actions, circumstances) }))
    .filter(({ answers }) =>
      answers.some(({ certainty, decision }) => certainty !== 'denied' || decision.decision === 'explicitDeny'),
    )
    .sort((one, other) => rank(one) - rank(other) || byName(one.principal, other.principal));
}

/** Which of some actions a principal can perform. Actions with the same decision by the same statements form one answer. */
export function answer(
  picture: Picture,
  principal: Principal,
  key: PictureKey,
  actions: readonly string[],
  circumstances: Circumstances = {},
): readonly Answer[] {
  const answers = new Map<string, { actions: string[]; certainty: Certainty; decision: Decision }>();
  const numbers = new Map<StatementRef, number>();
  const numberOf = (ref: StatementRef): number => {
    const number = numbers.get(ref) ?? numbers.size;
    numbers.set(ref, number);
    return number;
  };
  for (const action of actions) {
    const request: Request = { principal, action, key, ...circumstances };
    const decision = decide(picture, request);
    const certainty = certaintyOf(picture, request, decision);
    // Some tests contain the action's name; without it, actions under the same conditions share an answer.
    const when = decision.when && describeOpen(decision.when).replaceAll(action, '');
    const same = JSON.stringify([decision.decision, certainty, when, decision.by.map(numberOf)]);
    const existing = answers.get(same);
    if (existing === undefined) answers.set(same, { actions: [action], certainty, decision });
    else existing.actions.push(action);
  }
  return [...answers.values()];
}

export function certaintyOf(picture: Picture, request: Request, { decision }: Decision): Certainty {
  if (decision === 'allow') return 'allowed';
  if (decision !== 'dependsOn') return 'denied';
  const within = decide(picture, { ...request, beyond: 'nothing' });
  if (within.decision !== 'allow' && within.decision !== 'dependsOn') return 'outside';
  // A principal of the account or organization may be a role that a statement names; that role has an answer of its own.
  const isOpen = isSetOfPrincipals(request.principal) && within.decision === 'dependsOn';
  return isOpen && !within.by.some((ref) => isForAnyone(ref, request.key)) ? 'outside' : 'depends';
}

/** Whether a statement allows the request to `*`, perhaps under conditions, rather than to a principal or an account. */
function isForAnyone(ref: StatementRef, key: PictureKey): boolean {
  if (ref.effect === 'Deny' || ref.kind !== 'keyPolicy') return false;
  const statement = key.policy?.find((candidate) => candidate.ref === ref);
  return statement?.principals?.some(({ kind }) => kind === 'anyone') ?? true;
}

const order: readonly Certainty[] = ['allowed', 'depends', 'outside', 'denied'];

export function surest(answers: readonly Answer[]): Certainty {
  return order.find((certainty) => answers.some((answer) => answer.certainty === certainty)) ?? 'denied';
}

function rank({ answers }: Holder): number {
  return order.indexOf(surest(answers));
}
