import { arnPatternMatches } from '../../evaluate/statements.ts';
import type { PictureKey, PolicyStatement } from '../../picture.ts';
import { hasWildcard } from './conditions.ts';

/**
 * The statements of identity policies that are about a key, with whom they are attached to. Those that ask for an alias are with
 * every key that has it; the resource says of which account and region it has to be.
 */
export function identityStatementsOn(key: PictureKey): readonly HeldStatement[] {
  const known = statementsOn.get(key);
  if (known !== undefined) return known;
  const found: HeldStatement[] = [];
  for (const [holder, statements] of key.identity) {
    for (const statement of statements) if (mayBeAbout(statement, key)) found.push([holder, statement]);
  }
  statementsOn.set(key, found);
  return found;
}

/** Whom a statement is attached to, and the statement. */
type HeldStatement = readonly [holder: string, statement: PolicyStatement];

/** Many rules ask for those of each key. */
const statementsOn = new WeakMap<PictureKey, readonly HeldStatement[]>();

function mayBeAbout({ resources }: PolicyStatement, { arn }: PictureKey): boolean {
  // A statement that names keys one by one, which may be many, is with those that it names.
  return resources?.some((resource) => !hasWildcard(resource) || arnPatternMatches(resource, arn) !== false) !== false;
}
