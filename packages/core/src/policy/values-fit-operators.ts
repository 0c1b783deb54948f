import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { conditionValueOfWrongType } from '../diagnostics/policy.ts';
import { conditionOperators } from '../kms/condition-operators.ts';
import { numberOf, secondsOf } from '../kms/condition-values.ts';
import { isRange } from '../kms/ip-ranges.ts';
import type { Span } from '../source/span.ts';

type Type = keyof typeof conditionOperators;

interface ValueType {
  readonly noun: string;
  readonly example: string;
  readonly accepts: (text: string) => boolean;
}

const booleans: ValueType = { noun: 'a Boolean', example: 'true', accepts: (text) => /^(true|false)$/i.test(text) };

/**
 * The types whose values are checked. Text is not among them, since it can be anything, and neither is `Bool`: in existing policies it also
 * has values other than Booleans, which match nothing.
 */
const types: Readonly<Partial<Record<Type, ValueType>>> = {
  // A pattern may have fewer colons than an ARN: IAM does not document what such a pattern matches.
  ARN: {
    noun: 'an ARN',
    example: 'arn:aws:iam::111122223333:role/KeyAdmin',
    accepts: (text) => /[*?]|^arn:([^:]*:){4}./s.test(text),
  },
  Numeric: { noun: 'a number', example: '30', accepts: (text) => numberOf(text) !== undefined },
  Date: { noun: 'a date', example: '2026-01-31T00:00:00Z', accepts: (text) => secondsOf(text) !== undefined },
  'IP address': { noun: 'an IP address or range', example: '203.0.113.0/24', accepts: isRange },
  Binary: { noun: 'text in base64', example: 'QUI=', accepts: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) },
};

const typeOf = new Map(
  Object.entries(conditionOperators).flatMap(([type, names]) => names.map((name) => [name as string, type as Type])), // Object.entries loses the type of the keys
);

/** Reports a value that a condition operator cannot compare (KW3090). A text with a placeholder is not checked. */
export function valueFitsOperator(
  operator: string,
  { value, span }: { readonly value: string; readonly span: Span },
): readonly Diagnostic[] {
  const name = operator.replace(/^(ForAllValues|ForAnyValue):/, '').replace(/IfExists$/, '');
  const type = typeOf.get(name);
  const expected = name === 'Null' ? booleans : type && types[type];
  if (expected === undefined || value.includes('${') || expected.accepts(value)) return [];
  return [
    report(conditionValueOfWrongType, span, { operator: name, value, noun: expected.noun, example: expected.example }),
  ];
}
