import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { policyCharacter } from '../diagnostics/policy.ts';
import { statementText } from '../emit/policy-tree.ts';
import type { PolicyDocument, Statement } from '../ir/policy.ts';

/**
 * The characters that KMS and IAM accept in a policy document. Sources: AWS KMS API reference, PutKeyPolicy, Policy;
 * IAM API reference, PutRolePolicy, PolicyDocument.
 */
const refused = /[^\t\n\r\u0020-\u00ff]/u;

/** How a refused character appears in a statement's JSON: as itself or, for a control character, as an escape. */
const suspicious = /[^\u0020-\u00ff]|\\u/u;

/** Reports statements with a character that KMS and IAM refuse (KW3049). */
export function charactersAreAccepted(document: PolicyDocument): readonly Diagnostic[] {
  return document.statements.flatMap((statement): readonly Diagnostic[] => {
    if (!suspicious.test(statementText(statement))) return [];
    const [character] = textsOf(statement).flatMap((text) => refused.exec(text) ?? []);
    if (character === undefined) return [];
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return [report(policyCharacter, statement.source.span, { character, code: `U+${code}` })];
  });
}

function textsOf(statement: Statement): readonly string[] {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  const { source: _, ...said } = statement;
  visit(said);
  return texts;
}
