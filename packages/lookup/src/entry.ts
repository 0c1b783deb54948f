import type { ContextEntry, LookupQuery } from '@keywright/core/context/context';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { keySpecs, usagesOfSpec } from '@keywright/core/kms/key-specs';
import type { KeyFacts } from './clients.ts';
import { keyPendingDeletion, unknownKeyKind } from './diagnostics.ts';
import { shownPlace } from './place.ts';

/** Returns the context entry for a key, or a diagnostic that says why there can be none. */
export function entryOfKey(query: LookupQuery, facts: KeyFacts): ContextEntry | Diagnostic {
  const { account, region, alias } = query;
  const { keyId, arn, manager, multiRegion } = facts;
  // Includes PendingReplicaDeletion: a multi-Region primary key that waits for its replicas to be deleted.
  if (/^Pending(Replica)?Deletion$/.test(facts.state)) {
    return report(keyPendingDeletion, query.span, { alias, arn, place: shownPlace(query) });
  }
  const spec = keySpecs.find((candidate) => candidate === facts.spec);
  const usage = spec && usagesOfSpec[spec].find((candidate) => candidate === facts.usage);
  if (spec === undefined || usage === undefined) {
    return report(unknownKeyKind, query.span, { alias, spec: facts.spec, usage: facts.usage });
  }
  return {
    account,
    region,
    alias,
    keyId,
    arn,
    spec,
    usage,
    manager: manager === 'AWS' ? 'AWS' : 'CUSTOMER',
    multiRegion,
  };
}

/**
 * Returns the entry for a key when only its id is known. The key is assumed to be a symmetric encryption key, and to be managed by AWS if
 * the alias says so. The id of a multi-Region key starts with `mrk-`. Source: AWS KMS Developer Guide, "Multi-Region keys".
 */
export function entryOfId(
  { account, region, alias, partition }: Pick<LookupQuery, 'account' | 'region' | 'alias' | 'partition'>,
  keyId: string,
): ContextEntry {
  return {
    account,
    region,
    alias,
    keyId,
    arn: `arn:${partition}:kms:${region}:${account}:key/${keyId}`,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: alias.startsWith('alias/aws/') ? 'AWS' : 'CUSTOMER',
    multiRegion: keyId.startsWith('mrk-'),
  };
}
