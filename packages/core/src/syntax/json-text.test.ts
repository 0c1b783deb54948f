import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonText, JsonProblem, type JsonText, type Range } from './json-text.ts';

/** A value assembled from the text, member by member. */
function valueAt(json: JsonText, range: Range): unknown {
  switch (json.kindOf(range)) {
    case 'scalar':
      return json.value(range);
    case 'array':
      return [...json.elements(range)].map((element) => valueAt(json, element));
    case 'object':
      return Object.fromEntries([...json.members(range)].map(({ key, value }) => [key, valueAt(json, value)]));
  }
}

const read = (text: string) => createJsonText({ path: 'a.json', text });

test('any JSON is parsed as JSON.parse does, member by member', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify({ value }, undefined, indent);
      const json = read(text);
      const { value: expected } = JSON.parse(text);
      const range = json.root().members.get('value');
      if (range === undefined) throw new Error('there is no value');
      expect(valueAt(json, range)).toEqual(expected);
      expect(json.value(range)).toEqual(expected);
    }),
  );
});

test('a value has its position', () => {
  const json = read('{\n  "a": [1, { "b": "x\\"]" }]\n}');
  const list = json.root().members.get('a');
  const [, second] = list === undefined ? [] : json.elements(list);
  const found = json.member(second, 'b');
  if (found === undefined) throw new Error('there is no b');
  expect(json.span(found)).toEqual({ file: 'a.json', line: 2, column: 19, endLine: 2, endColumn: 25 });
  expect(json.member(second, 'c')).toBeUndefined();
  expect(json.member(found, 'c')).toBeUndefined();
});

test('a value is found by a path of keys', () => {
  const json = read('{ "a": { "b": { "c": null }, "d": 1 } }');
  const a = json.root().members.get('a');
  expect(json.value(a, 'b', 'c')).toBeNull();
  expect(json.value(a)).toEqual({ b: { c: null }, d: 1 });
  expect(json.value(a, 'b', 'x')).toBeUndefined();
  expect(json.value(a, 'd', 'c')).toBeUndefined();
  expect(json.value(undefined, 'b')).toBeUndefined();
  expect([...json.elements(json.member(a, 'x'))]).toEqual([]);
});

describe('invalid JSON is a problem', () => {
  test.each(['', '{', '{"a"', '{"a":', '{"a":1', '{"a":[1,}', '{"a":1} x', '{"a" 1}', '{"a":"x}', '{a:1}', 'x'])(
    '%s',
    (text) => {
      expect(() => {
        const json = read(text);
        const { members, array } = json.root();
        for (const range of [...members.values(), ...(array === undefined ? [] : [array])]) json.value(range);
        if (members.size === 0) json.value({ start: 0, end: text.length });
      }).toThrow(JsonProblem);
    },
  );

  test('deep nesting is allowed', () => {
    const depth = 100_000;
    const json = read(`{"a":${'['.repeat(depth)}${']'.repeat(depth)},"b":1}`);
    expect([...json.root().members.keys()]).toEqual(['a', 'b']);
  });
});
