import { contextText } from '../entry.ts';
import { dueFile, entryOf, type Situation } from '../situation.ts';
import type { World } from '../world.ts';
import { ofData } from './wanted.ts';

/** If a file cannot be written completely, it keeps its old content. */
export function fullDisk(world: World): readonly Situation[] {
  const wanted = [ofData('alias/shared')];
  const [one] = wanted.map((one) => entryOf(world, one));
  if (one === undefined) throw new Error('one is wanted');
  const before = Array.from({ length: 400 }, (_, index) => ({ ...one, alias: `alias/other-${index}` }));
  return [
    {
      name: 'missing/room for the context file',
      wanted,
      before,
      runs: [
        {
          // Far less than the size of the file, whatever the shell's block size.
          largestFile: 32,
          due: dueFile(contextText(before), undefined, {
            ended: [1],
            problems: [{ code: 'KW6006', names: ['keywright.context.json'] }],
          }),
        },
        { due: dueFile(contextText([...before, one]), undefined) },
      ],
    },
  ];
}
