import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { noPolicyDocument } from '../diagnostics/policy.ts';
import { isForeignStatement } from '../language/iam-statement.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import type { ParsedSource } from '../syntax/parse.ts';

/**
 * Reports a file that is not a policy document: not a mapping, or without statements under `Statement`. The schema of a statement reports
 * problems inside one.
 */
export function documentProblem(parsed: ParsedSource): Diagnostic | undefined {
  const { value, locations, source } = parsed;
  const top = { file: source.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const say = (problem: string, advice: string | undefined, span = top) =>
    report(noPolicyDocument, span, { problem, advice });
  if (!isMapping(value)) return say(...otherShape(value));
  if (!('Statement' in value)) return say(...withoutStatement(value));
  const statements = Array.isArray(value.Statement) ? value.Statement : [value.Statement];
  const index = statements.findIndex((statement) => !isMapping(statement));
  if (index < 0) return undefined;
  const span =
    Array.isArray(value.Statement) && value.Statement.length > 0
      ? locations.valueSpan(value.Statement, index)
      : locations.valueSpan(value, 'Statement');
  return say('its `Statement` contains something that is not a statement', undefined, span ?? top);
}

type Problem = readonly [problem: string, advice: string | undefined];

function otherShape(value: unknown): Problem {
  if (value === null || value === undefined || value === '') return ['it is empty', undefined];
  if (!Array.isArray(value)) return ['it is neither JSON nor a YAML mapping', undefined];
  if (value.some((one) => isForeignStatement(one, []))) {
    const isOurs = value.some((one) => isMapping(one) && ('principals' in one || 'actions' in one));
    return isOurs
      ? [
          'it has statements in the language of Keywright',
          'move them to the key, as `policy: [ … ]`, or write them the way AWS does',
        ]
      : [
          'it is a list of statements',
          'put the list under `Statement`: `{"Version": "2012-10-17", "Statement": [ … ]}`',
        ];
  }
  return ['it is a list', undefined];
}

function withoutStatement(value: Readonly<Record<string, unknown>>): Problem {
  if (isForeignStatement(value, []))
    return ['it is a single statement', 'put it under `Statement`: `{"Version": "2012-10-17", "Statement": [ … ]}`'];
  const misspelt = Object.keys(value).find((key) => /^statements?$/i.test(key));
  if (misspelt !== undefined) return [`\`${misspelt}\` is called \`Statement\``, `rename \`${misspelt}\``];
  const path = pathToDocument(value, []);
  return path === undefined
    ? ['`Statement` is missing', undefined]
    : [`the policy document is under \`${path.join('.')}\``, 'keep only what is there'];
}

/** The maximum depth of a document in another tool's file, such as a key's policy among a template's resources. */
const deepest = 8;

function pathToDocument(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (path.length > deepest || typeof value !== 'object' || value === null) return undefined;
  if (path.length > 0 && 'Statement' in value) return path;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && /^\s*\{/.test(inner) && inner.includes('"Statement"')) return [...path, key];
    const innerPath = pathToDocument(inner, [...path, key]);
    if (innerPath !== undefined) return innerPath;
  }
  return undefined;
}
