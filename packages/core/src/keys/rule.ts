import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { KeyContent, KeyModel, StackModel } from '../resolve/model.ts';

/** A KMS requirement on a key or replica: a pure function of the key and all stacks, which reports violations. */
export type KeyRule = (key: KeyModel, stacks: readonly StackModel[]) => readonly Diagnostic[];

/** A KMS requirement on single properties of a key, replica or standard, independent of the rest of the key. */
export type ContentRule = (
  content: KeyContent & Partial<Pick<KeyModel, 'kind' | 'stack' | 'inheritedTags'>>,
) => readonly Diagnostic[];
