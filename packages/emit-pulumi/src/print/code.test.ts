import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prettier } from '../prettier.test-support.ts';
import { anyKey, anyText } from '../texts.test-support.ts';
import {
  array,
  atom,
  type Code,
  call,
  inlineObject,
  object,
  printAssignment,
  printExpression,
  scalar,
  string,
  template,
} from './code.ts';

const scope = {
  ordersKey: { arn: 'arn:1' },
  aVeryLongNameOfAConstant: 'name',
  f: (...args: unknown[]) => args,
  aws: { kms: { Key: Array } },
};

function evaluate(expression: string): unknown {
  const names = Object.keys(scope);
  return new Function(...names, `"use strict"; return (${expression});`)(...Object.values(scope));
}

const leaf: fc.Arbitrary<Code> = fc.oneof(
  anyText.map(string),
  fc.constantFrom(
    atom('ordersKey.arn'),
    atom('ordersKey'),
    atom('aVeryLongNameOfAConstant'),
    scalar(true),
    scalar(180),
  ),
  fc
    .array(fc.oneof(anyText.map(string), fc.constant(atom('ordersKey.arn'))), { minLength: 1, maxLength: 4 })
    .map(template),
);

test('a property whose value is a constant of the same name is written in short form', () => {
  expect(
    printExpression(
      inlineObject([
        ['purpose', atom('purpose')],
        ['tier', atom('tier2')],
      ]),
    ),
  ).toBe('{ purpose, tier: tier2 }');
});

/** Expressions like those in a program: nested objects and arrays, with calls around them. */
const { code } = fc.letrec<{ code: Code }>((tie) => ({
  code: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('code'), { maxLength: 3 }).map(array).filter(isNotOfNumbers),
    entries(tie('code')).map(object),
    entries(tie('code')).map(inlineObject),
    fc
      .tuple(fc.constantFrom('f', 'new aws.kms.Key'), fc.array(tie('code'), { maxLength: 3 }))
      .map(([callee, args]) => call(callee, ...args)),
  ),
}));

function entries(value: fc.Arbitrary<Code>): fc.Arbitrary<[string, Code][]> {
  return fc.uniqueArray(fc.tuple(anyKey, value), { maxLength: 3, selector: ([key]) => key });
}

function isNotOfNumbers({ items }: ReturnType<typeof array>): boolean {
  return items.length === 0 || items.some((item) => item.kind !== 'scalar' || item.text === 'true');
}

const constant = fc.integer({ min: 1, max: 90 }).map((length) => 'k'.repeat(length));

describe('Prettier does not change', () => {
  test('any declaration', async () => {
    await fc.assert(
      fc.asyncProperty(constant, fc.constantFrom('const', 'export const'), code, async (name, keyword, value) => {
        const declared = `${keyword} ${name}`;
        const program = `${declared} ${printAssignment(declared, value)};\n`;
        expect(await prettier(program)).toBe(program);
      }),
      { numRuns: 1000 },
    );
  });

  test('any call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(code, { maxLength: 3 }), async (args) => {
        const program = `${printExpression(call('new aws.kms.Key', ...args))};\n`;
        expect(await prettier(program)).toBe(program);
      }),
      { numRuns: 1000 },
    );
  });
});

test('any printed expression is parsed back as the same expression', () => {
  fc.assert(
    fc.property(code, (value) => {
      expect(evaluate(printAssignment('const a', value).slice(1))).toEqual(meaningOf(value));
    }),
    { numRuns: 500 },
  );
});

function meaningOf(code: Code): unknown {
  switch (code.kind) {
    case 'string':
      return code.text;
    case 'scalar':
    case 'atom':
      return evaluate(code.text);
    case 'template':
      return code.parts.map(meaningOf).join('');
    case 'array':
      return code.items.map(meaningOf);
    case 'object':
      return Object.fromEntries(code.entries.map(([key, value]) => [key, meaningOf(value)]));
    case 'call':
      return callValue(code.callee, code.arguments.map(meaningOf));
  }
}

function callValue(callee: string, args: readonly unknown[]): unknown {
  return callee === 'f' ? args : Reflect.construct(Array, args);
}
