import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Result } from '@keywright/core/diagnostics/result';
import type { SourceFile } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';
import { badParameters } from '../diagnostics/import.ts';

/**
 * The values of parameters in a file: `{ "Name": "value" }` in JSON or YAML, the list of `ParameterKey` and `ParameterValue` that the AWS CLI takes,
 * or the `Parameters` of a CodePipeline configuration. A list of values becomes text with commas, as CloudFormation takes it.
 */
export function readParameters(file: SourceFile): Result<Readonly<Record<string, string>>> {
  const parsed = parseSource(file);
  if (parsed.diagnostics.length > 0) return { value: {}, diagnostics: parsed.diagnostics };
  const { value } = parsed;
  const diagnostics: Diagnostic[] = [];
  const start = { file: file.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const refuse = (problem: string) => {
    diagnostics.push(report(badParameters, start, { path: file.path, problem }));
    return { value: {}, diagnostics };
  };
  const pairs = pairsIn(value);
  if (pairs === undefined) return refuse('it is neither a mapping nor a list of ParameterKey and ParameterValue');
  const values: Record<string, string> = {};
  for (const [name, one] of pairs) {
    const text = textOf(one);
    if (text === undefined) return refuse(`the value of ${name} is no text`);
    values[name] = text;
  }
  return { value: values, diagnostics };
}

function pairsIn(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (Array.isArray(value)) {
    const pairs = value.map((one: unknown) =>
      isMapping(one) && typeof one.ParameterKey === 'string'
        ? ([one.ParameterKey, one.ParameterValue] as const)
        : undefined,
    );
    const found = pairs.flatMap((pair) => (pair === undefined ? [] : [pair]));
    return found.length === pairs.length ? found : undefined;
  }
  if (!isMapping(value)) return undefined;
  return Object.entries(isMapping(value.Parameters) ? value.Parameters : value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join(',');
}
