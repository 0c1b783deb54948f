import type { Subject } from './subject.ts';

export type Verdict =
  | { readonly kind: 'agreed' }
  /** There is a difference, and a rule of `departures.ts` names it. */
  | { readonly kind: 'explained'; readonly departures: readonly string[] }
  | { readonly kind: 'disagreed'; readonly details: readonly string[] }
  /** The oracle cannot judge this subject. For example, CloudFormation cannot judge a stack that is only for Terraform. */
  | { readonly kind: 'outside'; readonly why: string };

/** A mistake that is planted in a subject on purpose. The oracle has to disagree with the result. */
export interface Fault<Case extends Named = Subject> {
  /** For example `a wrong action in a key policy`. */
  readonly name: string;
  /** Returns the subject with the mistake; `undefined` if the mistake cannot be made in this subject. */
  plant(subject: Case): Case | undefined;
}

export interface Named {
  readonly name: string;
}

/** Independent software that judges what Keywright generates. */
export interface Oracle<Case extends Named = Subject> {
  /** The number of generated projects, unless a run asks for another number. 0 for an oracle that judges only its own cases. */
  readonly generated: number;
  /** Says why the oracle cannot run on this machine; `undefined` if it can. */
  missing(): string | undefined;
  /** Called once before the first subject. `close` is called once after the last subject. */
  open?(): Promise<void>;
  /**
   * Returns the oracle's own cases, if it judges something other than the outputs of the common projects: the cases whose names contain
   * `text`, and `generated` random cases, which `seed` determines.
   */
  cases?(seed: number, text: string, generated: number): AsyncIterable<Case>;
  judge(subject: Case): Promise<Verdict>;
  /**
   * Judges many subjects at once, in order. Only for oracles that are much faster this way. Planted faults are still judged with `judge`.
   */
  judgeAll?(subjects: readonly Case[]): Promise<readonly Verdict[]>;
  /** The number of planted faults that can be judged at once; 1 if absent. */
  readonly faultsAtOnce?: number;
  close?(): Promise<void>;
  /** The faults to plant, at least one for each kind of mistake that the oracle has to find. */
  readonly faults: readonly Fault<Case>[];
}
