/**
 * Who can do what with which key, for all keys of a program at once: the data behind `keywright graph`. Takes the picture; returns keys,
 * principals and the edges between them, with the statements behind the edges in a table of their own.
 */
import { type Capability, canPerform } from '@keywright/core/kms/capabilities';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { describeOpen } from '../describe.ts';
import type {
  NamedPrincipal,
  Picture,
  PictureKey,
  PicturePrincipal,
  PolicyStatement,
  StatementRef,
} from '../picture.ts';
import { isSetOfPrincipals, type Principal } from '../principal.ts';
import { shown } from '../value/value.ts';
import { principalsInQuestion } from '../who-can/principals-in-question.ts';
import { certaintyOf } from '../who-can/who-can.ts';

export interface AccessGraph {
  readonly keys: readonly PictureKey[];
  /** Every principal that has, or may have, access to any of the keys. */
  readonly principals: readonly PicturePrincipal[];
  readonly edges: readonly AccessEdge[];
}

export interface AccessEdge {
  readonly principal: PicturePrincipal;
  readonly key: PictureKey;
  /** In the order of `drawnCapabilities`. */
  readonly access: readonly Access[];
}

export interface Access {
  readonly can: DrawnCapability;
  readonly certainty: DrawnCertainty;
  /** The condition in words; absent if the access is certain. */
  readonly when?: string;
  readonly by: readonly StatementRef[];
}

/**
 * How certain access is. `allowed`: certain. `depends`: on the request or the deployment. `shared`: the key policy names the principal, and
 * the principal's own account has to allow the access too. `trust`: the key policy leaves the access to the account's own policies, and the
 * principal is the whole account or has policies that the program does not write.
 */
export type DrawnCertainty = 'allowed' | 'depends' | 'shared' | 'trust';

/**
 * The actions that represent each capability in a drawing. One of them is enough: a drawing without a principal that
 * has half of `administer` would mislead. `who-can` has the full list.
 */
const capabilityRows = {
  administer: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:CreateGrant'],
  decrypt: ['kms:Decrypt'],
  encrypt: ['kms:Encrypt', 'kms:GenerateDataKey'],
  sign: ['kms:Sign'],
  verify: ['kms:Verify'],
  generateMac: ['kms:GenerateMac'],
  verifyMac: ['kms:VerifyMac'],
  deriveSharedSecret: ['kms:DeriveSharedSecret'],
  describe: ['kms:DescribeKey'],
} as const satisfies Partial<Record<Capability, readonly string[]>>;

export type DrawnCapability = keyof typeof capabilityRows;

const drawnCapabilities = Object.keys(capabilityRows) as readonly DrawnCapability[]; // Object.keys loses the type of the keys

export function accessGraph(picture: Picture, keys: readonly PictureKey[]): AccessGraph {
  const edges: AccessEdge[] = [];
  for (const key of keys) {
    for (const principal of principalsInQuestion(picture, key)) {
      // The account is drawn instead of its root user.
      if (principal.principal.kind === 'root') continue;
      const access = accessOf(picture, principal, key);
      if (access.length > 0) edges.push({ principal, key, access });
    }
  }
  const drawn = new Set(edges.map(({ principal }) => principal));
  return { keys, principals: picture.principals.filter((principal) => drawn.has(principal)), edges };
}

function accessOf(picture: Picture, principal: PicturePrincipal, key: PictureKey): readonly Access[] {
  return drawnCapabilities.flatMap((can) => {
    if (key.traits !== undefined && !canPerform(can, key.traits)) return [];
    const accesses = capabilityRows[can].flatMap((action): readonly Access[] => {
      const request = { principal: principal.principal, action, key };
      const decision = decide(picture, request);
      const certainty = drawnCertainty(certaintyOf(picture, request, decision), decision, principal, key);
      if (certainty === undefined) return [];
      const when = decision.when === undefined ? {} : { when: describeOpen(decision.when) };
      return [{ can, certainty, ...when, by: decision.by }];
    });
    const [best] = accesses.sort((one, other) => order.indexOf(one.certainty) - order.indexOf(other.certainty));
    return best === undefined ? [] : [best];
  });
}

const order: readonly DrawnCertainty[] = ['allowed', 'depends', 'shared', 'trust'];

function drawnCertainty(
  certainty: ReturnType<typeof certaintyOf>,
  { by }: Decision,
  { principal }: PicturePrincipal,
  key: PictureKey,
): DrawnCertainty | undefined {
  if (certainty === 'denied') return undefined;
  // The policy of a key outside the program is unknown. Only access that the program itself grants is drawn.
  if (key.policy === undefined && by.length === 0) return undefined;
  // Correct even if a statement names one principal of the account, since that principal is drawn separately.
  if (principal.kind === 'account' && shown(principal.account) === shown(key.account)) return 'trust';
  if (certainty !== 'outside') return certainty;
  return key.policy === undefined || by.some((ref) => sharesKey(ref, principal, key)) ? 'shared' : 'trust';
}

/** Whether a statement gives the principal access directly, rather than leaving it to the policies of the key's account. */
function sharesKey(ref: StatementRef, principal: Principal, key: PictureKey): boolean {
  if (ref.effect !== 'Allow') return false;
  if (ref.kind !== 'keyPolicy') return true;
  const statement = key.policy?.find((candidate) => candidate.ref === ref);
  if (statement === undefined) return true;
  // If a statement names one member of a set of principals, that member is drawn separately.
  const isMeant = (named: NamedPrincipal) =>
    !isSetOfPrincipals(principal) || named.kind === 'anyone' || named.kind === principal.kind;
  return namedBy(statement).some((named) => isMeant(named) && !isOwnAccount(named, key));
}

function namedBy({ principals, notPrincipals }: PolicyStatement): readonly NamedPrincipal[] {
  return principals ?? notPrincipals ?? [];
}

function isOwnAccount(named: NamedPrincipal, key: PictureKey): boolean {
  return named.kind === 'account' && shown(named.account) === shown(key.account);
}
