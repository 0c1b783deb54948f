/** Whatever a file contains, the reader throws nothing, returns a valid program, and reports everything that it leaves out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programSchema } from '@keywright/core/ir/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTemplates } from './read-templates.ts';

const folder = join(import.meta.dirname, '../cases');
const corpus = readdirSync(folder).map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));
const parameters = {
  Purpose: 'ANY',
  Spec: 'SYMMETRIC_DEFAULT',
  Usage: 'ENCRYPT_DECRYPT',
  AlarmStack: '',
  ReaderAccounts: '444455556666',
  PrimaryRegion: 'eu-west-1',
};

function check(text: string) {
  const files = [{ path: 'a.yaml', text, account: '111122223333', region: 'eu-west-1' }];
  const { program, diagnostics, leftOut, origins } = readTemplates(files, { parameters });
  programSchema.parse(program);
  const ids = new Set(program.stacks.flatMap(({ resources }) => resources.map(({ id }) => id)));
  expect(ids.size).toBe(program.stacks.flatMap(({ resources }) => resources).length);
  for (const resource of program.stacks.flatMap(({ resources }) => resources)) {
    expect(JSON.stringify(resource)).not.toContain('"undefined"');
    for (const [, id] of JSON.stringify(resource).matchAll(/"kind":"reference","resource":"([^"]*)"/g))
      expect(ids).toContain(id);
  }
  const keys = leftOut.filter(({ type }) => type.startsWith('AWS::KMS::'));
  if (keys.length > 0) expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  if (program.stacks.length === 0) expect(diagnostics).not.toEqual([]);
  return { program, diagnostics, leftOut, read: [...origins.values()].flatMap((all) => [...all.values()]) };
}

describe('a truncated template', () => {
  test.each(corpus.filter(({ path }) => /purpose|tower/.test(path)))('$path is read or refused', ({ text }) => {
    for (let length = 0; length < text.length; length += 50) check(text.slice(0, length));
  });
});

/** A template as plain JSON, with functions in their long form, as in the templates of moto and the CDK. */
const tower = JSON.parse(corpus.find(({ path }) => path.includes('tower'))?.text ?? '');

