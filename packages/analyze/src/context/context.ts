import { operationOf, isAboutKey as tellsAboutKey } from '../facts/actions.ts';
import { availability } from '../facts/condition-keys.ts';
import type { Picture, PictureKey, PicturePrincipal } from '../picture.ts';
import type { Principal } from '../principal.ts';
import { principalId } from '../principal-id.ts';
import type { Request } from '../request.ts';
import type { Value } from '../value/value.ts';
import { deriveEntry } from './derive.ts';

/**
 * What a request says of a condition key: its values (of a key with one value, a list of one), `absent`, or `unknown`. A value
 * that every such request has but nobody knows is known to be there: its text is symbolic.
 */
export type ContextEntry = readonly Value[] | 'absent' | 'unknown';

/** A request with all that is known of it, made once for all statements that are read for it. */
export interface RequestFacts {
  readonly principal: Principal;
  /** What the picture knows of the principal: of a session, of its role. */
  readonly known: PicturePrincipal | undefined;
  /** In lower case. */
  readonly action: string;
  /** `Decrypt` */
  readonly operation: string;
  readonly isAboutKey: boolean;
  readonly key: PictureKey;
  readonly encryptionContext: Request['encryptionContext'];
  readonly via: Request['via'];
  readonly beyond: 'unknown' | 'nothing';
  /** The entry of a condition key, named in lower case. */
  entry(key: string): ContextEntry;
}

export function readRequest(picture: Picture, request: Request): RequestFacts {
  const { principal, key, context, encryptionContext, via, beyond = 'unknown' } = request;
  const action = request.action.includes(':') ? request.action : `kms:${request.action}`;
  const operation = operationOf(action);
  const given = context && new Map(Object.entries(context).map(([name, value]) => [name.toLowerCase(), value]));
  const id = principalId(principal);
  const entries = new Map<string, ContextEntry>();
  const facts: RequestFacts = {
    principal,
    known: id === undefined ? undefined : picture.principalsById.get(id),
    action: action.toLowerCase(),
    operation,
    isAboutKey: tellsAboutKey(operation),
    key,
    encryptionContext,
    via,
    beyond,
    entry(name) {
      const found = entries.get(name);
      if (found !== undefined) return found;
      const entry = entryOf(name, given?.get(name), facts);
      entries.set(name, entry);
      return entry;
    },
  };
  return facts;
}

/** What is said of a request wins over what is derived, but a request does not get a condition key that KMS never gives it. */
function entryOf(name: string, value: Value | readonly Value[] | null | undefined, facts: RequestFacts): ContextEntry {
  if (value === undefined) return deriveEntry(name, facts);
  return availability(name, facts.operation, facts.isAboutKey) === 'never' ? 'absent' : asEntry(value);
}

function asEntry(value: Value | readonly Value[] | null): ContextEntry {
  if (value === null) return 'absent';
  if (typeof value === 'string' || 'parts' in value) return [value];
  return value;
}
