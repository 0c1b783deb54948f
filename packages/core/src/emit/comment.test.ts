import { expect, test } from 'vitest';
import { headerComment, sourceComment } from './comment.ts';

const span = { file: 'teams/a\nb\u2028\u{e0001}.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };

test('a comment says the line, and what it came through, on a line of its own', () => {
  expect(sourceComment({ span: { ...span, file: 'keywright.yaml' } })).toBe('keywright.yaml:3');
  expect(sourceComment({ span, through: 'standard a\nb ' })).toBe(
    'teams/a\\nb\\u2028\\u{e0001}.yaml:3, through standard a\\nb',
  );
  expect(headerComment('Keywright 1\n')).toBe('Made by Keywright 1\\n from keywright.yaml; do not edit by hand.');
});
