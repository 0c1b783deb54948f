import { report } from '../diagnostics/diagnostic.ts';
import { badText } from '../diagnostics/language.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';
import type { Literal } from '../ir/expression.ts';
import { iamNameProblem } from '../language/principal.ts';
import type { Located } from '../project/located.ts';
import { interpolate, problemsOf } from './interpolate.ts';
import type { Place } from './place.ts';

/**
 * The name in IAM that the YAML gives a principal; `undefined`, with a diagnostic, if IAM would refuse it or only the deployment knows it.
 */
export function givenNameAt(written: Located<string>, place: Place): Result<Literal | undefined> {
  const { value: name, diagnostics } = interpolate(written, place);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  if (name.kind !== 'literal') {
    const what = `the IAM name \`${written.value}\``;
    return { value: undefined, diagnostics: [report(needsKnownEnvironment, written.span, { what })] };
  }
  const problems = problemsOf(written, place, ({ value, span }) => {
    const problem = iamNameProblem(value.replaceAll(/\$\{[\w.-]+\}/g, 'x'));
    return problem === undefined
      ? []
      : [report(badText, span, { problem, found: JSON.stringify(value), example: undefined })];
  });
  return { value: problems.length > 0 ? undefined : name, diagnostics: problems };
}
