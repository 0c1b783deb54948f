import { describe, expect, test } from 'vitest';
import { head, problemsOf, stacksOf } from '../testing/compile-text.ts';

function keyOf(standards: string, key: string, principals = '') {
  const text = `${head}${principals}standards:\n${standards}stacks:\n  main:\n    environment: prod\n    tags: { owner: stack, stage: stack }\n    keys: { k: ${key} }\n`;
  const found = stacksOf(text)
    .get('main')
    ?.resources.find(({ kind }) => kind === 'key');
  if (found?.kind !== 'key') throw new Error('no key');
  return found;
}

const house = `  base: { description: base, rotation: true, removal: destroy, tags: { owner: base, tier: base } }
  pii: { standard: base, description: pii, tags: { tier: pii, class: pii } }
`;

describe('a standard', () => {
  test('sets properties that the key does not set', () => {
    const key = keyOf(house, '{ standard: pii }');
    expect(key).toMatchObject({ description: { text: 'pii' }, rotation: { enabled: true }, removal: 'destroy' });
    expect(key.source.through).toBe('standard pii');
  });

  test('yields to the key, and to a standard that builds on it', () => {
    const key = keyOf(house, '{ standard: pii, rotation: false, removal: retain }');
    expect(key).toMatchObject({ description: { text: 'pii' }, rotation: { enabled: false }, removal: 'retain' });
  });

  test('adds tags to those of the stack, and the value nearest to the key wins', () => {
    const tags = keyOf(house, '{ standard: pii, tags: { class: key } }').tags.map(({ name, value }) => [name, value]);
    expect(tags).toEqual([
      ['class', { kind: 'literal', text: 'key' }],
      ['owner', { kind: 'literal', text: 'base' }],
      ['stage', { kind: 'literal', text: 'stack' }],
      ['tier', { kind: 'literal', text: 'pii' }],
    ]);
  });

  test('puts its lists before those of the key, starting with the most general standard', () => {
    const statement = (sid: string) =>
      `statements: [{ sid: ${sid}, principals: { account: "111122223333" }, actions: "kms:${sid}*" }]`;
    const standards = `  base: { ${statement('List')} }\n  pii: { standard: base, ${statement('Get')} }\n`;
    const key = keyOf(standards, `{ standard: pii, ${statement('Put')} }`);
    expect(key.policy.statements.map(({ sid, source }) => [sid, source.through])).toEqual([
      [undefined, 'the default key policy'],
      ['List', 'standard base'],
      ['Get', 'standard pii'],
      ['Put', undefined],
    ]);
  });
});

describe('a reference to a standard', () => {
  const problems = (standards: string, standard: string) =>
    problemsOf(`${head}standards:\n${standards}stacks:\n  main: { keys: { k: { standard: ${standard} } } }\n`);

  test('is an error if the standard is missing', () => {
    expect(problems('  pii: {}\n', 'pi')).toEqual(['KW2003 10:34 there is no standard `pi`']);
  });

  test.each([
    ['to itself', '  a: { standard: a }\n', 'a', 'the standard `a` builds on itself: a → a'],
    [
      'that is part of a circle',
      '  a: { standard: b }\n  b: { standard: a }\n',
      'a',
      'the standard `a` builds on itself: a → b → a',
    ],
    [
      'that leads into a circle',
      '  a: { standard: b }\n  b: { standard: c }\n  c: { standard: b }\n',
      'a',
      'the standard `b` builds on itself: b → c → b',
    ],
  ])('%s is an error', (_name, standards, standard, message) => {
    expect(problems(standards, standard).map((problem) => problem.replace(/^KW2004 \d+:\d+ /, ''))).toEqual([message]);
  });

  test('may follow a chain of a hundred standards', () => {
    const standards = Array.from(
      { length: 101 },
      (_, index) => `  s${index}: { ${index === 0 ? 'removal: destroy' : `standard: s${index - 1}`} }\n`,
    ).join('');
    expect(keyOf(standards, '{ standard: s99 }').removal).toBe('destroy');
    expect(problems(standards, 's100')).toEqual([
      expect.stringMatching(/^KW0022 .* this is the end of a chain of more than 100 standards$/),
    ]);
  });
});

describe('a locked property', () => {
  const locked = `${head}standards:
  guarded: { rotation: true, removal: retain, locked: [removal, rotation, enabled], in: { prod: { rotation: 180 days } } }
  named: { standard: guarded, description: named }
  loose: { standard: guarded, removal: destroy }
`;
  const stack = (rest: string) => `${locked}stacks:\n  main:\n    environment: prod\n${rest}`;
  const codes = (text: string) =>
    problemsOf(text)
      .filter((problem) => problem.startsWith('KW3311'))
      .map((problem) => problem.replace(/ \d+:\d+ /, ' '));
  const removal = 'KW3311 `removal` is locked by the standard `guarded`';

  test.each([
    ['by the key', 'keys: { k: { standard: guarded, removal: destroy } }', removal],
    ['by a key that uses another standard in between', 'keys: { k: { standard: named, removal: destroy } }', removal],
    ['by a standard that builds on it', 'keys: { k: { standard: loose } }', removal],
    ['under `in` of the key', 'keys: { k: { standard: guarded, in: { prod: { removal: destroy } } } }', removal],
    [
      'under `in` of the stack',
      'keys: { k: { standard: guarded } }\n    in: { prod: { keys: { k: { removal: destroy } } } }',
      removal,
    ],
    [
      'by a key in a key set',
      'keySets: [house]\nkeySets: { house: { k: { standard: guarded, removal: destroy } } }',
      removal,
    ],
    [
      'by a stack for a key of a key set',
      'keySets: [house]\n    keys: { k: { removal: destroy } }\nkeySets: { house: { k: { standard: guarded } } }',
      removal,
    ],
    [
      'even if the standard does not set it',
      'keys: { k: { standard: named, enabled: false } }',
      'KW3311 `enabled` is locked by the standard `guarded`',
    ],
  ])('cannot be set %s', (_name, rest, problem) => {
    expect(codes(stack(`    ${rest}\n`))).toContain(problem);
  });

  test('can differ by environment in its own standard, and other properties can be set', () => {
    const found = codes(stack('    keys: { k: { standard: named, pendingWindow: 7 days } }\n'));
    // `loose` is a standard that nothing uses, and has an error of its own.
    expect(found).toEqual([removal]);
  });
});
