/** Describes the first line that differs; `undefined` if the texts are equal byte for byte. */
export function firstDifference(ours: string, theirs: string): string | undefined {
  if (ours === theirs) return undefined;
  const [written, formatted] = [ours.split('\n'), theirs.split('\n')];
  const line = written.findIndex((text, index) => text !== formatted[index]);
  const at = line === -1 ? written.length : line; // the formatted text is longer
  const shown = (text: string | undefined) => (text === undefined ? 'nothing' : JSON.stringify(text));
  return `line ${at + 1} is ${shown(written[at])} and would be ${shown(formatted[at])}`;
}
