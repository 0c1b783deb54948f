/**
 * Ways in which a team's file may try to weaken what `keywright.yaml` requires of keys. Each is refused with a diagnostic, or changes
 * nothing that is decided.
 */
import { describe, expect, test } from 'vitest';
import { compileProject } from '../compile.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import { anyTarget, hostOf } from '../testing/compile-text.ts';

const root = `keywright: 1
app: company
include:
  - { files: platform.yaml, trusted: true }
  - { files: teams/*.yaml, stacksIn: [team, team-us] }
environments:
  team: { account: "111122223333", region: eu-west-1 }
  team-us: { account: "111122223333", region: us-east-1 }
  shared: { account: "444455556666", region: eu-west-1 }
  shared-us: { account: "444455556666", region: us-east-1 }
principals:
  keyAdmins: { role: "arn:aws:iam::\${account}:role/KeyAdmin" }
  company: { organization: o-a1b2c3d4e5 }
  archiver: { stack: platform, environment: shared, name: backup }
  breakGlass: { stack: emergency, environment: team, name: emergency }
rules: { KW7005: error, KW3091: error }
requirements:
  house:
    standard: guarded
    removal: retain
    rotation: at most 365 days
    pendingWindow: at least 14 days
    tags: { owner: required }
    aliases: lz/*
    admins: [keyAdmins, breakGlass]
    principals: { outside: organization }
    because: SEC-1
    except: [{ key: team.legacy, because: SEC-2 }, { key: team.inherited, because: SEC-3 }]
`;
const platform = `standards:
  guarded:
    removal: retain
    pendingWindow: 30 days
    rotation: true
    admins: [keyAdmins, breakGlass]
    tags: { owner: platform }
    statements:
      - sid: OnlyUs
        effect: Deny
        principals: { anyone: true }
        actions: kms:*
        conditions: { StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 } }
    locked: [removal, enabled, policy]
keySets:
  baseline: { logs: { standard: guarded, aliases: [lz/logs] } }
stacks:
  emergency:
    environment: team
    principals: { emergency: { role: { name: BreakGlass, assumedBy: lambda.amazonaws.com } } }
  common:
    environment: team
    keys: { shared: { standard: guarded, aliases: [lz/shared] } }
  platform:
    environment: shared
    principals: { backup: { role: { assumedBy: backup.amazonaws.com } } }
    keys: { config: { standard: guarded, aliases: [lz/config], grants: [{ to: everyoneInAccount, can: decrypt, via: s3 }] } }
`;
/** A stack in the team's place, with the keys of the set and more keys under `keys`. */
const stack = (keys: string, more = '') =>
  `stacks: { team: { environment: team, keySets: [baseline], keys: { legacy: { removal: destroy }, ${keys} }${more} } }\n`;
const own = (properties: string, more = '') => stack(`orders: { standard: guarded${properties} }`, more);
const policyFile = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const stranger = '{ account: "999999999999" }';
const grantToStranger =
  'kmsGrants: { x: { grantee: { role: "arn:aws:iam::999999999999:role/A" }, operations: [Decrypt] } }';
/** A stack of the team that adds something to the platform's key `common.shared`, which is in the team's own environment. */
const adds = (to: string) => own('', `, imports: { shared: { key: common.shared, ${to} } }`);
const addsGrant = (can: string, more = '') =>
  adds(`grants: [{ to: { role: "arn:aws:iam::111122223333:role/Mine" }, can: ${can}${more} }]`);
const addsKmsGrant = (operations: string) =>
  `kmsGrants: { x: { grantee: { role: "arn:aws:iam::111122223333:role/Mine" }, operations: ${operations} } }`;
const byArn = 'arn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"';
const deny = (principals: string, conditions = '') =>
  `, statements: [{ effect: Deny, principals: ${principals}, actions: "kms:Put*"${conditions} }]`;

const when = (operator: string, key: string, values: string) =>
  `, conditions: { "${operator}": { "${key}": ${values} } }`;
/** A Deny on the role of the admins, in a stack that grants it nothing. */
const onAdmins = (operator: string, key: string) =>
  own('').replace(
    'stacks: {',
    `stacks: { more: { environment: team, identityPolicies: { x: { attachTo: keyAdmins, statements: [{ effect: Deny, actions: "kms:Put*", resources: "*"${when(operator, key, '"${account}"')} }] } } },`,
  );

function compile(team: string, others: Readonly<Record<string, string>> = {}) {
  const files = { 'keywright.yaml': root, 'platform.yaml': platform, 'teams/team.yaml': team, ...others };
  const { program, diagnostics } = compileProject(hostOf(files, { 'teams/*.yaml': ['teams/team.yaml'] }).host, {
    targets: [anyTarget],
  });
  const errors = new Set(diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : [])));
  return { program, errors: [...errors].sort() };
}

