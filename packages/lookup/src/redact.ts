import type { Clients, Closable, StsCalls } from './clients.ts';

const redacted = '[redacted]';

/** Shorter values are not AWS credentials, and could be part of any word. */
const shortestSecret = 16;

/** Names of secrets in protocols, files and programs, with or without separators. */
const secretNames =
  '(?:aws[-_ ]?)?(?:secret[-_ ]?access[-_ ]?key|secret[-_ ]?key|client[-_ ]?secret|(?:session|security|access|refresh|id|auth|bearer)[-_ ]?token|authorization(?:[-_ ]?token)?|proxy-authorization|signature|credential|password|passwd|pass|pwd|passphrase|api[-_ ]?key|private[-_ ]?key|token|secret|cookie|otp|pin)';
/** The text between a name and its value in a header, a query, JSON, XML or a variable, plain or encoded. */
const separator = '(?:\\\\*["\']?\\s*(?::|=|%3A|%3D)\\s*|(?<=<[\\w:-]*)>)';
const value = '(?:\\\\*"(?:[^"\\\\]|\\\\.)*\\\\*"|\'[^\']*\'|[^\\s"\'<>&,;})\\]]+)';

interface Pattern {
  readonly looksLike: RegExp;
  readonly shown: string;
}

const patterns: readonly Pattern[] = [
  // For a failed `credential_process`, Node's message contains the whole command line and output of the program.
  { looksLike: /Command failed:[\s\S]*/, shown: 'the program of `credential_process` failed' },
  // The message of JSON.parse quotes the text around the mistake.
  { looksLike: /,? ?(?:\.\.\.)?"[\s\S]*?"(?:\.\.\.)? is not valid JSON/g, shown: ' is not valid JSON' },
  { looksLike: /-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, shown: redacted },
  { looksLike: /\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@"']+@/gi, shown: `$1${redacted}@` },
  { looksLike: /(X-Amz-[A-Za-z0-9-]+)(?:=|%3D)[^\s&"'<>]*/gi, shown: `$1=${redacted}` },
  { looksLike: /\bAWS4-[A-Z0-9-]+\s+Credential=[^\r\n"'<>]*/gi, shown: redacted },
  { looksLike: /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, shown: `$1 ${redacted}` },
  { looksLike: /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)*/g, shown: redacted },
  {
    looksLike: new RegExp(`((?:x-amz-)?${secretNames})${separator}(?:(?:Bearer|Basic)\\s+)?${value}`, 'gi'),
    shown: `$1: ${redacted}`,
  },
  { looksLike: new RegExp(`(--?${secretNames})\\s+${value}`, 'gi'), shown: `$1 ${redacted}` },
];

/** Matches an ARN, which is not secret, or a long run of characters that may be a secret. */
const runs = /arn:[\w-]+:[^\s"'<>]*|(?:[A-Za-z0-9+/]|%2[BbFf]){32,}(?:=|%3[Dd]){0,2}/g;

/** Secret access keys have 40 characters of base64, signatures 64 of hexadecimal, session tokens hundreds. */
function isOpaque(run: string): boolean {
  if (/^[0-9a-f]{64,}$/i.test(run)) return true;
  return run.length >= 40 && /[a-z]/.test(run) && /[A-Z]/.test(run) && /[0-9+/]/.test(run);
}

/**
 * Removes credentials, and whatever looks like one, from a text of a service, the SDK or a program. An endpoint may repeat a request with
 * its headers, and a program may repeat its arguments.
 *
 * @param secrets secrets that are in use, which are removed wherever they occur
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let shown = text;
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret)]) shown = shown.replaceAll(form, redacted);
  }
  for (const pattern of patterns) shown = shown.replace(pattern.looksLike, pattern.shown);
  return shown.replace(runs, (run) => (run.startsWith('arn:') || !isOpaque(run) ? run : redacted));
}

/** Wraps clients so that every secret they obtain is recorded. */
export function keepingSecrets<Kms extends Closable>(
  clients: Clients<Kms>,
): { readonly clients: Clients<Kms>; readonly secrets: ReadonlySet<string> } {
  const secrets = new Set<string>();
  const keep = (...values: readonly (string | undefined)[]) => {
    for (const secret of values) if (secret !== undefined && secret.length >= shortestSecret) secrets.add(secret);
  };
  const { env } = process;
  keep(env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN, env.AWS_CONTAINER_AUTHORIZATION_TOKEN);
  const keepOf = async (loading: ReturnType<StsCalls['assumeRole']>) => {
    const credentials = await loading;
    keep(credentials.secretAccessKey, credentials.sessionToken);
    return credentials;
  };
  return {
    secrets,
    clients: {
      kms: (...of) => clients.kms(...of),
      credentials: (...of) => keepOf(clients.credentials(...of)),
      async sts(...of) {
        const calls = await clients.sts(...of);
        return {
          callerIdentity: () => calls.callerIdentity(),
          assumeRole: (role) => keepOf(calls.assumeRole(role)),
          close: () => calls.close(),
        };
      },
    },
  };
}
