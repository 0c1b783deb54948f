import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { KeyContent, KeyModel, StackModel } from '../resolve/model.ts';

/** A KMS requirement on one key or replica, as a pure function that reports violations. It also sees all stacks. */
export type KeyRule = (key: KeyModel, stacks: readonly StackModel[]) => readonly Diagnostic[];

/** A KMS requirement on single properties of a key, replica or standard, independent of the rest of the key. */
export type ContentRule = (
  content: KeyContent & Partial<Pick<KeyModel, 'kind' | 'stack' | 'inheritedTags'>>,
) => readonly Diagnostic[];
