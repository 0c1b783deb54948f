/**
 * Compares the decisions of `@cloud-copilot/iam-simulate` on the policy documents of a deployment with those of the evaluator on the IR.
 * The two share the program, but neither the code that reads its policies nor the rules for evaluating them.
 */
import { decide } from '@keywright/analyze/decide';
import { nameOfArn, requesterOf } from '@keywright/analyze/named-principal';
import type { Picture } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import type { Circumstances } from '@keywright/analyze/testing/any-access';
import type { JsonPolicy } from '@keywright/analyze/testing/deployed-policies';
import { type JudgedRequest, judge } from '@keywright/analyze/testing/iam-simulate';
import { knownCircumstances } from '@keywright/analyze/testing/known-circumstances';
import { type KnownDifference, knownDifferences } from '@keywright/analyze/testing/known-differences';
import { shown, unknownsOf } from '@keywright/analyze/value/value';
import type { PrincipalPair, Questions } from './decisions.ts';
import type { DeployedAccess } from './deployed-access.ts';
import { pictureOfDocuments, statementsOf } from './picture-of-documents.ts';

/** First a principal without context, then a principal that calls through Amazon S3 with an encryption context and MFA. */
const circumstances: readonly Circumstances[] = [
  {
    via: null,
    encryptionContext: {},
    orgId: null,
    mfa: null,
    mfaAge: null,
    ip: '198.51.100.1',
    time: '2026-06-30T12:00:00Z',
    tag: null,
    sourceArn: null,
    calledVia: null,
    forResource: 'false',
    grantOperations: ['Decrypt'],
    requestAlias: null,
  },
  {
    via: 's3',
    encryptionContext: { tenant: 'a' },
    orgId: 'o-a1b2c3d4e5',
    mfa: 'true',
    mfaAge: '60',
    ip: '203.0.113.9',
    time: '2026-07-02T12:00:00Z',
    tag: 'orders',
    sourceArn: 'arn:aws:s3:::bucket-a',
    calledVia: null,
    forResource: 'true',
    grantOperations: ['Decrypt'],
    requestAlias: null,
  },
];

/** Actions that policies distinguish, of every kind: for use, for administration, for grants, and allowed across accounts. */
const judgedOperations: readonly string[] = [
  'Decrypt',
  'GenerateDataKey',
  'ReEncryptFrom',
  'DescribeKey',
  'CreateGrant',
  'PutKeyPolicy',
  'GetPublicKey',
  'Sign',
];

export interface Judgement {
  readonly agreed: number;
  /** The number of answers that differ for a known reason. */
  readonly known: number;
  /** The number of answers that the evaluator leaves open, where the judge's answer is one of the possible answers. */
  readonly open: number;
  readonly different: readonly string[];
}

export async function judgeDecisions(
  questions: Questions,
  ofProgram: Picture,
  access: DeployedAccess,
): Promise<Judgement> {
  const different: string[] = [];
  const counts = { agreed: 0, known: 0, open: 0 };
  for (const { who, requester, key, inProgram, operation, circumstance } of asked(questions, access)) {
    const judged = { deployed: access, key, requester, operation, circumstances: circumstance };
    const request = {
      principal: who.inProgram,
      action: `kms:${operation}`,
      key: inProgram,
      ...knownCircumstances(judged),
    };
    const { decision, possible } = decide(ofProgram, request);
    const theirs = await judge(judged);
    if (decision === theirs) counts.agreed += 1;
    else if (possible.includes(theirs)) counts.open += 1;
    else if (await isKnown(judged, access, who.deployed)) counts.known += 1;
    else different.push(`${operation} ${key.id} ${requester}: ${decision} here, ${theirs} by the judge`);
  }
  return { ...counts, different };
}

/**
 * The judge takes most of a millisecond for an answer. If there are more questions than this, the judge is asked an evenly spaced sample.
 */
const most = 8000;

