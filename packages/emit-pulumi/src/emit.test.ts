import { literal } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { key, provenance, reference, statement } from '@keywright/core/testing/target-stacks';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emitter } from './emit.ts';
import type { PulumiOptions } from './options.ts';
import { prettier } from './prettier.test-support.ts';
import { anywhereStack, emptyStack, securityStack, stackOf } from './stacks.test-fixture.ts';
import { target } from './target.ts';
import { anyKey, anyText } from './texts.test-support.ts';

function emit(stack: Stack, options: PulumiOptions = {}, templates: Record<string, string> = {}) {
  const { files, diagnostics } = emitter.emitStack(stack, { generator: 'Keywright 0.1.0', options, templates });
  const texts = Object.fromEntries(files.map(({ path, content }) => [path, content]));
  return { files, diagnostics, file: (name: string) => texts[`pulumi/${stack.name}/${name}`] ?? '' };
}

describe.each([securityStack, anywhereStack, emptyStack])('stack $name', (stack) => {
  const { files, diagnostics } = emit(stack);

  test('is written as expected', async () => {
    expect(diagnostics).toEqual([]);
    for (const { path, content } of files) {
      await expect(content).toMatchFileSnapshot(`../cases/${path.replace('pulumi/', '')}`);
    }
  });

  test('is formatted as Prettier does', async () => {
    for (const { path, content } of files) expect(await prettier(content, path)).toBe(content);
  });
});

