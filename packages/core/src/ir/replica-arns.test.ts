import { expect, test } from 'vitest';
import { stacksOf } from '../testing/compile-text.ts';

/** The compiled resource of a statement under `identityPolicies` whose `resources` is `text`. */
function resourceOf(text: string): unknown {
  const stack = stacksOf(`keywright: 1
app: demo
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
stacks:
  core:
    environment: eu
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
      orders: { multiRegion: true, replicas: [{ environment: us }] }
    identityPolicies:
      one: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "${text}" }] }
`).get('core');
  const policy = stack?.resources.find((resource) => resource.kind === 'identityPolicy');
  return policy?.document.statements[0]?.resources?.[0];
}

test.each([
  ['the ARN of a replica', 'arn:aws:kms:us-east-1:111122223333:key/${keys.orders.id}'],
  ['the ARN of a replica with placeholders', 'arn:${partition}:kms:us-east-1:${account}:key/${keys.orders.id}'],
])('%s becomes a reference to the replica', (_name, text) => {
  expect(resourceOf(text)).toEqual({ kind: 'reference', resource: 'replicaKey/orders@us', attribute: 'arn' });
});

test.each([
  ['another account', 'arn:aws:kms:us-east-1:999999999999:key/${keys.orders.id}'],
  ['a region without a replica', 'arn:aws:kms:ap-south-1:111122223333:key/${keys.orders.id}'],
  ['another key', 'arn:aws:kms:us-east-1:111122223333:key/mrk-1234'],
])('an ARN with %s stays as it is written', (_name, text) => {
  expect(resourceOf(text)).not.toMatchObject({ kind: 'reference' });
});
