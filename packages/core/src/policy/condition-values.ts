import { report } from '../diagnostics/diagnostic.ts';
import { wrongType } from '../diagnostics/language.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { type Located, type Named, oneOrMore, retyped } from '../project/located.ts';

type Scalar = string | number | boolean;

/** Operators that ignore letter case: IAM reads `True` as `true`. */
const ignoresCase = /(Bool|Null|IgnoreCase)(IfExists)?$/;

/**
 * The values that a condition compares with, as text. Reports a number or Boolean that is not written as it would be printed (KW1003). For
 * example, `012345678901` is the number 12345678901, which is another account, and `True` would become `true`.
 */
export function conditionValues(
  operator: Named<Readonly<Record<string, Scalar | readonly Scalar[]>>>,
  test: Named<Scalar | readonly Scalar[]>,
): Result<readonly Located<string>[]> {
  const collector = createCollector();
  const { locations } = test.file;
  const values = oneOrMore<Scalar>(test).map((value, index) => {
    const text = String(value.value);
    const written = Array.isArray(test.value)
      ? locations.writtenText(test.value, index)
      : locations.writtenText(operator.value, test.name);
    const isRewritten = typeof value.value !== 'string' && written !== undefined && written !== text;
    if (isRewritten && !(typeof value.value === 'boolean' && ignoresCase.test(operator.name))) {
      const found = `${written}, which YAML reads as ${text}`;
      const advice = `put it in quotes: "${written}"`;
      collector.add(report(wrongType, value.span, { expected: 'text', found, advice }));
    }
    return retyped(value, text);
  });
  return collector.result(values);
}
