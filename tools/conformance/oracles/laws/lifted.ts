import type { Subject } from '../../subject.ts';

/** A project, and the YAML into which it is lifted. */
export interface Lifted extends Subject {
  readonly text: string;
  readonly reported: readonly string[];
}
