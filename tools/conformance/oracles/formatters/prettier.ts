import { format } from 'prettier';
import type { Oracle, Verdict } from '../../oracle.ts';
import { firstDifference } from './first-difference.ts';
import { layoutFault } from './layout-fault.ts';

const program = /index\.ts$/;
const manifest = /package\.json$/;
const project = /Pulumi\.yaml$/;

/** Checks that Prettier, with its default options, changes no file of a Pulumi program. */
export const prettier: Oracle = {
  generated: 100,
  missing: () => undefined,

  async judge({ files }): Promise<Verdict> {
    const details: string[] = [];
    let count = 0;
    for (const [path, text] of files) {
      if (!path.startsWith('pulumi/')) continue;
      count += 1;
      const difference = await differenceIn(path, text);
      if (difference !== undefined) details.push(`${path}: ${difference}`);
    }
    if (count === 0) return { kind: 'outside', why: 'no stack is for Pulumi' };
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },

  faults: [
    layoutFault('a blank too many at the start of a line', program, (text) => text.replace(/^ {2}/m, '   ')),
    layoutFault('a blank too many in a line', program, (text) => text.replace(': ', ':  ')),
    layoutFault('a blank at the end of a line', program, (text) => text.replace(';\n', '; \n')),
    layoutFault('a tab', program, (text) => text.replace(/^ {2}/m, '\t')),
    layoutFault('a single quote', program, (text) => text.replace(/"@pulumi\/aws"/, "'@pulumi/aws'")),
    layoutFault('a semicolon that is missing', program, (text) => text.replace(';\n', '\n')),
    layoutFault('a comma that is missing', program, (text) => text.replace(/,\n( *)\}/, '\n$1}')),
    layoutFault('a second empty line', program, (text) => text.replace('\n\n', '\n\n\n')),
    layoutFault('a line that is broken too early', program, (text) => text.replace(' = new ', ' =\n  new ')),
    layoutFault('a quoted name that needs no quotes', program, (text) => text.replace(/^( +)(\w+): /m, '$1"$2": ')),
    layoutFault('line ends of Windows', program, (text) => text.replaceAll('\n', '\r\n')),
    layoutFault('no end of the last line', program, (text) => text.trimEnd()),
    layoutFault('text that is not a program', program, (text) => `${text}(`),
    layoutFault('an indentation of four', manifest, (text) => text.replace('\n  "', '\n    "')),
    layoutFault('an indentation of three', /tsconfig\.json$/, (text) => text.replace('\n  "', '\n   "')),
    layoutFault('a blank before a colon', project, (text) => text.replace(': ', ' : ')),
    layoutFault('a quote that is needless', project, (text) => text.replace(/: (nodejs)$/m, ": '$1'")),
  ],
};

async function differenceIn(path: string, text: string): Promise<string | undefined> {
  try {
    return firstDifference(text, await format(text, { filepath: path }));
  } catch (error) {
    return String(error);
  }
}
