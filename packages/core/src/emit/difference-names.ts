/**
 * Turns the path of a value into the words that name and describe its parameter: `['orders', 'policy', 'statement 3',
 * 'Condition', 'StringLike', 'aws:SourceArn']`.
 */

/**
 * The words of the parameter's name: `['orders', 'policy', 'statement 3', 'aws:SourceArn']`. The operator of a condition and the prefix of
 * an encryption context are left out.
 */
export function nameOfDifference(words: readonly string[]): readonly string[] {
  if (isTag(words)) return words.with(1, 'tag');
  return withoutOperator(words).map((word) => word.replace(/^kms:EncryptionContext:/, ''));
}

/** The parameter's description: `aws:SourceArn in statement 3 of policy of orders`, `Tag data of orders`. */
export function describeDifference(words: readonly string[]): string {
  const [subject = '', argument, ...inside] = withoutOperator(words);
  if (argument === undefined) return `Value of ${subject}`;
  if (isTag(words)) return `Tag ${inside.join()} of ${subject}`;
  const [statement = '', ...parts] = inside;
  if (parts.length === 0) return `${[argument, ...inside].join('.')} of ${subject}`;
  return `${parts.join('.')} in ${/^statement \d/.test(statement) ? '' : 'statement '}${statement} of ${argument} of ${subject}`;
}

function withoutOperator(words: readonly string[]): readonly string[] {
  const at = words.indexOf('Condition', 3);
  return at === -1 ? words : words.toSpliced(at, 2);
}

function isTag(words: readonly string[]): boolean {
  return words.length === 3 && words[1]?.toLowerCase() === 'tags';
}
