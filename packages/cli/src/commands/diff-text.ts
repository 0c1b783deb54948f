import { visible } from '@keywright/core/source/visible';
import type { Change } from '@keywright/migrate';
import type { Io } from '../io.ts';
import { colorsFor } from '../report/colors.ts';
import { type ToldLine, tell } from './diff-words.ts';
import { type Side, shownIn } from './open-side.ts';
import type { PrincipalNames } from './principal-names.ts';

const headings: Readonly<Record<Change['rank'], string>> = {
  loss: 'Keys that would be lost',
  access: 'Access',
  property: 'Properties',
};

/** What differs, for people. */
export function text(changes: readonly Change[], sides: Sides, names: PrincipalNames, io: Io): string {
  const colors = colorsFor(io, 'stdout');
  const paint = { '!': colors.red, '-': colors.red, '+': colors.green, '~': colors.yellow };
  const blocks = (Object.keys(headings) as readonly Change['rank'][]).flatMap((rank) => {
    // Object.keys loses the type of the keys
    const own = changes.filter((change) => change.rank === rank);
    if (own.length === 0) return [];
    const lines = own.flatMap((change) => {
      const { sign, sentence, lines } = tell(change, names);
      return [
        `  ${paint[sign](sign)} ${visible(sentence)}`,
        ...lines.map((line) => `      ${colors.dim(lineText(line, sides, io))}`),
      ];
    });
    return [[colors.bold(headings[rank]), ...lines].join('\n')];
  });
  return `${[...blocks, summary(changes)].join('\n\n')}\n`;
}

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

function lineText({ side, text, source }: ToldLine, sides: Sides, io: Io): string {
  const place = source === undefined ? '' : shownIn(sides[side], source, io);
  const label = side === 'before' ? 'before' : 'now   ';
  return visible([label, place, text].filter((part) => part !== '').join('  '));
}

/** `1 key would be lost, 2 gain access, 1 loses access, 3 properties`. */
function summary(changes: readonly Change[]): string {
  if (changes.length === 0) return 'no difference';
  const count = (isOne: (change: Change) => boolean) => changes.filter(isOne).length;
  const parts = [
    counted(
      count(({ rank }) => rank === 'loss'),
      'loss of keys',
      'losses of keys',
    ),
    counted(
      count(({ what }) => what === 'gains'),
      'gain of access',
      'gains of access',
    ),
    counted(
      count(({ what }) => what === 'loses'),
      'loss of access',
      'losses of access',
    ),
    counted(
      count(({ what }) => what === 'otherwise' || what === 'denial'),
      'other change of access',
      'other changes of access',
    ),
    counted(
      count(({ rank }) => rank === 'property'),
      'other difference',
      'other differences',
    ),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
