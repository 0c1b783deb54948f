export interface Finding {
  readonly problems: readonly string[];
  /** Differences that are known and documented. */
  readonly departures: readonly string[];
}

export const nothing: Finding = { problems: [], departures: [] };

export function together(findings: readonly Finding[]): Finding {
  return {
    problems: findings.flatMap(({ problems }) => problems),
    departures: findings.flatMap(({ departures }) => departures),
  };
}
