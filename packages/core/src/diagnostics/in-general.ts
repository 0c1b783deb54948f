/**
 * Returns `value`, for use in a help; or `general` on the page of a diagnostic, which shows the help without the values of parameters
 * (`exemplaryHelp` of packages/cli). `general` has to hold for all values.
 */
export function orInGeneral(value: string, general: string): string {
  return typeof value === 'string' ? value : general;
}
