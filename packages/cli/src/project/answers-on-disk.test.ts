import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answersOnDisk } from './answers-on-disk.ts';

test('an incomplete line of a killed process is removed before more is added', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-answers-'));
  const place = { account: '111122223333', region: 'eu-west-1' };
  const answers = answersOnDisk(cwd, 'answers');
  expect(answers.kept(place)).toBe('');
  expect(answers.sources([place])).toEqual([]);
  answers.keep(place, '{"a":1}\n');
  const file = join(cwd, 'answers/111122223333-eu-west-1.jsonl');
  appendFileSync(file, '{"b":');
  expect(answers.kept(place)).toBe('{"a":1}\n');
  answers.keep(place, '{"c":"ü"}\n');
  expect(readFileSync(file, 'utf8')).toBe('{"a":1}\n{"c":"ü"}\n');
  expect(answers.sources([place])).toEqual([
    { path: 'answers/111122223333-eu-west-1.jsonl', text: '{"a":1}\n{"c":"ü"}\n' },
  ]);
  expect(answers.sourceOf('answers/111122223333-eu-west-1.jsonl')?.text).toBe('{"a":1}\n{"c":"ü"}\n');
  expect(answers.sourceOf('../other.jsonl')).toBeUndefined();
  rmSync(cwd, { recursive: true, force: true });
});
