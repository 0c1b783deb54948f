import { policyTree } from '../emit/policy-tree.ts';
import { type Computed, printerOf } from '../emit/rows.ts';
import { concatAll, type Expression } from '../ir/expression.ts';
import type { PolicyDocument } from '../ir/policy.ts';

/** The JSON of a policy, to compare with what a target's tool reads. `textOf` prints expressions; `text` prints any other text. */
export function policyJson(
  document: PolicyDocument,
  textOf: (expression: Expression) => string,
  text: (text: string) => string = (same) => same,
): unknown {
  const json = printerOf<unknown>({
    text,
    scalar: (value) => value,
    code: text,
    expression: (computed) => textOf(expressionOf(computed)),
    list: (items) => items,
    object: (entries) => Object.fromEntries(entries.map(([key, value]) => [text(key), value])),
    statement: (object) => object,
    policy: (object) => object,
  });
  return json(policyTree(document));
}

function expressionOf(computed: Computed): Expression {
  const parts = computed.kind === 'concat' ? computed.parts : [computed];
  return concatAll(
    parts.map((part) => {
      if (part.kind === 'parameter') throw new Error(`a policy of one stack has the parameter ${part.name}`);
      return part;
    }),
  );
}
