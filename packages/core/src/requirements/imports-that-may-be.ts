import type { ImportModel } from '../resolve/model.ts';
import { mayBeSamePlace } from '../resolve/place.ts';
import type { Required } from './rule.ts';

/**
 * Imports by ARN, lookup or alias in a team's files that may turn out to be the key, because in some deployment they name the key's account
 * and region. Before the key exists, nobody can tell whether an import is the key. Imports in trusted files are their owners'
 * responsibility.
 */
export function importsThatMayBe({ key, keysElsewhere, trustedFiles }: Required): readonly ImportModel[] {
  return keysElsewhere.filter(
    ({ place, definition }) => !trustedFiles.has(definition.span.file) && mayBeSamePlace(place, key.place),
  );
}
