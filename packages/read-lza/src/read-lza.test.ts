import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Expression, literal } from '@keywright/core/ir/expression';
import { programSchema } from '@keywright/core/ir/program';
import type { SourceFile } from '@keywright/core/source/span';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configurationFiles } from './configuration-files.ts';
import { logicalId, pascalCase } from './logical-id.ts';
import { readLza } from './read-lza.ts';

const folder = join(import.meta.dirname, '../fixtures');
const files: readonly SourceFile[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(yaml|json)$/.test(path) && !path.startsWith('by-hand'))
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

/** Reads the files with these names. Each of `others` replaces a file of the same path or is read in addition. */
function read(names: readonly string[], others: Readonly<Record<string, string>> = {}) {
  const kept = files.filter(({ path }) => names.includes(path) && others[path] === undefined);
  return readLza([...kept, ...Object.entries(others).map(([path, text]) => ({ path, text }))]);
}

const everything = files.map(({ path }) => path);
const said = ({ diagnostics }: ReturnType<typeof readLza>) =>
  diagnostics.map(({ code, message, span }) => `${code} ${span?.file}:${span?.line} ${message}`);

describe('a configuration', () => {
  const { program, diagnostics, leftOut, origins } = readLza(files);

  test('is read for each account and region', () => {
    expect(diagnostics).toEqual([]);
    expect(programSchema.safeParse(program).error).toBeUndefined();
    expect(program.stacks.map(({ name, environment }) => [name, environment.account, environment.region])).toEqual([
      ['volumes-Network-us-east-1', '111122223333', 'us-east-1'],
      ['volumes-Network-eu-west-1', '111122223333', 'eu-west-1'],
      ['volumes-Orders-us-east-1', '444455556666', 'us-east-1'],
      ['volumes-Orders-eu-west-1', '444455556666', 'eu-west-1'],
    ]);
  });

  test('has keys with their properties, and policies in which the place is text', () => {
    expect(program.stacks[3]?.resources).toMatchObject([
      {
        kind: 'key',
        name: 'volumes',
        names: { cfn: logicalId('volumes', 'key') },
        description: literal('Volumes by default'),
        enabled: true,
        rotation: { enabled: true },
        removal: 'retain',
        tags: [
          { name: 'Accelerator', value: literal('Zone') },
          { name: 'team', value: literal('Platform') },
        ],
        policy: {
          statements: [
            {
              sid: 'Through EC2 for the account',
              principals: [{ kind: 'anyone' }],
              conditions: [
                { key: 'kms:CallerAccount', values: [literal('444455556666')] },
                { key: 'kms:ViaService', values: [literal('ec2.eu-west-1.amazonaws.com')] },
              ],
              source: { span: { file: 'kms/volumes.json', line: 5 } },
            },
            { sid: 'Account', principals: [{ arn: literal('arn:aws:iam::444455556666:root') }] },
          ],
        },
      },
      { kind: 'alias', aliasName: 'alias/zone/volumes', keyName: 'volumes' },
    ]);
    expect(origins.get('volumes-Orders-eu-west-1')?.get('key/volumes')).toEqual({
      address: 'keyManagementService.keySets.volumes',
    });
    expect(leftOut.map(({ type }) => type)).toEqual(['AWS::SSM::Parameter']);
  });

  test('that consists of the key sets alone can be deployed anywhere', () => {
    const reading = read(['security-config.yaml', 'kms/volumes.json']);
    expect(said(reading)).toEqual([
      'KW8123 security-config.yaml:4 the accounts and regions of the key sets are unknown: accounts-config.yaml is not given, or has no accounts',
      'KW8127 security-config.yaml:4 the tag `Accelerator` on the keys is left out: its value is the accelerator’s prefix, which is not in the files',
    ]);
    const account: Expression = { kind: 'pseudo', name: 'account' };
    expect(reading.program.stacks).toMatchObject([
      {
        name: 'volumes',
        environment: {},
        resources: [{ policy: { statements: [{ conditions: [{ values: [account] }, {}] }, {}] } }, { kind: 'alias' }],
      },
    ]);
  });
});

