import type { Subject } from './subject.ts';

/** What an oracle says of one subject. */
export type Verdict =
  | { readonly kind: 'agreed' }
  /** A difference that a rule of `departures.ts` names. */
  | { readonly kind: 'explained'; readonly departures: readonly string[] }
  | { readonly kind: 'disagreed'; readonly details: readonly string[] }
  /** The oracle has nothing to say about this one (CloudFormation about a stack for Terraform only). */
  | { readonly kind: 'outside'; readonly why: string };

/** A mistake that is put into a subject on purpose: the oracle has to disagree with what comes of it. */
export interface Fault<Case extends Named = Subject> {
  /** `a wrong action in a key policy`. */
  readonly name: string;
  /** The subject with the mistake; undefined if it has no place for it. */
  plant(subject: Case): Case | undefined;
}

/** What every case is called by. */
export interface Named {
  readonly name: string;
}

/** Something that others wrote, which judges what Keywright makes. */
export interface Oracle<Case extends Named = Subject> {
  /** Which generated projects it is to see: it takes the first so many. */
  readonly generated: number;
  /** Why it cannot run on this machine; undefined if it can. */
  missing(): string | undefined;
  /** Called once before the first subject, and `close` once after the last. */
  open?(): Promise<void>;
  /**
   * Cases of its own instead of subjects, where what it judges is not what is generated from a project, or not from the common
   * ones: those whose names contain `text`, with so many generated ones, the same for the same seed.
   */
  cases?(seed: number, text: string, generated: number): AsyncIterable<Case>;
  judge(subject: Case): Promise<Verdict>;
  /** The same of many at once, in their order, where that is much faster; `judge` is then for planted faults. */
  judgeAll?(subjects: readonly Case[]): Promise<readonly Verdict[]>;
  close?(): Promise<void>;
  /** At least one for each kind of mistake that it is there to find. */
  readonly faults: readonly Fault<Case>[];
}
