import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fakeIo } from '../testing/fake-io.ts';
import type { Report } from './contents.ts';
import { printReport } from './report.ts';

function at(line: number, column: number, length: number, file = 'keywright.yaml'): Span {
  return { file, line, column, endLine: line, endColumn: column + length };
}

function problem(more: Partial<Diagnostic>): Diagnostic {
  return { code: 'KW3001', severity: 'error', message: 'it is wrong', related: [], help: '', ...more };
}

async function print(text: string, diagnostics: readonly Diagnostic[], more: Partial<Report> = {}, io = fakeIo()) {
  const sources = new Map([['keywright.yaml', { path: 'keywright.yaml', text }]]);
  await printReport('text', { diagnostics, sources, root: '/work', ...more }, io);
  return io.out();
}

async function marked(line: string, column: number, length: number): Promise<readonly [string, string]> {
  const lines = (await print(line, [problem({ span: at(1, column, length) })])).split('\n');
  return [lines[3]?.slice(4) ?? '', lines[4]?.slice(4) ?? ''];
}

describe('the text report', () => {
  it('shows the line, the related line and the help', async () => {
    const text = 'app: x\nkeys:\n  a:\n    aliases: [orders]\n  b:\n    aliases: [orders]\n';
    const other = { message: 'the other alias is here', span: at(4, 15, 6) };
    expect(
      await print(text, [
        problem({ message: 'taken twice', span: at(6, 15, 6), related: [other], help: 'rename one' }),
        problem({ code: 'KW5001', severity: 'warning', message: 'no place is to blame', help: 'wait' }),
      ]),
    ).toBe(`error[KW3001]: taken twice
 --> keywright.yaml:6:15
  |
6 |     aliases: [orders]
  |               ^^^^^^
note: the other alias is here
 --> keywright.yaml:4:15
  |
4 |     aliases: [orders]
  |               ^^^^^^
help: rename one

warning[KW5001]: no place is to blame
help: wait

1 error, 1 warning
`);
  });

  it('shows paths from the working directory, and widens the gutter for large line numbers', async () => {
    const out = await print(`${'\n'.repeat(99)}x`, [problem({ span: at(100, 1, 1) })], { root: '/work/examples/a' });
    expect(out).toContain('   --> examples/a/keywright.yaml:100:1\n    |\n100 | x\n    | ^\n');
  });

  it('says that there are no problems', async () => {
    expect(await print('', [])).toBe('no problems\n');
  });

  it('shows no line of a file that was not read', async () => {
    expect(await print('', [problem({ span: at(3, 1, 1, 'out/cfn/a') })])).toBe(
      'error[KW3001]: it is wrong\n --> out/cfn/a:3:1\n\n1 error\n',
    );
  });

  it('lists and counts the written files', async () => {
    const files = [
      { path: 'out/a', action: 'create' },
      { path: 'out/b', action: 'update' },
      { path: 'out/c', action: 'delete' },
      { path: 'out/d', action: 'keep' },
    ] as const;
    expect(await print('', [], { files })).toBe(
      '+ out/a\n~ out/b\n- out/c\n1 created, 1 updated, 1 deleted, 1 unchanged; no problems\n',
    );
  });

  describe('of many files', () => {
    const written = (count: number, folder: string, action: 'create' | 'update') =>
      Array.from({ length: count }, (_, index) => ({ path: `${folder}/${index + 10}`, action, folder }));

    it('counts files with the same outcome if there are many, and lists them if there are few', async () => {
      const files = [
        ...written(2, 'out/cfn', 'create'),
        ...written(21, 'out/pulumi', 'create'),
        ...written(1, 'out/terraform', 'update'),
        ...written(600, 'out/terraform', 'create'),
      ];
      expect(await print('', [], { files })).toBe(
        [
          '+ out/cfn/10',
          '+ out/cfn/11',
          '+ 21 files in out/pulumi',
          '+ 600 files in out/terraform',
          '~ out/terraform/10',
          '623 created, 1 updated; no problems',
          '',
        ].join('\n'),
      );
    });

    it('lists up to twenty files of a target', async () => {
      const out = await print('', [], { files: written(20, 'out/cfn', 'update') });
      expect(out.match(/^~ out\/cfn\/\d+$/gm)).toHaveLength(20);
    });
  });
});

