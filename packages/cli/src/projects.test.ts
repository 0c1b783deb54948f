/** Tests rules that hold for every project, with the projects in `examples/` and `cases/`. */
import type { Compilation } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Expression } from '@keywright/core/ir/expression';
import { irJsonSchema } from '@keywright/core/ir/json-schema';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import Ajv from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { CORE_SCHEMA, dump, load, mergeTag } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type BuildTarget, generate, optionsOf } from './output/generate.ts';
import { targets } from './targets.ts';
import { compileFiles, type ProjectFiles, projects } from './testing/projects.ts';

const all = [...projects];
const valid = all.filter(([, files]) => !hasErrors(compileFiles(files).diagnostics));

test('the list of projects is not empty', () => {
  expect(all.length).toBeGreaterThan(60);
  expect(valid.length).toBeGreaterThan(40);
});

const emitters = await Promise.all(targets.map(async (target) => ({ target, emitter: await target.loadEmitter() })));

function outputsOf(compilation: Compilation) {
  const { program } = compilation;
  if (program === undefined) throw new Error('no program');
  const builds = emitters.map(({ target, emitter }): BuildTarget => {
    const input = { generator: 'Keywright', options: optionsOf(target, compilation, {}), templates: {} };
    return { target, emitter, input };
  });
  return generate(program, builds, undefined, () => {});
}

function programOf(files: ProjectFiles): Program {
  const { program } = compileFiles(files);
  if (program === undefined) throw new Error('no program');
  return program;
}

describe('the IR', () => {
  const validate = new Ajv.default({ strict: false }).compile(irJsonSchema);

  test.each(valid)('of %s is valid according to its published schema', (_name, files) => {
    const program: unknown = JSON.parse(JSON.stringify(programOf(files)));
    expect(validate(program), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  test('is not valid with an additional or a missing property', () => {
    const [[, files] = ['', {}]] = valid;
    const program = JSON.parse(JSON.stringify(programOf(files)));
    expect(validate({ ...program, more: 1 })).toBe(false);
    expect(validate({ ...program, app: undefined })).toBe(false);
  });

  test.each(valid)('of %s satisfies its types', (_name, files) => {
    const { stacks } = programOf(files);
    for (const [index, stack] of stacks.entries()) {
      const before = stacks.slice(0, index);
      expect(before.map(({ name }) => name)).toEqual(expect.arrayContaining([...stack.dependsOn]));
      for (const used of stack.imports) {
        const producer = before.find(({ name }) => name === used.stack);
        expect(producer?.exports.map(({ id }) => id)).toContain(used.export);
      }
      expect(resourcesInOrder(stack)).toEqual([]);
    }
  });
});

/** Returns wrong references of a stack's resources. Each reference must be to an earlier resource or to an import. */
function resourcesInOrder(stack: Stack): readonly string[] {
  const problems: string[] = [];
  const known = new Map<string, Resource>();
  const imports = new Set(stack.imports.map((used) => `${used.stack}/${used.export}`));
  const check = (of: string, value: unknown) => {
    for (const expression of expressionsIn(value)) {
      if (expression.kind === 'reference' && !known.has(expression.resource))
        problems.push(`${of}: ${expression.resource}`);
      if (expression.kind === 'crossStack' && !imports.has(`${expression.stack}/${expression.export}`)) {
        problems.push(`${of}: ${expression.stack}/${expression.export}`);
      }
    }
  };
  for (const resource of stack.resources) {
    check(resource.id, resource);
    for (const other of resource.dependsOn) if (!known.has(other)) problems.push(`${resource.id}: ${other}`);
    if (resource.kind === 'replicaKey' && !known.has(resource.primary))
      problems.push(`${resource.id}: ${resource.primary}`);
    if (known.has(resource.id)) problems.push(`${resource.id} twice`);
    known.set(resource.id, resource);
  }
  check('outputs', [stack.outputs, stack.exports]);
  return problems;
}

function expressionsIn(value: unknown): readonly Expression[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(expressionsIn);
  const isExpression = 'kind' in value && (value.kind === 'reference' || value.kind === 'crossStack');
  return isExpression ? [value as Expression, ...inner] : inner; // only expressions have these kinds
}

describe('line ends', () => {
  test.each(valid)('of %s do not affect the outputs', (_name, files) => {
    const windows = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
    );
    const there = compileFiles(windows);
    const here = compileFiles(files);
    expect(there.diagnostics).toEqual(here.diagnostics);
    expect(outputsOf(there)).toEqual(outputsOf(here));
  });
});

describe('the order of entries in the files', () => {
  const shuffled = (value: unknown, random: () => number): unknown => {
    if (Array.isArray(value)) return value.map((element) => shuffled(element, random));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map((entry) => ({ entry, at: random() }));
    entries.sort((one, other) => one.at - other.at);
    return Object.fromEntries(entries.map(({ entry: [key, inner] }) => [key, shuffled(inner, random)]));
  };
  /** The meaning of a program, without order and sources. */
  const meaning = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) {
      const elements = value.map((element) => meaning(element));
      // The order of stacks and resources follows from their dependencies, and no other order has a meaning.
      return elements.map((element) => JSON.stringify(element)).sort();
    }
    if (typeof value !== 'object' || value === null || key === 'span' || key === 'source') {
      return key === 'span' || key === 'source' ? undefined : value;
    }
    if ('kind' in value && value.kind === 'concat') return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]) => [name, meaning(inner, name)] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  };

  test.each(valid)('of %s does not affect the meaning', (_name, files) => {
    let seed = 7;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed;
    };
    const schema = CORE_SCHEMA.withTags(mergeTag);
    const other = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        path.endsWith('.yaml') ? dump(shuffled(load(text, { schema }), random), { noRefs: true }) : text,
      ]),
    );
    expect(meaning(programOf(other))).toEqual(meaning(programOf(files)));
  });
});

