import { operationOf, isAboutKey as tellsAboutKey } from '../facts/actions.ts';
import { availability } from '../facts/condition-keys.ts';
import type { Picture } from '../picture.ts';
import { principalId } from '../principal-id.ts';
import type { Request } from '../request.ts';
import type { Value } from '../value/value.ts';
import type { ContextEntry, RequestFacts } from './context.ts';
import { deriveEntry } from './derive.ts';

export function readRequest(picture: Picture, request: Request): RequestFacts {
  const { principal, key, context, encryptionContext, via, beyond = 'unknown' } = request;
  const action = request.action.includes(':') ? request.action : `kms:${request.action}`;
  const operation = operationOf(action);
  const requestContext =
    context && new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), value]));
  const entries = new Map<string, ContextEntry>();
  const facts: RequestFacts = {
    principal,
    known: picture.principalsById.get(principalId(principal)),
    action: action.toLowerCase(),
    operation,
    isAboutKey: tellsAboutKey(operation),
    key,
    encryptionContext,
    via,
    beyond,
    entry(name) {
      const earlier = entries.get(name);
      if (earlier !== undefined) return earlier;
      const entry = entryOf(name, requestContext?.get(name), facts);
      entries.set(name, entry);
      return entry;
    },
  };
  return facts;
}

/**
 * The entry of a condition key. A value given in the request overrides the derived one, but a request never gets a condition key that no
 * request for this operation has.
 */
function entryOf(name: string, value: Value | readonly Value[] | null | undefined, facts: RequestFacts): ContextEntry {
  if (value === undefined) return deriveEntry(name, facts);
  return availability(name, facts.operation, facts.isAboutKey) === 'never' ? 'absent' : asEntry(value);
}

function asEntry(value: Value | readonly Value[] | null): ContextEntry {
  if (value === null) return 'absent';
  if (typeof value === 'string' || 'parts' in value) return [value];
  return value;
}
