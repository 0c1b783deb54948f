import { arnPatternMatches } from '../../evaluate/statements.ts';
import type { PictureKey, PolicyStatement } from '../../picture.ts';
import { hasWildcard } from './conditions.ts';

/**
 * The identity policy statements about a key, each with the principal that has the policy. A statement that requires an
 * alias is listed with every key of that alias, in the accounts and regions that the statement's resource covers.
 */
export function identityStatementsOn(key: PictureKey): readonly HeldStatement[] {
  const heldStatements: HeldStatement[] = [];
  for (const [holder, statements] of key.identity) {
    for (const statement of statements) if (mayBeAbout(statement, key)) heldStatements.push([holder, statement]);
  }
  return heldStatements;
}

type HeldStatement = readonly [holder: string, statement: PolicyStatement];

function mayBeAbout({ resources }: PolicyStatement, { arn }: PictureKey): boolean {
  // A statement that lists keys is stored with each of them.
  return resources?.some((resource) => !hasWildcard(resource) || arnPatternMatches(resource, arn) !== false) !== false;
}