describe('the tags of all keys', () => {
  const tagsOf = (settings: string) => {
    const reading = read(everything, { 'global-config.yaml': `homeRegion: us-east-1\n${settings}` });
    const [key] = reading.program.stacks[0]?.resources ?? [];
    const tags = key?.kind === 'key' ? key.tags.map(({ name, value }) => [name, value]) : undefined;
    return { tags, codes: reading.diagnostics.map(({ code }) => code) };
  };

  test('are those of global-config.yaml, and a tag whose value is not in the files is reported', () => {
    expect(tagsOf('enabledRegions: [us-east-1]')).toEqual({ tags: [], codes: ['KW8127'] });
    expect(tagsOf('enabledRegions: [us-east-1]\ntags: [{ key: b, value: c }, { key: a, value: d }]')).toEqual({
      tags: [
        ['a', literal('d')],
        ['b', literal('c')],
      ],
      codes: ['KW8127'],
    });
  });

  test('are empty in regions where the accelerator sets no tags', () => {
    expect(tagsOf('enabledRegions: [us-iso-east-1]\ntags: [{ key: a, value: b }]')).toEqual({ tags: [], codes: [] });
  });

  test.each(['tags: { a: b }', 'tags: [a]', 'tags: [{ key: a, value: "{{Hidden}}" }]', 'tags: [{ key: a, value: 1 }]'])(
    'are not guessed: %s',
    (tags) => {
      expect(tagsOf(`enabledRegions: [us-east-1]\n${tags}`)).toEqual({ tags: undefined, codes: ['KW8121'] });
    },
  );
});

const keySet = (lines: string) => `keyManagementService:
  keySets:
    - name: orders-key
${lines}
`;
const everywhere =
  '      deploymentTargets: { organizationalUnits: [Infrastructure], excludedRegions: [eu-west-1, us-west-2] }';
const withPolicy = (statements: string) =>
  read(everything, {
    'security-config.yaml': keySet(`      policy: kms/own.json\n${everywhere}`),
    'kms/own.json': `{ "Version": "2012-10-17", "Statement": [${statements}] }`,
  });
const statement = (principal: string, more = '') =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:Decrypt", "Resource": "*"${more} }`;
const root = {
  principals: [{ kind: 'aws', arn: literal('arn:aws:iam::111122223333:root') }],
  actions: ['kms:*'],
  source: { through: 'the default key policy' },
};

