import { compileProject } from '@keywright/core/compile';
import type { Program } from '@keywright/core/ir/program';
import { hostOfText } from '@keywright/core/project/host';
import { describe, expect, it } from 'vitest';
import { buildPicture } from '../build-picture.ts';
import { actionsInQuestion, isQuestionWord } from './actions-in-question.ts';
import { keysInQuestion, keysOf, nameOfKey } from './keys-in-question.ts';
import { programAbout } from './program-about.ts';
import { answer, type Circumstances, surest, whoCan } from './who-can.ts';

const yaml = `keywright: 1
app: demo
environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  data: { account: "444455556666", region: eu-west-1 }
principals:
  admin: { role: "arn:aws:iam::111122223333:role/Admin" }
  breakGlass: { role: "arn:aws:iam::111122223333:role/BreakGlass", mutable: false }
  partner: { account: "999999999999" }
  company: { organization: o-a1b2c3d4e5 }
stacks:
  main:
    environment: prod-eu
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
      batch: { user: {} }
    keys:
      orders:
        aliases: [orders, payments/orders]
        admins: [admin]
        multiRegion: true
        replicas: [{ environment: prod-us, aliases: [copy], grants: [{ to: breakGlass, can: decrypt }] }]
        statements:
          - { effect: Deny, principals: { anyone: true }, actions: "kms:*", conditions: { Bool: { "aws:SecureTransport": "false" } } }
        grants:
          - { to: api, can: encryptDecrypt }
          - { to: batch, can: decrypt, via: s3 }
          - { to: [partner, company], can: decrypt }
      receipts: { spec: ECC_NIST_P256, usage: SIGN_VERIFY, grants: [{ to: api, can: sign }] }
  team:
    environment: [prod-eu, prod-us]
    principals: { reader: { role: { assumedBy: lambda.amazonaws.com } } }
    keys: { orders: { grants: [{ to: reader, can: decrypt }] } }
  far:
    environment: data
    principals: { loader: { role: { assumedBy: glue.amazonaws.com } } }
    imports:
      theirs: { key: main.orders, grants: [{ to: loader, can: decrypt }] }
      foreign: { arn: "arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab", grants: [{ to: loader, can: decrypt }] }
`;

