import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { KeyContent, KeyModel, StackModel } from '../resolve/model.ts';

/** A KMS requirement on one key or replica among all stacks, as a pure function that reports violations. */
export type KeyRule = (key: KeyModel, stacks: readonly StackModel[]) => readonly Diagnostic[];

/** A KMS requirement on single properties of a key, replica or standard, independent of the rest of the key. */
export type ContentRule = (
  content: KeyContent & Partial<Pick<KeyModel, 'kind' | 'stack' | 'inheritedTags'>>,
) => readonly Diagnostic[];
