import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { KeyContent, KeyModel } from '../resolve/model.ts';

/** What KMS requires of one key or replica. Pure: says what is wrong with it. */
export type KeyRule = (key: KeyModel) => readonly Diagnostic[];

/** What KMS requires of what a key, replica or standard says, whatever else the key is. */
export type ContentRule = (
  content: KeyContent & Partial<Pick<KeyModel, 'kind' | 'stack' | 'inheritedTags'>>,
) => readonly Diagnostic[];
