/**
 * A value in a help. The page of a diagnostic shows the help without the values of parameters (`exemplaryHelp` of packages/cli): there, words
 * that hold for all values take the place of this one.
 */
export function orInGeneral(value: string, general: string): string {
  return typeof value === 'string' ? value : general;
}
