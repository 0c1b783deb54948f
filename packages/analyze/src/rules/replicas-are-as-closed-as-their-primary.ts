import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { parseOperator } from '../evaluate/operators.ts';
import { usesOf } from '../facts/actions.ts';
import type { PictureKey, PolicyStatement } from '../picture.ts';
import { shown, type Value, withReplaced } from '../value/value.ts';
import { isOwnRoot } from './read/accounts.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import { includes } from './read/relations.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; region: string; what: 'deny' | 'delegation' }>({
  code: 'KW7031',
  severity: 'warning',
  title: 'A replica that is more open than its primary key',
  message: ({ key, region, what }) =>
    what === 'deny'
      ? `the replica of \`${key}\` in ${region} lacks a Deny that its primary key has`
      : `the replica of \`${key}\` in ${region} leaves its use to the IAM policies of the account, and its primary key does not`,
  help: () =>
    'give the replica the same `policy` and `statements` as the primary key, for example in a `standard` that both use',
  explanation: `A replica has the key material of its primary key: whoever may use one can decrypt what the other encrypted, and sign in
its place. The replica has a key policy of its own, though, which starts with the default statement, so a limit of the primary key does
not hold for the replica unless it is written there too. Two kinds of limits on use are reported if the primary key has them and the
replica lacks them: a Deny (which may name the replica's region in place of the primary's), and a \`policy\` that keeps the account's IAM
policies from granting use.
Source: AWS KMS Developer Guide, "Control access to multi-Region keys".`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  security:
    environment: prod-eu
    keys:
      orders:
        multiRegion: true
        replicas: [{ environment: prod-us }]
        statements:
          - effect: Deny
            principals: { anyone: true }
            actions: kms:Decrypt
            conditions: { StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 }, Bool: { "aws:PrincipalIsAWSService": false } }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
standards:
  house:
    statements:
      - effect: Deny
        principals: { anyone: true }
        actions: kms:Decrypt
        conditions: { StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 }, Bool: { "aws:PrincipalIsAWSService": false } }
stacks:
  security:
    environment: prod-eu
    keys:
      orders:
        standard: house
        multiRegion: true
        replicas: [{ environment: prod-us, standard: house }]`,
  },
});

/** A replica shuts out everyone that its primary key shuts out, since both have the same key material. */
export const replicasAreAsClosedAsTheirPrimary: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource }, { picture }) => {
    if (resource.kind !== 'replicaKey') return [];
    const primary = picture.keysById.get(`${key.stack}/${resource.primary}`);
    const uses = usesOf(key.traits?.usage);
    const onUse = (of: PictureKey | undefined, effect: 'Allow' | 'Deny') =>
      (of?.policy ?? []).filter((one) => one.effect === effect && hasAny(operationsIn(one), uses));
    // A replica that nobody can use needs no limits.
    if (onUse(key, 'Allow').length === 0) return [];
    const finding = (what: 'deny' | 'delegation', related: Diagnostic['related'] = []) =>
      report(definition, resource.source.span, { key: key.name, region: shown(key.region), what }, related);
    const denies = onUse(key, 'Deny');
    const missing = onUse(primary, 'Deny').filter((deny) => {
      const limits = asClosedIn(deny, primary?.region ?? '', key.region);
      const denied = uses.filter((operation) => operationsIn(deny).has(operation));
      return !denied.every((use) =>
        limits.some(({ notActions: _, ...limit }) =>
          denies.some((ownDeny) => includes(ownDeny, { ...limit, actions: [`kms:${use}`] })),
        ),
      );
    });
    const delegates = (of: PictureKey | undefined) =>
      of !== undefined && onUse(of, 'Allow').some((one) => isDelegation(one, of));
    return [
      ...missing.map(({ ref }) => finding('deny', [{ message: 'the primary key has it here', span: ref.source.span }])),
      ...(delegates(key) && primary !== undefined && !delegates(primary) ? [finding('delegation')] : []),
    ];
  },
};

function isDelegation({ principals, conditions }: PolicyStatement, key: PictureKey): boolean {
  return conditions.length === 0 && principals?.some((named) => isOwnRoot(named, key)) === true;
}

/**
 * The statements that deny as much in another region. One is a copy of the given statement with that region in place of the statement's own
 * (`s3.us-east-1.amazonaws.com` for `s3.eu-west-1.amazonaws.com`). The given statement itself is another, if its conditions already cover
 * requests in the other region.
 */
function asClosedIn(statement: PolicyStatement, from: Value, to: Value): readonly PolicyStatement[] {
  if (typeof from !== 'string' || from === '') return [statement];
  const { conditions } = statement;
  const moved = conditions.map((one) => ({ ...one, values: one.values.map((value) => withReplaced(value, from, to)) }));
  const holdsThere = conditions.every((condition, index) => {
    const { key, values } = condition;
    const { operator } = parseOperator(condition.operator);
    // A Deny for every region but one denies at least as much in the other regions. A principal is the same in every region.
    if ((operator !== 'null' && operator?.negated === true) || /^aws:(principal|user)/i.test(key)) return true;
    const texts = values.map(shown);
    return moved[index]?.values.every((value) => texts.includes(shown(value))) === true;
  });
  return [{ ...statement, conditions: moved }, ...(holdsThere ? [statement] : [])];
}
