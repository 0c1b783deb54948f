import { type Expression, expressionKey, literal, type PlaceExpressions } from '../../ir/expression.ts';
import { formatArn } from '../../ir/format-arn.ts';
import type { Condition, Statement } from '../../ir/policy.ts';
import * as z from '../../schema/schema.ts';
import type { KeySpec, KeyUsage } from '../key-specs.ts';
import { servicePrincipalHostInOptInRegions } from './principal-host.ts';

/** A statement of a key policy; its resource is `*`, this key. */
export type PresetStatement = Omit<Statement, 'source' | 'effect' | 'resources'>;

/** The vetted statements that let an AWS service use a key. */
export interface ServicePreset<Options extends z.ZodObject = z.ZodObject> {
  /** The service's name under `services:`. */
  readonly name: string;
  /** AWS's name for the service. */
  readonly title: string;
  /** Other names that people write. A name that several presets share suggests all of them. */
  readonly words?: readonly string[];
  /** The page of the AWS documentation that the statements follow. */
  readonly source: string;
  /** The options that a project can set beside `name`. Their descriptions are their documentation. */
  readonly options: Options;
  /** The keys that the service can use. Without `region`, they can be in any region. */
  readonly requires: {
    readonly usage: KeyUsage;
    readonly specs: readonly KeySpec[];
    readonly region?: string;
    /** The service refuses multi-Region keys, primary or replica. */
    readonly singleRegion?: true;
  };
  statements(options: z.infer<Options>, place: PlaceExpressions): readonly PresetStatement[];
}

/** Most services encrypt with symmetric keys only. */
export const symmetricOnly: ServicePreset['requires'] = { usage: 'ENCRYPT_DECRYPT', specs: ['SYMMETRIC_DEFAULT'] };

/** Some services that encrypt with symmetric keys also refuse multi-Region keys. */
export const symmetricOfOneRegion: ServicePreset['requires'] = { ...symmetricOnly, singleRegion: true };

/** A preset whose schema is created on first use: most projects use few presets, and creating all would slow down every command. */
export function definePreset<Options extends z.ZodObject>({
  options,
  ...preset
}: Omit<ServicePreset<Options>, 'options'> & { readonly options: () => Options }): ServicePreset {
  let schema: Options | undefined;
  const made = {
    ...preset,
    get options() {
      schema ??= options();
      return schema;
    },
  };
  return made as unknown as ServicePreset; // its options are checked against its own schema before `statements` sees them
}

/**
 * An option that names the resources that may use the key. Refuses an ARN, since a condition would wrap it into another ARN, which no
 * resource has.
 */
export function names(description: string) {
  const name = z
    .string()
    .min(1)
    .regex(/^(?!arn:)/, { error: 'write the name or id, not the whole ARN' });
  return someOf(name).optional().meta({ description });
}

/**
 * An option that names resources by their ids. Refuses an id with what AWS writes around it, such as `/hostedzone/Z111`, since a condition
 * with this text would never be met.
 */
export function ids(description: string) {
  const id = z
    .string()
    .regex(/^([\w.*?-]|\$\{[^{}]*\})+$/, { error: 'write the id alone, without anything before or after it' });
  return someOf(id).optional().meta({ description });
}

/** An option that names the resources that may use the key, by ARN for resources outside the key's account and region. */
export function namesOrArns(description: string) {
  // `s3://orders` is neither a name nor an ARN.
  const name = z.string().regex(/^(arn:.+|[^:]+)$/, { error: 'write the name alone, or the ARN' });
  return someOf(name).optional().meta({ description });
}

/** An option with account ids, for services that deliver from several accounts into one bucket. */
export function accounts(description: string) {
  const account = z.string().regex(/^(?:\d{12}|\$\{(?:account|(?:account|values)\.[\w-]+)\})$/, {
    error: 'an account id is a string of twelve digits',
  });
  return someOf(account).optional().meta({ description });
}

export function someOfThese<Value extends string>(values: readonly Value[], description: string) {
  return z
    .array(z.enum(values))
    .min(1, { error: 'name at least one, or leave the option out' })
    .optional()
    .meta({ description });
}

