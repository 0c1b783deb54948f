import type { Subject } from '../../subject.ts';

/** A project, and the YAML that was lifted from it. */
export interface Lifted extends Subject {
  readonly text: string;
  readonly reported: readonly string[];
}
