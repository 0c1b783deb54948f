import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { findPrincipals } from './find.ts';
import { pictureOf } from './testing/project.ts';

const picture = pictureOf(`keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin" }
  partner: { account: "999999999999" }
stacks:
  main:
    environment: prod
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
    keys:
      orders:
        admins: [admin]
        statements:
          - { sid: NotTooSoon, effect: Deny, principals: { anyone: true }, actions: "kms:ScheduleKeyDeletion" }
        grants:
          - { to: api, can: decrypt, via: s3 }
          - { to: partner, can: decrypt }
        kmsGrants:
          workers: { grantee: admin, operations: [Decrypt], encryptionContext: { tenant: a } }
`);

function story(who: string, action: string, details: object = {}): string {
  const key = picture.keysById.get('main/key/orders');
  const [principal] = findPrincipals(picture, who);
  if (key === undefined || principal === undefined) throw new Error('it is in the project');
  const { steps } = explain(picture, { principal, action, key, ...details });
  return steps
    .map(({ text, applies, details: tests = [] }) =>
      [
        applies === undefined ? text : `[${applies}] ${text}`,
        ...tests
          .filter(({ holds }) => holds !== true)
          .map((one) => `    ${one.holds === 'open' ? 'open' : 'no'}: ${one.text}`),
      ].join('\n'),
    )
    .join('\n');
}

test('explains a decision that depends on the conditions of the request', () => {
  expect(story('api', 'kms:Decrypt')).toMatchInlineSnapshot(`
    "arn:aws:iam::111122223333:role/<name of main/role/api> requests kms:Decrypt on main.orders, arn:aws:kms:eu-west-1:111122223333:key/<id of main/key/orders>.
    The key policy leaves it to the policies of the principal’s account.
    [true] The Allow of the key policy at keywright.yaml:13 (the default key policy): kms:* for account 111122223333 on *.
    [false] The Deny “NotTooSoon” of the key policy at keywright.yaml:16: kms:ScheduleKeyDeletion for * on *.
        no: is about kms:ScheduleKeyDeletion
    [false] The Allow of the key policy at keywright.yaml:19: kms:Decrypt for account 999999999999 on *.
        no: is for account 999999999999
    A policy attached to the principal may allow it, and the key policy gives that policy effect.
    [open] The Allow of an identity policy at keywright.yaml:18: kms:Decrypt on arn:aws:kms:eu-west-1:111122223333:key/<id of main/key/orders>.
        open: kms:ViaService StringEquals s3.eu-west-1.amazonaws.com
    No KMS grant allows it.
    [false] The KMS grant workers at keywright.yaml:21 allows Decrypt.
    Allowed if kms:ViaService StringEquals s3.eu-west-1.amazonaws.com."
  `);
});

test('a denied request is explained', () => {
  expect(story('admin', 'kms:ScheduleKeyDeletion')).toMatchInlineSnapshot(`
    "arn:aws:iam::111122223333:role/Admin requests kms:ScheduleKeyDeletion on main.orders, arn:aws:kms:eu-west-1:111122223333:key/<id of main/key/orders>.
    The key policy denies it.
    [true] The Allow of the key policy at keywright.yaml:13 (the default key policy): kms:* for account 111122223333 on *.
    [true] The Deny “NotTooSoon” of the key policy at keywright.yaml:16: kms:ScheduleKeyDeletion for * on *.
    [false] The Allow of the key policy at keywright.yaml:19: kms:Decrypt for account 999999999999 on *.
        no: is for account 999999999999
        no: is about kms:Decrypt
    A policy attached to the principal allows it, and the key policy gives that policy effect.
    [true] The Allow of an identity policy at keywright.yaml:14: kms:Create*, kms:Describe*, kms:Enable*, kms:List*, kms:Put*, kms:Update*, kms:Revoke*, kms:Disable*, kms:Get*, kms:Delete*, kms:TagResource, kms:UntagResource, kms:ScheduleKeyDeletion, kms:CancelKeyDeletion, kms:RotateKeyOnDemand on arn:aws:kms:eu-west-1:111122223333:key/<id of main/key/orders>.
    No KMS grant allows it.
    [false] The KMS grant workers at keywright.yaml:21 allows Decrypt.
    Denied by the Deny “NotTooSoon” of the key policy at keywright.yaml:16."
  `);
});