describe('the caret', () => {
  it.each([
    ['a character after ASCII', 'a: [b]', 5, 1, 'a: [b]', '    ^'],
    ['a character after a leading tab', '\ta: b', 5, 1, '    a: b', '       ^'],
    ['a character after a tab within the line', 'a:\tb', 4, 1, 'a:  b', '    ^'],
    ['a character after wide characters', 'キー: b', 5, 1, 'キー: b', '      ^'],
    ['wide characters themselves', 'a: キー', 4, 2, 'a: キー', '   ^^^^'],
    [
      'a character after an emoji of several code points',
      'a: 👩‍👩‍👧 b',
      'a: 👩‍👩‍👧 b'.length,
      1,
      'a: 👩‍👩‍👧 b',
      '      ^',
    ],
    ['a character after a combining mark', 'e\u0301: b', 5, 1, 'e\u0301: b', '   ^'],
    ['an empty span', 'a:', 3, 0, 'a:', '  ^'],
    ['a character before a carriage return', 'a: b\r\n', 4, 1, 'a: b', '   ^'],
    ['a character after an escape sequence', 'a: "\u001b[2J" b', 12, 1, 'a: "\\u{1b}[2J" b', '                ^'],
    ['a character after a mark that changes the direction', 'a: \u202eb', 5, 1, 'a: \\u{202e}b', '           ^'],
    ['a character after a lone surrogate', 'a: \ud800b', 5, 1, 'a: \\u{d800}b', '           ^'],
  ])('is in the right column for %s', async (_name, line, column, length, shown, carets) => {
    expect(await marked(line, column, length)).toEqual([shown, carets]);
  });

  it('marks the rest of the first line of a longer span', async () => {
    const span = { file: 'keywright.yaml', line: 1, column: 4, endLine: 2, endColumn: 3 };
    expect(await print('a: [b,\n  c]', [problem({ span })])).toContain('1 | a: [b,\n  |    ^^^\n');
  });

  it('is shown with the part of a long line around it', async () => {
    for (const offset of [0, 10, 5000, 29_999]) {
      const line = `${'ab'.repeat(offset / 2)}X${'キ'.repeat(30_000 - offset)}`;
      const [shown, carets] = await marked(line, line.indexOf('X') + 1, 1);
      expect(stringWidth(shown)).toBeLessThanOrEqual(123);
      expect(carets).toBe(`${' '.repeat(stringWidth(shown.slice(0, shown.indexOf('X'))))}^`);
    }
  });
});

describe('output', () => {
  const terminal = { isTerminal: { stdout: true, stderr: true } };
  const colored = async (io: ReturnType<typeof fakeIo>) =>
    (await print('a', [problem({ span: at(1, 1, 1) })], {}, io)).includes('\u001b[');

  it.each([
    ['is coloured on a terminal', terminal, true],
    ['is not coloured on a terminal with NO_COLOR', { ...terminal, env: { NO_COLOR: '1' } }, false],
    ['is coloured on a terminal with an empty NO_COLOR', { ...terminal, env: { NO_COLOR: '' } }, true],
    ['is not coloured on a terminal without colours', { ...terminal, env: { TERM: 'dumb' } }, false],
    ['is not coloured without a terminal', {}, false],
    ['is not coloured on CI without a terminal', { env: { CI: 'true' } }, false],
    ['is coloured without a terminal with FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
  ])('%s', async (_name, io, expected) => {
    expect(await colored(fakeIo(io))).toBe(expected);
  });

  it('has no control character from a message, a path or a diff', async () => {
    const evil = '\u001b]0;gone\u0007\u202e\r\u009b2J\u{e0041}';
    const out = await print(
      evil,
      [
        problem({
          message: evil,
          help: evil,
          span: at(1, 1, 1, `${evil}.yaml`),
          related: [{ message: evil, span: at(1, 1, 4) }],
        }),
      ],
      {
        files: [
          { path: evil, action: 'create' },
          { path: 'x', action: 'update', diff: `+${evil}\n` },
        ],
      },
    );
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
