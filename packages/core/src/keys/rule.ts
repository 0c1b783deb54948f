import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { KeyModel } from '../resolve/model.ts';

/** What KMS requires of one key or replica. Pure: says what is wrong with it. */
export type KeyRule = (key: KeyModel) => readonly Diagnostic[];
