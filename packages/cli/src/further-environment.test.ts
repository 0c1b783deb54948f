/** An environment more changes no file of the others, and of a program only the list of its deployments. */
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { filesOf } from './testing/deploy.ts';

function compiled(project: object): Compilation {
  const text = JSON.stringify(project);
  return compileProject(
    { readFile: (path) => (path === 'keywright.yaml' ? { kind: 'text', text } : { kind: 'missing' }), glob: () => [] },
    { targets },
  );
}

/** The lists of deployments, which a new one joins. */
const lists = ['cfn/deployments.json', 'pulumi/package.json', 'pulumi/package-lock.json'];

const environments = {
  eu: { account: '111122223333', region: 'eu-west-1', purpose: 'production', values: { team: 'eu', cost: 'CC-1' } },
  us: { account: '111122223333', region: 'us-east-1', purpose: 'production', values: { team: 'eu', cost: 'CC-1' } },
  data: { account: '444455556666', region: 'eu-west-1', purpose: 'production', values: { team: 'data', cost: 'CC-1' } },
  lab: { account: '777788889999', region: 'cn-north-1', purpose: 'test', values: { team: 'eu', cost: 'lab' } },
};

/** The environments of a stack, and a further one. */
const growing = fc.constantFrom(
  [['eu'], 'us'],
  [['eu'], 'data'],
  [['eu', 'us'], 'data'],
  [['us', 'data'], 'eu'],
  [['data'], 'us'],
  [['eu', 'data'], 'lab'],
  [['lab'], 'eu'],
) as fc.Arbitrary<readonly [readonly string[], string]>;

/** Texts of which every placeholder is equal in some of the environments. */
const texts = fc.constantFrom(
  'in ${region} of ${account}',
  '${environment}',
  '${purpose}',
  '${values.team}',
  '${values.cost}',
  'eu',
);

/** With roles and users of the stack's own account, and names that every environment has for itself, so that most environments are of one shape. */
function ofItsAccount<T>(project: T): T {
  const text = JSON.stringify(project)
    .replaceAll('"arn:aws:', '"arn:${partition}:')
    .replaceAll(/:iam::\d{12}:(role|user)\//g, ':iam::${account}:$1/')
    .replaceAll(/"name":"(?:Fixed-|other\.)\w+",?/g, '')
    .replaceAll(',}', '}');
  return JSON.parse(text) as T; // plain data
}

test('a further environment changes nothing for others', { timeout: 600_000 }, async () => {
  let compared = 0;
  let shared = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, growing, texts, texts, texts, async (any, [few, further], one, other, third) => {
      const project = ofItsAccount(any);
      const { replicas: _, ...orders }: typeof project.stacks.first.keys.orders & { readonly replicas?: unknown } =
        project.stacks.first.keys.orders; // for a single region
      const at = (names: readonly string[]) => {
        const first = {
          ...project.stacks.first,
          environment: names,
          keys: {
            ...project.stacks.first.keys,
            orders: { ...orders, aliases: [...orders.aliases, `x/${one.replaceAll(' ', '-')}`] },
          },
          tags: { ...project.stacks.first.tags, one, other },
        };
        const second = { ...project.stacks.second, environment: names, tags: { third } };
        return compiled({ ...project, environments, stacks: { first, second } });
      };
      const [before, after] = [at(few), at([...few, further])];
      if (before.program === undefined || after.program === undefined) return;
      if (hasErrors(before.diagnostics) || hasErrors(after.diagnostics)) return;
      // An environment of another shape has a program of its own, and what that is called is not what this test is about.
      const named = [before, after].map(({ program }) =>
        stackProgramsOf(program?.stacks ?? []).map(({ name }) => name),
      );
      if (JSON.stringify(named[0]?.toSorted()) !== JSON.stringify(named[1]?.toSorted())) return;
      shared += 1;
      for (const { name } of targets) {
        const [files, more] = [await filesOf(before.program, name), await filesOf(after.program, name)];
        for (const [path, content] of files) {
          if (!lists.includes(path)) expect(more.get(path), path).toBe(content);
        }
        compared += files.size;
      }
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 100), seed: 20261129, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(100);
  expect(shared).toBeGreaterThan(50);
});
