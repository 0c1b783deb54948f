import type { Fault } from '../../oracle.ts';

/** Makes a mistake in the text of a file. Returns `undefined` if that is impossible. */
export type Mistake = (text: string) => string | undefined;

/** Plants a mistake in the first file whose path matches and whose text the mistake changes. */
export function fault(name: string, path: RegExp, mistake: Mistake): Fault {
  return {
    name,
    plant(subject) {
      for (const [file, text] of subject.files) {
        const mistaken = path.test(file) ? mistake(text) : undefined;
        if (mistaken !== undefined && mistaken !== text)
          return { ...subject, files: new Map([...subject.files, [file, mistaken]]) };
      }
      return undefined;
    },
  };
}

export function replaced(pattern: RegExp, by: string): Mistake {
  return (text) => (pattern.test(text) ? text.replace(pattern, by) : undefined);
}

/** Removes the first line that starts with `beginning`, everything nested in it, and its closing line. */
export function withoutBlock(beginning: RegExp): Mistake {
  return (text) => {
    const lines = text.split('\n');
    const first = lines.findIndex((line) => beginning.test(line));
    if (first < 0) return undefined;
    const indent = indentOf(lines[first]);
    const end = lines.findIndex((line, index) => index > first && line.trim() !== '' && indentOf(line) <= indent);
    const closes = /^ *[}\])]/.test(lines[end] ?? '');
    return [...lines.slice(0, first), ...lines.slice(closes ? end + 1 : end)].join('\n');
  };
}

function indentOf(line = ''): number {
  return line.length - line.trimStart().length;
}
