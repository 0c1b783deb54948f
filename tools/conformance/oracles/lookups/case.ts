/** A situation in which the command was run, once or several times: what each run did, and what it should have done. */
export interface LookupCase {
  /** `many/a thousand aliases`. */
  readonly name: string;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly seen: Seen;
  readonly due: Due;
}

/** A call as the server received it. */
export interface Call {
  /** `kms:DescribeKey`, as in a policy. */
  readonly action: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** The key, the alias or the role it concerns. */
  readonly about: string;
  /** Whether it was answered with a failure, so that it has to be repeated. */
  readonly troubled: boolean;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Its position in the project: `keywright.yaml:9:20`. */
  readonly at?: string;
}

/** Everything that can be observed of a run from outside. */
export interface Seen {
  /** How it ended: an exit code, or the signal that ended it. */
  readonly ended: number | string;
  readonly problems: readonly Problem[];
  readonly stderr: string;
  /** The context file before and after; `undefined` if there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Other files in the project's folder. */
  readonly beside: readonly string[];
  readonly calls: readonly Call[];
  /** The number of simultaneous calls: in one place, and in all. */
  readonly atOnce: { readonly place: number; readonly all: number };
}

/** What docs/lookups.md promises about a run. */
export interface Due {
  readonly ended: readonly (number | string)[];
  /** `undefined` if the process does not live to report any. */
  readonly problems: readonly DueProblem[] | undefined;
  readonly file: DueFile;
  /** What a killed process may leave in the folder. */
  readonly beside?: RegExp;
  /**
   * The minimum and maximum number of calls for each action, without those repeated because of failures. `undefined` if calls are not
   * counted.
   */
  readonly calls: Readonly<Record<string, readonly [fewest: number, most: number]>> | undefined;
  /** Calls that must not be made at all, for a reason. */
  readonly never?: { readonly what: RegExp; readonly why: string };
}

export interface DueProblem {
  readonly code: string;
  readonly at?: string;
  /** Patterns that its message has to match. */
  readonly names: readonly string[];
}

type DueFile =
  /** One of these, byte for byte; `undefined` means no file. */
  | { readonly kind: 'oneOf'; readonly texts: readonly (string | undefined)[] }
  /** Each entry is that of the first or of the second text, in a complete file. */
  | { readonly kind: 'between'; readonly old: string | undefined; readonly new: string };
