/**
 * Finds access to a key that a program's policies allow although nothing in the YAML of that key grants it. The evaluator decides requests
 * of all principals that the policies name, and of principals that no policy names. Each makes three requests: one about which nothing is
 * known, one without condition keys, and one with condition keys that the YAML does not name.
 */
import { buildPicture } from '@keywright/analyze/build-picture';
import { decide } from '@keywright/analyze/decide';
import { nameOfArn, requesterOf, rootOf } from '@keywright/analyze/named-principal';
import type { Picture } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { parseArn } from '@keywright/analyze/value/arn';
import { shown, type Value } from '@keywright/analyze/value/value';
import type { Program } from '@keywright/core/ir/program';
import type { AccessInYaml, Test, Way } from './asked-access.ts';
import { named, settled } from './decisions.ts';
import { strangersTo } from './strangers.ts';

/** The known facts about a request. A condition key has its value, `null` if the request lacks it, or `undefined` if that is unknown. */
interface Circumstance {
  readonly name: string;
  readonly entry: (key: string) => string | null | undefined;
  /** Absent if it is unknown. */
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
}

const other = 'arn:aws:s3:::other-999999999999';
const elsewhere = (key: string) => (key === 'kms:viaservice' ? 's3.ap-south-1.amazonaws.com' : other);
const circumstances: readonly Circumstance[] = [
  { name: 'whatever else is so', entry: () => undefined },
  { name: 'with no condition key', entry: () => null, encryptionContext: {} },
  { name: 'with other condition keys', entry: elsewhere, encryptionContext: {} },
];

/** Condition keys that AWS derives from the request. The evaluator alone judges tests of these. */
const derived =
  /^(kms:(calleraccount|resourcealiases|key|multiregion|customermasterkey|encryptioncontextkeys)|aws:(principal(?!org)|resource|requestedregion|currenttime|securetransport|viaawsservice))/;

/** Returns a request that meets the conditions of one way, and otherwise differs from all requests that the YAML provides for. */
function fulfilling({ conditions, pairs = {} }: Way): Circumstance {
  const given = new Map(conditions.map(({ key, values }) => [key, (values[0] ?? other).replaceAll('*', 'any')]));
  const context = [...given].flatMap(([key, value]) =>
    key.startsWith('kms:encryptioncontext:') ? [[key.slice('kms:encryptioncontext:'.length), value] as const] : [],
  );
  return {
    name: `with ${[...given, ...Object.entries(pairs)].map((entry) => entry.join('=')).join(', ')}`,
    entry: (key) => given.get(key) ?? (key.startsWith('kms:encryptioncontext:') ? null : elsewhere(key)),
    encryptionContext: { ...pairs, ...Object.fromEntries(context) },
  };
}

export function accessBeyondYaml(
  program: Program,
  asked: AccessInYaml,
  actions: readonly string[],
): { readonly asked: number; readonly beyond: readonly string[] } {
  const picture = buildPicture(named(settled(program)));
  const everyone = everyoneIn(picture);
  const arns = arnsOfCreated(picture);
  const tests = [...asked.values()].flatMap((ways) => ways.flatMap(({ conditions }) => conditions));
  const keys = new Set(tests.map(({ key }) => key).filter((key) => !derived.test(key)));
  const beyond: string[] = [];
  let count = 0;
  for (const key of picture.keys) {
    const ways = asked.get(key.id) ?? [];
    const narrowed = ways.filter(({ conditions, pairs }) => conditions.length > 0 || pairs !== undefined);
    const each = new Map([...circumstances, ...narrowed.map(fulfilling)].map((one) => [one.name, one]));
    for (const principal of everyone) {
      const own = ways.filter((way) => isFor(way, principal, arns, key.account));
      // If a principal is in another account, the unknown policies of that account decide too.
      const beyondIt = 'account' in principal && key.policy !== undefined && principal.account !== key.account;
      for (const action of actions) {
        const giving = own.filter(
          (way) => way.actions.some((one) => like(one, action)) && !way.except?.some((one) => like(one, action)),
        );
        for (const { name, entry: of, encryptionContext } of each.values()) {
          count += 1;
          const entry = principal.kind === 'service' ? forService(of) : of;
          const isOpen = encryptionContext === undefined;
          const request = {
            principal,
            action,
            key,
            context: isOpen ? {} : Object.fromEntries([...keys].map((name) => [name, entry(name) ?? null])),
            beyond: beyondIt ? ('unknown' as const) : ('nothing' as const),
            ...(!isOpen && { via: entry('kms:viaservice') ?? null, encryptionContext }),
          };
          if (!decide(picture, request).possible.includes('allow')) continue;
          if (giving.some((way) => mayHold(way, principal, action, { name, entry, encryptionContext }))) continue;
          beyond.push(`${shownPrincipal(principal)}: ${action} with ${key.id}, ${name}`);
        }
      }
    }
  }
  return { asked: count, beyond };
}

/** A service has no account and no organization, and does not call through another service. */
function forService(entry: Circumstance['entry']): Circumstance['entry'] {
  return (key) => (/^(kms:(viaservice|calleraccount)|aws:principal(account|org))/.test(key) ? null : entry(key));
}

function everyoneIn(picture: Picture): readonly Principal[] {
  const everyone = new Map<string, Principal>();
  const add = (principal: Principal | undefined) =>
    principal !== undefined && everyone.set(shownPrincipal(principal), principal);
  for (const { principal } of picture.principals) {
    // The other kinds are sets of principals, and the named principals may be in these sets.
    if (!['account', 'organization', 'orgUnit', 'anyone'].includes(principal.kind)) add(principal);
    if (principal.kind !== 'role') continue;
    const session = `arn:${shown(parseArn(principal.arn)?.partition ?? 'aws')}:sts::${shown(principal.account)}:assumed-role/${shown(principal.name)}/any`;
    add(requesterOf(nameOfArn(session)));
  }
  for (const stranger of strangersTo(picture.keys, shown)) add(stranger);
  return [...everyone.values()];
}

