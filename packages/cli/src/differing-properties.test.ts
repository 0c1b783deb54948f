/** Tests every row of the table in docs/language.md. The table says how each target expresses a property that differs by environment. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program } from '@keywright/core/ir/program';
import { key } from '@keywright/core/language/key';
import { describe, expect, test } from 'vitest';
import { targets } from './targets.ts';
import { filesOf } from './testing/deploy.ts';
import { compileFiles } from './testing/projects.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/language.md'), 'utf8');
const [, section = ''] = page.split('\n## What can differ by environment\n');
const rows = [...section.matchAll(/^\| (.+) \| (.+) \| (.+) \| (.+) \|$/gm)]
  .map(([, what = '', ...cells]) => ({ what, cells }))
  .filter(({ what }) => what !== 'what differs' && what !== '---');

interface Try {
  /** The properties of the key in all environments, or of the stack outside its keys. */
  readonly all?: string;
  /** The properties under `in` for one environment; absent if the environment itself is the difference. */
  readonly dev?: string | undefined;
  readonly of?: 'stack';
  readonly settings?: string;
  readonly targets?: string;
}

const other = '{ role: "arn:aws:iam::${account}:role/Other" }';
const statement = (actions: string, value: string) =>
  `policy: [{ principals: { account: "\${account}" }, actions: [${actions}], conditions: { StringEquals: { "aws:PrincipalTag/team": ${value} } } }]`;
const ofRole = 'principals: { api: { role: { assumedBy: lambda.amazonaws.com, name: api, description: A } } }';
const arn = (id: string) => `arn:aws:kms:eu-west-1:999999999999:key/${id}234abcd-12ab-34cd-56ef-1234567890ab`;
const imported = (id: string) =>
  `imports: { one: { arn: "${arn(id)}", grants: [{ to: ${other}, can: decrypt }], suppress: [{ rule: KW3035, because: x }] } }`;
const store = 'origin: EXTERNAL_KEY_STORE, customKeyStore: cks-1234567890abcdef0, xksKey: a';

/** A project for each row of the table. */
const tries: Readonly<Record<string, Try>> = {
  '`description`': { all: 'description: A', dev: 'description: B' },
  '`description` in some environments only': { dev: 'description: B' },
  '`pendingWindow`': { all: 'pendingWindow: 30', dev: 'pendingWindow: 7' },
  '`pendingWindow` in some environments only': { dev: 'pendingWindow: 7' },
  'the period of `rotation`': { all: 'rotation: 365 days', dev: 'rotation: 90 days' },
  'whether there is `rotation`': { dev: 'rotation: true' },
  'the value of a tag in `tags`': { all: 'tags: { a: b }', dev: 'tags: { a: c }' },
  'an additional tag in `tags`': { all: 'tags: { a: b }', dev: 'tags: { c: d }' },
  '`customKeyStore`': { all: store, dev: 'customKeyStore: cks-abcdef1234567890a', targets: 'terraform, pulumi' },
  '`xksKey`': { all: store, dev: 'xksKey: b', targets: 'terraform, pulumi' },
  'an account, region or name in an ARN of `admins`': { all: 'admins: [keyAdmins]' },
  '`admins`': { all: 'admins: [keyAdmins]', dev: `admins: [${other}]` },
  '`grants`': { dev: `grants: [{ to: ${other}, can: decrypt }]` },
  '`services`': { dev: 'services: [logs]' },
  '`statements`': { dev: `statements: [{ principals: ${other}, actions: kms:Decrypt }]` },
  'the value of a condition in `policy`': { all: statement('"kms:*"', 'a'), dev: statement('"kms:*"', 'b') },
  'the actions in `policy`': { all: statement('"kms:*"', 'a'), dev: statement('"kms:Put*"', 'a') },
  '`policyId`': { all: 'policyId: a', dev: 'policyId: b' },
  '`trustAccountIdentities`': { dev: 'trustAccountIdentities: true', settings: 'defaultKeyPolicies: false' },
  '`bypassPolicyLockoutSafetyCheck`': { dev: 'bypassPolicyLockoutSafetyCheck: true' },
  '`enabled`': { dev: 'enabled: false' },
  '`removal`': { dev: 'removal: destroy' },
  '`spec`, `usage`': { dev: 'spec: RSA_2048, usage: SIGN_VERIFY' },
  '`origin`': { dev: 'origin: EXTERNAL' },
  '`multiRegion`': { dev: 'multiRegion: true' },
  '`replicas`': { all: 'multiRegion: true', dev: 'replicas: [{ region: us-east-1 }]' },
  '`aliases`': { all: 'aliases: [a]', dev: 'aliases: [b]' },
  '`kmsGrants`': {
    dev: `kmsGrants: { a: { grantee: ${other}, operations: [Decrypt] } }`,
    targets: 'terraform, pulumi',
  },
  '`names`': { all: 'names: { cfn: A, terraform: a, pulumi: a }', dev: 'names: { cfn: B, terraform: b, pulumi: b }' },
  'a `standard` with another removal': { all: 'standard: slow', dev: 'standard: loose' },
  'a `standard` with another pending window': { all: 'standard: slow', dev: 'standard: fast' },
  '`suppress`': { dev: 'suppress: [{ rule: KW7001, because: x }]' },
  'a key that is `absent`': { dev: 'absent' },
  'the value of a tag in the `tags` of a stack': { of: 'stack', all: 'tags: { a: b }', dev: 'tags: { a: c }' },
  '`principals` of a stack': { of: 'stack', all: ofRole, dev: 'principals: { api: absent }' },
  'the `name` or `description` of a role': {
    of: 'stack',
    all: ofRole,
    dev: ofRole.replace('name: api', 'name: other').replace('description: A', 'description: B'),
  },
  'the ARN of an import': { of: 'stack', all: imported('1'), dev: imported('2') },
  'a resource in `identityPolicies`': {
    of: 'stack',
    all: `identityPolicies: { a: { attachTo: ${other}, statements: [{ actions: kms:Decrypt, resources: "${arn('1')}" }] } }`,
    dev: `identityPolicies: { a: { attachTo: ${other}, statements: [{ actions: kms:Decrypt, resources: "${arn('2')}" }] } }`,
  },
  'the text of an output': {
    of: 'stack',
    all: 'outputs: { a: "x ${keys.orders.id}" }',
    dev: 'outputs: { a: "y ${keys.orders.id}" }',
  },
  '`outputs`': { of: 'stack', all: 'outputs: { a: "${keys.orders.id}" }', dev: 'outputs: { a: "${keys.orders.arn}" }' },
};

