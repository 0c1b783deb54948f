/** A situation in which the command was run, once or more: what was seen of each run, and what was due. */
export interface LookupCase {
  /** `many/a thousand aliases`. */
  readonly name: string;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly seen: Seen;
  readonly due: Due;
}

/** A call as it came in at the server. */
export interface Call {
  /** `kms:DescribeKey`, as in a policy. */
  readonly action: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** The key, the alias or the role that it is about. */
  readonly about: string;
  /** Whether it was answered with trouble, so that it has to be made again. */
  readonly troubled: boolean;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Where it stands in the project: `keywright.yaml:9:20`. */
  readonly at?: string;
}

/** All that can be seen of a run from outside. */
export interface Seen {
  /** How it ended: an exit code, or the signal that ended it. */
  readonly ended: number | string;
  readonly problems: readonly Problem[];
  readonly stderr: string;
  /** The context file before and after; undefined if there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What else is in the project's folder. */
  readonly beside: readonly string[];
  readonly calls: readonly Call[];
  /** How many calls were under way at the same time: in one place, and in all. */
  readonly atOnce: { readonly place: number; readonly all: number };
}

/** What docs/lookups.md promises of a run. */
export interface Due {
  readonly ended: readonly (number | string)[];
  /** Undefined where the process does not live to tell any. */
  readonly problems: readonly DueProblem[] | undefined;
  readonly file: DueFile;
  /** What may stay in the folder of a process that was killed. */
  readonly beside?: RegExp;
  /** By action: the fewest and the most calls, without those that trouble made necessary. Undefined where none are counted. */
  readonly calls: Readonly<Record<string, readonly [fewest: number, most: number]>> | undefined;
  /** Calls that may not be made at all, for a reason. */
  readonly never?: { readonly what: RegExp; readonly why: string };
}

export interface DueProblem {
  readonly code: string;
  readonly at?: string;
  /** What its message has to name. */
  readonly names: readonly string[];
}

type DueFile =
  /** One of these, byte for byte; undefined is no file. */
  | { readonly kind: 'oneOf'; readonly texts: readonly (string | undefined)[] }
  /** Each entry the one of the first or of the second, in a file that is whole. */
  | { readonly kind: 'between'; readonly old: string | undefined; readonly new: string };
