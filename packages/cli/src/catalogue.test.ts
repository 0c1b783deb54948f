import { compileProject } from '@keywright/core/compile';
import { siteAddress } from '@keywright/core/diagnostics/addresses';
import { catalogue as core } from '@keywright/core/diagnostics/catalogue';
import { type Diagnostic, hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { FileReading, ProjectHost } from '@keywright/core/project/host';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { catalogue, pageOf } from './catalogue.ts';
import { type BuildTarget, generate, optionsOf } from './output/generate.ts';
import { problemsOf } from './project/problems.ts';
import { run } from './run.ts';
import { targets } from './targets.ts';
import { fakeIo } from './testing/fake-io.ts';
import { contextOfDocumentation } from './testing/looked-up.ts';

async function keywright(...argv: readonly string[]) {
  const io = fakeIo();
  return { code: await run(argv, io), out: io.out(), err: io.err() };
}

describe('the catalogue', () => {
  it('lists each code once, in order', () => {
    const codes = catalogue.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const code of codes) expect(code).toMatch(/^KW\d{4}$/);
  });

  it.each(catalogue.map((entry) => [entry.code, entry] as const))(
    '%s has a page that stands by itself',
    (code, entry) => {
      const page = pageOf(entry);
      expect(page).toMatch(new RegExp(`^# ${code}: \\S`));
      expect(page).not.toMatch(/undefined|\[object |=>/);
      expect(entry.explanation.trim()).not.toBe('');
      expect(entry.title).not.toMatch(/\.$|\n/);
    },
  );
});

describe('the examples of the catalogue', () => {
  // Only a call to an account shows whether credentials are for that account and whether an alias exists.
  const needAnAccount = ['KW5104', 'KW5120'];
  const examples = catalogue.flatMap(({ code, example }) =>
    example === undefined || needAnAccount.includes(code) ? [] : [[code, example] as const],
  );

  it.each(examples)(
    '%s is reported for the wrong example and not for the right one',
    async (code, { wrong, right }) => {
      const ofWrong = await diagnosticsOf(projectOf(wrong));
      expect(ofWrong.map((diagnostic) => diagnostic.code)).toContain(code);
      const ofRight = await diagnosticsOf(projectOf(right));
      expect(ofRight.filter((diagnostic) => diagnostic.severity === 'error' || diagnostic.code === code)).toEqual([]);
    },
  );
});

describe('a problem with the properties of a key', () => {
  // Leaves out examples of files that cannot be read, because the test cannot move their keys, and examples of targets, because there is no
  // target without a stack.
  const examples = core.flatMap((entry) =>
    entry.example === undefined || entry.code < 'KW2000' || entry.code > 'KW4000'
      ? []
      : [[entry.code, entry.example.wrong] as const],
  );

  it('is reported in an unused standard too, unless it depends on the key that uses the standard', async () => {
    const settled: string[] = [];
    const tried = new Set<string>();
    for (const [code, wrong] of examples) {
      const { used, unused, without } = asStandards(projectOf(wrong));
      const has = async (project: string) => (await diagnosticsOf(project)).some((found) => found.code === code);
      // If the keys are wrong even without properties, the diagnostic is not about properties.
      if (!(await has(used)) || (await has(without))) continue;
      tried.add(code);
      if (!(await has(unused))) settled.push(code);
    }
    // These diagnostics depend on the spec, usage, origin, place or environment of a key, on the principals that its grants resolve to, or
    // on requirements, which apply only to keys.
    expect(settled.join(' ')).toBe(
      'KW2018 KW2022 KW2025 KW2030 KW2140 KW2141 KW3001 KW3002 KW3003 KW3012 KW3013 KW3024 KW3025 KW3034 KW3036 KW3041 KW3055 KW3062 KW3071 KW3074 KW3077 KW3301 KW3303 KW3304 KW3305 KW3306 KW3310',
    );
    expect(tried.size).toBeGreaterThan(30);
  });
});

/**
 * Turns the keys of a project into standards. In `used`, a key uses each standard; in `unused`, no key does. `without` has the keys without
 * properties.
 */
function asStandards(project: string) {
  const { stacks = {}, standards = {}, ...rest } = load(project) as Loaded;
  const moved = Object.entries(stacks).flatMap(([stack, { keys = {} }]) =>
    Object.entries(keys ?? {}).map(([key, value]) => {
      const { aliases: _, replicas: __, kmsGrants: ___, names: ____, ...standard } = value ?? {};
      return { stack, key, name: `${stack}_${key}`, standard };
    }),
  );
  const all = { ...standards, ...Object.fromEntries(moved.map(({ name, standard }) => [name, standard])) };
  const withKeys = (propertiesOf: (name: string) => object | undefined) => {
    const filled = Object.entries(stacks).map(([name, stack]) => {
      const keys = moved.filter((one) => one.stack === name).map((one) => [one.key, propertiesOf(one.name)] as const);
      return [name, { ...stack, keys: Object.fromEntries(keys.filter(([, value]) => value !== undefined)) }];
    });
    return JSON.stringify({ ...rest, standards: all, stacks: Object.fromEntries(filled) });
  };
  return {
    used: withKeys((standard) => ({ standard })),
    unused: withKeys(() => undefined),
    without: JSON.stringify({ ...JSON.parse(withKeys(() => ({}))), standards }),
  };
}

/** The parts of an example's project that the test moves into a standard. */
interface Loaded {
  readonly stacks?: Readonly<
    Record<string, { readonly keys?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | null }>
  >;
  readonly standards?: Readonly<Record<string, unknown>>;
}

/** Names that examples use without defining them. */
const projectSections = {
  environments: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
`,
  principals: `principals:
  keyAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }
  breakGlass: { role: "arn:aws:iam::111122223333:role/BreakGlass", mutable: false }
  partner: { account: "999999999999" }
  company: { organization: o-a1b2c3d4e5 }
`,
};
const stackSections = {
  environment: 'environment: prod\n',
  principals: `principals:
  ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
  auditors: { group: {} }
`,
};

/**
 * Completes an example to a whole project. An example that is not a project has sections of a project or a stack, or properties of a key.
 */
function projectOf(example: string): string {
  const keys = [...example.matchAll(/^([A-Za-z]+):/gm)].map(([, key]) => key);
  const has = (...some: readonly string[]) => some.some((key) => keys.includes(key));
  const missing = (sections: Readonly<Record<string, string>>) =>
    Object.entries(sections)
      .filter(([name]) => !keys.includes(name))
      .map(([, text]) => text)
      .join('');

  if (has('keywright')) return example;
  const start = 'keywright: 1\napp: payments\n';
  const isProject = has('include', 'settings', 'environments', 'standards', 'stacks');
  if (isProject) return start + missing(projectSections) + example;
  const isStack = has('environment', 'keys', 'imports', 'outputs', 'identityPolicies');
  const stack = isStack ? example : `keys:\n  orders:\n${indent(example, 4)}`;
  const sections = Object.values(projectSections).join('');
  return `${start}${sections}stacks:\n  security:\n${indent(missing(stackSections) + stack, 4)}`;
}

function indent(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}

/** The files that examples include or name, and a context file. */
const otherFiles: Readonly<Record<string, string>> = {
  'teams/checkout.yaml': 'stacks: {}\n',
  'shared/keys.yaml': 'stacks: {}\n',
  'keywright.context.json': contextOfDocumentation,
};

async function diagnosticsOf(project: string): Promise<readonly Diagnostic[]> {
  const files: Readonly<Record<string, string>> = { ...otherFiles, 'keywright.yaml': project };
  const host: ProjectHost = {
    readFile(path): FileReading {
      const text = files[path];
      if (text !== undefined) return { kind: 'text', text };
      if (path.startsWith('../')) return { kind: 'outside' };
      return { kind: Object.keys(files).some((file) => file.startsWith(`${path}/`)) ? 'directory' : 'missing' };
    },
    glob: (pattern) => Object.keys(files).filter((file) => pattern === file.replace(/[^/]*\.yaml$/, '*.yaml')),
  };
  const compilation = compileProject(host, { targets });
  const { program } = compilation;
  const diagnostics = await problemsOf(compilation);
  if (program === undefined || hasErrors(diagnostics)) return diagnostics;
  const builds = await Promise.all(
    targets.map(async (target): Promise<BuildTarget> => {
      const input = { generator: 'Keywright', options: optionsOf(target, compilation, {}), templates: {} };
      return { target, emitter: await target.loadEmitter(), input };
    }),
  );
  return [...diagnostics, ...generate(program, builds, undefined, () => {}).diagnostics];
}

describe('explain', () => {
  it('prints the page of a code, in any spelling', async () => {
    const { code, out } = await keywright('explain', 'kw6003');
    expect(code).toBe(0);
    expect(out).toMatch(/^# KW6003: A generated file was edited by hand\n\nSeverity: error\.\n/);
    expect(out).toMatch(/\nhttps:\/\/\S+\/diagnostics\/KW6003\.html\n$/);
  });

  it('names other pages by their addresses', async () => {
    const { out } = await keywright('explain', 'KW1007');
    expect(out).toContain(`${siteAddress}rules.html lists the rules`);
    expect(out).toContain(`${siteAddress}diagnostics/ lists all diagnostics`);
    for (const { code } of catalogue) expect((await keywright('explain', code)).out).not.toContain('docs/');
  });

  it('lists all codes if none is given', async () => {
    expect((await keywright('explain')).out.split('\n')).toHaveLength(catalogue.length + 1);
  });

  it('suggests the code that was probably meant', async () => {
    const { code, out, err } = await keywright('explain', 'KW6O03');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: there is no diagnostic "KW6O03"; did you mean KW6003\?\n$/);
    expect((await keywright('explain', 'xyzzy')).err).toContain('keywright explain lists them all');
  });
});