test('a template with any value in place of another causes no exception', { timeout: 120_000 }, () => {
  const junk = fc.oneof(
    fc.constantFrom<unknown>(null, '', [], {}, true, 0, -1, 1e30, '{{resolve:ssm:x}}', 'alias/', [[]], [null]),
    fc.constantFrom<unknown>(
      { Ref: 'Nothing' },
      { Ref: 'TowerKey263C2090' },
      { Ref: 'AWS::NoValue' },
      { Ref: 'AWS::StackId' },
      { 'Fn::GetAtt': ['Issuer1D70E51A', 'Arn'] },
      { 'Fn::GetAtt': 'TowerKey263C2090' },
      { 'Fn::Sub': '${TowerKey263C2090.Arn}${' },
      { 'Fn::Sub': ['${a}', { a: { 'Fn::If': ['c', 1, 2] } }] },
      { 'Fn::Join': ['', 'x'] },
      { 'Fn::Join': [[], [{}]] },
      { 'Fn::Select': ['x', [1]] },
      { 'Fn::Split': ['', 'x'] },
      { 'Fn::FindInMap': ['a', 'b', 'c'] },
      { 'Fn::ImportValue': 'x' },
      { 'Fn::Nothing': [], and: 'more' },
      { 'Fn::ToJsonString': { a: [{ Ref: 'AWS::Region' }] } },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const paths: (readonly string[])[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    paths.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(tower, []);
  const replaced = (value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown => {
    if (key === undefined) return other;
    if (Array.isArray(value))
      return value.map((one, index) => (String(index) === key ? replaced(one, rest, other) : one));
    const fields = value as Readonly<Record<string, unknown>>;
    return { ...fields, [key]: replaced(fields[key], rest, other) };
  };
  fc.assert(
    fc.property(fc.constantFrom(...paths), junk, (path, value) => {
      check(JSON.stringify(replaced(tower, path, value)));
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 500), seed: 20261127 },
  );
});

test('text that is not a template gives no stack', () => {
  const withoutColons = corpus.map(({ text }) => text.replaceAll(':', ' '));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...withoutColons)), (text) => {
      expect(check(text).program.stacks).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('mappings in place of texts about the template cause no exception', () => {
  const key = '{Type: AWS::KMS::Key, Properties: {KeyPolicy: {Version: "2012-10-17", Statement: []}}}';
  const described = check(`Description: {a: b}\nResources: {K: ${key}}`);
  expect(described.read).toHaveLength(1);
  const looped = check(`Transform: AWS::LanguageExtensions
Parameters: {Names: {Type: CommaDelimitedList, NoEcho: {a: b}}}
Resources: {"Fn::ForEach::Keys": [Name, !Ref Names, {"K\${Name}": ${key}}]}`);
  expect(looped.diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('Names is a secret')]);
});

test('deep nesting, self-reference and endless structures cause no exception', { timeout: 60_000 }, () => {
  const deep = 10_000;
  const key = (description: string) =>
    `{"Resources":{"K":{"Type":"AWS::KMS::Key","Properties":{"Description":${description}}}}}`;
  check(key('['.repeat(deep) + ']'.repeat(deep)));
  check(key(`${'{"Fn::Join":["",['.repeat(deep)}"x"${']]}'.repeat(deep)}`));
  check(key(JSON.stringify({ 'Fn::Sub': '${'.repeat(200_000) })));
  // Each anchor contains the anchor before it, inside twenty lists.
  const nested = Array.from(
    { length: 1000 },
    (_, index) => `  a${index + 1}: &a${index + 1} ${'['.repeat(20)}*a${index}${']'.repeat(20)}`,
  );
  check(
    `Metadata:\n  a0: &a0 x\n${nested.join('\n')}\nResources:\n  K: { Type: AWS::KMS::Key, Properties: { Description: *a1000 } }\n`,
  );
  const many = 2000;
  const conditions = Array.from({ length: many }, (_, index) => [
    `C${index}`,
    { 'Fn::Not': [{ Condition: `C${index + 1}` }] },
  ]);
  const resources = { K: { Type: 'AWS::KMS::Key', Condition: 'C0' } };
  check(
    JSON.stringify({
      Conditions: { ...Object.fromEntries(conditions), [`C${many - 1}`]: { Condition: 'C0' } },
      Resources: resources,
    }),
  );
  const roles = Array.from({ length: many }, (_, index) => [
    `R${index}`,
    {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::GetAtt': [`R${index + 1}`, 'Arn'] } },
            Action: 'sts:AssumeRole',
          },
        },
      },
    },
  ]);
  check(JSON.stringify({ Resources: Object.fromEntries(roles) }));
  const aliases = {
    A: { Type: 'AWS::KMS::Alias', Properties: { AliasName: { Ref: 'A' }, TargetKeyId: { Ref: 'A' } } },
  };
  check(JSON.stringify({ Resources: aliases }));
});

test('stacks that wait for each other are reported', () => {
  const stack = (index: number) => ({
    path: `${index}.json`,
    stackName: `s${index}`,
    text: JSON.stringify({
      Resources: {
        K: { Type: 'AWS::KMS::Key', Properties: { Description: { 'Fn::ImportValue': `e${(index + 1) % 1000}` } } },
      },
      Outputs: { O: { Value: { 'Fn::ImportValue': `e${(index + 1) % 1000}` }, Export: { Name: `e${index}` } } },
    }),
  });
  const { program, diagnostics } = readTemplates(Array.from({ length: 1000 }, (_, index) => stack(index)));
  programSchema.parse(program);
  expect(diagnostics.length).toBeGreaterThan(0);
});
