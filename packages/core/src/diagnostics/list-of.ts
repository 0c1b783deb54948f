/**
 * Distinct texts as a list in a sentence: `a, b and c`. Of more than five texts, the list has the first five and the number of the others.
 */
export function inWords(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  if (distinct.length > 5) return `${distinct.slice(0, 5).join(', ')} and ${distinct.length - 5} more`;
  return distinct.length < 2 ? distinct.join('') : `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)}`;
}

/** Distinct names, each in backticks, as a list in a sentence. */
export function listOf(names: readonly string[]): string {
  return inWords(names.map(inBackticks));
}

/** All names, each in backticks, separated by commas. */
export function inCode(names: readonly string[]): string {
  return names.map(inBackticks).join(', ');
}

function inBackticks(name: string): string {
  return `\`${name}\``;
}
