/** A text with words in place of placeholders: `app-values-team` for `app-${values.team}`. */
export function placeholdersAsWords(text: string): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, placeholder: string) => placeholder.replaceAll('.', '-'));
}
