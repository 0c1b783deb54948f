/** What a lookup asks of AWS: the seam between deciding what to ask and asking it over the network. */

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** What KMS says of a key, in KMS's own words. */
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

export interface StsCalls {
  callerIdentity(): Promise<Identity>;
  assumeRole(roleArn: string): Promise<Credentials>;
  close(): void;
}

export interface KmsCalls {
  /** Takes a key id or an alias name. */
  describeKey(keyId: string): Promise<KeyFacts>;
  listAliases(marker: string | undefined): Promise<AliasPage>;
  close(): void;
}

/** Everything that reaches the network. Calls reject as the SDK does: with its errors, or an `AbortError` once the signal says so. */
export interface Clients {
  /** Credentials of a profile; of the default chain without one. The region is for getting them, where nothing else says one. */
  credentials(profile: string | undefined, region: string, signal: AbortSignal): Promise<Credentials>;
  sts(region: string, credentials: Credentials, signal: AbortSignal): Promise<StsCalls>;
  kms(region: string, credentials: Credentials, signal: AbortSignal): Promise<KmsCalls>;
}
