import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { administering, usesOf } from '../facts/actions.ts';
import type { NamedPrincipal, PictureKey, PolicyCondition, PolicyStatement } from '../picture.ts';
import { parseArn, splitType } from '../value/arn.ts';
import { partsOf, shown, type Value } from '../value/value.ts';
import { limitsCallers, mustMatch } from './read/conditions.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const administer = 'administer';

const definition = defineDiagnostic<{ key: string; what: string; how: string }>({
  code: 'KW7007',
  severity: 'warning',
  title: 'Everyone in an account can use a key',
  message: ({ key, what, how }) => `${how} lets everyone in the account ${what} \`${key}\``,
  help: ({ what }) =>
    what === administer
      ? 'name the roles that administer it'
      : 'name the roles, or add a condition on `kms:ViaService`, a tag of the principal or an encryption context',
  explanation: `\`*\` limited to an account, or a role named \`*\`, lets in every role and user of the account, including future ones, without any
IAM policy. To let IAM policies decide, name the account root; to let a service decrypt for anyone who may use its resources, as AWS
managed keys do, add \`kms:ViaService\`. An organization that administers a key is reported too: only principals of the key's own account can do so, and
none of them needs an IAM policy for it. KMS refuses a principal with a wildcard in its ARN; use a condition on
\`aws:PrincipalArn\` instead.
Source: AWS KMS Developer Guide, "Least-privilege permissions"; IAM User Guide, "AWS JSON policy elements: Principal".`,
  example: {
    wrong: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } }`,
    right: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/orders-*" } }`,
  },
});

/** No statement lets everyone in an account use a key. */
export const notEveryoneDecrypts: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    if (key === undefined) return [];
    const say = (what: string, how: string) => [
      report(definition, statement.ref.source.span, { key: key.name, what, how }),
    ];
    const user = everyoneIn(statement, key);
    if (user !== undefined) return say(`${whatItDoes(key)} with`, user);
    const administrator = everyoneAdministers(statement, key);
    return administrator === undefined ? [] : say(administer, administrator);
  },
};

/** How a key policy statement lets everyone in the key's account administer it; `undefined` if it does not. */
function everyoneAdministers(statement: PolicyStatement, key: PictureKey): string | undefined {
  const { principals = [], conditions, effect } = statement;
  if (key.policy === undefined || effect === 'Deny' || !principals.some(({ kind }) => kind === 'anyone'))
    return undefined;
  if (!conditions.every((condition) => isOfWholeAccount(condition) || isOfOrganization(condition))) return undefined;
  const [first] = conditions;
  return first !== undefined && hasAny(operationsIn(statement), administering)
    ? `\`*\` with \`${first.key}\``
    : undefined;
}

/** How a key policy statement lets everyone in an account use the key; `undefined` if it does not. */
export function everyoneIn(statement: PolicyStatement, key: PictureKey): string | undefined {
  if (key.policy === undefined || statement.effect === 'Deny') return undefined;
  const how = everyone(statement);
  if (how === undefined) return undefined;
  return hasAny(operationsIn(statement), usesOf(key.traits?.usage)) ? how : undefined;
}

function whatItDoes({ traits }: PictureKey): string {
  switch (traits?.usage) {
    case 'SIGN_VERIFY':
      return 'sign';
    case 'GENERATE_VERIFY_MAC':
      return 'make MACs';
    case 'KEY_AGREEMENT':
      return 'derive secrets';
    default:
      return 'decrypt';
  }
}

/** How a statement names everyone in an account; `undefined` if it does not. */
function everyone({ principals = [], conditions }: PolicyStatement): string | undefined {
  const wild = principals.find(isEveryRole);
  if (wild?.kind === 'other' && conditions.length === 0) return `\`${shown(wild.text)}\``;
  if (!principals.some(({ kind }) => kind === 'anyone')) return undefined;
  const [first] = conditions.filter(isOfWholeAccount);
  // Any other condition narrows it further.
  if (first === undefined || !conditions.every(isOfWholeAccount)) return undefined;
  return `\`*\` with \`${first.key}\``;
}

function isEveryRole(named: NamedPrincipal): boolean {
  return named.kind === 'other' && namesEveryone(named.text);
}

function isOfWholeAccount(condition: PolicyCondition): boolean {
  if (!mustMatch(condition)) return false;
  const key = condition.key.toLowerCase();
  if (key === 'aws:principalarn') return condition.values.some(namesEveryone);
  return (key === 'aws:principalaccount' || key === 'kms:calleraccount') && limitsCallers(condition);
}

function isOfOrganization(condition: PolicyCondition): boolean {
  return /^aws:principalorg(id|paths)$/i.test(condition.key) && limitsCallers(condition);
}

/** `arn:aws:iam::111122223333:role/*` and the like. */
function namesEveryone(value: Value): boolean {
  const arn = parseArn(value);
  if (arn === undefined) return false;
  const rest = arn.resource === '*' ? '*' : splitType(arn.resource)?.rest;
  return rest !== undefined && partsOf(rest).every((part) => typeof part === 'string' && /^[*/]+$/.test(part));
}
