import { arnPatternMatches } from '../../evaluate/statements.ts';
import type { PictureKey, PolicyStatement } from '../../picture.ts';
import { hasWildcard } from './conditions.ts';

/**
 * The statements of identity policies that are about a key, with whom they are attached to. Those that ask for an alias are with
 * every key that has it; the resource says of which account and region it has to be.
 */
export function* identityStatementsOn(key: PictureKey): Iterable<readonly [string, PolicyStatement]> {
  for (const [holder, statements] of key.identity) {
    for (const statement of statements) if (mayBeAbout(statement, key)) yield [holder, statement];
  }
}

function mayBeAbout({ resources }: PolicyStatement, { arn }: PictureKey): boolean {
  // A statement that names keys one by one, which may be many, is with those that it names.
  return resources?.some((resource) => !hasWildcard(resource) || arnPatternMatches(resource, arn) !== false) !== false;
}
