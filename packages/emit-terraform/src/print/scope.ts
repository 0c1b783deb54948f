import type { CrossStack, Pseudo } from '@keywright/core/ir/expression';

/** The names through which a module's values come from outside. */
export interface PrintScope {
  /** The variable for a parameter. */
  readonly ofParameter: (name: string) => string;
  /** The variable for a value of another stack. */
  readonly ofShared: (part: CrossStack) => string;
  /** Notes that the code uses the account, region or partition of the place of its deployment. */
  readonly use: (name: Pseudo['name']) => void;
}
