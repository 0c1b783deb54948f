import type { Expression } from '@keywright/core/ir/expression';
import type { SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Template } from '../template.ts';

/** The meaning of a template's names to its functions. */
export interface Meanings {
  /** Evaluates `Ref` of a parameter, a pseudo parameter or a resource. */
  readonly ref: (name: string) => SourceValue;
  /** Evaluates `Fn::GetAtt`. */
  readonly attribute: (logicalId: string, attribute: string) => SourceValue;
  /** Evaluates `Fn::ImportValue`. */
  readonly exported: (name: string) => SourceValue;
  /** Turns composed text into the form that the IR uses. */
  readonly settled: (expression: Expression) => Expression;
}

export const noValue = Symbol('AWS::NoValue');
export type Evaluated = SourceValue | typeof noValue;

/** The advice for anything that CloudFormation would refuse. */
export const mend = 'correct it in the template';

/** What functions and conditions evaluate their arguments with. */
export interface Scope {
  readonly template: Template;
  readonly meanings: Meanings;
  /** The conditions decided so far; a condition is `open` while it is being decided. */
  readonly conditions: Map<string, boolean | Unknown | 'open'>;
  /** The value under a key or at an index. */
  readonly evaluateAt: (container: object, key: string | number) => Evaluated;
  /** The same; `undefined` if it is missing or `AWS::NoValue`. */
  readonly at: (container: object, key: string | number) => SourceValue | undefined;
  /** Evaluates one level deeper; returns `tooDeep` instead if that would be deeper than any template. */
  readonly deeper: <Value>(tooDeep: Value, evaluate: () => Value) => Value;
}
