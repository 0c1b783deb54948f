/** Texts that a target computes: their fixed parts, and the parts that come from the deployment. */
import { concatAll, type Expression } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { type Token, tokensOf } from './origin-tokens.ts';
import type { Computed, ComputedPart, RowValue } from './rows.ts';

export function textOf(token: Token | undefined): string {
  return typeof token === 'object' ? token.text : (token ?? '');
}

/**
 * Splits a text into its non-literal parts (`fixed`) and the texts before, between and after these parts (`between`). Some texts may be
 * empty.
 */
export function segmentsOf(
  computed: Computed,
  environment: Environment,
): {
  readonly fixed: readonly ComputedPart[];
  readonly between: readonly (readonly Token[])[];
} {
  const fixed: ComputedPart[] = [];
  const between: Token[][] = [[]];
  for (const part of computed.kind === 'concat' ? computed.parts : [computed]) {
    if (part.kind === 'literal') between.at(-1)?.push(...tokensOf(part, environment));
    else {
      fixed.push(part);
      between.push([]);
    }
  }
  return { fixed, between };
}

export function joined(parts: readonly ComputedPart[]): RowValue {
  const expressions: Expression[] = [];
  for (const part of parts) {
    if (part.kind === 'parameter') return joinedWithParameters(parts);
    expressions.push(part);
  }
  const whole = concatAll(expressions);
  return whole.kind === 'literal' ? whole.text : whole;
}

/** `concatAll` for parts that may be parameters. */
function joinedWithParameters(parts: readonly ComputedPart[]): RowValue {
  const flat: ComputedPart[] = [];
  for (const part of parts) {
    const last = flat.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      flat[flat.length - 1] = { kind: 'literal', text: last.text + part.text };
    else if (part.kind !== 'literal' || part.text !== '') flat.push(part);
  }
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind: 'concat', parts: flat };
}
