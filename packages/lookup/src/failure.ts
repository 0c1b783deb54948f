import { redact } from './redact.ts';

export type FailureKind =
  | 'noCredentials'
  | 'expired'
  /** Credentials that AWS does not know. In a region that the account has not enabled, AWS says this of valid credentials, too. */
  | 'unknownCaller'
  /** Known credentials, but a wrong signature. */
  | 'badSignature'
  | 'denied'
  | 'regionOff'
  | 'throttled'
  | 'notReached'
  | 'notFound'
  | 'interrupted'
  | 'other';

export interface Failure {
  readonly kind: FailureKind;
  /** The message of AWS or of the system, on one line. */
  readonly reason: string;
}

/**
 * The error codes of KMS, of STS, and of proxies in front of them. KMS and STS spell the same error differently. Sources: AWS KMS API
 * Reference and AWS STS API Reference, "Common errors" and the errors of each action.
 */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  AbortError: 'interrupted',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  CredentialsProviderError: 'noCredentials',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  IncompleteSignature: 'badSignature',
  InvalidClientTokenId: 'unknownCaller',
  InvalidSignatureException: 'badSignature',
  MissingAuthenticationToken: 'unknownCaller',
  NotAuthorized: 'denied',
  NotFoundException: 'notFound',
  OptInRequired: 'regionOff',
  RegionDisabledException: 'regionOff',
  RequestExpired: 'badSignature',
  RequestLimitExceeded: 'throttled',
  SignatureDoesNotMatch: 'badSignature',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TokenProviderError: 'noCredentials',
  TooManyRequestsException: 'throttled',
  UnrecognizedClientException: 'unknownCaller',
};

interface Telling {
  /** Node's code, such as `ECONNRESET`. */
  readonly code?: unknown;
  /** The side that caused an error which the service reported: `client` or `server`. */
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Classifies what a call threw. If it is not clearly an answer of the service, the service counts as not reached: a failed connection, an
 * unreadable answer, an AWS_ENDPOINT_URL that is not a URL.
 */
export function understandFailure(thrown: unknown): Failure {
  const error: Error & Telling = thrown instanceof Error ? thrown : new Error(String(thrown));
  const status = error.$metadata?.httpStatusCode;
  const reason = reasonOf(error);
  const kind = kindOfCode[error.name];
  if (kind === 'noCredentials' && /expired/i.test(reason)) return { kind: 'expired', reason };
  if (kind !== undefined) return { kind, reason };
  if (status === 429) return { kind: 'throttled', reason };
  if (error.$fault === 'client') {
    return namesOfNoError.has(error.name)
      ? { kind: 'notReached', reason: `HTTP ${status} without an AWS error` }
      : { kind: 'other', reason: `${redact(error.name)}: ${reason}` };
  }
  return { kind: 'notReached', reason: status === undefined ? reason : `${reason} (HTTP ${status})` };
}

/** The SDK's names for an answer without an error code, which does not come from the service itself. */
const namesOfNoError: ReadonlySet<string> = new Set(['Unknown', 'NotFound']);

/** The length that is read, in characters. The rest of a longer message is ignored. */
const longestMessage = 5000;
/** The length that is shown, in characters. */
const longestReason = 400;

/** Returns the message on one line with the system's code, without credentials and without the SDK's advice to programmers. */
function reasonOf({ message, code, name }: Error & Telling): string {
  const text = redact(cut(message, longestMessage))
    .replace(/\n\s*Deserialization error: .*$/s, '')
    .replace(/^@[a-z-]+(\/[a-z-]+ -)? /, '')
    .replace(/\s+/g, ' ')
    .trim();
  // If a connection failed at every address of a host, the error has a code and no message.
  const codeOrName = typeof code === 'string' ? code : name;
  const line = text === '' ? codeOrName : text;
  const reason = typeof code === 'string' && !line.includes(code) ? `${line} (${code})` : line;
  return cut(reason, longestReason);
}

/** Cuts a text between words, because half a secret would not be recognised as a secret. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\S*$/, '')}…`;
}

/**
 * Regions that are enabled in every account. An account must enable any other region of the partition `aws`, such as every region opened
 * since March 2019. Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account".
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

/** Whether a place's account may have to enable its region first. Until then, AWS does not know valid credentials in this region. */
export function mustBeEnabled(place: { readonly partition: string; readonly region: string }): boolean {
  return place.partition === 'aws' && !enabledByDefault.has(place.region);
}
