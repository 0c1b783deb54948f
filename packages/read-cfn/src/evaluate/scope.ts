import type { Expression } from '@keywright/core/ir/expression';
import type { SourceValue, Unknown } from '@keywright/core/reading/source-value';
import type { Template } from '../template.ts';

/** An output of another stack. An undefined account or region is that of the template. */
export interface WantedOutput {
  readonly stackName: string;
  readonly output: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Looks up the names that the functions of a template refer to. */
export interface Meanings {
  /** Evaluates `Ref` of a parameter, a pseudo parameter or a resource. */
  readonly ref: (name: string) => SourceValue;
  /** Evaluates `Fn::GetAtt`. */
  readonly attribute: (logicalId: string, attribute: string) => SourceValue;
  /** Evaluates `Fn::ImportValue`. */
  readonly exported: (name: string) => SourceValue;
  /** Evaluates `Fn::GetStackOutput`. */
  readonly outputOf: (wanted: WantedOutput) => SourceValue;
  /** Turns composed text into the form that the IR uses. */
  readonly settled: (expression: Expression) => Expression;
}

export const noValue = Symbol('AWS::NoValue');
export type Evaluated = SourceValue | typeof noValue;

/** The advice for everything that CloudFormation would refuse. */
export const mend = 'correct it in the template';

export interface Scope {
  readonly template: Template;
  readonly meanings: Meanings;
  /** The conditions decided so far; a condition is `open` while it is being decided. */
  readonly conditions: Map<string, boolean | Unknown | 'open'>;
  /** The value at a mapping key or list index. */
  readonly evaluateAt: (container: object, key: string | number) => Evaluated;
  /** Like `evaluateAt`, but `undefined` for a missing value and for `AWS::NoValue`. */
  readonly at: (container: object, key: string | number) => SourceValue | undefined;
  /** Evaluates one level deeper, or returns `tooDeep` at a depth that no template has. */
  readonly deeper: <Value>(tooDeep: Value, evaluate: () => Value) => Value;
}