function asked({ keys, everyone }: Questions, access: DeployedAccess) {
  const requesters = everyone.flatMap((who) => requesterFor(who, access) ?? []);
  const all = keys.flatMap(({ inProgram, deployed }) => {
    const key = access.keys.find(({ id }) => id === deployed.id);
    if (key === undefined) return []; // a key that others own, whose policy is unknown
    return requesters.flatMap(({ requester, ...who }) =>
      judgedOperations.flatMap((operation) =>
        circumstances.map((circumstance) => ({ who, requester, key, inProgram, operation, circumstance })),
      ),
    );
  });
  // With an odd step, the sample reaches every operation and every circumstance.
  const step = Math.ceil(all.length / most) | 1;
  return all.filter((_, index) => index % step === 0);
}

/** Returns a principal that the judge can be asked about: a single principal, not a set. */
function requesterFor(
  { inProgram, deployed }: PrincipalPair,
  access: DeployedAccess,
): (PrincipalPair & { readonly requester: string }) | undefined {
  switch (deployed.kind) {
    case 'role':
    case 'user': {
      const { kind, account, name, arn } = deployed;
      if (unknownsOf(arn).length > 0) {
        // For some existing principals, a policy gives only the name. In these tests, such principals have no path.
        const partition = shown(arn).split(':')[1];
        const whole = `arn:${partition}:iam::${shown(account)}:${kind}/${shown(name)}`;
        const principal = requesterOf(nameOfArn(whole));
        return principal && { requester: whole, inProgram: principal, deployed: principal };
      }
      const created = [...access.created].find(([, candidate]) => candidate.arn === arn)?.[0];
      return { requester: created ?? shown(arn), inProgram, deployed };
    }
    case 'session':
    case 'federatedUser':
    case 'root':
      return { requester: shown(deployed.arn), inProgram, deployed };
    case 'service':
      return { requester: shown(deployed.host), inProgram, deployed };
    case 'group':
    case 'account':
    case 'organization':
    case 'orgUnit':
    case 'anyone':
      return undefined;
  }
}

/**
 * Whether known differences explain a disagreement: without the statements that they are about, the judge and the evaluator agree about the
 * documents.
 */
async function isKnown(judged: JudgedRequest, access: DeployedAccess, principal: Principal): Promise<boolean> {
  const candidates = knownDifferences.filter((difference) => difference.applies?.(judged) === true);
  for (let bits = 1; bits < 2 ** candidates.length; bits += 1) {
    const chosen = candidates.filter((_, index) => (bits >> index) % 2 === 1);
    const deployed = stripped(access, chosen);
    const key = deployed.keys.find(({ id }) => id === judged.key.id);
    const picture = pictureOfDocuments(deployed);
    const asked = picture.keysById.get(judged.key.id);
    if (key === undefined || asked === undefined) throw new Error(`there is no ${judged.key.id}`);
    const request = { principal, action: `kms:${judged.operation}`, key: asked, ...knownCircumstances(judged) };
    const { possible } = decide(picture, request);
    const options = Object.assign({}, ...chosen.map((difference) => difference.judge));
    if (possible.includes(await judge({ ...judged, deployed, key }, options))) return true;
  }
  return false;
}

function stripped(access: DeployedAccess, differences: readonly KnownDifference[]): DeployedAccess {
  const withoutGrants = differences.some((difference) => difference.withoutGrants === true);
  const strip = (policy: JsonPolicy): JsonPolicy => {
    const read = statementsOf(policy, { kind: 'keyPolicy', owner: '' });
    const isOut = (index: number) => {
      const statement = read[index];
      return statement !== undefined && differences.some(({ without }) => without?.(statement) === true);
    };
    return { ...policy, Statement: policy.Statement.filter((_, index) => !isOut(index)) };
  };
  return {
    ...access,
    keys: access.keys.map((key) => ({
      ...key,
      policy: strip(key.policy),
      grants: withoutGrants ? [] : key.grants,
    })),
    identityPolicies: new Map([...access.identityPolicies].map(([holder, list]) => [holder, list.map(strip)])),
  };
}
