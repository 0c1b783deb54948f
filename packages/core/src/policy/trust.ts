import { matchesWildcards } from '../collections/wildcards.ts';
import type { Expression } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { Place } from '../resolve/place.ts';

/**
 * Whether a key policy lets the IAM policies of the key's account decide about these actions. It does if Allows without conditions give
 * each of them to the account root on `*`. Read from the statements, not from a setting, so that a replacing policy without the root is
 * recognised. Source: AWS KMS Developer Guide, "Default key policy", "Allows access to the AWS account and enables IAM policies".
 */
export function trustsAccount(statements: readonly Statement[], actions: readonly string[], place: Place): boolean {
  const delegating = statements.filter(
    (statement) =>
      statement.effect === 'Allow' &&
      statement.conditions.length === 0 &&
      statement.resources?.some((resource) => resource.kind === 'literal' && resource.text === '*') === true &&
      statement.principals?.some((principal) => isAccountRoot(principal, place)) === true,
  );
  const patterns = delegating.flatMap((statement) => statement.actions ?? []);
  // The default key policy covers every action on keys.
  if (patterns.includes('kms:*') && actions.every((action) => action.startsWith('kms:'))) return true;
  return actions.every((action) => patterns.some((pattern) => covers(pattern, action)));
}

/** Whether a principal is the root of this place's account: its ARN, or the bare account id, which means the same. */
function isAccountRoot(principal: PolicyPrincipal, place: Place): boolean {
  if (principal.kind !== 'aws') return false;
  const account = sourceText(place.account);
  const arn = sourceText(principal.arn);
  return arn === account || (arn.startsWith('arn:') && arn.endsWith(`:iam::${account}:root`));
}

/** The text of an expression, with placeholders such as `${account}` for values that the deployment decides. */
export function sourceText(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'pseudo':
      return `\${${expression.name}}`;
    case 'concat':
      return expression.parts.map(sourceText).join('');
    case 'reference':
      return `\${${expression.resource}.${expression.attribute}}`;
    case 'crossStack':
      return `\${${expression.stack}.${expression.export}}`;
  }
}

/** Whether an action pattern (`kms:Gen*`) includes every action of another (`kms:GenerateDataKey*`). Case-insensitive, as in IAM. */
export function covers(pattern: string, action: string): boolean {
  const glob = pattern.toLowerCase();
  const text = action.toLowerCase();
  const wildcard = glob.search(/[*?]/);
  if (wildcard < 0) return glob === text;
  if (wildcard === glob.length - 1 && glob.endsWith('*')) return text.startsWith(glob.slice(0, -1));
  const isStar = (symbol: string) => symbol === '*';
  const fits = (symbol: string, character: string) => symbol === character || (symbol === '?' && character !== '*');
  return matchesWildcards(glob, text, isStar, fits);
}
