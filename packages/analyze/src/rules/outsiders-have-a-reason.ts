import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Review } from '@keywright/core/review/review';
import { describeNamed } from '../describe.ts';
import type { NamedPrincipal, PictureKey, PolicyCondition, PolicyStatement } from '../picture.ts';
import { parseArn } from '../value/arn.ts';
import { shown, type Value } from '../value/value.ts';
import { limitsCallers } from './read/conditions.ts';
import { joined } from './read/names.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: readonly string[] }>({
  code: 'KW7004',
  severity: 'warning',
  title: 'Access from outside without a reason',
  message: ({ key, who }) => `\`${key}\` is open to ${joined(who)}, and no reason is given`,
  help: () => 'write `because` beside the principal, or name its account under `accounts` or `environments`',
  explanation: `Accounts that are not under \`accounts\` or \`environments\` count as outside, and so do organizations, since the project does not know their
accounts. Such access is often right, and sooner or later forgotten, so it needs a reason that can be reviewed: \`because\` on the principal.
A reason for an account covers everybody in it; a reason for a role covers that role alone. Stacks without an environment are not checked:
which accounts are outside is unknown there.
Source: IAM User Guide, "What is IAM Access Analyzer?", "External access findings", which finds the same once it is deployed.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: partner, can: decrypt } # partner is another account`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
principals:
  partner: { account: "999999999999", because: "settles our payments, SEC-12" }
stacks:
  security:
    environment: prod
    keys:
      orders:
        grants:
          - { to: partner, can: decrypt }`,
  },
});

/** Every principal of another account or organization has a reason listed. */
export const outsidersHaveAReason: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { review }) => {
    // The key's own account is unknown.
    if (typeof key.account !== 'string') return [];
    const named = [
      ...(key.policy ?? []).map((statement) => ({ ref: statement.ref, who: outsidersIn(statement, key, review) })),
      ...key.grants.map(({ ref, grantee }) => ({ ref, who: [grantee].flatMap((one) => outsider(one, key, review)) })),
    ];
    return named.flatMap(({ ref, who }): readonly Diagnostic[] =>
      who.length === 0 ? [] : [report(definition, ref.source.span, { key: key.name, who })],
    );
  },
};

function outsidersIn(statement: PolicyStatement, key: PictureKey, review: Review): readonly string[] {
  const { effect, principals = [], conditions } = statement;
  if (effect === 'Deny') return [];
  const direct = principals.flatMap((named) => outsider(named, key, review));
  const anyone = principals.some(({ kind }) => kind === 'anyone');
  return anyone ? [...direct, ...outsidersOfConditions(conditions, key, review)] : direct;
}

function outsider(named: NamedPrincipal, key: PictureKey, review: Review): readonly string[] {
  switch (named.kind) {
    case 'account':
      return knows(named.account, key, review) ? [] : [describeNamed(named)];
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser': {
      const arn = shown(named.arn);
      return knows(named.account, key, review) || review.reasons.has(arn) ? [] : [arn];
    }
    default:
      return [];
  }
}

/**
 * Whether an account is the project's own or has a reason; an account that only the deployment decides counts as its
 * own.
 */
function knows(account: Value, key: PictureKey, { accounts, reasons }: Review): boolean {
  return typeof account !== 'string' || account === key.account || accounts.has(account) || reasons.has(account);
}

/**
 * The principals that conditions narrow `*` to. All conditions must hold, so one narrowed to known principals is
 * enough.
 */
function outsidersOfConditions(
  conditions: readonly PolicyCondition[],
  key: PictureKey,
  review: Review,
): readonly string[] {
  const outsiders = conditions.filter(limitsCallers).map((condition) => outsidersOfCondition(condition, key, review));
  return outsiders.some((who) => who.length === 0) ? [] : (outsiders[0] ?? []);
}

function outsidersOfCondition(
  { key: name, values }: PolicyCondition,
  key: PictureKey,
  review: Review,
): readonly string[] {
  switch (name.toLowerCase()) {
    case 'aws:principalorgid':
      return values.map(shown).flatMap((id) => (review.reasons.has(id) ? [] : [`organization ${id}`]));
    case 'aws:principalorgpaths':
      return values.map(shown).flatMap((path) => (hasReason(path, review) ? [] : [`organizational unit ${path}`]));
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return values.flatMap((account) => (knows(account, key, review) ? [] : [`account ${shown(account)}`]));
    case 'aws:principalarn':
      return values.flatMap((arn) => {
        const account = parseArn(arn)?.account ?? '';
        return knows(account, key, review) || review.reasons.has(shown(arn)) ? [] : [shown(arn)];
      });
    default:
      // A source is a different limit: it identifies a resource, not a principal.
      return [];
  }
}

/** A reason for an organization or unit covers the units inside it. */
function hasReason(path: string, { reasons }: Review): boolean {
  const segments = path.replace(/\/\*?$/, '').split('/');
  return segments.some((_, index) => reasons.has(segments.slice(0, index + 1).join('/')));
}