describe('a policy', () => {
  test('starts with the CDK’s statement for the account if its file has none', () => {
    const { program } = withPolicy(statement('"arn:aws:iam::444455556666:root"'));
    expect(program.stacks[0]?.resources).toMatchObject([{ policy: { statements: [root, {}] } }]);
    const bare = read(everything, { 'security-config.yaml': keySet(everywhere) });
    expect(bare.program.stacks[0]?.resources).toMatchObject([{ policy: { statements: [root] }, removal: 'retain' }]);
  });

  test('has the version and the id that the CDK writes, not those of its file', () => {
    const own = '"arn:aws:iam::444455556666:role/Reader"';
    const condition = ', "Condition": { "StringEquals": { "aws:PrincipalTag/a": "${aws:username}" } }';
    for (const more of ['', '"Version": "2008-10-17", "Id": "volumes", ']) {
      const { program, diagnostics } = read(everything, {
        'security-config.yaml': keySet(`      policy: kms/own.json\n${everywhere}`),
        'kms/own.json': `{ ${more}"Statement": [${statement(own, condition)}] }`,
      });
      expect(diagnostics).toEqual([]);
      const [key] = program.stacks[0]?.resources ?? [];
      expect(key?.kind === 'key' && key.policy).toEqual({
        statements: [
          expect.anything(),
          expect.objectContaining({ conditions: [expect.objectContaining({ values: [literal('${aws:username}')] })] }),
        ],
      });
    }
  });

  test('is read with the values of the accelerator’s variables and lists', () => {
    const { program, diagnostics } = withPolicy(
      [
        statement('"arn:${PARTITION}:iam::${ACCOUNT_ID}:role/${MANAGEMENT_ACCOUNT_ACCESS_ROLE}"'),
        statement('[${ACCEL_LOOKUP::ACCOUNT_ID:OU:Infrastructure}]'),
        statement('${ACCEL_LOOKUP::CUSTOM:Admins}'),
        statement(
          '"arn:aws:iam::${AUDIT_ACCOUNT_ID}:role/${ACCEL_LOOKUP::CUSTOM:Team}"',
          ', "Condition": { "StringEquals": { "aws:PrincipalTag/a": "${aws:username} in ${REGION}, at home ${HOME_REGION}" } }',
        ),
      ].join(),
    );
    expect(diagnostics).toEqual([]);
    const aws = (text: string) => ({ kind: 'aws', arn: literal(text) });
    const [key] = program.stacks[0]?.resources ?? [];
    expect(key?.kind === 'key' && key.policy.statements.map(({ principals }) => principals)).toEqual([
      root.principals,
      [aws('arn:aws:iam::111122223333:role/AWSControlTowerExecution')],
      [aws('arn:aws:iam::111122223333:root')],
      [aws('arn:aws:iam::111122223333:role/A'), aws('arn:aws:iam::111122223333:role/B')],
      [aws('arn:aws:iam::777788889999:role/Platform')],
    ]);
    expect(key).toMatchObject({
      policy: {
        statements: [
          {},
          {},
          {},
          {},
          { conditions: [{ values: [literal('${aws:username} in us-east-1, at home us-east-1')] }] },
        ],
      },
    });
  });

  test.each([
    ['"${ACCELERATOR_PREFIX}"', 'KW8001', '`${ACCELERATOR_PREFIX}` is not in the configuration'],
    ['"${ACCEL_LOOKUP::CUSTOM:Hidden}"', 'KW8001', '`${ACCEL_LOOKUP::CUSTOM:Hidden}` is not in the configuration'],
    ['${ACCEL_LOOKUP::ACCOUNT_ID:ORG}', 'KW8001', '`${ACCEL_LOOKUP::ACCOUNT_ID:ORG}` is not in the configuration'],
    ['{ "Ref": "Bucket" }', 'KW8001', '`Ref` in a policy file can only refer to'],
    ['{ "Fn::GetAtt": ["Role", "Arn"] }', 'KW8001', '`Fn::GetAtt` in a policy file can only refer to'],
    ['{', 'KW0010', ''],
  ])('with %s is not read', (principal, code, reason) => {
    const { program, diagnostics } = withPolicy(statement(principal));
    expect(program.stacks).toEqual([]);
    expect(diagnostics).toMatchObject([{ code, message: expect.stringContaining(reason) }]);
  });

  test('is read with the results of CloudFormation’s functions', () => {
    const join = '{ "Fn::Join": ["", ["arn:", { "Ref": "AWS::Partition" }, ":iam::444455556666:role/A"]] }';
    const { program } = withPolicy(
      `${statement(join)}, ${statement('{ "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/${!x}" }')}`,
    );
    expect(program.stacks[0]?.resources).toMatchObject([
      {
        policy: {
          statements: [
            {},
            { principals: [{ arn: literal('arn:aws:iam::444455556666:role/A') }] },
            { principals: [{ arn: literal('arn:aws:iam::111122223333:user/${x}') }] },
          ],
        },
      },
    ]);
  });
});

