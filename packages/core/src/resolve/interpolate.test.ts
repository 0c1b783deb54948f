import { describe, expect, test } from 'vitest';
import { concat, literal } from '../ir/expression.ts';
import { parseSource } from '../syntax/parse.ts';
import { interpolate, interpolatePolicyFile } from './interpolate.ts';
import { placeOf } from './place.ts';

const place = placeOf({ account: '111122223333' });
const span = { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 };
const file = parseSource({ path: 'a', text: '' });

function read(value: string) {
  const { value: expression, diagnostics } = interpolate({ value, span, file }, place);
  return { expression, codes: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

describe('text', () => {
  test.each([
    ['without a placeholder', 'a $ { } $x', literal('a $ { } $x')],
    ['with a placeholder that is known', 'a-${account}', literal('a-111122223333')],
    ['with one that the deployment decides', '${region}', { kind: 'pseudo', name: 'region' }],
    [
      'with several',
      '${account}/${region}/x',
      concat(literal('111122223333/'), { kind: 'pseudo', name: 'region' }, literal('/x')),
    ],
    ['with `$${`, which is `${`', 'a $${account} b', literal('a ${account} b')],
    ['with `$${` that nothing closes', '$${', literal('${')],
    ['with three dollar signs', '$$${account}', literal('$${account}')],
    ['with `$${` right before a placeholder', '$${${account}', literal('${111122223333')],
    ['with a dollar sign after a placeholder', '${account}$${x}', literal('111122223333${x}')],
  ])('%s', (_name, text, expression) => {
    expect(read(text)).toEqual({ expression, codes: [] });
  });

  test.each([
    ['a name that is none of the four', '${acount}', ['KW2006 `${acount}` stands for nothing here']],
    ['no name', '${}', ['KW2006 `${}` stands for nothing here']],
    ['a name with a blank', '${ account }', ['KW2006 `${ account }` stands for nothing here']],
    ['what every object inherits', '${constructor}', ['KW2006 `${constructor}` stands for nothing here']],
    ['a placeholder in a placeholder', '${${account}}', ['KW2006 `${${account}` stands for nothing here']],
    ['nothing that closes it', 'a ${account', ['KW2012 nothing closes the `${` in this text']],
    ['one of them twice, which is said once', '${a}${a}', ['KW2006 `${a}` stands for nothing here']],
  ])('with %s is an error', (_name, text, codes) => {
    expect(read(text).codes).toEqual(codes);
  });

  test('with a great many placeholders or none that is closed takes no time to speak of', () => {
    expect(read('${'.repeat(500_000)).codes).toHaveLength(1);
    expect(read('${account}-'.repeat(200_000)).expression).toMatchObject({ kind: 'literal' });
    expect(read('${region}-'.repeat(200_000)).expression).toMatchObject({ kind: 'concat' });
  });
});

test('a policy file keeps the variables of IAM, closed or not', () => {
  expect(interpolatePolicyFile('${aws:username} ${account} $${account} ${', place)).toEqual(
    literal('${aws:username} 111122223333 ${account} ${'),
  );
});

test('the name and purpose of the environment are known where it has them, and left to IAM in a policy file', () => {
  const production = placeOf({ name: 'eu', account: '111122223333', purpose: 'production' });
  const text = 'alias-${environment}-${purpose}';
  expect(interpolate({ value: text, span, file }, production)).toEqual({
    value: literal('alias-eu-production'),
    diagnostics: [],
  });
  expect(read(text).codes).toEqual([
    'KW2006 `${environment}` stands for nothing here',
    'KW2006 `${purpose}` stands for nothing here',
  ]);
  expect(interpolatePolicyFile(text, production)).toEqual(literal(text));
});

test('the names of the app, the stack and the key are known where they are at hand, and left to IAM in a policy file', () => {
  const here = placeOf({}, { app: 'shop', stack: 'core-eu', key: 'orders' });
  const text = '${app}/${stack}/${key}';
  expect(interpolate({ value: text, span, file }, here)).toEqual({
    value: literal('shop/core-eu/orders'),
    diagnostics: [],
  });
  expect(read(text).codes).toEqual([
    'KW2006 `${app}` stands for nothing here',
    'KW2006 `${stack}` stands for nothing here',
    'KW2006 `${key}` stands for nothing here',
  ]);
  expect(interpolatePolicyFile(text, here)).toEqual(literal(text));
});
