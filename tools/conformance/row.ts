/** The input and output of a process that judges with one oracle. */

export interface Options {
  /** The number of generated projects, for every oracle that uses them. If absent: the oracle's own number. */
  readonly generated: number | undefined;
  readonly seed: number;
  /** If not empty, only subjects whose names contain this text are judged. */
  readonly subject: string;
}

/** An oracle's row of the table. */
export interface Row {
  readonly oracle: string;
  cases: number;
  agreed: number;
  explained: number;
  disagreed: number;
  /** For example `11 of 12`. */
  faults: string;
  notRun?: string;
  /** The number of subjects that each departure explains. */
  readonly departures: Record<string, number>;
  failed: boolean;
}

export function emptyRow(oracle: string): Row {
  return { oracle, cases: 0, agreed: 0, explained: 0, disagreed: 0, faults: '', departures: {}, failed: false };
}
