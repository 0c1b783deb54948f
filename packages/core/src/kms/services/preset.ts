import * as z from 'zod';
import { concat, type Expression, literal } from '../../ir/expression.ts';
import type { Condition, Statement } from '../../ir/policy.ts';
import type { KeySpec, KeyUsage } from '../key-specs.ts';

/** Where the key lives. */
export interface PresetPlace {
  readonly account: Expression;
  readonly region: Expression;
  readonly partition: Expression;
  readonly dnsSuffix: Expression;
}

/** A statement of a key policy; its resource is `*`, this key. */
export type PresetStatement = Omit<Statement, 'source' | 'effect' | 'resources'>;

/** The vetted statements with which an AWS service can use a key. */
export interface ServicePreset<Options extends z.ZodObject = z.ZodObject> {
  /** What `services:` calls it. */
  readonly name: string;
  /** How AWS calls it. */
  readonly title: string;
  /** The page of the AWS documentation that the statements follow. */
  readonly source: string;
  /** What stands beside `name`; documented by its descriptions. */
  readonly options: Options;
  /** The keys that the service can use. */
  readonly requires: { readonly usage: KeyUsage; readonly specs: readonly KeySpec[] };
  statements(options: z.infer<Options>, place: PresetPlace): readonly PresetStatement[];
}

/** Most services encrypt with symmetric keys only. */
export const symmetricOnly: ServicePreset['requires'] = { usage: 'ENCRYPT_DECRYPT', specs: ['SYMMETRIC_DEFAULT'] };

/** Exists for its type inference. */
export function definePreset<Options extends z.ZodObject>(preset: ServicePreset<Options>): ServicePreset {
  return preset as unknown as ServicePreset; // its options are checked against its own schema before `statements` sees them
}

/** An option that names what may use the key. */
export function names(description: string) {
  return someOf(z.string().min(1)).optional().meta({ description });
}

/** The option of services that deliver from several accounts into one bucket. */
export function accounts(description: string) {
  const account = z.string().regex(/^\d{12}$/, { error: 'an account id is a string of twelve digits' });
  return someOf(account).optional().meta({ description });
}

/** An empty list would be a condition that nothing satisfies. */
function someOf(element: z.ZodString) {
  return z.array(element).min(1, { error: 'name at least one, or leave the option out' });
}

/** `{ operator: { key: values } }` as the IR has it. */
export function condition(operator: string, key: string, ...values: readonly Expression[]): Condition {
  return { operator, key, values };
}

/** Only on behalf of the key's own account, which keeps another account from using the service as a deputy. */
export function fromOwnAccount(place: PresetPlace): Condition {
  return condition('StringEquals', 'aws:SourceAccount', place.account);
}

/** Only on behalf of these resources; `*` in an ARN is a wildcard. */
export function fromSources(arns: readonly Expression[]): Condition {
  return condition('ArnLike', 'aws:SourceArn', ...arns);
}

/** An ARN in the key's own account and region; a resource that is an ARN already stays as it is. */
export function ownArn(
  place: PresetPlace,
  service: string,
  resource: string,
  region: Expression = place.region,
): Expression {
  if (resource.startsWith('arn:')) return literal(resource);
  return concat(
    literal('arn:'),
    place.partition,
    literal(`:${service}:`),
    region,
    literal(':'),
    place.account,
    literal(`:${resource}`),
  );
}

/** The ARN of a bucket, which says neither region nor account: narrow by the account as well. */
export function bucketArn(place: PresetPlace, bucket: string): Expression {
  return ownArn({ ...place, account: literal('') }, 's3', bucket, literal(''));
}

/** A service principal that is the same in every partition. */
export function servicePrincipal(host: string): { readonly kind: 'service'; readonly host: Expression } {
  return { kind: 'service', host: literal(host) };
}
