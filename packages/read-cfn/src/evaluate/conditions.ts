import { expressionKey, literal } from '@keywright/core/ir/expression';
import { expressionOf, type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { mend, type Scope } from './scope.ts';

export function conditionOf(name: string, scope: Scope): boolean | Unknown {
  const { template, conditions } = scope;
  const before = conditions.get(name);
  if (before === 'open') return new Unknown(`the condition ${name} depends on itself`, mend);
  if (before !== undefined) return before;
  if (!Object.hasOwn(template.conditions, name)) return new Unknown(`there is no condition ${name}`, mend);
  conditions.set(name, 'open');
  const decided = decide(template.conditions[name], scope);
  conditions.set(name, decided);
  return decided;
}

/** Decides a condition, given as `true`, `false` or a mapping with one function. */
export function decide(value: unknown, scope: Scope): boolean | Unknown {
  if (typeof value === 'boolean') return value;
  const [name, ...others] = isMapping(value) ? Object.keys(value) : [];
  const wrong = new Unknown('a condition has the wrong form', mend);
  if (!isMapping(value) || name === undefined || others.length > 0) return wrong;
  const argument = value[name];
  if (name === 'Condition') return typeof argument === 'string' ? conditionOf(argument, scope) : wrong;
  if (!Array.isArray(argument) || argument.length === 0) return wrong;
  return scope.deeper(wrong, () => decideFunction(name, argument, scope) ?? wrong);
}

/** Decides a function of a condition. Returns `undefined` if there is no such function, or its arguments have the wrong form. */
function decideFunction(name: string, list: readonly unknown[], scope: Scope): boolean | Unknown | undefined {
  switch (name) {
    case 'Fn::Equals': {
      const [one, other] = [scope.at(list, 0), scope.at(list, 1)];
      return list.length !== 2 || one === undefined || other === undefined ? undefined : compared(one, other);
    }
    case 'Fn::Not': {
      const inner = decide(list[0], scope);
      return inner instanceof Unknown ? inner : !inner;
    }
    case 'Fn::And':
    case 'Fn::Or': {
      const decisive = name === 'Fn::Or';
      const all = list.map((each) => decide(each, scope));
      if (all.includes(decisive)) return decisive;
      return all.find((one) => one instanceof Unknown) ?? !decisive;
    }
    default:
      return undefined;
  }
}

/** Whether two values are equal; unknown if the deployment decides. */
export function compared(one: SourceValue, other: SourceValue): boolean | Unknown {
  if (one instanceof Unknown) return one;
  if (other instanceof Unknown) return other;
  const [first, second] = [expressionOf(one), expressionOf(other)];
  if (first === undefined || second === undefined)
    return JSON.stringify(one) === JSON.stringify(other) ? true : new Unknown('it compares lists', 'compare text');
  if (expressionKey(first) === expressionKey(second)) return true;
  if (first.kind === 'literal' && second.kind === 'literal') return false;
  const empty = expressionKey(literal(''));
  if (expressionKey(first) === empty || expressionKey(second) === empty) return false;
  return new Unknown('it depends on the account or region', 'say where the stack is, with `--account` and `--region`');
}
