import { visible } from '@keywright/core/source/visible';
import type { Change } from '@keywright/migrate';
import type { Io } from '../io.ts';
import { colorsFor } from '../report/colors.ts';
import { type ChangeLine, describeChange, headings, ranks, summary } from './diff-words.ts';
import { type Sides, shownLocations } from './open-side.ts';
import type { PrincipalNames } from './principal-names.ts';

export function text(changes: readonly Change[], sides: Sides, names: PrincipalNames, io: Io): string {
  const colors = colorsFor(io, 'stdout');
  const paint = { '!': colors.red, '-': colors.red, '+': colors.green, '~': colors.yellow };
  const blocks = ranks.flatMap((rank) => {
    const ranked = changes.filter((change) => change.rank === rank);
    if (ranked.length === 0) return [];
    const lines = ranked.flatMap((change) => {
      const { sign, sentence, lines } = describeChange(change, names);
      return [
        `  ${paint[sign](sign)} ${visible(sentence)}`,
        ...lines.map((line) => `      ${colors.dim(lineText(line, sides, io))}`),
      ];
    });
    return [[colors.bold(headings[rank]), ...lines].join('\n')];
  });
  return `${[...blocks, summary(changes)].join('\n\n')}\n`;
}

function lineText(line: ChangeLine, sides: Sides, io: Io): string {
  const label = line.side === 'before' ? 'before' : 'now   ';
  return visible(
    [label, shownLocations(sides[line.side], line, io), line.text].filter((part) => part !== '').join('  '),
  );
}