function programOf(text: string): Program {
  const { program, diagnostics } = compileProject(hostOfText(text), { targets: [] });
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

const program = programOf(yaml);
const picture = buildPicture(program);

function keyNamed(name: string) {
  const key = picture.keysById.get(name);
  if (key === undefined) throw new Error(`there is no ${name}`);
  return key;
}

/** The principals with access for an action, as `name: certainty at lines`. */
function accessLines(id: string, action: string): readonly string[] {
  return whoCan(picture, keyNamed(id), [action]).map(({ principal, answers }) => {
    const lines = answers.flatMap(({ decision }) => decision.by.map(({ source }) => source.span.line));
    return `${principal.label ?? principal.name}: ${surest(answers)} at ${lines.join(' ')}`;
  });
}

describe('the keys that a text refers to', () => {
  it.each([
    ['orders', ['main.orders', 'team-prod-eu.orders', 'team-prod-us.orders']],
    ['main.orders', ['main.orders']],
    ['team.orders', ['team-prod-eu.orders', 'team-prod-us.orders']],
    ['team-prod-us.orders', ['team-prod-us.orders']],
    ['orders@prod-us', ['main.orders@prod-us', 'team-prod-us.orders']],
    ['main.orders@prod-us', ['main.orders@prod-us']],
    ['main.orders@prod-eu', ['main.orders']],
    ['alias/orders', ['main.orders']],
    ['payments/orders', ['main.orders']],
    ['copy', ['main.orders@prod-us']],
    ['main/key/receipts', ['main.receipts']],
    ['nothing', []],
    ['main.nothing', []],
    ['a.b.c', []],
    ['', []],
  ])('are the expected ones for %j', (text, names) => {
    expect(keysInQuestion(program, text).map(nameOfKey)).toEqual(names);
  });
});

describe('the actions that a capability or a kms: pattern includes', () => {
  it.each([
    ['decrypt', ['kms:Decrypt']],
    [
      'encrypt',
      [
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyPair',
        'kms:GenerateDataKeyPairWithoutPlaintext',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
    ],
    ['kms:decrypt', ['kms:Decrypt']],
    ['kms:Create*', ['kms:CreateAlias', 'kms:CreateGrant']],
    ['kms:CreateKey', ['kms:CreateKey']],
  ])('are the expected ones for %j', (word, actions) => {
    expect(isQuestionWord(word)).toBe(true);
    expect(actionsInQuestion(word, keyNamed('main/key/orders'))).toEqual({ actions, refused: [] });
  });

  it('are reported as refused if the usage of the key does not allow them', () => {
    const receipts = keyNamed('main/key/receipts');
    expect(actionsInQuestion('decrypt', receipts)).toEqual({ actions: [], refused: ['kms:Decrypt'] });
    expect(actionsInQuestion('kms:Decrypt', receipts)).toEqual({ actions: [], refused: ['kms:Decrypt'] });
    expect(actionsInQuestion('describe', receipts).actions).toEqual(['kms:DescribeKey', 'kms:GetPublicKey']);
  });

  it('of `administer` include replication of a multi-Region key, and no operation without a key', () => {
    const { actions } = actionsInQuestion('administer', keyNamed('main/key/orders'));
    expect(actions).toContain('kms:ReplicateKey');
    expect(actions).not.toContain('kms:ListKeys');
  });

  it.each(['decript', 'kms:Decript', 'Decrypt', 's3:GetObject', ''])('are none for %j', (word) => {
    expect(isQuestionWord(word)).toBe(false);
  });
});

describe('who can', () => {
  it('lists every principal with the lines of its statements, the most certain answers first', () => {
    expect(accessLines('main/key/orders', 'kms:Decrypt')).toEqual([
      // Line 29 is a statement for the loader too: the key policy merges statements that differ only in principals.
      'far.loader: allowed at 29 39',
      'main.api: allowed at 19 27',
      'the root user of account 111122223333: allowed at 19',
      'the root user of account 999999999999: allowed at 29',
      'admin: depends at 29 19',
      'main.batch: depends at 29 19 28',
      'someone in account 111122223333: depends at 29 19',
      'someone in organization o-a1b2c3d4e5: depends at 29 29 19',
      'someone in account 999999999999: outside at 29 29',
    ]);
  });

  it('does not list principals that only a Deny names', () => {
    expect(accessLines('main/key/orders', 'kms:Decrypt').join()).not.toContain('anyone');
  });

  it('lists created principals that meet, or may meet, the condition of a statement for `*`', () => {
    const tagged = programOf(`keywright: 1
app: demo
environments: { prod: { account: "111122223333", region: eu-west-1 }, far: { account: "444455556666", region: eu-west-1 } }
stacks:
  main:
    environment: prod
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com, tags: { team: orders } } }
      batch: { role: { assumedBy: lambda.amazonaws.com, tags: { team: receipts } } }
      pod: { role: { assumedBy: pods.eks.amazonaws.com } }
      reader: { user: { name: orders-reader } }
    keys:
      orders:
        statements:
          - { principals: { anyone: true }, actions: kms:Decrypt, conditions: { StringEquals: { "kms:CallerAccount": "\${account}", "aws:PrincipalTag/team": orders } } }
          - { principals: { anyone: true }, actions: kms:Encrypt, conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::\${account}:user/orders-*" } } }
  other: { environment: far, principals: { api: { role: { assumedBy: lambda.amazonaws.com, tags: { team: orders } } } } }
`);
    const all = buildPicture(tagged);
    const key = all.keysById.get('main/key/orders');
    if (key === undefined) throw new Error('there is no key');
    const created = (action: string) =>
      whoCan(all, key, [action]).flatMap(({ principal, answers }) =>
        principal.created === undefined ? [] : [`${principal.name}: ${surest(answers)}`],
      );
    expect(created('kms:Decrypt')).toEqual(['main.api: allowed', 'main.pod: depends']);
    expect(created('kms:Encrypt')).toEqual(['main.reader: allowed']);
  });

  it('decides about a replica by the replica’s own policy', () => {
    expect(accessLines('main/replicaKey/orders@prod-us', 'kms:Decrypt')).toContainEqual(
      expect.stringMatching(/BreakGlass: allowed/),
    );
  });

  it('reports that the answer for a key outside the project depends on its key policy', () => {
    const [holder] = whoCan(
      picture,
      keyNamed('arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
      ['kms:Decrypt'],
    );
    expect(holder?.principal.name).toBe('far.loader');
    expect(holder?.answers[0]?.certainty).toBe('outside');
    expect(holder?.answers[0]?.decision.dependsOn[0]?.kind).toBe('keyPolicy');
  });

  it('groups actions with the same answer', () => {
    const api = picture.principals.find(({ name }) => name === 'main.api');
    if (api === undefined) throw new Error('there is no api');
    const answers = answer(picture, api.principal, keyNamed('main/key/orders'), [
      'kms:Decrypt',
      'kms:Sign',
      'kms:Encrypt',
    ]);
    expect(answers.map(({ actions, certainty }) => [actions, certainty])).toEqual([
      [['kms:Decrypt', 'kms:Encrypt'], 'allowed'],
      [['kms:Sign'], 'denied'],
    ]);
  });

  it('takes known parts of the request into account', () => {
    const key = keyNamed('main/key/orders');
    const batch = (circumstances: Circumstances) =>
      whoCan(picture, key, ['kms:Decrypt'], circumstances).find(({ principal }) => principal.name === 'main.batch')
        ?.answers[0];
    const inCompany = { 'aws:PrincipalOrgID': null };
    expect(batch({ via: 's3' })?.certainty).toBe('allowed');
    expect(batch({ via: null, context: inCompany })).toBeUndefined();
    expect(batch({ context: { 'aws:SecureTransport': 'false' } })?.decision.decision).toBe('explicitDeny');
  });
});

it('a program reduced to one key gives the same answers about that key', () => {
  for (const placed of keysOf(program)) {
    const about = buildPicture(programAbout(program, [placed]));
    const id = `${placed.stack.name}/${placed.resource.id}`;
    const key = about.keysById.get(id);
    if (key === undefined) throw new Error(`${id} is lost`);
    for (const action of ['kms:Decrypt', 'kms:Sign', 'kms:PutKeyPolicy', 'kms:DescribeKey']) {
      const tell = (answers: ReturnType<typeof whoCan>) =>
        answers.map(({ principal, answers }) => [
          principal.name,
          answers.map(({ certainty, decision }) => [
            certainty,
            decision.when,
            decision.by.map(({ source }) => source.span),
          ]),
        ]);
      expect(tell(whoCan(about, key, [action]))).toEqual(tell(whoCan(picture, keyNamed(id), [action])));
    }
  }
});
