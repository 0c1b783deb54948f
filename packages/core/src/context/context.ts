import type { KeySpec, KeyUsage } from '../kms/key-specs.ts';
import type { Span } from '../source/span.ts';

/** An alias that a project looks up: everything that resolving it takes. */
export interface LookupQuery {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** With its prefix: `alias/shared`. */
  readonly alias: string;
  /** What to do when the account has no such alias: fail, or record the dummy key. */
  readonly whenMissing: 'error' | 'dummy';
  /** The environment's `lookupRole`: an IAM role's name or ARN to assume before asking. */
  readonly lookupRole?: string;
  /** The environment's `profile`: a profile of the shared AWS configuration files. */
  readonly profile?: string;
  /** The `alias` in the YAML that asks for it. */
  readonly span: Span;
}

/** What a lookup found out, as `keywright.context.json` keeps it. No secrets, no times. */
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

/** The key id that `whenMissing: dummy` records, as the CDK does. */
export const dummyKeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The name of the context file, in the folder of `keywright.yaml`. */
export const contextFileName = 'keywright.context.json';

/** What identifies a lookup: `111122223333/eu-west-1/alias/shared`. */
export function contextKey(place: Pick<LookupQuery, 'account' | 'region' | 'alias'>): string {
  return `${place.account}/${place.region}/${place.alias}`;
}
