import type { Subject } from './subject.ts';

/** An oracle's judgement of one subject. */
export type Verdict =
  | { readonly kind: 'agreed' }
  /** A difference that a rule of `departures.ts` names. */
  | { readonly kind: 'explained'; readonly departures: readonly string[] }
  | { readonly kind: 'disagreed'; readonly details: readonly string[] }
  /** The oracle has nothing to say about this subject (for example CloudFormation about a stack for Terraform only). */
  | { readonly kind: 'outside'; readonly why: string };

/** A mistake planted in a subject on purpose: the oracle has to disagree with the result. */
export interface Fault<Case extends Named = Subject> {
  /** `a wrong action in a key policy`. */
  readonly name: string;
  /** The subject with the mistake; `undefined` if the mistake cannot be made there. */
  plant(subject: Case): Case | undefined;
}

/** The name of every case. */
export interface Named {
  readonly name: string;
}

/** Independent software that judges what Keywright generates. */
export interface Oracle<Case extends Named = Subject> {
  /** The number of generated projects to judge, unless the run asks for another number; 0 for an oracle with cases of its own only. */
  readonly generated: number;
  /** Why it cannot run on this machine; `undefined` if it can. */
  missing(): string | undefined;
  /** Called once before the first subject; `close` is called once after the last. */
  open?(): Promise<void>;
  /**
   * For an oracle that judges something other than the outputs of the common projects: cases of its own. They are those whose names contain
   * `text`, and `generated` random ones, which `seed` determines.
   */
  cases?(seed: number, text: string, generated: number): AsyncIterable<Case>;
  judge(subject: Case): Promise<Verdict>;
  /** Judges many subjects at once, in order, where that is much faster; `judge` is then used for planted faults. */
  judgeAll?(subjects: readonly Case[]): Promise<readonly Verdict[]>;
  /** How many planted faults it can judge at once; absent: one. */
  readonly faultsAtOnce?: number;
  close?(): Promise<void>;
  /** At least one for each kind of mistake that it is meant to find. */
  readonly faults: readonly Fault<Case>[];
}
