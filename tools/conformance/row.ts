/** What the process that judges with one oracle is started with, and what it sends back. */

/** What an oracle is run with. */
export interface Options {
  /** At most so many generated projects. */
  readonly generated: number | undefined;
  readonly seed: number;
  /** Only subjects whose names contain it. */
  readonly subject: string;
}

/** What the table says of an oracle. */
export interface Row {
  readonly oracle: string;
  cases: number;
  agreed: number;
  explained: number;
  disagreed: number;
  /** `11 of 12`. */
  faults: string;
  notRun?: string;
  /** How many subjects each departure explains. */
  readonly departures: Record<string, number>;
  failed: boolean;
}

/** The row of an oracle that has not judged anything yet. */
export function emptyRow(oracle: string): Row {
  return { oracle, cases: 0, agreed: 0, explained: 0, disagreed: 0, faults: '', departures: {}, failed: false };
}
