import type { Diagnostic, DiagnosticDefinition } from '@keywright/core/diagnostics/diagnostic';
import type { Environment, Key, Program, ReplicaKey } from '@keywright/core/ir/program';
import type { Review } from '@keywright/core/review/review';
import type { Picture, PictureKey, PicturePrincipal, PolicyStatement, TrustStatement } from '../picture.ts';

/** A key that the program creates, with everything that rules need to know about the key. */
export interface CreatedKey {
  readonly key: PictureKey;
  readonly resource: Key | ReplicaKey;
  /** The environment of the key or replica itself. */
  readonly environment: Environment;
}

/** The program as rules see it. */
export interface Subject {
  readonly program: Program;
  readonly picture: Picture;
  readonly review: Review;
}

/** A statement of a key policy, or of an identity policy together with one of its keys. */
export interface StatementOnKey {
  readonly statement: PolicyStatement;
  /** Absent for a statement that names its keys by alias or pattern only. */
  readonly key: PictureKey | undefined;
}

/** A statement of the trust policy of a role that the program creates. */
export interface TrustOfRole {
  readonly role: PicturePrincipal;
  readonly statement: TrustStatement;
}

/**
 * A requirement on programs, as a pure function that reports violations. Findings about a key can be suppressed on that key. Each rule has
 * a file of its own and is listed in `rules.ts`.
 */
export type Rule = KeyRule | StatementRule | TrustRule | ProgramRule;

interface RuleBase {
  readonly definition: DiagnosticDefinition<never>;
}

/** Checks each key that the program creates. */
export interface KeyRule extends RuleBase {
  readonly about: 'key';
  /**
   * For a key deployed to several environments, report only findings that hold in each: a statement that one environment needs has to stay.
   */
  readonly everywhere?: true;
  check(key: CreatedKey, subject: Subject): readonly Diagnostic[];
}

export interface StatementRule extends RuleBase {
  readonly about: 'statement';
  check(on: StatementOnKey, subject: Subject): readonly Diagnostic[];
}

export interface TrustRule extends RuleBase {
  readonly about: 'trust';
  check(on: TrustOfRole, subject: Subject): readonly Diagnostic[];
}

/** Checks parts of a program that belong to no key. */
export interface ProgramRule extends RuleBase {
  readonly about: 'program';
  check(subject: Subject): readonly Diagnostic[];
}
