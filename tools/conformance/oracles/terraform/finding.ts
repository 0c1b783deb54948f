/** What a check has found. */
export interface Finding {
  /** What is wrong. */
  readonly problems: readonly string[];
  /** What is not as it might be, and is known to be so. */
  readonly departures: readonly string[];
}

export const nothing: Finding = { problems: [], departures: [] };

export function together(findings: readonly Finding[]): Finding {
  return {
    problems: findings.flatMap(({ problems }) => problems),
    departures: findings.flatMap(({ departures }) => departures),
  };
}
