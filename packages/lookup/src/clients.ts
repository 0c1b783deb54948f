/**
 * The calls that a lookup makes to AWS. The code that uses this interface decides on the calls; its implementations make them over the
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
  /** For example `CUSTOMER` or `AWS`. */
  readonly manager: string;
  readonly multiRegion: boolean;
  readonly state: string;
}

export interface AliasEntry {
  readonly name: string;
  /** Absent for an alias without a key. */
  readonly keyId?: string;
}

/** A page of a list. `marker` is the start of the next page; it is absent on the last page. */
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
 * The functions that reach the network. `Kms` is the type of the KMS client. A call rejects as the SDK does: with an error of the SDK or,
 * once the signal is aborted, with an `AbortError`.
 */
export interface Clients<Kms extends Closable = KmsCalls> {
  /**
   * Loads the credentials of a profile or, without a profile, of the default chain. `region` is used to obtain them if nothing else sets a
   * region.
   */
  credentials(profile: string | undefined, region: string, signal: AbortSignal): Promise<Credentials>;
  sts(region: string, credentials: Credentials, signal: AbortSignal): Promise<StsCalls>;
  kms(region: string, credentials: Credentials, signal: AbortSignal): Promise<Kms>;
}
