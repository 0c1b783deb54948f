/** A situation in which the command was run once or several times, with what each run did and what it should have done. */
export interface LookupCase {
  /** `many/a thousand aliases`. */
  readonly name: string;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly seen: Seen;
  readonly due: Due;
}

export interface Call {
  /** `kms:DescribeKey`, as in a policy. */
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
  /** The position in the project: `keywright.yaml:9:20`. */
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
  /** The greatest number of simultaneous calls, in one place and in all places. */
  readonly atOnce: { readonly place: number; readonly all: number };
}

/** What docs/lookups.md promises about a run. */
export interface Due {
  readonly ended: readonly (number | string)[];
  /** `undefined` if the process does not live long enough to report any. */
  readonly problems: readonly DueProblem[] | undefined;
  readonly file: DueFile;
  /** Files that a killed process may leave in the folder. */
  readonly beside?: RegExp;
  /**
   * The least and the greatest number of calls for each action, without calls that were repeated because of failures. `undefined` if calls
   * are not counted.
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
  /** One of these texts, byte for byte; `undefined` means no file. */
  | { readonly kind: 'oneOf'; readonly texts: readonly (string | undefined)[] }
  /** A complete file in which each entry comes from the old text or from the new text. */
  | { readonly kind: 'between'; readonly old: string | undefined; readonly new: string };
