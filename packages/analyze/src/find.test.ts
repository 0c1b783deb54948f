import { describe, expect, test } from 'vitest';
import { findPrincipals, principalsConcerning } from './find.ts';
import { pictureOf } from './testing/project.ts';

const picture = pictureOf(`keywright: 1
app: demo
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: eu-west-1 }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin" }
  company: { organization: o-a1b2c3d4e5 }
stacks:
  main:
    environment: prod
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
      auditors: { group: {} }
    keys:
      orders:
        aliases: [orders]
        services: [logs]
        grants: [{ to: [api, auditors], can: describe }, { to: company, can: decrypt }]
      other: { admins: [admin] }
  far:
    environment: data
    principals: { reader: { role: { assumedBy: lambda.amazonaws.com } } }
    keys: { orders: {} }
    imports:
      shared: { key: main.orders, grants: [{ to: reader, can: decrypt }] }
      theirs: { arn: "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab", grants: [{ to: reader, can: decrypt }] }
`);

test('a role is not named after a policy that is attached to it, whether the policy has a name or not', () => {
  const { principals } = pictureOf(`keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin" }
  reader: { role: "arn:aws:iam::111122223333:role/Reader" }
stacks:
  main:
    environment: prod
    identityPolicies:
      first: { attachTo: admin, policyName: first, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.arn}" }] }
      second: { attachTo: reader, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.arn}" }] }
    keys: { orders: { admins: [admin] } }
`);
  const holders = principals.filter(({ principal }) => principal.kind === 'role');
  expect(holders.map(({ name, label }) => [name, label])).toEqual([
    ['admin', 'admin'],
    ['role Reader of account 111122223333', undefined],
  ]);
});

test('the picture contains the keys of the program and the keys that the program refers to', () => {
  expect(picture.keys.map(({ id, kind }) => `${kind} ${id}`).sort()).toEqual([
    'key far/key/orders',
    'key main/key/orders',
    'key main/key/other',
    'referred arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  ]);
});

describe('a principal is found', () => {
  test.each([
    ['by the name of a role that the program creates', 'api', 'role'],
    ['by its name and stack', 'main.auditors', 'group'],
    ['by the name of an existing role', 'admin', 'role'],
    ['by an ARN', 'arn:aws:iam::111122223333:user/bob', 'user'],
    ['by the ARN of a session', 'arn:aws:sts::111122223333:assumed-role/App/i-1', 'session'],
    ['by an account id, as someone in the account', '999999999999', 'account'],
    ['by the ARN of an account, as its root user', 'arn:aws:iam::999999999999:root', 'root'],
    ['by the host of a service', 'cloudtrail.amazonaws.com', 'service'],
    ['by the host of a service of another partition', 'config.c2s.ic.gov', 'service'],
    ['by the path of an organizational unit', 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111', 'orgUnit'],
    ['by the path of an organizational unit with a wildcard', 'o-a1b2c3d4e5/*/ou-ab12-11111111', 'orgUnit'],
    ['by an organization', 'o-a1b2c3d4e5', 'organization'],
    ['by a star, as anyone', '*', 'anyone'],
  ])('%s', (_, text, kind) => {
    expect(findPrincipals(picture, text).map((principal) => principal.kind)).toEqual([kind]);
  });

  test('only if it exists', () => {
    expect(findPrincipals(picture, 'nobody')).toEqual([]);
  });
});

test('the principals concerning a key are those in its key policy, in its grants and in identity policies about the key', () => {
  const key = picture.keysById.get('main/key/orders');
  const names = key && principalsConcerning(picture, key).map(({ name }) => name);
  expect(names?.sort()).toEqual([
    'far.reader',
    'logs.eu-west-1.amazonaws.com',
    'main.api',
    'main.auditors',
    'someone',
    'someone in account 111122223333',
    'someone in organization o-a1b2c3d4e5',
    'the root user of account 111122223333',
  ]);
});