describe('a configuration with unreadable parts', () => {
  test.each([
    [
      'a missing policy file',
      `      policy: kms/none.json\n${everywhere}`,
      'KW8122 security-config.yaml:4 the policy of the key set `orders-key` is in kms/none.json, which does not exist',
    ],
    [
      'a key set without targets',
      '      alias: a',
      'KW8121 security-config.yaml:3 `keyManagementService.keySets[0].deploymentTargets` cannot be read: it is not a mapping',
    ],
    [
      'the removal policy snapshot',
      `      removalPolicy: snapshot\n${everywhere}`,
      'KW8121 security-config.yaml:4 `keyManagementService.keySets[0].removalPolicy` cannot be read: it is neither retain nor destroy',
    ],
    [
      'another setting',
      `      keySpec: RSA_2048\n${everywhere}`,
      'KW8121 security-config.yaml:4 `keyManagementService.keySets[0].keySpec` cannot be read: key sets have no such setting',
    ],
    [
      'a hidden replacement',
      `      alias: "{{Hidden}}"\n${everywhere}`,
      'KW8001 security-config.yaml:4 `alias` of keyManagementService.keySets[0] is not known: it uses a replacement whose value is not in the files',
    ],
    [
      'an unknown account',
      '      deploymentTargets: { accounts: [Nobody] }',
      'KW8125 security-config.yaml:3 the key set `orders-key` names the account `Nobody`, which accounts-config.yaml does not have',
    ],
    [
      'an unknown organizational unit',
      '      deploymentTargets: { organizationalUnits: [Root, Prod] }',
      'KW8125 security-config.yaml:3 the key set `orders-key` names the organizational unit `Prod`, which organization-config.yaml does not have',
    ],
    [
      'a key set that is deployed nowhere',
      '      deploymentTargets: { organizationalUnits: [Suspended] }',
      'KW8124 security-config.yaml:3 the key set `orders-key` is not deployed anywhere, and is left out',
    ],
    [
      'text in place of a flag',
      `      enabled: "yes"\n${everywhere}`,
      'KW8121 security-config.yaml:4 `keyManagementService.keySets[0].enabled` cannot be read: it is neither true nor false',
    ],
  ])('is read without these parts, and each of them is reported: %s', (_, lines, expected) => {
    const reading = read(everything, { 'security-config.yaml': keySet(lines) });
    expect(said(reading)).toEqual([expected]);
    expect(reading.program.stacks).toEqual([]);
  });

  test('is refused if no file has key sets', () => {
    expect(said(read(['global-config.yaml']))).toEqual([
      'KW8120 undefined:undefined no file has `keyManagementService.keySets`',
    ]);
    expect(said(readLza([]))).toHaveLength(1);
  });

  test('is not read at all if a file cannot be parsed', () => {
    const reading = read(everything, { 'global-config.yaml': 'enabledRegions: [us-east-1' });
    expect(said(reading)).toHaveLength(1);
    expect(reading.program.stacks).toEqual([]);
  });

  test('may have a replacement without a value as long as nothing uses it', () => {
    const organization = `organizationalUnits:
  - { name: Infrastructure }
  - { name: Workloads }
serviceControlPolicies:
  - name: regions
    deploymentTargets: { accounts: [{{Hidden}}, a] }
    policy: {{ Hidden }}
`;
    const reading = read(everything, { 'organization-config.yaml': organization });
    expect(said(reading)).toEqual([]);
    expect(reading.program.stacks).toHaveLength(4);
  });

  test('gets its replacements before its files are parsed', () => {
    const { program } = read(everything, {
      'security-config.yaml': keySet(`      description: Of {{Team}} for {{account Orders}}\n${everywhere}`),
    });
    expect(program.stacks[0]?.resources).toMatchObject([{ description: literal('Of Platform for 444455556666') }]);
  });
});

test('the files of a configuration are its policies and those beside the file with the key sets', () => {
  const texts = new Map(files.map(({ path, text }) => [`zone/${path}`, text]));
  const asked: string[] = [];
  const path = 'zone/security-config.yaml';
  const found = configurationFiles({ path, text: texts.get(path) ?? '' }, (other) => {
    asked.push(other);
    return texts.get(other);
  });
  expect(found.map((file) => file.path)).toEqual(asked.length === 5 ? [path, ...asked] : []);
  expect(readLza(found)).toMatchObject({ diagnostics: [], program: { stacks: { length: 4 } } });
});

test('truncated and changed files are read or refused', () => {
  for (const file of files) {
    for (let length = 0; length < file.text.length; length += 50) {
      const { program } = read(everything, { [file.path]: file.text.slice(0, length) });
      expect(programSchema.safeParse(program).error).toBeUndefined();
    }
  }
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.nat(),
      fc.constantFrom('[', '{', ':', '"', '-', '\n', '0', ' ', '}'),
      (file, at, text) => {
        const offset = at % file.text.length;
        const { program } = read(everything, {
          [file.path]: file.text.slice(0, offset) + text + file.text.slice(offset + 1),
        });
        expect(programSchema.safeParse(program).error).toBeUndefined();
      },
    ),
    { numRuns: 150, seed: 20261127 },
  );
});

