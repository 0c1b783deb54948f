import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownConditionOperator } from '../diagnostics/policy.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { conditionOperators } from '../kms/condition-operators.ts';
import type { Span } from '../source/span.ts';

const names: readonly string[] = Object.values(conditionOperators).flat();
const operators: ReadonlySet<string> = new Set(names);

/** Reports a condition operator that IAM does not have in exactly this spelling (KW3075). */
export function operatorExists(operator: string, span: Span): readonly Diagnostic[] {
  const [, name = ''] = /^(?:ForAllValues:|ForAnyValue:)?(.*)$/s.exec(operator) ?? [];
  if (name === 'Null' || operators.has(name.replace(/IfExists$/, ''))) return [];
  const near = intendedOperator(operator);
  return [report(unknownConditionOperator, span, { operator, ...(near !== undefined && { meant: near }) })];
}

/** The operator that was probably meant, with its prefix and suffix; `undefined` if none is near. */
function intendedOperator(operator: string): string | undefined {
  const [, before, name = '', after = ''] = /^(?:([^:]*):)?(.*?)(IfExists)?$/is.exec(operator) ?? [];
  const quantifier = before === undefined ? '' : nearest(before, ['ForAllValues', 'ForAnyValue']);
  const base = nearest(name, [...names, 'Null']);
  if (quantifier === undefined || base === undefined) return undefined;
  const suffix = base === 'Null' || after === '' ? '' : 'IfExists';
  return `${quantifier === '' ? '' : `${quantifier}:`}${base}${suffix}`;
}
