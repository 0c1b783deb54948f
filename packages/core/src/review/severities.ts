import { catalogue } from '../diagnostics/catalogue.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { errorStays, unknownRule } from '../diagnostics/language.ts';
import { isRuleCode, type Review } from './review.ts';

/** What is wrong with `rules`. Whether a rule of packages/analyze exists is for that package to say. */
export function checkSeverities({ severities }: Review): readonly Diagnostic[] {
  return [...severities].flatMap(([rule, { span }]) => {
    if (isRuleCode(rule)) return [];
    const definition = catalogue.find(({ code }) => code === rule);
    if (definition === undefined) return [report(unknownRule, span, { rule, rules: changeable })];
    return definition.severity === 'error' ? [report(errorStays, span, { rule })] : [];
  });
}

const changeable = catalogue.filter(({ severity }) => severity !== 'error').map(({ code }) => code);

/** The diagnostics as serious as `rules` says. Errors stay errors, apart from those of rules. */
export function applySeverities(diagnostics: readonly Diagnostic[], { severities }: Review): readonly Diagnostic[] {
  if (severities.size === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const severity = severities.get(diagnostic.code)?.severity;
    if (severity === undefined || (diagnostic.severity === 'error' && !isRuleCode(diagnostic.code)))
      return [diagnostic];
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}