function project({ all = '', dev, of, settings, targets: own }: Try): string {
  const difference = dev === undefined ? '' : `, in: { dev: ${dev === 'absent' ? dev : `{ ${dev} }`} }`;
  const said = all === '' ? difference.replace(/^, /, '') : `${all}${difference}`;
  const [ofKey, ofStack] = of === 'stack' ? ['', `, ${said}`] : [said, ''];
  return `keywright: 1
app: demo
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-central-1 }
  dev-us: { account: "444455556666", region: us-east-1 }
principals: { keyAdmins: { role: "arn:aws:iam::\${account}:role/\${region}/KeyAdmin" } }
standards: { slow: { pendingWindow: 30 }, fast: { pendingWindow: 7 }, loose: { pendingWindow: 30, removal: destroy } }
${settings === undefined ? '' : `settings: { ${settings} }\n`}stacks:
  main: { environment: [prod, dev], ${own === undefined ? '' : `targets: [${own}], `}keys: { orders: { ${ofKey} }, other: {} }${ofStack} }
`;
}

async function howOf(tried: Try, target: string): Promise<string> {
  const program = programOf(project(tried));
  const stacks = program.stacks.filter((stack) => stack.targets.includes(target));
  if (stacks.length === 0) return '–';
  if (stackProgramsOf(stacks).length > 1) return 'variant';
  if (tried.dev === undefined) return 'parameter';
  const same = programOf(project({ ...tried, dev: undefined }));
  const [one, other] = [await filesOf(program, target), await filesOf(same, target)];
  return JSON.stringify([...one]) === JSON.stringify([...other]) ? 'none' : 'parameter';
}

function programOf(text: string): Program {
  const { program, diagnostics } = compileFiles({ 'keywright.yaml': text });
  if (program !== undefined && !hasErrors(diagnostics)) return program;
  throw new Error(`${text}${diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n')}`);
}

test('the table has every property of a key', () => {
  const words = new Set(rows.flatMap(({ what }) => [...what.matchAll(/`(\w+)`/g)].map(([, word]) => word)));
  expect(Object.keys(key.shape).filter((name) => name !== 'in' && !words.has(name))).toEqual([]);
});

test('every row of the table has a project', () => {
  expect(rows.map(({ what }) => what)).toEqual(Object.keys(tries));
});

describe.each(rows)('$what', ({ what, cells }) => {
  test.each(targets.map(({ name, title }, index) => [title, name, cells[index]] as const))(
    'differs in %s as the table says',
    async (_, target, how) => {
      expect(await howOf(tries[what] ?? fail(), target)).toBe(how);
    },
  );
});

function fail(): never {
  throw new Error('nothing is tried for this row');
}
