import type { KeySpec, KeyUsage } from '../kms/key-specs.ts';
import type { Span } from '../source/span.ts';

/** An alias that a project looks up, with everything needed to resolve it. */
export interface LookupQuery {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** With its prefix: `alias/shared`. */
  readonly alias: string;
  /** What to do if the account lacks the alias: fail, or record the dummy key. */
  readonly whenMissing: 'error' | 'dummy';
  /** The environment's `lookupRole`: the name or ARN of an IAM role to assume first. */
  readonly lookupRole?: string;
  /** The environment's `profile`: a profile of the shared AWS configuration files. */
  readonly profile?: string;
  /** The `alias` in the YAML that needs the lookup. */
  readonly span: Span;
}

/** The result of a lookup, as `keywright.context.json` keeps it. Contains no secrets and no times. */
export interface ContextEntry {
  readonly account: string;
  readonly region: string;
  readonly alias: string;
  readonly keyId: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly multiRegion: boolean;
}

/** The content of `keywright.context.json`, by `contextKey`. */
export type Context = ReadonlyMap<string, ContextEntry>;

/** The key id that `whenMissing: dummy` records; the CDK uses the same. */
export const dummyKeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The name of the context file, in the folder of `keywright.yaml`. */
export const contextFileName = 'keywright.context.json';

/** The identity of a lookup: `111122223333/eu-west-1/alias/shared`. */
export function contextKey(place: Pick<LookupQuery, 'account' | 'region' | 'alias'>): string {
  return `${place.account}/${place.region}/${place.alias}`;
}
