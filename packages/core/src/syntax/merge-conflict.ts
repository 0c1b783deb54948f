/** Merge conflicts that Git left in a file. Each starts with a line of seven `<` and a label. */

const marker = /^<{7}(?: |\r?$)/m;

/** The offset of the first merge conflict in a text. */
export function conflictIn(text: string): number | undefined {
  return marker.exec(text)?.index;
}
