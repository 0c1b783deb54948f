import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { parseSource } from '../syntax/parse.ts';
import { grant } from './grant.ts';
import { key } from './key.ts';
import { statement } from './statement.ts';
import { validateStructure } from './validate.ts';

const found = (schema: z.ZodType, text: string) => validateStructure(schema, parseSource({ path: 'a.yaml', text }));
const helps = (schema: z.ZodType, text: string) =>
  found(schema, text).diagnostics.map(({ code, help }) => `${code} ${help}`);

const role = 'arn:aws:iam::111122223333:role/App';

describe('a statement in the form of another tool', () => {
  test.each([
    [
      'from IAM',
      `{ Sid: Use it, Effect: Allow, Principal: { AWS: "${role}" }, Action: ["kms:Decrypt", "kms:Encrypt"], Resource: "*" }`,
      `{ sid: Use it, principals: { role: "${role}" }, actions: [kms:Decrypt, kms:Encrypt] }`,
    ],
    [
      'that denies',
      '{ Effect: Deny, Principal: "*", NotAction: "kms:*", Condition: { Bool: { "aws:SecureTransport": "false" } } }',
      '{ effect: Deny, principals: { anyone: true }, notActions: kms:*, conditions: { Bool: { aws:SecureTransport: "false" } } }',
    ],
    [
      'for everyone except some principals',
      `{ Effect: Deny, NotPrincipal: { AWS: ["${role}", 111122223333], Service: logs.amazonaws.com }, Action: "*" }`,
      `{ effect: Deny, notPrincipals: [{ role: "${role}" }, { account: "111122223333" }, { service: logs.amazonaws.com }], actions: "*" }`,
    ],
    [
      'from a template',
      '{ Effect: Allow, Principal: { AWS: { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" } }, Action: "kms:*", Resource: "*" }',
      '{ principals: { account: "${account}" }, actions: kms:* }',
    ],
    [
      'from a template, with Join and Ref',
      '{ Effect: Allow, Principal: { AWS: { "Fn::Join": ["", ["arn:aws:iam::", { Ref: AWS::AccountId }, ":role/App"]] } }, Action: "kms:Sign" }',
      '{ principals: { role: "arn:aws:iam::${account}:role/App" }, actions: kms:Sign }',
    ],
    [
      'from Terraform',
      `{ sid: a, effect: Allow, actions: ["kms:Decrypt"], resources: ["*"], principals: [{ type: AWS, identifiers: ["${role}"] }], condition: [{ test: StringEquals, variable: "kms:CallerAccount", values: ["111122223333"] }] }`,
      `{ sid: a, principals: { role: "${role}" }, actions: kms:Decrypt, conditions: { StringEquals: { kms:CallerAccount: "111122223333" } } }`,
    ],
    [
      'from the CDK',
      `{ effect: Effect.ALLOW, principals: { role: "${role}" }, action: kms:Decrypt, resource: "*" }`,
      `{ principals: { role: "${role}" }, actions: kms:Decrypt }`,
    ],
    [
      'with a variable of IAM',
      '{ Effect: Allow, Principal: "*", Action: "kms:Decrypt", Condition: { StringEquals: { "kms:EncryptionContext:u": "${aws:username}" } } }',
      '{ principals: { anyone: true }, actions: kms:Decrypt, conditions: { StringEquals: { "kms:EncryptionContext:u": "$${aws:username}" } } }',
    ],
  ])('%s is reported once, converted as a whole', (_, theirs, ours) => {
    expect(helps(statement, theirs)).toEqual([`KW1011 write \`${ours}\``]);
    expect(helps(statement, ours)).toEqual([]);
  });

  test('is converted in part, and the advice names the rest', () => {
    const theirs = '{ Effect: Allow, Principal: { AWS: { Ref: AppRole } }, Action: "kms:Sign", NotResource: x }';
    expect(helps(statement, theirs)).toEqual([
      'KW1011 write `{ actions: kms:Sign, notResources: x }`, and add what `Principal` says',
    ]);
  });

  test('is converted without a Terraform condition that has no values', () => {
    const theirs = `{ sid: a, actions: ["kms:Sign"], principals: [{ type: AWS, identifiers: ["${role}"] }], condition: [{ test: StringEquals, variable: "kms:ViaService", values: [{}] }] }`;
    expect(helps(statement, theirs)).toEqual([
      `KW1011 write \`{ sid: a, principals: { role: "${role}" }, actions: kms:Sign }\`, and add what \`condition\` says`,
    ]);
  });

  test('becomes a grant if it is among grants and a grant can express it', () => {
    const allow = `{ Effect: Allow, Principal: { AWS: "${role}" }, Action: "kms:Decrypt", Resource: "*" }`;
    expect(helps(grant, allow)).toEqual([`KW1011 write \`{ to: { role: "${role}" }, can: kms:Decrypt }\``]);
    expect(helps(grant, allow.replace('Allow', 'Deny'))).toEqual([
      `KW1011 under \`statements\`, write \`{ effect: Deny, principals: { role: "${role}" }, actions: kms:Decrypt }\``,
    ]);
  });

  test('becomes a statement if it is among principals', () => {
    expect(helps(key, `{ admins: [{ Effect: Allow, Principal: "${role}", Action: "kms:*" }] }`)).toEqual([
      `KW1011 under \`statements\`, write \`{ principals: { role: "${role}" }, actions: kms:* }\``,
    ]);
  });

  test('is not recognised if only one of its properties has the name that IAM gives it', () => {
    expect(helps(statement, '{ principals: app, Action: kms:Decrypt }')).toEqual([
      'KW1009 write `actions: kms:Decrypt`',
    ]);
  });
});

describe('an inline policy document becomes a list of statements', () => {
  const document = `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "${role}" }, Action: "kms:*", Resource: "*" }] }`;
  const ours = `[{ principals: { role: "${role}" }, actions: kms:* }]`;
  test.each([
    ['policy', `{ policy: ${document} }`, 'KW1003', 'policy'],
    ['policy, with one statement', `{ policy: ${document.replace('[', '').replace(']', '')} }`, 'KW1003', 'policy'],
    ['a property of another tool', `{ KeyPolicy: ${document} }`, 'KW1009', 'policy'],
    ['statements', `{ statements: ${document} }`, 'KW1003', 'statements'],
    [
      'policy, as JSON',
      `{ policy: '${JSON.stringify(parseSource({ path: 'a', text: document }).value)}' }`,
      'KW1003',
      'policy',
    ],
  ])('under %s', (_, theirs, code, property) => {
    expect(helps(key, theirs)).toEqual([`${code} write \`${property}: ${ours}\``]);
  });
});
