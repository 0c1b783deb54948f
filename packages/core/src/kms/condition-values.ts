/** Reads the values that conditions compare. Source: IAM User Guide, "IAM JSON policy elements: Condition operators". */

/** Reads a number; `undefined` for any other text. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

const iso = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?$/;

/**
 * Reads a time as seconds since 1970. The text is an ISO 8601 date in the W3C profile, or the number of seconds; four digits alone are a
 * year. `undefined` for any other text.
 */
export function secondsOf(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return Date.UTC(Number(text), 0) / 1000;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const date = compact === null ? text : `${compact.slice(1, 4).join('-')}T${compact.slice(4).join(':')}Z`;
  const milliseconds = iso.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
