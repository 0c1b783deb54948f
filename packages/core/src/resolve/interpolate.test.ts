import { describe, expect, test } from 'vitest';
import { report } from '../diagnostics/diagnostic.ts';
import { badText } from '../diagnostics/language.ts';
import { concat, literal, literalFrom } from '../ir/expression.ts';
import type { Span } from '../source/span.ts';
import { parseSource } from '../syntax/parse.ts';
import { interpolate, interpolatePolicyFile, problemsOf, writtenOut } from './interpolate.ts';
import { type Known, placeOf } from './place.ts';

const place = placeOf({ account: '111122223333' });
const account = literalFrom('account', '111122223333');
const named = placeOf({ name: 'prod', account: '111122223333' });
const span = { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 };
const file = parseSource({ path: 'a', text: '' });

function read(value: string) {
  const { value: expression, diagnostics } = interpolate({ value, span }, place);
  return { expression, codes: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

describe('text', () => {
  test.each([
    ['without a placeholder', 'a $ { } $x', literal('a $ { } $x')],
    ['with a placeholder that is known', 'a-${account}', concat(literal('a-'), account)],
    ['with a placeholder that the deployment decides', '${region}', { kind: 'pseudo', name: 'region' }],
    [
      'with several placeholders',
      '${account}/${region}/x',
      concat(account, literal('/'), { kind: 'pseudo', name: 'region' }, literal('/x')),
    ],
    ['with `$${`, which stands for `${`,', 'a $${account} b', literal('a ${account} b')],
    ['with `$${` that nothing closes', '$${', literal('${')],
    ['with three dollar signs', '$$${account}', literal('$${account}')],
    ['with `$${` right before a placeholder', '$${${account}', concat(literal('${'), account)],
    ['with a dollar sign after a placeholder', '${account}$${x}', concat(account, literal('${x}'))],
  ])('%s is evaluated', (_name, text, expression) => {
    expect(read(text)).toEqual({ expression, codes: [] });
  });

  test.each([
    ['an unknown name', '${acount}', ['KW2006 there is no placeholder `${acount}` here']],
    ['no name', '${}', ['KW2006 there is no placeholder `${}` here']],
    ['a name with a blank', '${ account }', ['KW2006 there is no placeholder `${ account }` here']],
    ['a name that every object inherits', '${constructor}', ['KW2006 there is no placeholder `${constructor}` here']],
    ['a placeholder in a placeholder', '${${account}}', ['KW2006 there is no placeholder `${${account}` here']],
    ['an unclosed placeholder', 'a ${account', ['KW2012 nothing closes the `${` in this text']],
    ['an unknown name twice, which is reported once,', '${a}${a}', ['KW2006 there is no placeholder `${a}` here']],
  ])('with %s is an error', (_name, text, codes) => {
    expect(read(text).codes).toEqual(codes);
  });

  test.each([
    ['an abbreviation', '${ENV}', '${environment}'],
    ['a pseudo parameter', '${AWS::AccountId}', '${account}'],
    ['an attribute of another tool', '${current_region}', '${region}'],
    ['a policy variable', '${aws:PrincipalAccount}', undefined],
  ])('with %s suggests the intended placeholder, if there is one', (_name, text, meant) => {
    const [{ help } = { help: '' }] = interpolate({ value: text, span }, named).diagnostics;
    if (meant === undefined) expect(help).not.toContain('did you mean');
    else expect(help).toContain(`did you mean \`${meant}\`?`);
  });

  test('takes hardly any time with a great many placeholders, closed or not', () => {
    expect(read('${'.repeat(500_000)).codes).toHaveLength(1);
    expect(read('${account}-'.repeat(200_000)).expression).toMatchObject({ kind: 'literal' });
    expect(read('${region}-'.repeat(200_000)).expression).toMatchObject({ kind: 'concat' });
  });
});

test('a policy file keeps IAM’s variables, closed or not', () => {
  expect(interpolatePolicyFile('${aws:username} ${account} $${account} ${', place)).toEqual(
    concat(literal('${aws:username} '), account, literal(' ${account} ${')),
  );
});

test('the name and purpose of an environment are replaced if it has them, and left to IAM in a policy file', () => {
  const production = placeOf({ name: 'eu', account: '111122223333', purpose: 'production' });
  const text = 'alias-${environment}-${purpose}';
  expect(interpolate({ value: text, span }, production)).toEqual({
    value: concat(
      literal('alias-'),
      literalFrom('environment', 'eu'),
      literal('-'),
      literalFrom('purpose', 'production'),
    ),
    diagnostics: [],
  });
  expect(read(text).codes).toEqual([
    'KW2006 there is no placeholder `${environment}` here',
    'KW2006 there is no placeholder `${purpose}` here',
  ]);
  expect(interpolatePolicyFile(text, production)).toEqual(literal(text));
});

test('the names of the app, the stack and the key are replaced if they are known, and left to IAM in a policy file', () => {
  const here = placeOf(
    {},
    { ...known({}), names: { app: literal('shop'), stack: literal('core-eu'), key: literal('orders') } },
  );
  const text = '${app}/${stack}/${key}';
  expect(interpolate({ value: text, span }, here)).toEqual({
    value: literal('shop/core-eu/orders'),
    diagnostics: [],
  });
  expect(read(text).codes).toEqual([
    'KW2006 there is no placeholder `${app}` here',
    'KW2006 there is no placeholder `${stack}` here',
    'KW2006 there is no placeholder `${key}` here',
  ]);
  expect(interpolatePolicyFile(text, here)).toEqual(literal(text));
});

describe('values and accounts', () => {
  const there = placeOf(
    { name: 'eu' },
    known({ siem: 'arn:aws:iam::999988887777:role/Siem', star: '*', long: 'x'.repeat(1000) }),
  );
  const at = (value: string) => interpolate({ value, span }, there);
  const siem = literalFrom('values.siem', 'arn:aws:iam::999988887777:role/Siem');

  test.each([
    ['a value', '${values.siem}!', concat(siem, literal('!'))],
    ['an account', 'arn:aws:iam::${account.audit}:root', literal('arn:aws:iam::222233334444:root')],
    [
      'a value beside what only the deployment knows',
      '${values.star}${account}',
      concat(literalFrom('values.star', '*'), { kind: 'pseudo', name: 'account' }),
    ],
    ['a value behind `$${`, which is text', '$${values.siem}', literal('${values.siem}')],
    [
      'a value between dollar signs and braces',
      '$ ${values.star}{aws:username}',
      concat(literal('$ '), literalFrom('values.star', '*'), literal('{aws:username}')),
    ],
  ])('are replaced: %s', (_name, text, expression) => {
    expect(at(text)).toEqual({ value: expression, diagnostics: [] });
  });

  test.each([
    ['a value that the environment lacks', '${values.sien}', 'KW2030 `${values.sien}` has no value in `eu`'],
    [
      'a name that every object inherits',
      '${values.constructor}',
      'KW2030 `${values.constructor}` has no value in `eu`',
    ],
    ['a value of a value', '${values.siem.siem}', 'KW2030 `${values.siem.siem}` has no value in `eu`'],
    ['an account that nothing declares', '${account.audti}', 'KW2003 there is no account `audti`'],
    ['an account without a name', '${account.}', 'KW2003 there is no account ``'],
  ])('cause an error: %s', (_name, text, problem) => {
    expect(at(text).diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([problem]);
  });

  test('are not replaced in a policy file', () => {
    const text = '${values.siem} ${account.audit}';
    expect(interpolatePolicyFile(text, there)).toEqual(literal(text));
  });

  test('become text, while other placeholders remain', () => {
    expect(writtenOut('${values.star}/${account.audit}/${account}/$${values.star}/${nobody}/${', there).text).toBe(
      '*/222233334444/${account}/$${values.star}/${nobody}/${',
    );
  });

  test('with a great many references end in a diagnostic immediately', () => {
    const text = '${values.long}'.repeat(200_000);
    expect(at(text).diagnostics.map(({ code }) => code)).toEqual(['KW2031']);
    expect(writtenOut(text, there)).toEqual({ text, values: [] });
    expect(at('${values.'.repeat(500_000)).diagnostics.map(({ code }) => code)).toEqual(['KW2012']);
    expect(writtenOut('${values.'.repeat(500_000), there).values).toEqual([]);
  });

  test('are reported where they are defined, unless the text around them is wrong by itself', () => {
    const stars = ({ value, span }: { value: string; span: Span }) =>
      value.includes('*') ? [report(badText, span, { problem: value, found: '', example: undefined })] : [];
    const lines = (text: string) =>
      problemsOf({ value: text, span, file }, there, stars).map(({ message, span, related }) => [
        message,
        span?.line,
        related.length,
      ]);
    expect(lines('a ${values.star}')).toEqual([['a *', 7, 1]]);
    expect(lines('a* ${values.star}')).toEqual([['a* ${values.star}', 1, 0]]);
    expect(lines('a ${values.siem}')).toEqual([]);
  });
});

function known(values: Readonly<Record<string, string>>): Known {
  const place = { ...span, line: 7 };
  const named = Object.entries(values).map(
    ([name, value]) => [name, { name, value, span: place, nameSpan: place, file }] as const,
  );
  return {
    names: {},
    values: { byName: new Map(named), lacking: () => ['eu'], known: new Set(Object.keys(values)) },
    accounts: new Map([['audit', { id: '222233334444' }]]),
  };
}
