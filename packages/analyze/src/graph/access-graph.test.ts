import { describe, expect, it } from 'vitest';
import { pictureOf } from '../testing/project.ts';
import { accessGraph } from './access-graph.ts';

const picture = pictureOf(`keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin" }
  partner: { account: "999999999999" }
  events: { service: events }
stacks:
  main:
    environment: prod
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } }, idle: { user: {} } }
    keys:
      orders:
        admins: [admin]
        grants:
          - { to: api, can: encryptDecrypt }
          - { to: events, can: decrypt, when: { StringEquals: { "aws:SourceAccount": "111122223333" } } }
          - { to: partner, can: decrypt }
      receipts: { spec: ECC_NIST_P256, usage: SIGN_VERIFY, grants: [{ to: api, can: sign }] }
    imports:
      foreign: { arn: "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab", grants: [{ to: api, can: decrypt }] }
`);
const graph = accessGraph(picture, picture.keys);

/** The access between a principal and a key, without `describe`. */
function between(principal: string, key: string): readonly string[] {
  const edge = graph.edges.find((edge) => edge.principal.name.includes(principal) && edge.key.name.startsWith(key));
  return (edge?.access ?? [])
    .filter(({ can }) => can !== 'describe')
    .map(({ can, certainty }) => `${can} ${certainty}`);
}

describe('the access graph', () => {
  it('joins principals with the keys that policies and grants let them use', () => {
    expect(between('main.api', 'orders')).toEqual(['decrypt allowed', 'encrypt allowed']);
    expect(between('main.api', 'receipts')).toEqual(['sign allowed']);
    expect(between('main.idle', 'orders')).toEqual([]);
  });

  it('marks access that depends on the request', () => {
    expect(between('events', 'orders')).toEqual(['decrypt depends']);
  });

  it('marks access that another account has to allow too', () => {
    expect(between('someone in account 999999999999', 'orders')).toEqual(['decrypt shared']);
    expect(between('main.api', 'arn:')).toEqual(['decrypt shared']);
  });

  it('distinguishes trust in the key’s own account from access that is granted to somebody', () => {
    expect(between('someone in account 111122223333', 'orders')).toEqual([
      'administer trust',
      'decrypt trust',
      'encrypt trust',
    ]);
    const admin = graph.edges.find(({ principal, key }) => principal.label === 'admin' && key.name === 'orders');
    expect(admin?.access.map(({ can, certainty }) => `${can} ${certainty}`)).toContain('administer allowed');
  });

  it('shows only the access that a key of this usage can have', () => {
    const words = new Set(
      graph.edges.filter(({ key }) => key.name === 'receipts').flatMap(({ access }) => access.map(({ can }) => can)),
    );
    expect([...words].sort()).toEqual(['administer', 'describe', 'sign', 'verify']);
  });

  it('points to the statements that give the access', () => {
    const edge = graph.edges.find(({ principal, key }) => principal.name === 'main.api' && key.name === 'orders');
    expect(edge?.access[0]?.by.map(({ kind, source }) => `${kind} ${source.span.line}`)).toEqual([
      'keyPolicy 13',
      'identityPolicy 16',
    ]);
  });
});