test('logical ids are those of the accelerator', () => {
  // These ids are in the accelerator's own snapshots: awslabs/landing-zone-accelerator-on-aws, logging-stack.test.ts.snap.
  expect(logicalId('key1', 'key')).toBe('AcceleratorKmsKeyKey1660964AC');
  expect(logicalId('key1', 'alias')).toBe('AcceleratorKmsKeyKey1Alias6B1D2C45');
  expect(logicalId('appEbsKey', 'key')).toBe('AcceleratorKmsKeyAppEbsKey332A95A6');
  expect(logicalId('appEbsKey', 'alias')).toBe('AcceleratorKmsKeyAppEbsKeyAlias009947BE');
  expect(['app-ebs_key', 'EBSKey', 'key 2', 'a.2b'].map(pascalCase)).toEqual(['AppEbsKey', 'EbsKey', 'Key_2', 'A_2b']);
});

describe('`!include`', () => {
  const security = `homeRegion: eu-west-1
keyManagementService: !include kms/service.yaml
`;
  const service = `keySets:
  - !include kms/volumes.yaml
  - { name: queues, policy: kms/queues.json, deploymentTargets: !include ./targets.yaml }
`;
  const policy =
    '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::${ACCOUNT_ID}:root" }, "Action": "kms:*", "Resource": "*" }] }';
  const written: Readonly<Record<string, string>> = {
    'lza/security-config.yaml': security,
    'lza/kms/service.yaml': service,
    'lza/kms/volumes.yaml':
      'name: volumes\ndescription: "{{Name}}"\npolicy: kms/volumes.json\ndeploymentTargets: !include targets.yaml\n',
    'lza/targets.yaml': 'accounts: [Orders]\n',
    'lza/kms/volumes.json': policy,
    'lza/kms/queues.json': policy,
    'lza/replacements-config.yaml': 'globalReplacements: [{ key: Name, type: String, value: Volumes }]\n',
    'lza/accounts-config.yaml':
      'mandatoryAccounts: !include accounts.yaml\naccountIds: [{ email: a@example.com, accountId: "111122223333" }]\n',
    'lza/accounts.yaml': '- { name: Orders, email: a@example.com, organizationalUnit: Workloads }\n',
    'lza/global-config.yaml': 'homeRegion: eu-west-1\nenabledRegions: [eu-west-1]\ntags: !include tags.yaml\n',
    'lza/tags.yaml': '- { key: Accelerator, value: Zone }\n',
    'lza/organization-config.yaml': 'organizationalUnits: [{ name: Workloads }]\n',
  };
  const reading = (others: Readonly<Record<string, string>> = {}) => {
    const all = { ...written, ...others };
    const main = { path: 'lza/security-config.yaml', text: all['lza/security-config.yaml'] ?? '' };
    return readLza(configurationFiles(main, (path) => all[path]));
  };

  test('is replaced by the contents of the file, in each file of the configuration', () => {
    const { program, diagnostics } = reading();
    expect(diagnostics).toEqual([]);
    expect(program.stacks).toMatchObject([
      {
        name: 'volumes-Orders-eu-west-1',
        environment: { account: '111122223333', region: 'eu-west-1' },
        resources: [
          { name: 'volumes', description: literal('Volumes'), source: { span: { file: 'lza/kms/volumes.yaml' } } },
        ],
      },
      { name: 'queues-Orders-eu-west-1', resources: [{ name: 'queues' }] },
    ]);
  });

  test.each([
    ['a file that is missing', 'kms/none.yaml', 'there is no such file'],
    ['a file elsewhere', '../service.yaml', 'it is not in the folder of the configuration'],
    ['itself', 'kms/service.yaml', 'it includes itself'],
  ])('of %s is reported', (_, path, problem) => {
    const more = `  - !include ${path}\n`;
    expect(said(reading({ 'lza/kms/service.yaml': service + more }))).toContain(
      `KW8126 lza/kms/service.yaml:4 \`!include ${path}\` cannot be read: ${problem}`,
    );
  });

  test('reports a problem in the included file at its place in that file', () => {
    const { diagnostics } = reading({
      'lza/kms/volumes.yaml':
        'name: volumes\npolicy: kms/volumes.json\nrotate: true\ndeploymentTargets: !include targets.yaml\n',
    });
    expect(diagnostics).toMatchObject([{ code: 'KW8121', span: { file: 'lza/kms/volumes.yaml', line: 3 } }]);
  });
});
