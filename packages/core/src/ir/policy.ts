import * as z from 'zod';
import { expression } from './expression.ts';
import type { Immutable } from './immutable.ts';

const text = z.string();

/** As `Span`. */
export const span = z.strictObject({
  file: text,
  line: z.int(),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
});

const origin = z
  .strictObject({
    span,
    through: text.exactOptional().meta({
      description:
        'What it came through, if not written in place: `standard pii`, `service cloudtrail`, `the default key policy`.',
    }),
  })
  .meta({ description: 'A place in a project that says something.' });

export const provenance = origin
  .extend({
    also: z.array(origin).exactOptional().meta({
      description:
        'Of a statement that others were merged into, or that says what others say too: where these come from, each once.',
    }),
  })
  .meta({ description: 'Where something in the IR comes from.' });

const principal = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('aws'), arn: expression }).meta({
      description: '`Principal: { AWS: arn }`: a role, user, assumed-role session or account root.',
    }),
    z
      .strictObject({ kind: z.literal('service'), host: expression })
      .meta({ description: '`Principal: { Service: host }`.' }),
    z
      .strictObject({ kind: z.literal('federated'), provider: expression })
      .meta({ description: '`Principal: { Federated: arn or host }`.' }),
    z.strictObject({ kind: z.literal('anyone') }).meta({
      description: '`Principal: { AWS: "*" }`: anyone; organizations are written so, narrowed by a condition.',
    }),
  ])
  .meta({ description: 'Who a statement is about, as the policy language groups them.' });

const condition = z
  .strictObject({ operator: text, key: text, values: z.array(expression) })
  .meta({ description: 'One test of a statement: `{ operator: { key: values } }`.' });

const statement = z
  .strictObject({
    sid: text.exactOptional(),
    effect: z.enum(['Allow', 'Deny']),
    principals: z.array(principal).exactOptional(),
    notPrincipals: z.array(principal).exactOptional(),
    actions: z.array(text).exactOptional(),
    notActions: z.array(text).exactOptional(),
    resources: z
      .array(expression)
      .exactOptional()
      .meta({ description: 'Absent in a role’s trust policy, which has no resource.' }),
    notResources: z.array(expression).exactOptional(),
    conditions: z.array(condition),
    source: provenance,
  })
  .meta({
    description:
      'One statement, decided. Exactly one of `actions` and `notActions`; in a key policy one of `principals` and `notPrincipals`.',
  });

/** Its statements are decided by the semantics; an emitter only prints them. */
export const policyDocument = z
  .strictObject({
    id: text.exactOptional().meta({ description: 'The `Id` of the document, where it has one.' }),
    statements: z.array(statement),
  })
  .meta({ id: 'PolicyDocument', description: 'A policy document, version 2012-10-17, already decided.' });

export type Origin = Immutable<z.infer<typeof origin>>;
export type Provenance = Immutable<z.infer<typeof provenance>>;
export type PolicyPrincipal = Immutable<z.infer<typeof principal>>;
export type Condition = Immutable<z.infer<typeof condition>>;
export type Statement = Immutable<z.infer<typeof statement>>;
export type PolicyDocument = Immutable<z.infer<typeof policyDocument>>;
