/**
 * A value in a help. The page of a diagnostic shows the help without the values of parameters (`exemplaryHelp` of packages/cli), and here has
 * words that hold for all values.
 */
export function orInGeneral(value: string, general: string): string {
  return typeof value === 'string' ? value : general;
}
