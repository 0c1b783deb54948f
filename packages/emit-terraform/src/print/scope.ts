import type { CrossStack, Pseudo } from '@keywright/core/ir/expression';

/** The names of the variables and data sources with values from outside a module. */
export interface PrintScope {
  readonly ofParameter: (name: string) => string;
  readonly ofShared: (part: CrossStack) => string;
  /** Records that the code uses the account, region or partition of its deployment. */
  readonly use: (name: Pseudo['name']) => void;
}
