import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { NamedPrincipal } from '../picture.ts';
import { shown, type Value } from '../value/value.ts';
import { listed, nameOf } from './read/names.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ who: readonly string[]; accountsAlone?: boolean }>({
  code: 'KW7030',
  severity: 'warning',
  title: 'A Deny that may hit the principals it should exempt',
  message: ({ who, accountsAlone }) =>
    accountsAlone === true
      ? `this Deny hits everyone in ${listed(who)} but the root user: an account in \`notPrincipals\` exempts only its root user`
      : `this Deny may hit ${listed(who)} too, unless \`notPrincipals\` also names the account and, for a role, the session`,
  help: ({ accountsAlone }) =>
    `write \`principals: { anyone: true }\` with a condition, \`${accountsAlone === true ? 'StringNotEquals: { "aws:PrincipalAccount": … }' : 'ArnNotEquals: { "aws:PrincipalArn": … }'}\`, in place of \`notPrincipals\``,
  explanation: `AWS compares \`NotPrincipal\` not only with the caller but also with the caller's account and, for a role, with the
session. Unless the Deny names these too, it can hit the principal that it should exempt, and the whole account. Naming only the account
exempts only its root user. A session has to be named exactly, and its name is rarely known beforehand. A condition on \`aws:PrincipalArn\`
exempts all sessions of a role, since the value in each of them is the ARN of the role.
Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".`,
  example: {
    wrong: `statements:
  - effect: Deny
    notPrincipals: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }
    actions: kms:PutKeyPolicy`,
    right: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:PutKeyPolicy
    conditions: { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/KeyAdmin" } }`,
  },
});

/** A Deny with `notPrincipals` names the account of each principal, and a session of each role. */
export const exemptPrincipalsAreLetThrough: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { ref, effect, notPrincipals = [] } }, { picture }): readonly Diagnostic[] => {
    if (effect === 'Allow') return [];
    const hit = notPrincipals.filter((named) => isHit(named, notPrincipals));
    const alone = notPrincipals.filter((named) => isAccountAlone(named, notPrincipals));
    const [first] = [hit, alone].filter((named) => named.length > 0);
    if (first === undefined) return [];
    const who = first.map((named) => nameOf(named, picture));
    return [report(definition, ref.source.span, { who, accountsAlone: first === alone })];
  },
};

/** Whether an account is named without any principal in it, which exempts only its root user. */
function isAccountAlone(named: NamedPrincipal, all: readonly NamedPrincipal[]): boolean {
  if (named.kind !== 'account') return false;
  return !all.some((other) => other !== named && 'account' in other && sameText(other.account, named.account));
}

function isHit(named: NamedPrincipal, all: readonly NamedPrincipal[]): boolean {
  switch (named.kind) {
    case 'role':
      return !namesAccount(named.account, all) || !all.some((other) => isSessionOf(other, named));
    case 'user':
    case 'session':
    case 'federatedUser':
      return !namesAccount(named.account, all);
    default:
      return false;
  }
}

function namesAccount(account: Value, all: readonly NamedPrincipal[]): boolean {
  return all.some((other) => other.kind === 'account' && sameText(other.account, account));
}

function isSessionOf(other: NamedPrincipal, role: Extract<NamedPrincipal, { kind: 'role' }>): boolean {
  return other.kind === 'session' && sameText(other.account, role.account) && sameText(other.role, role.name);
}

function sameText(one: Value, other: Value): boolean {
  return shown(one) === shown(other);
}
