/**
 * Compiles the YAML in README.md and docs/*.md, except on the generated pages of diagnostics. Every block of Keywright's language is put
 * into a project that defines the names in the block. Only diagnostics that the page mentions may be reported.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';
import { expect, test } from 'vitest';
import { problemsOf } from './project/problems.ts';
import { contextOfDocumentation } from './testing/looked-up.ts';
import { compileFiles } from './testing/projects.ts';

const root = join(import.meta.dirname, '../../..');

interface Block {
  /** `docs/language.md:20`. */
  readonly location: string;
  readonly page: string;
  readonly text: string;
}

const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))].map((name) =>
  name === 'README.md' ? name : `docs/${name}`,
);

const blocks = pages.flatMap((path): readonly Block[] => {
  const page = readFileSync(join(root, path), 'utf8');
  return [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].flatMap(({ 1: text = '', index }) => {
    const location = `${path}:${page.slice(0, index).split('\n').length}`;
    // The alternatives in a block are separated by `# or`.
    return text.split(/^# or\n/m).map((alternative) => ({ location, page, text: alternative }));
  });
});

/** YAML of other tools: a template, a workflow, a row of the decision table, the configuration of the Landing Zone Accelerator. */
const isOfAnotherTool = ({ text }: Block) =>
  /^\s*Type: AWS::|^on:|^- run:|^- rule:|^repos:|^homeRegion:|^\s*script:/m.test(text);

const inTheLanguage = blocks.filter((block) => !isOfAnotherTool(block));

/** A project that defines the names in the blocks. */
const around = {
  keywright: 1,
  app: 'payments',
  accounts: { audit: { id: '222233334444' } },
  environments: {
    'prod-eu': { account: '111122223333', region: 'eu-west-1' },
    'prod-us': { account: '111122223333', region: 'us-east-1' },
  },
  principals: {
    keyAdmins: { role: 'arn:aws:iam::111122223333:role/KeyAdmin' },
    breakGlass: { role: 'arn:aws:iam::111122223333:role/BreakGlass', mutable: false },
    auditRole: { role: 'arn:aws:iam::111122223333:role/Audit' },
    partner: { account: '999999999999' },
    operators: { anyOf: ['keyAdmins', 'breakGlass'] },
    github: { federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
  },
  standards: { pii: { rotation: '180 days' } },
  stacks: {
    checkout: {
      environment: ['prod-eu', 'prod-us'],
      principals: { ordersApi: { role: { assumedBy: 'lambda.amazonaws.com' } } },
    },
    platform: { environment: ['prod-eu', 'prod-us'], keys: { root: { aliases: ['root'], rotation: true } } },
  },
};

const inStack = {
  environment: 'prod-eu',
  targets: ['terraform', 'pulumi'],
  principals: { ordersApi: { role: { assumedBy: 'lambda.amazonaws.com' } }, batch: { user: {} } },
};

const ofProject = [
  'include',
  'settings',
  'rules',
  'accounts',
  'requirements',
  'environments',
  'groups',
  'standards',
  'stacks',
  'targets',
];
const ofRequirement = ['of', 'except'];
const ofStack = ['keys', 'imports', 'outputs', 'identityPolicies', 'environment'];

/**
 * Completes a block to a whole project. A block that is not a project has sections of a project or a stack, or properties of a key or a
 * grant.
 */
function completed(block: Mapping): Mapping {
  const has = (names: readonly string[]) => names.some((name) => name in block);
  if (has(ofRequirement)) return merged(around, { requirements: { house: { removal: 'retain', ...block } } });
  const isOfStack = has(ofStack) || Array.isArray(block.targets);
  if ('keywright' in block) return { stacks: { security: inStack }, ...block };
  if (has(ofProject) && !isOfStack)
    return merged({ ...around, stacks: { ...around.stacks, security: inStack } }, block);
  const inSecurity = (part: Mapping) => ({
    ...around,
    stacks: { ...around.stacks, security: merged(inStack, part) },
  });
  if (isOfStack) return inSecurity(namesKeys(block) ? { keys: { orders: {} }, ...block } : block);
  if (JSON.stringify(block).includes('"resources":"${keys.')) {
    return inSecurity({ keys: { orders: {} }, identityPolicies: { orders: { attachTo: 'ordersApi', ...block } } });
  }
  if ('principals' in block) {
    const isCreated = JSON.stringify(block).includes('assumedBy');
    return isCreated ? inSecurity(block) : merged(inSecurity({}), block);
  }
  const ofGrant = 'to' in block || 'when' in block;
  const key = ofGrant ? { grants: [{ to: 'ordersApi', can: 'decrypt', ...block }] } : block;
  const orders = {
    aliases: ['orders'],
    grants: [{ to: 'partner', can: 'decrypt' }],
    multiRegion: 'replicas' in block,
    ...key,
  };
  return inSecurity({ keys: { orders } });
}

/** Whether a block has something that can name a key of its stack. */
function namesKeys(block: Mapping): boolean {
  return 'identityPolicies' in block || 'outputs' in block;
}

/** Merges two mappings. For each name, the second mapping wins. */
function merged(one: Mapping, other: Mapping): Mapping {
  const both = Object.entries(other).map(([name, value]) => {
    const known = one[name];
    return [name, isMapping(known) && isMapping(value) ? merged(known, value) : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

const files = {
  'policies/orders.json': JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' },
    ],
  }),
  'keywright.context.json': contextOfDocumentation,
};

test('most of the YAML blocks are in Keywright’s language', () => {
  expect(inTheLanguage.length).toBeGreaterThan(35);
  expect(blocks.length - inTheLanguage.length).toBeLessThan(12);
});

test.each(inTheLanguage.map((block) => [block.location, block] as const))(
  '%s causes only problems that its page mentions',
  async (_, { page, text }) => {
    const parsed = parseSource({ path: 'block', text });
    expect(parsed.diagnostics).toEqual([]);
    if (!isMapping(parsed.value)) throw new Error('the block is not a mapping');
    const block = parsed.value;
    const project = 'keywright' in block ? text : JSON.stringify(completed(block));
    const found = await problemsOf(compileFiles({ ...files, 'keywright.yaml': project }));
    // Rules and requirements expect a complete project, not part of a key.
    const expected = 'stacks' in block ? found : found.filter(({ code }) => !/^KW(7|33)/.test(code));
    const unspoken = expected.filter(({ code, severity }) => severity !== 'note' && !page.includes(code));
    expect(unspoken.map(({ code, message, span }) => `${code} ${span?.line}: ${message}`)).toEqual([]);
  },
);
