import type { Diagnostic, DiagnosticDefinition } from '@keywright/core/diagnostics/diagnostic';
import type { Environment, Key, Program, ReplicaKey } from '@keywright/core/ir/program';
import type { Review } from '@keywright/core/review/review';
import type { Picture, PictureKey, PolicyStatement } from '../picture.ts';

/** A key that the program creates, seen from all sides. */
export interface OwnKey {
  readonly key: PictureKey;
  readonly resource: Key | ReplicaKey;
  /** Where it lives: for a replica, the environment of the replica. */
  readonly environment: Environment;
}

/** The program as rules see it. */
export interface Subject {
  readonly program: Program;
  readonly picture: Picture;
  readonly review: Review;
}

/** A statement of a key policy, or of an identity policy together with a key that it is about. */
export interface StatementOnKey {
  readonly statement: PolicyStatement;
  /** Absent of a statement about keys that are known by an alias or a pattern only. */
  readonly key: PictureKey | undefined;
}

/**
 * What the program ought to be like, as a pure function that says where it is not. What a rule finds about a key can be
 * suppressed there. A file for each, listed in `rules.ts`.
 */
export type Rule = KeyRule | StatementRule | ProgramRule;

interface RuleBase {
  readonly definition: DiagnosticDefinition<never>;
}

/** Looks at each key that the program creates. */
export interface KeyRule extends RuleBase {
  readonly about: 'key';
  /** Of a key that a stack has in several environments, said only if it is so in all: what is of use in one has to stand. */
  readonly everywhere?: true;
  check(key: OwnKey, subject: Subject): readonly Diagnostic[];
}

/** Looks at each statement. */
export interface StatementRule extends RuleBase {
  readonly about: 'statement';
  check(on: StatementOnKey, subject: Subject): readonly Diagnostic[];
}

/** Looks at what belongs to no key. */
export interface ProgramRule extends RuleBase {
  readonly about: 'program';
  check(subject: Subject): readonly Diagnostic[];
}
