/** Prints every diagnostic in every format, with the worst possible names. */
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import Ajv from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../catalogue.ts';
import { fakeIo } from '../testing/fake-io.ts';
import type { Report } from './contents.ts';
import { formats, printReport } from './report.ts';

const nasty = [
  '\u001b]0;gone\u0007',
  '\u009b2J',
  '\u202eevil',
  'a\nb',
  'a\r::error::b',
  '::add-mask::x',
  '%0A,x=1:',
  '"\\',
  '\u2028',
  '\ud800',
  '\u{e0041}',
  '',
];

function diagnosticsAbout(names: readonly string[]): readonly Diagnostic[] {
  return catalogue.flatMap(({ code, severity }) =>
    names.map((name, index): Diagnostic => {
      const span = { file: `teams/${name}.yaml`, line: 1, column: 1, endLine: 1 + (index % 2), endColumn: 2 };
      return {
        code,
        severity,
        message: `there is no \`${name}\``,
        help: index % 3 === 0 ? '' : `use ${name}`,
        ...(index % 4 === 0 ? {} : { span }),
        related: index % 5 === 0 ? [{ message: name, span }] : [],
      };
    }),
  );
}

async function print(format: (typeof formats)[number], diagnostics: readonly Diagnostic[], more: Partial<Report> = {}) {
  const io = fakeIo();
  const texts = diagnostics.flatMap(({ span }) => (span === undefined ? [] : [span.file]));
  const sources = new Map(texts.map((path) => [path, { path, text: nasty.join(' ') }]));
  await printReport(format, { diagnostics, sources, root: '/work', ...more }, io);
  expect(io.err()).toBe('');
  return io.out();
}

test.each(formats)('no diagnostic as %s has a character that a terminal would obey or hide', async (format) => {
  const files = nasty
    .filter((name) => name !== '')
    .map((path) => ({ path, action: 'update', diff: `+${path}\n` }) as const);
  const out = await print(format, diagnosticsAbout(nasty).slice(0, 900), { files });
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029\p{Surrogate}]/u);
});

describe('as JSON', () => {
  test('each diagnostic can be read back', async () => {
    const given = diagnosticsAbout(nasty);
    const report = JSON.parse(await print('json', given));
    expect(report.diagnostics).toHaveLength(given.length);
    expect(report.diagnostics.map(({ message }: Diagnostic) => message)).toEqual(given.map(({ message }) => message));
    const count = (severity: string) => given.filter((diagnostic) => diagnostic.severity === severity).length;
    expect(report.summary).toEqual({ errors: count('error'), warnings: count('warning'), notes: count('note') });
  });

  test('any text can be read back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (message) => {
        const report = JSON.parse(
          await print('json', [{ code: 'KW0001', severity: 'note', message, help: '', related: [] }]),
        );
        expect(report.diagnostics[0].message).toBe(message);
      }),
    );
  });
});

describe('as workflow commands of GitHub', () => {
  test('each diagnostic is one line that contains no other command', async () => {
    const given = diagnosticsAbout(nasty);
    const lines = (await print('github', given)).split('\n').slice(0, -2);
    expect(lines).toHaveLength(given.length);
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning|notice) ([a-zA-Z]+=[^,:\r\n]*)(,[a-zA-Z]+=[^,:\r\n]*)*::[^\r\n]*$/);
  });
});

describe('as SARIF', () => {
  const text = { type: 'string', minLength: 1 };
  const message = {
    type: 'object',
    required: ['text'],
    properties: { text: { type: 'string' }, markdown: text },
    additionalProperties: false,
  };
  const positive = { type: 'integer', minimum: 1 };
  const location = {
    type: 'object',
    required: ['physicalLocation'],
    properties: {
      id: { type: 'integer', minimum: -1 },
      message,
      physicalLocation: {
        type: 'object',
        required: ['artifactLocation'],
        properties: {
          artifactLocation: {
            type: 'object',
            // A relative URI reference of RFC 3986.
            properties: {
              uri: { type: 'string', pattern: "^([A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})*$" },
              uriBaseId: text,
            },
            required: ['uri'],
            additionalProperties: false,
          },
          region: {
            type: 'object',
            required: ['startLine'],
            properties: { startLine: positive, startColumn: positive, endLine: positive, endColumn: positive },
            additionalProperties: false,
          },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  };
  const level = { enum: ['none', 'note', 'warning', 'error'] };
  /** The parts of the published schema that reports use. Source: SARIF 2.1.0, sarif-schema-2.1.0.json. */
  const schema = {
    type: 'object',
    required: ['version', 'runs'],
    properties: {
      $schema: { type: 'string', pattern: '^https://' },
      version: { const: '2.1.0' },
      runs: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['tool'],
          properties: {
            columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
            tool: {
              type: 'object',
              required: ['driver'],
              properties: {
                driver: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: text,
                    semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
                    rules: {
                      type: 'array',
                      uniqueItems: true,
                      items: {
                        type: 'object',
                        required: ['id'],
                        properties: {
                          id: text,
                          shortDescription: message,
                          fullDescription: message,
                          help: message,
                          defaultConfiguration: { type: 'object', properties: { level }, additionalProperties: false },
                          helpUri: { type: 'string', pattern: '^https://' },
                        },
                        additionalProperties: false,
                      },
                    },
                  },
                  additionalProperties: false,
                },
              },
              additionalProperties: false,
            },
            results: {
              type: 'array',
              items: {
                type: 'object',
                required: ['message'],
                properties: {
                  ruleId: text,
                  ruleIndex: { type: 'integer', minimum: 0 },
                  level,
                  message,
                  locations: { type: 'array', items: location },
                  relatedLocations: { type: 'array', uniqueItems: true, items: location },
                },
                additionalProperties: false,
              },
            },
          },
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };

  test('each diagnostic is a result of its rule, in a file of the repository', async () => {
    const given = diagnosticsAbout(nasty);
    const log = JSON.parse(await print('sarif', given));
    const validate = new Ajv.default({ strict: false, allErrors: false }).compile(schema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [{ results, tool }] = log.runs;
    expect(results).toHaveLength(given.length);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  test('a log without results is written if there are no diagnostics', async () => {
    expect(JSON.parse(await print('sarif', [])).runs[0].results).toEqual([]);
  });
});

describe('as text', () => {
  test('the thousand most severe diagnostics are shown, and the number of the rest', async () => {
    const of = (severity: Diagnostic['severity'], count: number) =>
      Array.from(
        { length: count },
        (_, index): Diagnostic => ({
          code: 'KW0001',
          severity,
          message: `${severity} ${index}`,
          help: '',
          related: [],
        }),
      );
    const out = await print('text', [...of('note', 900), ...of('warning', 900), ...of('error', 50)]);
    expect(out.match(/^error\[/gm)).toHaveLength(50);
    expect(out.match(/^warning\[/gm)).toHaveLength(900);
    expect(out.match(/^note\[/gm)).toHaveLength(50);
    expect(out).toContain('\n… and 850 more, which --format json lists\n\n50 errors, 900 warnings, 900 notes\n');
  });
});
