import * as z from 'zod';
import { keySpecs } from '../kms/key-specs.ts';
import type { Expression } from './expression.ts';
import type { PolicyDocument, Provenance } from './policy.ts';
import type { Program } from './program.ts';

/*
 * The IR once more, as data that others can validate against. The types of `expression.ts`, `policy.ts` and `program.ts` are
 * the source; a type error here says that the two have drifted apart.
 */

const text = z.string();
const span = z.strictObject({ file: text, line: z.int(), column: z.int(), endLine: z.int(), endColumn: z.int() });
const origin = { span, through: text.exactOptional() };
const provenance: z.ZodType<Provenance> = z.strictObject({
  ...origin,
  also: z.array(z.strictObject(origin)).exactOptional(),
});

const leaf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('literal'), text }),
  z.strictObject({ kind: z.literal('reference'), resource: text, attribute: z.enum(['arn', 'id', 'name']) }),
  z.strictObject({ kind: z.literal('crossStack'), stack: text, export: text }),
  z.strictObject({ kind: z.literal('pseudo'), name: z.enum(['account', 'region', 'partition', 'dnsSuffix']) }),
]);
const expression: z.ZodType<Expression> = z
  .union([leaf, z.strictObject({ kind: z.literal('concat'), parts: z.array(leaf) })])
  .meta({ id: 'Expression', description: 'A value that a target may have to compute.' });

const principal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('aws'), arn: expression }),
  z.strictObject({ kind: z.literal('service'), host: expression }),
  z.strictObject({ kind: z.literal('federated'), provider: expression }),
  z.strictObject({ kind: z.literal('anyone') }),
]);
const statement = z.strictObject({
  sid: text.exactOptional(),
  effect: z.enum(['Allow', 'Deny']),
  principals: z.array(principal).exactOptional(),
  notPrincipals: z.array(principal).exactOptional(),
  actions: z.array(text).exactOptional(),
  notActions: z.array(text).exactOptional(),
  resources: z.array(expression).exactOptional(),
  notResources: z.array(expression).exactOptional(),
  conditions: z.array(z.strictObject({ operator: text, key: text, values: z.array(expression) })),
  source: provenance,
});
const policy: z.ZodType<PolicyDocument> = z
  .strictObject({ statements: z.array(statement) })
  .meta({ id: 'PolicyDocument', description: 'A policy document, version 2012-10-17, already decided.' });

const base = {
  id: text,
  region: text.exactOptional(),
  names: z.record(text, text),
  dependsOn: z.array(text),
  source: provenance,
};
const tags = z.array(z.strictObject({ name: text, value: expression }));
const anyKey = {
  ...base,
  name: text,
  description: expression.exactOptional(),
  spec: z.enum(keySpecs),
  usage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT']),
  origin: z.enum(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']),
  enabled: z.boolean(),
  pendingWindowDays: z.int().exactOptional(),
  removal: z.enum(['retain', 'destroy']),
  bypassPolicyLockoutSafetyCheck: z.literal(true).exactOptional(),
  policy,
  tags,
};

const resource = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('key'),
      ...anyKey,
      customKeyStoreId: text.exactOptional(),
      xksKeyId: text.exactOptional(),
      rotation: z.strictObject({ enabled: z.boolean(), periodDays: z.int().exactOptional() }),
      multiRegion: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('replicaKey'), ...anyKey, region: text, environmentName: text, primary: text }),
    z.strictObject({ kind: z.literal('alias'), ...base, aliasName: text, keyName: text, target: expression }),
    z.strictObject({
      kind: z.literal('role'),
      ...base,
      name: text,
      physicalName: text.exactOptional(),
      description: expression.exactOptional(),
      assumeRolePolicy: policy,
      tags,
    }),
    z.strictObject({ kind: z.literal('user'), ...base, name: text, physicalName: text.exactOptional(), tags }),
    z.strictObject({ kind: z.literal('group'), ...base, name: text, physicalName: text.exactOptional() }),
    z.strictObject({
      kind: z.literal('identityPolicy'),
      ...base,
      name: text,
      policyName: expression,
      attachTo: z.strictObject({ kind: z.enum(['role', 'user', 'group']), name: expression }),
      document: policy,
    }),
    z.strictObject({
      kind: z.literal('kmsGrant'),
      ...base,
      name: text,
      named: z.boolean(),
      retireOnDelete: z.boolean(),
      keyName: text,
      key: expression,
      grantee: expression,
      retiringPrincipal: expression.exactOptional(),
      operations: z.array(text),
      encryptionContext: z
        .strictObject({
          match: z.enum(['equals', 'subset']),
          pairs: z.array(z.strictObject({ name: text, value: text })),
        })
        .exactOptional(),
    }),
    z.strictObject({ kind: z.literal('sharedParameter'), ...base, parameterName: text, value: expression }),
  ])
  .meta({ id: 'Resource' });

const environment = z.strictObject({
  name: text.exactOptional(),
  account: text.exactOptional(),
  region: text.exactOptional(),
  partition: text.exactOptional(),
  purpose: z.enum(['production', 'test', 'development']).exactOptional(),
});

const stack = z
  .strictObject({
    name: text,
    app: text,
    environment,
    replicaEnvironments: z.array(environment),
    targets: z.array(text),
    resources: z.array(resource),
    outputs: z.array(z.strictObject({ name: text, value: expression, source: provenance })),
    exports: z.array(z.strictObject({ id: text, value: expression, source: provenance })),
    imports: z.array(
      z.strictObject({
        stack: text,
        export: text,
        nativeTargets: z.array(text),
        parameterName: text.exactOptional(),
        source: provenance,
      }),
    ),
    dependsOn: z.array(text),
    span,
  })
  .meta({ id: 'Stack' });

/** Validates the IR as `keywright ir` prints it. */
export const programSchema: z.ZodType<Program> = z.strictObject({ app: text, stacks: z.array(stack) }).meta({
  title: 'Keywright IR',
  description:
    'Everything a project means, stacks in deployment order. What each part means is said in packages/core/src/ir.',
});

/** The JSON Schema (draft 2020-12) of what `keywright ir` prints. */
export const irJsonSchema: object = z.toJSONSchema(programSchema);
