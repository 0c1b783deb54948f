import * as z from 'zod';
import { type Compilation, type CompileOptions, compileProject } from '../compile.ts';
import type { Target } from '../emit/emitter.ts';
import type { Stack } from '../ir/program.ts';
import type { ProjectHost } from '../project/host.ts';

/** A target that can express everything. The names of its resources are their ids. */
export const anyTarget: Target<unknown> = {
  name: 'any',
  title: 'Any',
  capabilities: {
    kmsGrants: true,
    namelessKmsGrants: true,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  pinnedName: { pattern: /^[a-z]+$/, rule: 'lower-case letters only' },
  options: z.strictObject({}),
  renames: true,
  removesAsDeployed: true,
  deletesFirst: false,
  renamesStacks: false,
  nameOf: (resource) => resource.id,
  addressesOf: (resource) => [resource.id],
  loadEmitter: () => Promise.reject(new Error('a target of tests prints nothing')),
};

/** The host of a project in memory. A pattern matches the files that are given for it. */
export function hostOf(files: Readonly<Record<string, string>>, matches: Readonly<Record<string, string[]>> = {}) {
  const asked: string[] = [];
  const host: ProjectHost = {
    readFile(path) {
      asked.push(path);
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
    },
    glob(pattern) {
      asked.push(pattern);
      return Object.hasOwn(matches, pattern) ? (matches[pattern] ?? []) : [];
    },
  };
  return { host, asked };
}

/** The first lines of most projects in tests. */
export const head = `keywright: 1
app: demo
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  data: { account: "444455556666", region: eu-west-1 }
`;

/** Compiles a project of one file, or of several. */
export function compileText(
  project: string | Readonly<Record<string, string>>,
  options: CompileOptions = { targets: [anyTarget] },
): Compilation {
  return compileProject(hostOf(typeof project === 'string' ? { 'keywright.yaml': project } : project).host, options);
}

/** The diagnostics of a project: `KW2003 7:12 there is no …`. */
export function problemsOf(project: string | Readonly<Record<string, string>>): readonly string[] {
  return compileText(project).diagnostics.map(
    ({ code, span, message }) => `${code} ${span === undefined ? '' : `${span.line}:${span.column} `}${message}`,
  );
}

/** The stacks, by name, of a project that has no diagnostics except notes. */
export function stacksOf(project: string | Readonly<Record<string, string>>): ReadonlyMap<string, Stack> {
  const { program, diagnostics } = compileText(project);
  const found = diagnostics.filter(({ severity }) => severity !== 'note');
  if (program === undefined || found.length > 0) throw new Error(found.map(({ message }) => message).join('\n'));
  return new Map(program.stacks.map((stack) => [stack.name, stack]));
}