test('a request by a principal in another account is explained', () => {
  expect(story('999999999999', 'kms:Decrypt').split('\n').at(-1)).toMatchInlineSnapshot(
    `"Allowed if a policy that this project does not write allows someone in account 999999999999 kms:Decrypt."`,
  );
  expect(story('999999999999', 'kms:PutKeyPolicy').split('\n').at(-1)).toMatchInlineSnapshot(
    `"Denied: KMS does not allow kms:PutKeyPolicy across accounts, whatever the policies say."`,
  );
});

test('a principal of another partition is denied, although its account has the number of a named account', () => {
  const names = ['iam::111122223333:role/Admin', 'iam::999999999999:root', 'sts::111122223333:assumed-role/Admin/a'];
  for (const name of names) {
    expect(story(`arn:aws-cn:${name}`, 'kms:Decrypt').split('\n').at(-1)).toBe(
      'Denied: access does not cross partitions, whatever the policies say.',
    );
    expect(story(`arn:aws:${name}`, 'kms:Decrypt').split('\n').at(-1)).toMatch(/^Allowed/);
  }
});

test('a request that a KMS grant allows is explained', () => {
  const details = { beyond: 'nothing', encryptionContext: { tenant: 'a' } };
  expect(story('admin', 'kms:Decrypt', details).split('\n').slice(-2).join('\n')).toMatchInlineSnapshot(`
    "[true] The KMS grant workers at keywright.yaml:21 allows Decrypt.
    Allowed by the KMS grant workers at keywright.yaml:21."
  `);
});

test('a session may have its own tags if the service that assumes the role can set tags', () => {
  const project = pictureOf(`keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 } }
stacks:
  main:
    environment: prod
    principals:
      pods: { role: { assumedBy: pods.eks.amazonaws.com } }
      function: { role: { assumedBy: lambda.amazonaws.com } }
    keys:
      orders:
        statements:
          - principals: { anyone: true }
            actions: kms:Decrypt
            conditions: { StringEquals: { "aws:PrincipalTag/kubernetes-namespace": orders, "aws:PrincipalAccount": "\${account}" } }
`);
  const key = project.keysById.get('main/key/orders');
  const conclusion = (name: string) => {
    const [principal] = findPrincipals(project, name);
    if (key === undefined || principal === undefined) throw new Error('it is in the project');
    return explain(project, { principal, action: 'kms:Decrypt', key }).steps.at(-1)?.text;
  };
  expect(conclusion('pods')).toBe('Allowed if aws:PrincipalTag/kubernetes-namespace StringEquals orders.');
  expect(conclusion('function')).toBe('Denied: nothing allows it.');
});

test('members of an organization need an IAM policy if the key’s own account is excluded', () => {
  const project = pictureOf(`keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals: { company: { organization: o-a1b2c3d4e5 } }
stacks:
  main:
    environment: prod
    keys:
      orders:
        grants: [{ to: company, can: decrypt, when: { StringNotEquals: { "aws:PrincipalAccount": "\${account}" } } }]
`);
  const key = project.keysById.get('main/key/orders');
  const [principal] = findPrincipals(project, 'o-a1b2c3d4e5');
  if (key === undefined || principal === undefined) throw new Error('it is in the project');
  expect(explain(project, { principal, action: 'kms:Decrypt', key }).steps.at(-1)?.text).toBe(
    'Allowed if a policy that this project does not write allows someone in organization o-a1b2c3d4e5 kms:Decrypt.',
  );
});
