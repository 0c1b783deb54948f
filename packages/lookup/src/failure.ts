/** What kind of failure an error of the SDK is. */
export type FailureKind =
  | 'noCredentials'
  | 'expired'
  | 'refusedCredentials'
  | 'denied'
  | 'regionOff'
  | 'throttled'
  | 'notReached'
  | 'notFound'
  | 'interrupted'
  | 'other';

export interface Failure {
  readonly kind: FailureKind;
  /** What AWS or the system says, on one line. */
  readonly reason: string;
}

/**
 * The error codes of KMS and STS and of what stands before them. Sources: AWS KMS API Reference and AWS STS API
 * Reference, "Common errors" and the errors of each action. The two spell the same error differently.
 */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  AbortError: 'interrupted',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  CredentialsProviderError: 'noCredentials',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  IncompleteSignature: 'refusedCredentials',
  InvalidClientTokenId: 'refusedCredentials',
  InvalidSignatureException: 'refusedCredentials',
  MissingAuthenticationToken: 'refusedCredentials',
  SignatureDoesNotMatch: 'refusedCredentials',
  UnrecognizedClientException: 'refusedCredentials',
  NotFoundException: 'notFound',
  OptInRequired: 'regionOff',
  RegionDisabledException: 'regionOff',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  TimeoutError: 'notReached',
  TokenProviderError: 'noCredentials',
};

/** Errors of the system's network functions. */
const networkCode = /^(E[A-Z]{3,}|(ERR|CERT|UNABLE|DEPTH|SELF)_[A-Z_]+)$/;

/** Understands what the SDK threw. Throws what is none of the SDK's errors again: that is a defect, not a failure. */
export function understandFailure(error: unknown): Failure {
  if (!(error instanceof Error)) throw error;
  const { code, $metadata: answered } = error as Error & {
    readonly code?: unknown; // of Node's errors
    readonly $metadata?: { readonly httpStatusCode?: number }; // of the SDK's
  };
  const reason = oneLine(error.message, typeof code === 'string' ? code : error.name);
  const named = kindOfCode[error.name];
  if (named === 'noCredentials' && /expired/i.test(error.message)) return { kind: 'expired', reason };
  if (named !== undefined) return { kind: named, reason };
  const status = answered?.httpStatusCode;
  if (status === 429) return { kind: 'throttled', reason };
  if (status !== undefined && status >= 500) return { kind: 'notReached', reason: `${reason} (HTTP ${status})` };
  if (typeof code === 'string' && networkCode.test(code)) return { kind: 'notReached', reason };
  if (answered !== undefined) return { kind: 'other', reason: `${error.name}: ${reason}` };
  throw error;
}

const longestReason = 400;

function oneLine(message: string, otherwise: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return (line === '' ? otherwise : line).slice(0, longestReason);
}

/**
 * The regions that no account has to enable. Any other region of the partition `aws` is opened by the account, as all have
 * been since March 2019. Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account".
 */
const enabledByDefault: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/** Whether credentials that a region refuses may be good ones, of an account that has not enabled the region. */
export function mustBeEnabled(place: { readonly partition: string; readonly region: string }): boolean {
  return place.partition === 'aws' && !enabledByDefault.has(place.region);
}
