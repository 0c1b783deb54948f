import * as z from '../schema/schema.ts';
import { expression } from './expression.ts';
import type { Immutable } from './immutable.ts';

const text = z.string();

/** The schema of `Span`. */
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
        'The indirection it came through, if any: `standard pii`, `service cloudtrail`, `the default key policy`.',
    }),
  })
  .meta({ description: 'A place in the project, and the indirection through which it has an effect, if any.' });

export const provenance = origin
  .extend({
    also: z.array(origin).exactOptional().meta({
      description:
        'For a statement into which others were merged, or which others repeat: the places of these other statements, each once.',
    }),
  })
  .meta({ description: 'The origin of a part of the IR.' });

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
      description: '`Principal: { AWS: "*" }`: anyone; also for organizations, narrowed by a condition.',
    }),
  ])
  .meta({ description: 'The principals of a statement, in the groups of the policy language.' });

const condition = z
  .strictObject({ operator: text, key: text, values: z.array(expression) })
  .meta({ description: 'One condition of a statement: `{ operator: { key: values } }`.' });

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
      .meta({ description: 'Absent in a role’s trust policy, which has no resources.' }),
    notResources: z.array(expression).exactOptional(),
    conditions: z.array(condition),
    source: provenance,
  })
  .meta({
    description:
      'A statement in its final form. It has exactly one of `actions` and `notActions`, and in a key policy one of `principals` and `notPrincipals`.',
  });

export const policyDocument = z
  .strictObject({
    id: expression.exactOptional().meta({ description: 'The `Id` of the document, if it has one.' }),
    statements: z.array(statement),
  })
  .meta({ id: 'PolicyDocument', description: 'A policy document, version 2012-10-17, already decided.' });

export type Origin = Immutable<z.infer<typeof origin>>;
export type Provenance = Immutable<z.infer<typeof provenance>>;
export type PolicyPrincipal = Immutable<z.infer<typeof principal>>;
export type Condition = Immutable<z.infer<typeof condition>>;
export type Statement = Immutable<z.infer<typeof statement>>;
export type PolicyDocument = Immutable<z.infer<typeof policyDocument>>;