describe('a randomly edited project', () => {
  const scalars = [
    '',
    '~',
    '0',
    '-1',
    '1e400',
    '.nan',
    'true',
    '[]',
    '{}',
    '[[]]',
    '{ a: b }',
    '"${"',
    '"${account}"',
    '*x',
    '&x y',
    '!t z',
    '<<',
    '"\\ud800"',
    '"\\u0000"',
    'constructor',
    '__proto__',
    '"*"',
    '|',
    '>',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '#',
    '---',
    '\t',
    'x'.repeat(300),
    '9'.repeat(30),
  ];
  const edit = fc.record({
    kind: fc.constantFrom('delete', 'duplicate', 'swap', 'indent', 'value', 'key', 'cut', 'token'),
    at: fc.nat(),
    other: fc.nat(),
    scalar: fc.constantFrom(...scalars),
  });
  type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

  const apply = (text: string, { kind, at, other, scalar }: Edit): string => {
    const lines = text.split('\n');
    const index = at % lines.length;
    const line = lines[index] ?? '';
    switch (kind) {
      case 'delete':
        return lines.toSpliced(index, 1).join('\n');
      case 'duplicate':
        return lines.toSpliced(index, 0, line).join('\n');
      case 'swap': {
        const second = other % lines.length;
        return lines
          .with(index, lines[second] ?? '')
          .with(second, line)
          .join('\n');
      }
      case 'indent':
        return lines.with(index, other % 2 === 0 ? `  ${line}` : line.replace(/^ {2}/, '')).join('\n');
      case 'value':
        return lines.with(index, line.replace(/: .*$/, `: ${scalar}`)).join('\n');
      case 'key':
        return lines.with(index, line.replace(/[A-Za-z]+:/, `${scalar}:`)).join('\n');
      case 'cut':
        return text.slice(0, at % (text.length + 1));
      case 'token':
        return text.slice(0, at % (text.length + 1)) + scalar + text.slice(at % (text.length + 1));
    }
  };

  /** A copy of a value in which one part is replaced, removed or moved to another YAML key. The part is chosen by number. */
  const changed = (value: unknown, { kind, at, other }: Edit, by: unknown): unknown => {
    const places: { readonly holder: Record<string, unknown>; readonly key: string }[] = [];
    const visit = (inner: unknown) => {
      if (typeof inner !== 'object' || inner === null) return;
      const holder = inner as Record<string, unknown>; // a list's keys are its indexes
      for (const key of Object.keys(holder)) places.push({ holder, key });
      for (const key of Object.keys(holder)) visit(holder[key]);
    };
    const copy = structuredClone(value);
    visit(copy);
    const place = places[at % Math.max(1, places.length)];
    const source = places[other % Math.max(1, places.length)];
    if (place === undefined || source === undefined) return by;
    const { holder, key } = place;
    if (kind === 'delete' && !Array.isArray(holder)) delete holder[key];
    else if (kind === 'key' && !Array.isArray(holder)) {
      holder[source.key] = holder[key];
      delete holder[key];
    } else holder[key] = kind === 'swap' ? structuredClone(source.holder[source.key]) : by;
    return copy;
  };

  const check = (files: ProjectFiles) => {
    const compilation = compileFiles(files);
    const { program, diagnostics, sources } = compilation;
    if (program !== undefined && !hasErrors(diagnostics)) outputsOf(compilation);
    for (const { message, help, span } of diagnostics) {
      expect(`${message}${help}`).not.toMatch(/\bundefined\b|\[object|NaN /);
      if (span === undefined) continue;
      const lines = sources.get(span.file)?.text.split(/\r\n|\n|\r/) ?? [];
      expect(span.line).toBeLessThanOrEqual(lines.length);
      expect(span.column - 1).toBeLessThanOrEqual(lines[span.line - 1]?.length ?? -1);
    }
  };
  const project = fc.constantFrom(...all.map(([, files]) => files));
  const fileOf = (files: ProjectFiles, which: number) => Object.keys(files)[which % Object.keys(files).length] ?? '';

  test('compiles without an exception if its text is edited, and each problem has an existing place', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(project, fc.nat(), fc.array(edit, { minLength: 1, maxLength: 4 }), (files, which, edits) => {
        const path = fileOf(files, which);
        check({ ...files, [path]: edits.reduce(apply, files[path] ?? '') });
      }),
      { seed: 20_261_124, numRuns: 600 },
    );
  });

  test('compiles without an exception if its values are edited', { timeout: 120_000 }, () => {
    const schema = CORE_SCHEMA.withTags(mergeTag);
    const values = [
      null,
      0,
      -1,
      1.5,
      true,
      '',
      'x',
      '*',
      '${',
      '${keys.k.arn}',
      [],
      [[]],
      {},
      { a: { b: 'c' } },
      'a.b',
      'constructor',
    ];
    const edits = fc.array(fc.tuple(edit, fc.constantFrom(...values)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(project, fc.nat(), edits, (files, which, all) => {
        const path = fileOf(files, which);
        let before: unknown;
        try {
          before = load(files[path] ?? '', { schema });
        } catch {
          return; // a file that was cut short on purpose has no values
        }
        const after = all.reduce((value, [one, by]) => changed(value, one, by), before);
        check({ ...files, [path]: JSON.stringify(after, undefined, 1) ?? '' });
      }),
      { seed: 20_261_124, numRuns: 900 },
    );
  });
});
