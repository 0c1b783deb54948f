/** YAML keys and texts that mean something in JavaScript must be ordinary text, at every position of every kind of file. */
import { contextFileName } from '@keywright/core/context/context';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { type BuildTarget, generate, optionsOf } from './output/generate.ts';
import { targets } from './targets.ts';
import { compileFiles, type ProjectFiles, projects } from './testing/projects.ts';

const names = ['length', 'constructor', 'toString', 'then', 'map', 'toJSON'];

const values = names.flatMap((name) => [
  { [name]: {} },
  { [name]: { [name]: {} } },
  [{ [name]: {} }],
  { [name]: [{ [name]: {} }] },
  { [name]: 1 },
  name,
  [name],
]);

/** The mappings whose keys are names chosen by the user. */
const named =
  /^(principals|environments|standards|stacks|keys|imports|grants|outputs|roles|users|groups|tags|names|rules|kmsGrants|encryptionContext|services|Condition|aliases|accounts|keySets|requirements|in)$/;

interface Position {
  readonly project: string;
  readonly file: string;
  readonly path: readonly string[];
}

function lengthOf(files: ProjectFiles): number {
  return Object.values(files).reduce((sum, text) => sum + text.length, 0);
}

/**
 * One position of each kind, in the smallest project that has such a position. Positions that differ only in names and indexes are of the
 * same kind.
 */
const positions = new Map<string, Position>();
const documents = new Map<string, unknown>();
for (const [project, files] of [...projects].sort(([, one], [, other]) => lengthOf(one) - lengthOf(other))) {
  for (const [file, text] of Object.entries(files)) {
    if (!/\.(ya?ml|json)$/.test(file)) continue;
    const document = documentOf(text);
    documents.set(`${project}/${file}`, document);
    const kind = file === contextFileName ? 'context' : file.endsWith('.json') ? 'policy' : 'project';
    const visit = (value: unknown, path: readonly string[], shape: readonly string[]) => {
      const id = `${kind}:${shape.join('.')}`;
      if (!positions.has(id)) positions.set(id, { project, file, path });
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        const isName = Array.isArray(value) || named.test(shape.at(-1) ?? '');
        visit(inner, [...path, key], [...shape, isName ? '*' : key]);
      }
    };
    visit(document, [], []);
  }
}

function documentOf(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

function put(value: unknown, [key, ...rest]: readonly string[], change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === key ? put(inner, rest, change) : inner));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [name, name === key ? put(inner, rest, change) : inner]), // the path exists in the value
  );
}

function changed({ project, file, path }: Position, change: (old: unknown) => unknown): ProjectFiles {
  return {
    ...projects.get(project),
    [file]: JSON.stringify(put(documents.get(`${project}/${file}`), path, change)),
  };
}

const wordsOfZod =
  /Too (small|big)|Invalid (input|option|key|string|element|union)|Unrecognized|\[object|function |native code/;

/** Compiles and, if there are no errors, generates. Throws on a message that only a developer should see. */
async function runSituation(files: ProjectFiles): Promise<void> {
  const compilation = compileFiles(files);
  for (const { message, help } of compilation.diagnostics) {
    if (wordsOfZod.test(`${message}\n${help}`)) throw new Error(message);
  }
  if (compilation.program === undefined || hasErrors(compilation.diagnostics)) return;
  const builds = await Promise.all(
    targets.map(async (target): Promise<BuildTarget> => {
      const input = { generator: 'Keywright', options: optionsOf(target, compilation, {}), templates: {} };
      return { target, emitter: await target.loadEmitter(), input };
    }),
  );
  expect(generate(compilation.program, builds, undefined, () => {}).diagnostics).toEqual([]);
}

async function failuresOf(trials: Iterable<readonly [string, unknown, ProjectFiles]>): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [id, value, files] of trials) {
    try {
      await runSituation(files);
    } catch (error) {
      failures.push(`${id} as ${JSON.stringify(value)}: ${error}`);
    }
  }
  return failures;
}

test('positions in every kind of file are tried', () => {
  expect(positions.size).toBeGreaterThan(300);
  for (const kind of ['context', 'policy', 'project']) {
    expect([...positions.keys()].filter((id) => id.startsWith(kind)).length).toBeGreaterThan(5);
  }
});

test('a value that means something in JavaScript is ordinary text at every position', async () => {
  const trials = function* () {
    for (const [index, [id, position]] of [...positions].entries()) {
      // Tries a sixth of all values at each position, chosen so that every name and every form occurs at least once.
      for (const value of values.filter((_, at) => (at + index) % 6 === 0))
        yield [id, value, changed(position, () => value)] as const;
    }
  };
  expect(await failuresOf(trials())).toEqual([]);
}, 300_000);

test('an additional YAML key that means something in JavaScript is ordinary at every position', async () => {
  const trials = function* () {
    for (const [index, [id, position]] of [...positions].entries()) {
      // Tries one of the names at each position, in turn.
      for (const name of names.filter((_, at) => at === index % names.length)) {
        const add = (old: unknown) => {
          if (typeof old !== 'object' || old === null || Array.isArray(old)) return old;
          const [first] = Object.values(old);
          return { ...old, [name]: first ?? {} };
        };
        yield [id, name, changed(position, add)] as const;
      }
    }
  };
  expect(await failuresOf(trials())).toEqual([]);
}, 300_000);
