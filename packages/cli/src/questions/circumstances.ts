import { conditionKeyNamed, suggestions } from '@keywright/analyze/facts/condition-key-names';
import type { Circumstances } from '@keywright/analyze/who-can/who-can';
import { nearest } from '@keywright/core/diagnostics/suggestion';
import { viaServiceCalled } from '@keywright/core/kms/services/called';
import { viaServiceNames } from '@keywright/core/kms/via-service';
import type { Problem } from './open-project.ts';

export interface CircumstanceOptions {
  /** Each text is `key=value`. A repeated condition key has several values. */
  readonly context?: readonly string[] | undefined;
  /** Condition keys that the request does not have. */
  readonly without?: readonly string[] | undefined;
  /** All pairs of the encryption context, as `name=value`. A single `none` is an empty context. */
  readonly encryptionContext?: readonly string[] | undefined;
  readonly via?: string | undefined;
}

export function circumstancesOf(options: CircumstanceOptions): Circumstances | Problem {
  const { via, encryptionContext } = options;
  const context: Record<string, readonly string[] | null> = {};
  for (const written of options.context ?? []) {
    const pair = pairOf(written);
    if (pair === undefined) return { problem: `--context takes key=value, not ${JSON.stringify(written)}` };
    const key = pair.name.toLowerCase();
    const problem = problemOfKey(pair.name) ?? problemOfValue(key, pair.value);
    if (problem !== undefined) return { problem: `--context: ${problem}` };
    context[key] = [...(context[key] ?? []), pair.value];
  }
  for (const key of options.without ?? []) {
    const problem = problemOfKey(key);
    if (problem !== undefined) return { problem: `--without: ${problem}` };
    context[key.toLowerCase()] = null;
  }
  const pairs: Record<string, string> = {};
  for (const written of encryptionContext?.join() === 'none' ? [] : (encryptionContext ?? [])) {
    const pair = pairOf(written);
    if (pair === undefined) return { problem: `--encryption-context takes name=value, not ${JSON.stringify(written)}` };
    pairs[pair.name] = pair.value;
  }
  const meant = via === undefined || via === 'none' ? undefined : viaMeantBy(via);
  if (meant !== undefined)
    return {
      problem: `--via takes a service as kms:ViaService names it, not ${JSON.stringify(via)}; did you mean \`${meant}\`?`,
    };
  return {
    context,
    ...(encryptionContext !== undefined && { encryptionContext: pairs }),
    ...(via !== undefined && { via: via === 'none' ? null : via }),
  };
}

/**
 * Says what is wrong with a condition key that AWS does not have and that resembles one of AWS’s. A name that resembles none may be new.
 */
function problemOfKey(key: string): string | undefined {
  if (!/^(?:kms|aws):/i.test(key) || conditionKeyNamed(key) !== undefined) return undefined;
  const near = nearest(key, suggestions);
  return near === undefined ? undefined : `there is no condition key ${JSON.stringify(key)}; did you mean \`${near}\`?`;
}

/** `key` is in lower case. */
function problemOfValue(key: string, value: string): string | undefined {
  if (key !== 'kms:viaservice' || value.includes('.')) return undefined;
  return `kms:ViaService is a host such as s3.eu-west-1.amazonaws.com; --via ${value} fills in the region of the key`;
}

/**
 * Returns the name in `kms:ViaService` of the service that a text probably means; `undefined` if the text is already such a name, is a
 * whole host, or means no known service.
 */
function viaMeantBy(via: string): string | undefined {
  const isHost = /^[a-z0-9-]+\.[a-z]{2,4}(?:-[a-z]+)+-\d\.amazonaws\.com$/.test(via);
  if (isHost || viaServiceNames.includes(via)) return undefined;
  return viaServiceCalled(via);
}

function pairOf(text: string): { readonly name: string; readonly value: string } | undefined {
  const at = text.indexOf('=');
  return at < 1 ? undefined : { name: text.slice(0, at), value: text.slice(at + 1) };
}
