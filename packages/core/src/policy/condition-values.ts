import { report } from '../diagnostics/diagnostic.ts';
import { wrongType } from '../diagnostics/language.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { type Located, type Named, oneOrMore, retyped } from '../project/located.ts';

type Scalar = string | number | boolean;

/**
 * The values that a condition compares with, as text. A number or Boolean that is printed differently from how it is
 * written is KW1003: `012345678901` is the number 12345678901, which is a different account, and to `StringEquals`
 * `TRUE` is not `true`. To `Bool` and `Null` it is.
 */
export function conditionValues(
  operator: Named<Readonly<Record<string, Scalar | readonly Scalar[]>>>,
  test: Named<Scalar | readonly Scalar[]>,
): Result<readonly Located<string>[]> {
  const collector = createCollector();
  const { locations } = test.file;
  const isBoolean = /^(?:For(?:All|Any)Values?:)?(?:Bool|Null)(?:IfExists)?$/i.test(operator.name);
  const values = oneOrMore<Scalar>(test).map((value, index) => {
    const text = String(value.value);
    const written = Array.isArray(test.value)
      ? locations.writtenText(test.value, index)
      : locations.writtenText(operator.value, test.name);
    if (typeof value.value !== 'string' && !isBoolean && written !== undefined && written !== text) {
      const found = `${written}, which YAML reads as ${text}`;
      const advice = `put it in quotes: "${written}"`;
      collector.add(report(wrongType, value.span, { expected: 'text', found, advice }));
    }
    return retyped(value, text);
  });
  return collector.result(values);
}
