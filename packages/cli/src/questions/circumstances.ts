import type { Circumstances } from '@keywright/analyze/who-can/who-can';
import type { Problem } from './open-project.ts';

export interface CircumstanceOptions {
  /** `key=value`. A repeated condition key has several values. */
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
    context[key] = [...(context[key] ?? []), pair.value];
  }
  for (const key of options.without ?? []) context[key.toLowerCase()] = null;
  const pairs: Record<string, string> = {};
  for (const written of encryptionContext?.join() === 'none' ? [] : (encryptionContext ?? [])) {
    const pair = pairOf(written);
    if (pair === undefined) return { problem: `--encryption-context takes name=value, not ${JSON.stringify(written)}` };
    pairs[pair.name] = pair.value;
  }
  return {
    context,
    ...(encryptionContext !== undefined && { encryptionContext: pairs }),
    ...(via !== undefined && { via: via === 'none' ? null : via }),
  };
}

function pairOf(text: string): { readonly name: string; readonly value: string } | undefined {
  const at = text.indexOf('=');
  return at < 1 ? undefined : { name: text.slice(0, at), value: text.slice(at + 1) };
}