describe('a team that follows the requirements', () => {
  test.each([
    ['takes the key set and adds keys', own('')],
    [
      'denies requests without TLS',
      own(deny('{ anyone: true }', ', conditions: { Bool: { "aws:SecureTransport": false } }')),
    ],
    [
      'denies strangers',
      own(deny('{ anyone: true }', ', conditions: { StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 } }')),
    ],
    ...(
      [
        ['StringNotEquals', 'aws:PrincipalAccount', '"${account}"'],
        ['StringNotEquals', 'kms:CallerAccount', '["444455556666", "111122223333"]'],
        ['StringNotLikeIfExists', 'AWS:PrincipalAccount', '"11112222*"'],
        ['StringEquals', 'aws:PrincipalAccount', '"999999999999"'],
        ['StringLike', 'aws:PrincipalArn', '"arn:*:iam::*:root"'],
        ['Bool', 'aws:PrincipalIsAWSService', 'true'],
      ] as const
    ).map(([operator, key, values]): [string, string] => [
      `denies requests that are never of the admins: ${operator} ${key} ${values}`,
      own(deny(key.endsWith('Arn') ? 'keyAdmins' : '{ anyone: true }', when(operator, key, values))),
    ]),
    ...(
      [
        ['ArnNotLike', '["arn:aws:iam::111122223333:role/KeyAdmin", "arn:aws:iam::111122223333:role/Me"]'],
        ['ArnNotEquals', '"arn:aws:iam::*:role/Key*"'],
        ['StringNotEquals', '"arn:${partition}:iam::${account}:role/KeyAdmin"'],
        ['StringNotLike', '"*/KeyAdmin"'],
      ] as const
    ).map(([operator, values]): [string, string] => [
      `denies the account but for the admins: ${operator} ${values}`,
      own(deny('keyAdmins', when(operator, 'aws:PrincipalArn', values))),
    ]),
    ['denies other accounts in a policy on the admins', onAdmins('StringNotEquals', 'aws:PrincipalAccount')],
    [
      'denies a role named like the admins in another account',
      own(deny('{ role: "arn:aws:iam::999999999999:role/KeyAdmin" }')),
    ],
    ['denies a user named like the admins', own(deny('{ user: "arn:aws:iam::111122223333:user/KeyAdmin" }'))],
    [
      'grants to a role of others that the root file names',
      own(', aliases: [lz/orders], grants: [{ to: archiver, can: decrypt }]'),
    ],
    [
      'grants to a role of others by its ARN',
      own(', grants: [{ to: { role: "arn:aws:iam::444455556666:role/Backup" }, can: decrypt }]'),
    ],
    [
      'gives an exempted key by its ARN an alias that is otherwise refused',
      own('', `, imports: { inherited: { ${byArn}, aliases: [orders] } }`),
    ],
    ['gives a key by its ARN a required name', own('', `, imports: { c: { ${byArn}, aliases: [lz/orders] } }`)],
    ['suppresses a rule', own(', suppress: [{ rule: KW7006, because: reviewed }]')],
    [
      'suppresses a rule for a key of its own through another stack',
      `stacks:
  team: { environment: team, keySets: [baseline], keys: { legacy: { removal: destroy } } }
  more: { environment: team, imports: { logs: { key: team.logs, suppress: [{ rule: KW7006, because: reviewed }] } } }
`,
    ],
    ['suppresses a warning about its import', adds('suppress: [{ rule: KW3034, because: reviewed }]')],
    ['grants more to the admins', own(', grants: [{ to: keyAdmins, can: decrypt }]')],
    ['denies somebody else', own(deny('{ role: "arn:aws:iam::111122223333:role/Intern" }'))],
    [
      'denies the admins use of a key',
      own(', statements: [{ effect: Deny, principals: keyAdmins, actions: kms:Decrypt }]'),
    ],
    ['retains what it removes', own('', ', removed: [{ key: old, then: retain }]')],
    ['gives a key another name', own('', ', moved: [{ from: purchases, to: orders }]')],
    [
      'gives an exempted key another name',
      own('', ', moved: [{ from: legacy, to: orders }]').replace('legacy: { removal: destroy }, ', ''),
    ],
    [
      'uses a key of the platform, and reads its metadata',
      addsGrant('[encryptDecrypt, describe, "kms:GenerateDataKey*", "kms:Get*", kms:ListGrants]'),
    ],
    [
      'lets AWS services create grants of a key of the platform',
      addsGrant('[decrypt, kms:CreateGrant]', ', when: { Bool: { "KMS:GrantIsForAWSResource": [true] } }'),
    ],
    ['adds a KMS grant to a key of the platform', adds(addsKmsGrant('[Decrypt, DescribeKey]'))],
    ['adds a KMS grant to a key by its ARN', own('', `, imports: { c: { ${byArn}, ${addsKmsGrant('[Decrypt]')} } }`)],
    [
      'administers a key of its own through another stack',
      `stacks:
  team: { environment: team, keySets: [baseline], keys: { legacy: { removal: destroy } } }
  more: { environment: team, imports: { logs: { key: team.logs, grants: [{ to: keyAdmins, can: "kms:*" }] } } }
`,
    ],
    ['removes an alias', own('', ', removed: [{ alias: lz/old, then: destroy }]')],
  ])('%s without an error', (_, team) => {
    expect(compile(team).errors).toEqual([]);
  });

  test('may destroy an exempted key, which keeps its exception', () => {
    const team = `stacks: { team: { environment: team, keySets: [baseline], removed: [{ key: legacy, then: destroy }] } }\n`;
    expect(compile(team).errors).toEqual([]);
  });
});

