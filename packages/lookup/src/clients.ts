/** The calls that a lookup makes to AWS: the boundary between deciding on calls and making them over the network. */

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** KMS's description of a key, in its own terms. */
export interface KeyFacts {
  readonly keyId: string;
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly manager: string;
  readonly multiRegion: boolean;
  readonly state: string;
}

export interface AliasPage {
  readonly aliases: readonly { readonly name: string; readonly targetKeyId?: string }[];
  /** Where the next page starts; absent on the last one. */
  readonly marker?: string;
}

/** A client that holds connections. */
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
  listAliases(marker: string | undefined): Promise<AliasPage>;
}

/**
 * Everything that reaches the network; `Kms` is the type of its KMS client. Calls reject as the SDK does: with its
 * errors, or an `AbortError` after the signal.
 */
export interface Clients<Kms extends Closable = KmsCalls> {
  /**
   * Credentials of a profile, or of the default chain if there is none. The region is used to obtain them if nothing else sets a region.
   */
  credentials(profile: string | undefined, region: string, signal: AbortSignal): Promise<Credentials>;
  sts(region: string, credentials: Credentials, signal: AbortSignal): Promise<StsCalls>;
  kms(region: string, credentials: Credentials, signal: AbortSignal): Promise<Kms>;
}