function arnsOfCreated(picture: Picture): ReadonlyMap<string, string> {
  return new Map(
    picture.principals.flatMap(({ created, principal }) =>
      created === undefined ? [] : [[`${created.stack}/${created.resource}`, shownPrincipal(principal)]],
    ),
  );
}

/**
 * Whether a way is for a principal: it names the principal, the role of the session, or the principal's account if the key is in another
 * account.
 */
function isFor(
  { grantee }: Way,
  principal: Principal,
  created: ReadonlyMap<string, string>,
  keyAccount: Value,
): boolean {
  switch (grantee.kind) {
    case 'anyone':
      return true;
    case 'preset':
      return isOfPreset(principal);
    case 'federated':
      return principal.kind === 'role' || principal.kind === 'session';
    case 'service':
      return principal.kind === 'service' && principal.host === grantee.host;
    case 'created':
      return isNamed(created.get(`${grantee.stack}/${grantee.resource}`) ?? '', principal, keyAccount);
    case 'aws':
      return isNamed(shownArn(grantee.arn), principal, keyAccount);
  }
}

function isNamed(named: string, principal: Principal, keyAccount: Value): boolean {
  if (named === shownPrincipal(principal) || named === roleOf(principal)) return true;
  if (!('account' in principal)) return false;
  const account = shown(principal.account);
  if (account !== shown(keyAccount) && named === `root ${account}`) return true;
  // A group may contain any user of its account, and a session may be a session of the named role.
  if (principal.kind === 'group') return named.startsWith(`user ${account} `);
  return principal.kind === 'role' && named.startsWith(`session ${roleOf(principal).slice('role '.length)} `);
}

function isOfPreset(principal: Principal): boolean {
  if (principal.kind === 'service') return !shown(principal.host).startsWith('stranger.');
  if (principal.kind === 'role' || principal.kind === 'session') return /AWSServiceRoleFor/.test(roleOf(principal));
  // Any other principal has to call through the service, because the statement has `kms:ViaService`.
  return false;
}

function shownArn(arn: string): string {
  const principal = requesterOf(nameOfArn(arn));
  if (principal?.kind === 'account') return shownPrincipal(rootOf(principal.account, 'aws'));
  return principal === undefined ? arn : shownPrincipal(principal);
}

/** Prints a principal without details that IAM ignores: the path of a role, and the partition. */
function shownPrincipal(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
    case 'user':
    case 'group':
    case 'federatedUser':
      return `${principal.kind} ${shown(principal.account)} ${shown(principal.name)}`;
    case 'session':
      return `session ${shown(principal.account)} ${shown(principal.role)} ${shown(principal.session)}`;
    case 'root':
    case 'account':
      return `${principal.kind} ${shown(principal.account)}`;
    case 'service':
      return shown(principal.host);
    case 'organization':
      return principal.id;
    case 'orgUnit':
      return principal.path;
    case 'anyone':
      return 'anyone';
  }
}

function roleOf(principal: Principal): string {
  if (principal.kind !== 'session') return shownPrincipal(principal);
  return `role ${shown(principal.account)} ${shown(principal.role)}`;
}

/** Whether the conditions of a way may hold. A condition with an unknown outcome may hold. */
function mayHold({ conditions, pairs = {} }: Way, principal: Principal, action: string, given: Circumstance): boolean {
  const { encryptionContext } = given;
  const takesPairs = /^kms:(Decrypt|Encrypt|ReEncrypt|GenerateDataKey)/.test(action) && encryptionContext !== undefined;
  if (takesPairs && Object.entries(pairs).some(([name, value]) => encryptionContext[name] !== value)) return false;
  return conditions.every((test) => testMayHold(test, principal, given));
}

function testMayHold({ operator, key, values }: Test, principal: Principal, { entry }: Circumstance): boolean {
  if (!/^(ForAnyValue:)?(String|Arn)(Equals|Like)$/.test(operator)) return true;
  if (key === 'kms:calleraccount' || key === 'aws:principalaccount') {
    return 'account' in principal && values.includes(shown(principal.account));
  }
  if (derived.test(key)) return true;
  const value = entry(key);
  if (value === undefined) return true;
  return value !== null && values.some((pattern) => like(pattern, value));
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(text);
}

/**
 * Returns principals that can point an alias to another key, although a policy of theirs tests that alias. The policy would then cover the
 * other key.
 */
export function aliasMovers(program: Program): readonly string[] {
  const picture = buildPicture(named(settled(program)));
  return picture.principals.flatMap(({ id, principal }) => {
    // The members of a group are unknown.
    if (!('account' in principal) || principal.kind === 'group') return [];
    const byAlias = (picture.identityByAlias.get(id) ?? []).filter(({ conditions }) =>
      conditions.some(({ values }) => values.some((value) => /^alias\/(?!aws\/)/.test(shown(value)))),
    );
    const places = byAlias.flatMap(({ resources = [] }) => resources.map(shown));
    if (!places.some((arn) => arn.split(':')[4] === shown(principal.account))) return [];
    const own = picture.keys.filter((key) => key.account === principal.account);
    const moved = own.filter((key) =>
      ['kms:CreateAlias', 'kms:UpdateAlias'].some((action) =>
        decide(picture, { principal, action, key, beyond: 'nothing' }).possible.includes('allow'),
      ),
    );
    return moved.map((key) => `${shownPrincipal(principal)} gives an alias to ${key.id}`);
  });
}
