/**
 * The calls that a lookup makes to AWS. Code on one side of this interface decides on calls; code on the other side makes them over the
 * network.
 */

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** A key as KMS describes it, in KMS's own terms. */
export interface KeyFacts {
  readonly keyId: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  /** `CUSTOMER` or `AWS`. */
  readonly manager: string;
  readonly multiRegion: boolean;
  readonly state: string;
}

export interface AliasEntry {
  readonly name: string;
  /** Absent for an alias without a key. */
  readonly keyId?: string;
}

/** A page of a list. `marker` is the start of the next page, and absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly marker?: string;
}

export interface Closable {
  close(): void;
}

export interface StsCalls extends Closable {
  callerIdentity(): Promise<Identity>;
  assumeRole(roleArn: string): Promise<Credentials>;
}

export interface KmsCalls extends Closable {
  /** Takes a key id or an alias name. */
  describeKey(keyId: string): Promise<KeyFacts>;
  listAliases(marker: string | undefined): Promise<Page<AliasEntry>>;
}

/**
 * Everything that reaches the network. `Kms` is the type of the KMS client. A call rejects as the SDK does: with an error of the SDK, or
 * with an `AbortError` after the signal.
 */
export interface Clients<Kms extends Closable = KmsCalls> {
  /**
   * The credentials of a profile, or of the default chain without a profile. `region` is used to obtain them if nothing else sets a region.
   */
  credentials(profile: string | undefined, region: string, signal: AbortSignal): Promise<Credentials>;
  sts(region: string, credentials: Credentials, signal: AbortSignal): Promise<StsCalls>;
  kms(region: string, credentials: Credentials, signal: AbortSignal): Promise<Kms>;
}