test('a program is formatted as Prettier does, whatever its texts contain', async () => {
  const texts = fc.record({
    description: anyText,
    tags: fc.uniqueArray(fc.record({ name: anyKey, value: anyText.map(literal) }), {
      maxLength: 4,
      selector: ({ name }) => name,
    }),
    condition: fc.record({
      operator: fc.constant('StringEquals'),
      key: anyKey,
      values: fc.array(fc.oneof(anyText.map(literal), fc.constant(reference('role/ordersApi', 'arn'))), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    file: anyText,
    through: anyText,
    pin: anyText,
    organization: anyText,
    stackName: anyText,
  });
  // A resource has a constant only if others refer to it. The name of a stack reference contains the options.
  const ids = ['role/ordersApi', 'user/batch', 'group/auditors', 'key/orders', 'alias/orders/payments/orders'];
  const referring = securityStack.resources.filter(({ id }) => [...ids, 'identityPolicy/role/ordersApi'].includes(id));
  await fc.assert(
    fc.asyncProperty(texts, async ({ description, tags, condition, file, through, pin, ...options }) => {
      const source = { span: { ...provenance(3).span, file }, through };
      const policy = { statements: [statement({ conditions: [condition] })] };
      const names = { pulumi: pin };
      const text = key('text', { source, description: literal(description), tags, policy, names });
      const { file: fileOf } = emit({ ...securityStack, resources: [...referring, text], outputs: [] }, options);
      expect(await prettier(fileOf('index.ts'))).toBe(fileOf('index.ts'));
    }),
    { numRuns: 100 },
  );
});

describe('a comment', () => {
  test('names the place in the YAML, and the standard that the resource came through', () => {
    expect(emit(securityStack).file('index.ts')).toContain(
      '// stacks.security.keys.orders in keywright.yaml, through standard pii\nconst ordersKey = new aws.kms.Key(',
    );
  });

  test('is not ended by the name of a file in it', () => {
    const source = { span: { ...provenance(3).span, file: 'teams/a\nprocess.exit(1)\u2028.yaml' } };
    expect(emit(stackOf(key('a', { source }))).file('index.ts')).toContain(
      '// stacks.one.keys.a in teams/a\\nprocess.exit(1)\\u2028.yaml\nnew aws.kms.Key(\n  "a",\n',
    );
  });
});

describe('a program that does not need something', () => {
  test('does not import it', () => {
    const imports = (stack: Stack) =>
      emit(stack)
        .file('index.ts')
        .match(/^import .*$/gm);
    expect(imports(emptyStack)).toBeNull();
    expect(imports(stackOf(key('a')))).toEqual(['import * as aws from "@pulumi/aws";']);
    expect(imports(anywhereStack)).toEqual([
      'import * as pulumi from "@pulumi/pulumi";',
      'import * as aws from "@pulumi/aws";',
    ]);
  });

  test('has no constant for it', () => {
    expect(emit(stackOf(key('a'))).file('index.ts')).not.toContain('const');
  });

  test('has no provider for it', () => {
    expect(emit({ ...securityStack, resources: [], outputs: [], exports: [] }).file('index.ts')).not.toContain(
      'Provider',
    );
  });
});

test('a package depends on the versions that the tests of this package use', async () => {
  const { default: root } = await import('../../../package.json', { with: { type: 'json' } });
  const { dependencies } = JSON.parse(emit(emptyStack).file('package.json'));
  for (const [name, version] of Object.entries(dependencies))
    expect(root.devDependencies).toMatchObject({ [name]: version });
});

test('a package has no capitals in its name, since npm refuses them', () => {
  const { file } = emit({ ...emptyStack, app: 'Payments', name: 'Core' });
  expect(JSON.parse(file('package.json')).name).toBe('payments-core');
  expect(file('Pulumi.yaml')).toContain('\nname: Payments-Core\n');
});

describe('the role and the tags in the options', () => {
  const options = target.options.parse({
    assumeRole: 'arn:aws:iam::${account}:role/Deploy',
    defaultTags: { 'managed-by': 'keywright', stack: '${app}/${stack}' },
  });

  test('are set on every provider', async () => {
    const content = emit(securityStack, options).file('index.ts');
    const providers = [...content.matchAll(/new aws\.Provider\([\s\S]*?\n\}\);/g)].map(([text]) => text);
    expect(providers.length).toBeGreaterThan(1);
    for (const provider of providers) {
      expect(provider).toContain(
        `assumeRoles: [{ roleArn: "arn:aws:iam::${securityStack.environment.account}:role/Deploy" }]`,
      );
      expect(provider).toContain(`"managed-by": "keywright"`);
      expect(provider).toContain(`stack: "${securityStack.app}/security"`);
    }
    expect(await prettier(content, 'index.ts')).toBe(content);
  });

  test('are reported if a placeholder has no value', () => {
    expect(target.problemsOf?.(anywhereStack, options)).toMatchObject([{ code: 'KW4008' }]);
  });

  test('add a provider to a stack without a place', () => {
    const { file } = emit(anywhereStack, target.options.parse({ defaultTags: { team: 'security' } }));
    expect(file('index.ts')).toContain(
      'new aws.Provider("main", {\n  defaultTags: { tags: { team: "security" } },\n});',
    );
  });
});

describe("a team's own templates", () => {
  test('replace the built-in ones of the same name', () => {
    const own = '// {{header}}\n{{#each resources}}{{> statement}}{{/each}}export {};\n';
    const { file, diagnostics } = emit(stackOf(key('a')), {}, { 'index.ts.hbs': own });
    expect(diagnostics).toEqual([]);
    expect(file('index.ts')).toMatch(/^\/\/ Made by Keywright 0\.1\.0 .*\nnew aws\.kms\.Key\(\n {2}"a",\n/);
  });

  test('are reported if they fail', () => {
    const { diagnostics } = emit(stackOf(key('a')), {}, { '_statement.hbs': '{{nothing}}' });
    expect(diagnostics).toMatchObject([{ code: 'KW4001' }]);
  });
});

describe('options', () => {
  test.each([{}, { organization: 'acme', stackName: 'prod' }, { templates: './templates' }])(
    '%j are valid',
    (written) => {
      expect(target.options.safeParse(written).success).toBe(true);
    },
  );

  test.each([{ organization: '' }, { stackName: 1 }, { backend: 'x' }])('do not accept %j', (written) => {
    expect(target.options.safeParse(written).success).toBe(false);
  });
});
