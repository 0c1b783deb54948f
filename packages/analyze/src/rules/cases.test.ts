/**
 * Runs every folder of `packages/analyze/cases`, which has one for each rule. In the project `fails` the rule finds something, and
 * `expected.txt` lists all findings. In `passes` no rule finds anything. `UPDATE=1` rewrites the expectations; review the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { FileReading } from '@keywright/core/project/host';
import { describe, expect, test } from 'vitest';
import { checkProgram } from '../check-program.ts';
import { rules } from './rules.ts';

const folder = join(import.meta.dirname, '../../cases');
const cases = readdirSync(folder).sort();

test('every rule has a case that is named after its file', () => {
  const files = readdirSync(import.meta.dirname).map((file) => basename(file, '.ts'));
  expect(cases.filter((name) => !files.includes(name))).toEqual([]);
  expect(cases).toHaveLength(rules.length);
});

describe.each(cases)('%s', (name) => {
  test('has the expected findings in `fails`', () => {
    const found = findingsIn(join(folder, name, 'fails'));
    const expected = join(folder, name, 'fails/expected.txt');
    if (process.env.UPDATE === '1') writeFileSync(expected, found.map(shown).join('\n'));
    expect(found.map(shown).join('\n')).toBe(readFileSync(expected, 'utf8'));
    expect(found.map(({ code }) => code)).toContain(codeOf(name));
  });

  test('has no findings of any rule in `passes`', () => {
    expect(findingsIn(join(folder, name, 'passes')).map(shown)).toEqual([]);
  });
});

function codeOf(name: string): string | undefined {
  return /code: '(KW7\d{3})'/.exec(readFileSync(join(import.meta.dirname, `${name}.ts`), 'utf8'))?.[1];
}

function findingsIn(project: string): readonly Diagnostic[] {
  const readFile = (path: string): FileReading => {
    try {
      return { kind: 'text', text: readFileSync(join(project, path), 'utf8') };
    } catch {
      return { kind: 'missing' };
    }
  };
  const { program, review, diagnostics } = compileProject({ readFile, glob: () => [] }, { targets: [] });
  expect(diagnostics.filter(({ severity }) => severity !== 'note').map(shown)).toEqual([]);
  return program === undefined ? [] : checkProgram(program, review);
}

function shown({ severity, code, span, message, help, related }: Diagnostic): string {
  const location = span === undefined ? '' : `${span.file}:${span.line}:${span.column} `;
  const others = related.map(
    (other) => `  ${other.span.file}:${other.span.line}:${other.span.column} ${other.message}\n`,
  );
  return `${location}${severity} ${code}: ${message}\n${others.join('')}  ${help}\n`;
}
