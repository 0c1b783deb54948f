import { catalogue } from '../diagnostics/catalogue.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { errorStays, unknownRule } from '../diagnostics/language.ts';
import { isRuleCode, type Review } from './review.ts';

/** Reports problems in `rules`. Whether a rule exists is checked in `packages/analyze`. */
export function checkSeverities({ severities }: Review): readonly Diagnostic[] {
  return [...severities].flatMap(([rule, { span }]) => {
    if (isRuleCode(rule)) return [];
    const definition = catalogue.find(({ code }) => code === rule);
    if (definition === undefined) return [report(unknownRule, span, { rule, rules: changeable() })];
    return definition.severity === 'error' ? [report(errorStays, span, { rule })] : [];
  });
}

function changeable(): readonly string[] {
  return catalogue.filter(({ severity }) => severity !== 'error').map(({ code }) => code);
}

/** Applies the severities under `rules`. Errors stay errors, except those of rules. */
export function applySeverities(diagnostics: readonly Diagnostic[], { severities }: Review): readonly Diagnostic[] {
  if (severities.size === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const severity = severities.get(diagnostic.code)?.severity;
    if (severity === undefined || (diagnostic.severity === 'error' && !isRuleCode(diagnostic.code)))
      return [diagnostic];
    return severity === 'off' ? [] : [{ ...diagnostic, severity }];
  });
}
