/** A situation in which the command was run once or several times. For each run, it has what was observed and what is due. */
export interface LookupCase {
  /** For example `many/a thousand aliases`. */
  readonly name: string;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly seen: Seen;
  readonly due: Due;
}

export interface Call {
  /** The action as in a policy, such as `kms:DescribeKey`. */
  readonly action: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** The key, alias or role in the call. */
  readonly about: string;
  /** Whether the answer was a failure, so that the call has to be repeated. */
  readonly troubled: boolean;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** The position in the project, such as `keywright.yaml:9:20`. */
  readonly at?: string;
}

/** Everything that can be observed of a run from outside. */
export interface Seen {
  /** An exit code, or the signal that ended the run. */
  readonly ended: number | string;
  readonly problems: readonly Problem[];
  readonly stderr: string;
  /** The context file before and after the run; `undefined` if there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Other files in the project's folder. */
  readonly beside: readonly string[];
  readonly calls: readonly Call[];
  /** The maximum number of simultaneous calls, in one place and in all places. */
  readonly atOnce: { readonly place: number; readonly all: number };
}

/** The behaviour of a run that docs/lookups.md promises. */
export interface Due {
  readonly ended: readonly (number | string)[];
  /** `undefined` if the process may end before it reports any. */
  readonly problems: readonly DueProblem[] | undefined;
  readonly file: DueFile;
  /** Files that a killed process may leave in the folder. */
  readonly beside?: RegExp;
  /**
   * The minimum and maximum number of calls for each action, without calls that were repeated because of failures. `undefined` if calls are
   * not counted.
   */
  readonly calls: Readonly<Record<string, readonly [fewest: number, most: number]>> | undefined;
  /** Calls that must never be made, and why. */
  readonly never?: { readonly what: RegExp; readonly why: string };
}

export interface DueProblem {
  readonly code: string;
  readonly at?: string;
  /** Patterns that the message has to match. */
  readonly names: readonly string[];
}

type DueFile =
  /** The file must be one of these texts, byte for byte; `undefined` means no file. */
  | { readonly kind: 'oneOf'; readonly texts: readonly (string | undefined)[] }
  /** The file must be complete, and each entry must come from the old text or from the new text. */
  | { readonly kind: 'between'; readonly old: string | undefined; readonly new: string };
