import type { Variable } from '../module-scope.ts';
import { quote } from '../print/text.ts';

/** What `variables.tf.hbs` sees of a variable. */
export function variableView({ name, type, description, range }: Variable) {
  return {
    name: quote(name),
    type,
    description: quote(description),
    validation: range && {
      condition: `var.${name} >= ${range.least} && var.${name} <= ${range.most}`,
      message: quote(range.problem),
    },
  };
}