/** Refuses an empty list, which would become a condition that nothing satisfies. */
export function someOf(element: z.ZodString) {
  return z.array(element).min(1, { error: 'name at least one, or leave the option out' });
}

/** A condition in the form of the IR: `{ operator: { key: values } }`. */
export function condition(operator: string, key: string, ...values: readonly Expression[]): Condition {
  return { operator, key, values };
}

/** Limits a service to requests on behalf of the key's own account, so that no other account can use the service as a confused deputy. */
export function fromOwnAccount(place: PlaceExpressions): Condition {
  return condition('StringEquals', 'aws:SourceAccount', place.account);
}

/** Limits a service to requests on behalf of these resources; `*` in an ARN is a wildcard. */
export function fromSources(arns: readonly Expression[]): Condition {
  return condition('ArnLike', 'aws:SourceArn', ...arns);
}

/** An ARN in the key's own account and region; a resource that already is an ARN stays as it is. */
export function ownArn(
  place: PlaceExpressions,
  service: string,
  resource: string,
  region: Expression = place.region,
): Expression {
  if (resource.startsWith('arn:')) return literal(resource);
  return formatArn({ ...place, region }, service, literal(resource));
}

/** The ARN of a bucket. It contains neither region nor account, so a condition on this ARN needs a condition on the account as well. */
export function bucketArn(place: PlaceExpressions, bucket: string): Expression {
  return ownArn({ ...place, account: literal('') }, 's3', bucket, literal(''));
}

/** Limits a service to what it encrypts in tables of these table buckets: S3 puts the ARN of a table into the encryption context. */
export function tablesIn(tableBuckets: readonly string[], place: PlaceExpressions): Condition {
  const tables = tableBuckets.map((bucket) => ownArn(place, 's3tables', `bucket/${bucket}/*`));
  return condition('StringLike', 'kms:EncryptionContext:aws:s3:arn', ...tables);
}

/** A service principal that is the same in every partition. */
export function servicePrincipal(host: string): { readonly kind: 'service'; readonly host: Expression } {
  return { kind: 'service', host: literal(host) };
}

/**
 * The accounts that own the resources, each once. A resource named by ARN belongs to the account in the ARN, any other to the key's own
 * account. Without resources, the result is the key's own account.
 */
export function accountsOf(resources: readonly string[], place: PlaceExpressions): readonly Expression[] {
  const owners = resources.map((resource) => partOfArn(resource, 4) ?? place.account);
  return owners.length === 0 ? [place.account] : distinct(owners);
}

/** The regions of the resources, determined like the accounts in `accountsOf`. */
export function regionsOf(resources: readonly string[], place: PlaceExpressions): readonly Expression[] {
  return resources.length === 0 ? [place.region] : resources.map((resource) => partOfArn(resource, 3) ?? place.region);
}

function partOfArn(resource: string, index: number): Expression | undefined {
  const part = resource.startsWith('arn:') ? resource.split(':')[index] : undefined;
  return part ? literal(part) : undefined;
}

/** Represents the regions that are enabled by default. In these regions, the name of a service contains no region. */
export const enabledByDefault = literal('');

/**
 * The principals of a service whose host contains the region if the region is opt-in. `regions`: the regions in which the service works,
 * which need not be the key's region. `*` covers the key's region and the regions that are always enabled.
 */
export function servicePrincipalsIn(
  service: string,
  regions: readonly Expression[],
  place: PlaceExpressions,
): readonly { readonly kind: 'service'; readonly host: Expression }[] {
  const hostRegions = regions.flatMap((region) =>
    region.kind === 'literal' && region.text === '*' ? [place.region, enabledByDefault] : [region],
  );
  const hosts = hostRegions.map((region) => servicePrincipalHostInOptInRegions(service, region));
  return distinct(hosts).map((host) => ({ kind: 'service', host }));
}

function distinct(expressions: readonly Expression[]): readonly Expression[] {
  return [...new Map(expressions.map((expression) => [expressionKey(expression), expression])).values()];
}
