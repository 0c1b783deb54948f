import type { CrossStack, Pseudo } from '@keywright/core/ir/expression';

/** The names that the values of a module take from outside of it. */
export interface PrintScope {
  /** The variable for a parameter. */
  readonly ofParameter: (name: string) => string;
  /** The variable for a value of another stack. */
  readonly ofShared: (part: CrossStack) => string;
  /** Has a place of its own: the account, region or partition where it is deployed. */
  readonly use: (name: Pseudo['name']) => void;
}