describe('an attempt to weaken the root file', () => {
  test.each([
    // Names that the root file defines.
    ['a standard of the same name', `standards: { guarded: { removal: destroy } }\n${own('')}`, ['KW2002']],
    [
      'a standard with almost the same name',
      `standards: { Guarded: { removal: retain } }\n${stack('a: { standard: Guarded }')}`,
      ['KW3300', 'KW3302', 'KW3307', 'KW3309'],
    ],
    [
      'a standard with a letter of another script',
      `standards: { gu\u0430rded: {} }\n${stack('a: { standard: gu\u0430rded }')}`,
      ['KW1005'],
    ],
    [
      'a standard that builds on the locked standard and changes it',
      `standards: { own: { standard: guarded, removal: destroy } }\n${stack('a: { standard: own }')}`,
      ['KW3301', 'KW3311'],
    ],
    ['a key set of the same name', `keySets: { baseline: { logs: {} } }\n${own('')}`, ['KW2002']],
    ['a stack of the same name', `stacks: { platform: { environment: team, keys: { config: {} } } }\n`, ['KW2002']],
    [
      'a role that is called like the admins',
      own('', ', principals: { keyAdmins: { role: { assumedBy: lambda.amazonaws.com } } }'),
      ['KW2002'],
    ],
    [
      'a principal that is called like the admins',
      `principals: { keyAdmins: { role: "arn:aws:iam::999999999999:role/A" } }\n${own('')}`,
      ['KW2002'],
    ],
    [
      'another organization in place of the company’s',
      `principals: { ours: { organization: o-p1q2r3s4t5 } }\n${own(', grants: [{ to: ours, can: decrypt }]')}`,
      ['KW3310'],
    ],
    [
      'a name of its own for everyone in the account',
      `principals: { everyoneInAccount: ${stranger} }\n${own('')}`,
      ['KW2002', 'KW3310'],
    ],
    [
      'a role that is called like everyone in the account',
      own('', ', principals: { everyoneInAccount: { role: { assumedBy: lambda.amazonaws.com } } }'),
      ['KW2002'],
    ],
    ['another name for the app', `app: other\n${own('')}`, ['KW2002']],
    // Sections of the root file.
    [
      'an exception of its own',
      `requirements: { house: { except: [{ key: team.orders, because: no }] } }\n${own('')}`,
      ['KW2180'],
    ],
    ['a rule that is off', `rules: { KW3301: "off" }\n${own(', removal: destroy')}`, ['KW2180', 'KW3301', 'KW3311']],
    ['key policies as the CDK used to make them', `settings: { defaultKeyPolicies: false }\n${own('')}`, ['KW2180']],
    ['policies that are not minimized', `settings: { minimizePolicies: false }\n${own('')}`, ['KW2180']],
    ['options of a target', `targets: { any: {} }\n${own('')}`, ['KW2180']],
    ['a group that has other members', `groups: { team: [shared] }\n${own('')}`, ['KW2180']],
    [
      'another name for an account',
      `environments: { mine: { account: "444455556666", region: eu-west-1 } }\n${own('')}`,
      ['KW2181'],
    ],
    [
      'a file that the file of the team trusts',
      `include: [{ files: more.yaml, trusted: true }]\n${own('')}`,
      ['KW1003'],
    ],
    ['a file of its own with sections that it cannot have', `include: [more.yaml]\n${own('')}`, ['KW2180']],
    ['a file that is trusted, included again', `include: [../platform.yaml]\nsettings: {}\n${own('')}`, ['KW2180']],
    // Properties of a key.
    [
      'a suppression',
      stack('a: { standard: guarded, removal: destroy, suppress: [{ rule: KW3301, because: no }] }'),
      ['KW3044', 'KW3301', 'KW3311'],
    ],
    ['a change in an environment', own(', in: { team: { removal: destroy } }'), ['KW3301', 'KW3311']],
    [
      'another standard in an environment',
      `standards: { loose: { removal: destroy } }\n${own(', in: { team: { standard: loose } }')}`,
      ['KW3300', 'KW3301', 'KW3302', 'KW3307', 'KW3309'],
    ],
    ['a change under `in` of its stack', own('', ', in: { team: { keys: { logs: { enabled: false } } } }'), ['KW3311']],
    ['a key of a set that is changed', stack('logs: { removal: destroy }'), ['KW3301', 'KW3311']],
    [
      'a property that is written twice',
      `stacks:\n  team:\n    environment: team\n    keys:\n      a:\n        standard: guarded\n        removal: retain\n        removal: destroy\n`,
      ['KW0011'],
    ],
    [
      'an anchor that is merged',
      `stacks:\n  team:\n    environment: team\n    keys:\n      legacy: &loose { removal: destroy }\n      a: { <<: *loose, standard: guarded }\n`,
      ['KW3301', 'KW3311'],
    ],
    ['a tag without a value', own(', tags: { owner: " " }'), ['KW3307']],
    [
      'a tag with a letter of another script',
      stack('a: { tags: { \u043ewner: me }, rotation: true, admins: [keyAdmins, breakGlass], aliases: [lz/a] }'),
      ['KW3300', 'KW3307'],
    ],
    [
      'a replica without a standard',
      own(', multiRegion: true, replicas: [{ environment: team-us, enabled: false }]'),
      ['KW3300', 'KW3307', 'KW3309', 'KW3311'],
    ],
    [
      'a replica elsewhere',
      own(', multiRegion: true, replicas: [{ environment: shared-us, standard: guarded }]'),
      ['KW2182', 'KW3015'],
    ],
    [
      'a forbidden alias name for a key by its ARN',
      own('', `, imports: { c: { ${byArn}, aliases: [orders] } }`),
      ['KW3308'],
    ],
    [
      'a KMS grant to a stranger on a key by its ARN whose aliases are exempted',
      own('', `, imports: { inherited: { ${byArn}, aliases: [orders], ${grantToStranger} } }`),
      ['KW3310'],
    ],
    [
      'a forbidden alias name for a key that it looks up',
      own('', ', imports: { c: { lookup: { alias: lz/shared }, aliases: [orders] } }'),
      ['KW3308', 'KW5010'],
    ],
    ['a forbidden alias name', own('', ', imports: { c: { key: team.logs, aliases: [orders] } }'), ['KW3308']],
    // Access by outsiders.
    ['a grant to a stranger', own(`, grants: [{ to: ${stranger}, can: decrypt }]`), ['KW3310']],
    ['a policy of its own', own(`, policy: [{ principals: ${stranger}, actions: "kms:*" }]`), ['KW3310', 'KW3311']],
    ['a policy file for the world', own(', policy: { file: open.json, because: fine }'), ['KW3310', 'KW3311']],
    ['a KMS grant to a stranger', own(`, ${grantToStranger}`), ['KW3310']],
    [
      'a KMS grant on a key by its ARN',
      own(
        '',
        `, imports: { c: { arn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", ${grantToStranger} } }`,
      ),
      ['KW3310'],
    ],
    [
      'a grant on a key of others',
      own(
        '',
        `, imports: { c: { key: platform.config, environment: shared, grants: [{ to: company, can: decrypt }] } }`,
      ),
      ['KW2183'],
    ],
    [
      'an alias of a key of others',
      own('', `, imports: { c: { key: platform.config, environment: shared, aliases: [lz/mine] } }`),
      ['KW2009', 'KW2183', 'KW3016'],
    ],
    [
      'an order of stacks in which a key of others could name only the account of a role',
      own(
        '',
        ', principals: { mine: { role: { assumedBy: lambda.amazonaws.com } } }, imports: { c: { key: platform.config, environment: shared } }, identityPolicies: { x: { attachTo: mine, statements: [{ actions: kms:Decrypt, resources: "${imports.c.arn}" }] } }',
      ),
      ['KW2009'],
    ],
    [
      'a grant that changes a role of others',
      own(', aliases: [lz/orders], grants: [{ to: platform.backup, can: decrypt }]'),
      ['KW2184'],
    ],
    [
      'a statement that gives a name to a role of others',
      own(
        ', statements: [{ principals: { stack: platform, environment: shared, name: backup }, actions: kms:Decrypt }]',
      ),
      ['KW2009', 'KW2184'],
    ],
    [
      'a role of others under a name of its own',
      `principals: { mine: { stack: platform, environment: shared, name: backup } }\n${own(', aliases: [lz/orders], admins: [mine]')}`,
      ['KW2184'],
    ],
    [
      'a role of its own that a role of others assumes',
      own('', ', principals: { mine: { role: { assumedBy: platform.backup } } }'),
      ['KW2009', 'KW2184'],
    ],
    [
      'a statement with the sid of the statement that denies',
      own(', statements: [{ sid: OnlyUs, principals: keyAdmins, actions: "kms:*" }]'),
      ['KW3048'],
    ],
    [
      'a suppression of a rule that is an error',
      own(', suppress: [{ rule: KW7005, because: no }, { rule: KW7006, because: reviewed }]'),
      ['KW3044'],
    ],
    ['a suppression of a warning that is an error', own(', suppress: [{ rule: KW3091, because: no }]'), ['KW3044']],
    [
      'a suppression of such an error in a standard',
      `standards: { own: { standard: guarded, suppress: [{ rule: KW7005, because: no }] } }\n${stack('a: { standard: own, aliases: [lz/a] }')}`,
      ['KW3044'],
    ],
    [
      'a suppression of such an error for a replica',
      own(
        ', multiRegion: true, replicas: [{ environment: team-us, standard: guarded, aliases: [lz/a], suppress: [{ rule: KW7005, because: no }] }]',
      ),
      ['KW3044'],
    ],
    [
      'a suppression of such an error where an environment differs',
      own(', in: { team: { suppress: [{ rule: KW7005, because: no }] } }'),
      ['KW3044'],
    ],
    [
      'a suppression of such an error in a key set',
      `keySets: { mine: { a: { standard: guarded, aliases: [lz/a], suppress: [{ rule: KW7005, because: no }] } } }\n${own('').replace('[baseline]', '[baseline, mine]')}`,
      ['KW3044'],
    ],
    ['a suppression for a key of the platform', adds('suppress: [{ rule: KW7004, because: no }]'), ['KW2187']],
    // Additions to a key of the platform.
    ['everything on a key of the platform', addsGrant('"kms:*"'), ['KW2186']],
    ['everything on a key of the platform, in several patterns', addsGrant('["kms:?*"]'), ['KW2186']],
    ['administering a key of the platform', addsGrant('[decrypt, administer]'), ['KW2186']],
    ['changing the policy of a key of the platform', addsGrant('kms:putkeypolicy'), ['KW2186']],
    ['scheduling the deletion of a key of the platform, by a pattern', addsGrant('"kms:S*Deletion"'), ['KW2186']],
    ['revoking grants of others', addsGrant('kms:RevokeGrant'), ['KW2186']],
    [
      'a grant with a suppression',
      adds('grants: [{ to: keyAdmins, can: administer }], suppress: [{ rule: KW2186, because: no }]'),
      ['KW2186', 'KW3044'],
    ],
    ['creating grants for anyone', addsGrant('kms:CreateGrant'), ['KW2186']],
    [
      'creating grants for anyone, under a condition that may be missing',
      addsGrant('kms:CreateGrant', ', when: { BoolIfExists: { "kms:GrantIsForAWSResource": true } }'),
      ['KW2186'],
    ],
    [
      'creating grants for anyone, under a condition that may hold either way',
      addsGrant('kms:CreateGrant', ', when: { Bool: { "kms:GrantIsForAWSResource": [true, false] } }'),
      ['KW2186'],
    ],
    [
      'deleting a key of the platform, under the condition for grants',
      addsGrant(
        '[kms:CreateGrant, kms:ScheduleKeyDeletion]',
        ', when: { Bool: { "kms:GrantIsForAWSResource": true } }',
      ),
      ['KW2186'],
    ],
    ['a KMS grant that can be passed on', adds(addsKmsGrant('[Decrypt, CreateGrant]')), ['KW2186']],
    ['a KMS grant whose grantee can retire grants', adds(addsKmsGrant('[RetireGrant]')), ['KW2186']],
    [
      'a KMS grant that can be passed on, on a key by its ARN',
      own('', `, imports: { c: { ${byArn}, ${addsKmsGrant('[Decrypt, CreateGrant]')} } }`),
      ['KW2186'],
    ],
    [
      'administering a key of the platform, where an environment differs',
      own(
        '',
        ', in: { team: { imports: { shared: { key: common.shared, grants: [{ to: keyAdmins, can: administer }] } } } }',
      ),
      ['KW2186'],
    ],
    // Administrators of a key.
    ['a Deny for the admins', own(deny('keyAdmins')), ['KW3312']],
    [
      'a Deny for a session of the admins',
      own(deny('{ arn: "arn:aws:sts::111122223333:assumed-role/KeyAdmin/alice" }')),
      ['KW3312'],
    ],
    [
      'a Deny for everyone but the admins, which does not exempt their sessions',
      own(
        ', statements: [{ effect: Deny, notPrincipals: [keyAdmins, { account: "${account}" }], actions: "kms:Put*" }]',
      ),
      ['KW3312'],
    ],
    [
      'a Deny for everyone outside an organization whose id is written in capital letters',
      own(deny('{ anyone: true }', ', conditions: { StringNotEquals: { "aws:PrincipalOrgID": O-A1B2C3D4E5 } }')),
      ['KW3312'],
    ],
    [
      'a Deny for the account id of the admins, in a policy file',
      stack(
        'a: { rotation: true, admins: [keyAdmins, breakGlass], tags: { owner: me }, policy: { file: denies.json } }',
      ),
      ['KW3300', 'KW3312'],
    ],
    ['a Deny for the account of the admins', own(deny('{ account: "${account}" }')), ['KW3312']],
    [
      'a Deny for everyone except one principal',
      own(
        ', statements: [{ effect: Deny, notPrincipals: { role: "arn:aws:iam::111122223333:role/Me" }, notActions: kms:Decrypt }]',
      ),
      ['KW3312'],
    ],
    ...(
      [
        ['StringNotEquals', 'aws:PrincipalAccount', '"444455556666"'],
        ['StringNotEquals', 'aws:PrincipalAccount', '"1111*"'],
        ['StringEquals', 'aws:PrincipalAccount', '["999999999999", "${account}"]'],
        ['StringNotEquals', 'aws:PrincipalAccount', '"$${account}"'],
        ['ArnNotEquals', 'aws:PrincipalAccount', '"${account}"'],
        ['StringNotEquals', 'aws:SourceAccount', '"${account}"'],
        ['ArnNotLike', 'aws:PrincipalArn', '"arn:aws:iam::111122223333:role/Me"'],
        ['ArnNotLike', 'aws:PrincipalArn', '"arn:aws:iam::111122223333:role/team/KeyAdmin"'],
        ['ArnNotLike', 'aws:PrincipalArn', '"arn:*/KeyAdmin"'],
        ['StringNotEquals', 'aws:PrincipalArn', '"arn:aws:iam::*:role/KeyAdmin"'],
        ['StringNotLike', 'aws:PrincipalArn', '"arn:aws:iam::*:role/keyadmin"'],
        ['StringNotEquals', 'aws:PrincipalArn', '"arn:aws:sts::111122223333:assumed-role/KeyAdmin/alice"'],
        ['StringLike', 'aws:PrincipalArn', '"arn:aws:iam::111122223333:role/$${aws:PrincipalTag/role}"'],
        ['ForAllValues:StringNotEquals', 'aws:PrincipalAccount', '"${account}"'],
        ['BoolIfExists', 'aws:PrincipalIsAWSService', 'true'],
      ] as const
    ).map(([operator, key, values]): [string, string, readonly string[]] => [
      `a Deny that may hold for the admins: ${operator} ${key} ${values}`,
      own(deny('keyAdmins', when(operator, key, values))),
      ['KW3312'],
    ]),
    [
      'a Deny on the role of the admins under a condition key that only requests about keys have',
      onAdmins('StringNotEquals', 'kms:CallerAccount'),
      ['KW3312'],
    ],
    [
      'a Deny under a condition that always holds',
      own(deny('{ anyone: true }', ', conditions: { Bool: { "aws:SecureTransport": true } }')),
      ['KW3312'],
    ],
    [
      'a role with the name of the admins',
      own('', ', principals: { mine: { role: { name: keyadmin, assumedBy: lambda.amazonaws.com } } }'),
      ['KW3314'],
    ],
    [
      'a Deny on the role of the admins',
      own(
        '',
        ', identityPolicies: { x: { attachTo: keyAdmins, policyName: x, statements: [{ effect: Deny, actions: "kms:*", resources: "*" }] } }',
      ),
      ['KW3312', 'KW3319'],
    ],
    [
      'a Deny on the role of the admins, by another path and in small letters',
      own(
        '',
        ', identityPolicies: { x: { attachTo: { role: "arn:aws:iam::111122223333:role/team/keyadmin" }, policyName: x, statements: [{ effect: Deny, actions: "kms:*", resources: "*" }] } }',
      ),
      ['KW3312', 'KW3319'],
    ],
    [
      'a policy on the role of the admins with the name of a policy that they may have',
      own(
        '',
        ', identityPolicies: { x: { attachTo: keyAdmins, policyName: Administration, statements: [{ actions: "kms:ListKeys", resources: "*" }] } }',
      ),
      ['KW3319'],
    ],
    [
      'a grant to the role of the admins with the name of such a policy',
      own(
        ', grants: [{ to: { role: "arn:aws:iam::111122223333:role/x/keyadmin", policyName: Administration }, can: decrypt }]',
      ),
      ['KW3319'],
    ],
    [
      'another name for the role of the admins, with the name of such a policy',
      `principals: { mine: { role: "arn:aws:iam::\${account}:role/KeyAdmin", policyName: Administration } }\n${own(', grants: [{ to: mine, can: decrypt }]')}`,
      ['KW3319'],
    ],
    [
      'a Deny for a role of the admins that the project creates, by its ARN',
      own(deny('{ role: "arn:aws:iam::111122223333:role/breakglass" }')),
      ['KW3312'],
    ],
    [
      'a Deny on a role of the admins that the project creates, by its ARN',
      own(
        '',
        ', identityPolicies: { x: { attachTo: { role: "arn:aws:iam::111122223333:role/BreakGlass" }, policyName: x, statements: [{ effect: Deny, actions: "kms:*", resources: "*" }] } }',
      ),
      ['KW3312', 'KW3319'],
    ],
    [
      'a grant to a role of the admins that the project creates, with the name of a policy that it may have',
      own(
        ', grants: [{ to: { role: "arn:aws:iam::111122223333:role/BreakGlass", policyName: Administration }, can: decrypt }]',
      ),
      ['KW3319'],
    ],
    // The place of a key, and its removal.
    ['a stack that can be anywhere', `stacks: { team: { keySets: [baseline] } }\n`, ['KW2182']],
    ['a stack elsewhere', `stacks: { team: { environment: "*", keySets: [baseline] } }\n`, ['KW2182']],
    ['a key that is destroyed when it is gone', own('', ', removed: [{ key: old, then: destroy }]'), ['KW3313']],
    [
      'a stack of others that is destroyed when it is gone',
      own('', ', removed: [{ stack: gone, then: destroy }]'),
      ['KW3313'],
    ],
    ['a target whose keys are destroyed', own('', ', removed: [{ environment: gone, then: destroy }]'), ['KW3313']],
    [
      'a stack of others that is destroyed while it is there',
      own('', ', removed: [{ stack: platform, then: destroy }]'),
      ['KW3313', 'KW5160'],
    ],
    [
      'a key that gets the name of an exception',
      stack('logs: {}', ', moved: [{ from: orders, to: legacy }]'),
      ['KW3318'],
    ],
    [
      'a key that gets the name of an exception, from another stack of the team',
      stack('logs: {}', ', moved: [{ from: billing.legacy }, { from: billing-team.orders, to: logs }]'),
      ['KW3318'],
    ],
    [
      'a stack that gets the name of a stack with exceptions, with all of its keys',
      stack('logs: {}', ', moved: [{ from: "billing.*" }]'),
      ['KW3318'],
    ],
    [
      'both outcomes for a missing key',
      own('', ', removed: [{ key: old, then: retain }, { key: old, then: destroy }]'),
      ['KW3313'],
    ],
    [
      'replicas that are destroyed, by their region',
      own('', ', removed: [{ key: orders, replica: us-east-1, then: destroy }]'),
      ['KW3313'],
    ],
    [
      'places that are destroyed, by a pattern',
      own('', ', removed: [{ environment: "gone-*", then: destroy }]'),
      ['KW3313'],
    ],
    ['another name for a place', `moved: [{ environment: old, to: team }]\n${own('')}`, ['KW2180']],
    [
      'a stack that is gone, at the top of its file',
      `removed: [{ stack: gone, then: retain }]\n${own('')}`,
      ['KW2180'],
    ],
    [
      'the environments of its stack, by a pattern',
      own('', ', in: { "te*": { keys: { orders: { pendingWindow: 7 days } } } }'),
      ['KW3303'],
    ],
    [
      'the replica of its stack in an environment',
      own(
        ', multiRegion: true, replicas: [{ environment: team-us, standard: guarded, aliases: [lz/o], in: { team-us: { tags: { owner: "" } } } }]',
      ),
      ['KW3307'],
    ],
    [
      'a key set of its own with the key of another set',
      `keySets: { mine: { logs: { standard: guarded } } }\n${own('').replace('[baseline]', '[baseline, mine]')}`,
      ['KW2143'],
    ],
    [
      'an unlocked standard',
      `standards: { own: { standard: guarded, in: { team: { enabled: false } } } }\n${stack('a: { standard: own, aliases: [lz/a] }')}`,
      ['KW3311'],
    ],
    [
      'an organizational unit of others',
      `principals: { ours: { orgUnit: o-p1q2r3s4t5/r-ab12/ou-ab12-11111111 } }\n${own(', grants: [{ to: ours, can: decrypt }]')}`,
      ['KW3310'],
    ],
    [
      'everyone in organizations whose ids start alike',
      own(
        ', statements: [{ principals: { anyone: true }, actions: kms:Decrypt, conditions: { StringLike: { "aws:PrincipalOrgID": "o-*" } } }]',
      ),
      ['KW3310'],
    ],
    [
      'a service on behalf of a stranger',
      own(
        ', statements: [{ principals: { service: sns }, actions: kms:Decrypt, conditions: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:999999999999:*" } } }]',
      ),
      ['KW3310'],
    ],
    [
      'a key of others that is moved to the team',
      own('', ', moved: [{ from: platform.config, to: orders }]'),
      ['KW5160'],
    ],
  ])('%s is refused', (_, team, codes) => {
    const more = 'requirements: {}\n';
    const open = policyFile({ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' });
    const denies = policyFile({
      Effect: 'Deny',
      Principal: { AWS: '111122223333' },
      Action: 'kms:Put*',
      Resource: '*',
    });
    const files = { 'teams/more.yaml': more, 'teams/open.json': open, 'teams/denies.json': denies };
    expect(compile(team, files).errors).toEqual(codes);
  });

  test.each([
    [
      'a statement that allows what the house denies',
      own(
        ', statements: [{ principals: { anyone: true }, actions: "kms:*", conditions: { StringEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 } } }]',
      ),
    ],
    ['an empty list of admins', own(', admins: [], statements: [], grants: []')],
    ['a trusted file that it includes again', `include: [../platform.yaml]\n${own('')}`],
    ['another name for the key in a tool', own(', names: { any: x }')],
  ])('%s weakens nothing', (_, team) => {
    const [before, after] = [compile(own('')), compile(team)];
    expect(after.errors).toEqual([]);
    const keyOfTeam = policiesOf(after.program).get('team.orders')?.statements ?? [];
    for (const statement of policiesOf(before.program).get('team.orders')?.statements ?? [])
      expect(keyOfTeam.map(withoutSource)).toContainEqual(withoutSource(statement));
    const keyOfPlatform = policiesOf(after.program).get('platform.config');
    expect(keyOfPlatform).toEqual(policiesOf(before.program).get('platform.config'));
  });
});

describe('an environment of an untrusted file', () => {
  const accountsRoot = `keywright: 1
app: company
include: [more.yaml]
accounts:
  pay: { id: "333300000001", regions: [eu-west-1], purpose: production }
  orders: { id: "333300000002", purpose: production }
environments:
  data: { account: "333300000003", region: eu-west-1, purpose: production }
groups:
  production: { purpose: production }
  development: { purpose: development }
standards:
  house: { removal: retain, locked: [removal], in: { development: { removal: destroy } } }
stacks:
  platform: { environment: [production, development], keys: { config: { standard: house } } }
`;
  const compileAccounts = (environments: string, root = accountsRoot) => {
    const more = `environments: { first: { account: "555500000000", region: eu-west-1, purpose: development }, ${environments} }
stacks: { more: { environment: first, keys: { cards: { standard: house } } } }
`;
    const { host } = hostOf({ 'keywright.yaml': root, 'more.yaml': more });
    const { diagnostics } = compileProject(host, { targets: [anyTarget] });
    return diagnostics.filter(({ severity }) => severity === 'error');
  };

  test.each([
    ['in an account with environments', 'mine: { account: "333300000001", region: eu-west-1, purpose: development }'],
    [
      'in another region of such an account',
      'mine: { account: "333300000001", region: eu-north-1, purpose: development }',
    ],
    ['in an account without regions', 'mine: { account: "333300000002", region: eu-west-1 }'],
    ['in the account of an environment', 'mine: { account: "333300000003", region: eu-west-1, groups: [x] }'],
    [
      'whose account is an anchor',
      'a: { account: "444400000000", region: eu-west-1, values: { id: &id "333300000001" } }, mine: { account: *id, region: eu-west-1 }',
    ],
    [
      'that is merged from an anchor',
      'a: &a { account: "444400000000", region: eu-west-1 }, mine: { <<: *a, account: "333300000001" }',
    ],
    ['in another partition', 'mine: { account: "333300000001", region: cn-north-1 }'],
  ])('%s is refused', (_, environments) => {
    expect(compileAccounts(environments).map(({ code }) => code)).toEqual(['KW2185']);
  });

  test('in an account that only untrusted files name may join the groups of the root file', () => {
    expect(compileAccounts('mine: { account: "555500000000", region: eu-north-1, purpose: production }')).toEqual([]);
  });

  test('may be in any account if its file is trusted', () => {
    const trusting = accountsRoot.replace('[more.yaml]', '[{ files: more.yaml, trusted: true }]');
    const mine = 'mine: { account: "333300000001", region: eu-north-1, purpose: development }';
    expect(compileAccounts(mine, trusting)).toEqual([]);
  });
});

type Program = ReturnType<typeof compile>['program'];

function policiesOf(program: Program): ReadonlyMap<string, PolicyDocument> {
  const keys = (program?.stacks ?? []).flatMap(({ name, resources }) =>
    resources.flatMap((resource) =>
      resource.kind === 'key' ? [[`${name}.${resource.name}`, resource.policy] as const] : [],
    ),
  );
  return new Map(keys);
}

function withoutSource({ source: _, ...statement }: PolicyDocument['statements'][number]): object {
  return statement;
}
