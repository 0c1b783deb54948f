/** Makes one change at a time to a project, and tests how it is reported. */

import type { Changes } from '@keywright/core/changes/declared';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import { comparePrograms } from '@keywright/migrate';
import { expect, test } from 'vitest';
import { describeChange } from '../diff/diff-words.ts';
import { compileFiles } from '../testing/projects.ts';

const base = `keywright: 1
app: shop
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
  test: { account: "777788889999", region: eu-west-1 }
principals:
  ops: { role: "arn:aws:iam::111122223333:role/Ops", mutable: false }
  partner: { role: "arn:aws:iam::444455556666:role/Partner", because: "our partner" }
  company: { organization: o-a1b2c3d4e5, because: "our own" }
standards:
  house:
    rotation: 180 days
    tags: { owner: platform }
stacks:
  main:
    environment: eu
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
      batch: { role: { assumedBy: ec2.amazonaws.com } }
    keys:
      orders:
        standard: house
        description: Encrypts orders
        aliases: [orders, app/orders]
        pendingWindow: 14 days
        multiRegion: true
        replicas: [{ environment: us, aliases: [orders] }]
        statements:
          - { sid: Read, principals: [ops, { account: "555566667777", because: "audits" }], actions: ["kms:Describe*", "kms:List*"] }
          - sid: Leave
            effect: Deny
            principals: { anyone: true }
            actions: ["kms:ScheduleKeyDeletion", "kms:DisableKey"]
            conditions: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" }, StringNotEquals: { "aws:PrincipalOrgID": [o-a1b2c3d4e5, o-b1b2c3d4e5] } }
          - { effect: Deny, principals: { anyone: true }, actions: "kms:*", conditions: { Bool: { "aws:SecureTransport": "false" } } }
          - { effect: Deny, notPrincipals: [ops, { account: "111122223333" }], actions: "kms:PutKeyPolicy" }
          - { effect: Deny, principals: partner, notActions: ["kms:Decrypt", "kms:DescribeKey"] }
          - { principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"], conditions: { StringEquals: { "kms:EncryptionContext:tenant": [a, b] }, StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } } }
        grants:
          - { to: api, can: decrypt }
          - { to: batch, can: encrypt, via: s3 }
          - { to: ops, can: administer }
        kmsGrants:
          worker: { grantee: { role: "arn:aws:iam::111122223333:role/Worker" }, operations: [Decrypt], encryptionContext: { tenant: a } }
      archive:
        aliases: [archive]
        services: [logs]
      old: { removal: destroy, enabled: false }
  shared:
    environment: [eu, test]
    keys:
      queue: { aliases: [queue], grants: [{ to: { role: "arn:aws:iam::\${account}:role/Queue", mutable: false }, can: encryptDecrypt }] }
    outputs: { queueArn: "\${keys.queue.arn}" }
`;

function compiled(yaml: string): { readonly program: Program; readonly changes: Changes } {
  // CloudFormation has no KMS grants.
  const text = yaml.replaceAll('    environment: eu\n', '    environment: eu\n    targets: [terraform, pulumi]\n');
  const { program, diagnostics, changes } = compileFiles({ 'keywright.yaml': text });
  if (program === undefined || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  return { program, changes };
}

const before = compiled(base).program;

/** `said` is the expected report. It is empty if the replacements change nothing. */
type Row = readonly [name: string, edits: readonly (readonly [from: string, to: string])[], said: readonly string[]];

const rows: readonly Row[] = [
  // The same meaning, written in another way.
  [
    'statements in another order',
    [
      ['          - { effect: Deny, principals: partner, notActions: ["kms:Decrypt", "kms:DescribeKey"] }\n', ''],
      [
        '        grants:\n          - { to: api',
        '          - { effect: Deny, principals: partner, notActions: ["kms:Decrypt", "kms:DescribeKey"] }\n        grants:\n          - { to: api',
      ],
    ],
    [],
  ],
  ['actions in another order', [['["kms:Describe*", "kms:List*"]', '["kms:List*", "kms:Describe*"]']], []],
  [
    'principals in another order',
    [
      [
        'principals: [ops, { account: "555566667777", because: "audits" }]',
        'principals: [{ account: "555566667777", because: "audits" }, ops]',
      ],
    ],
    [],
  ],
  ['values of a condition in another order', [['[a, b]', '[b, a]']], []],
  [
    'conditions in another order',
    [
      [
        'BoolIfExists: { "aws:MultiFactorAuthPresent": "false" }, StringNotEquals: { "aws:PrincipalOrgID": [o-a1b2c3d4e5, o-b1b2c3d4e5] }',
        'StringNotEquals: { "aws:PrincipalOrgID": [o-a1b2c3d4e5, o-b1b2c3d4e5] }, BoolIfExists: { "aws:MultiFactorAuthPresent": "false" }',
      ],
    ],
    [],
  ],
  ['another Sid', [['sid: Read', 'sid: Look']], []],
  ['no Sid', [['sid: Read, ', '']], []],
  [
    'a statement split by actions',
    [
      [
        'actions: ["kms:Describe*", "kms:List*"] }',
        'actions: "kms:Describe*" }\n          - { principals: [ops, { account: "555566667777", because: "audits" }], actions: "kms:List*" }',
      ],
    ],
    [],
  ],
  [
    'a statement split by principals',
    [
      [
        '- { sid: Read, principals: [ops, { account: "555566667777", because: "audits" }], actions: ["kms:Describe*", "kms:List*"] }',
        '- { principals: ops, actions: ["kms:Describe*", "kms:List*"] }\n          - { principals: { account: "555566667777", because: "audits" }, actions: ["kms:Describe*", "kms:List*"] }',
      ],
    ],
    [],
  ],
  [
    'a statement split by the values of a condition',
    [
      [
        '- { principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"], conditions: { StringEquals: { "kms:EncryptionContext:tenant": [a, b] }, StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } } }',
        '- { principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"], conditions: { StringEquals: { "kms:EncryptionContext:tenant": a }, StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } } }\n          - { principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"], conditions: { StringEquals: { "kms:EncryptionContext:tenant": b }, StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } } }',
      ],
    ],
    [],
  ],
  ['policies merged by minimizing', [['app: shop\n', 'app: shop\nsettings: { minimizePolicies: true }\n']], []],
  [
    'StringLike without a wildcard',
    [
      [
        'StringEquals: { "kms:EncryptionContext:tenant": [a, b] }, StringLike: { "kms:ViaService": "s3.*.amazonaws.com" }',
        'StringLike: { "kms:EncryptionContext:tenant": [a, b], "kms:ViaService": "s3.*.amazonaws.com" }',
      ],
    ],
    [],
  ],
  ['a condition key in another case', [['"aws:PrincipalOrgID"', '"aws:principalorgid"']], []],
  [
    'an expanded wildcard',
    [
      [
        '["kms:Describe*", "kms:List*"]',
        '["kms:DescribeKey", "kms:DescribeCustomKeyStores", "kms:ListAliases", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListKeys", "kms:ListResourceTags", "kms:ListRetirableGrants"]',
      ],
    ],
    [],
  ],
  ['an expanded capability', [['{ to: api, can: decrypt }', '{ to: api, can: "kms:Decrypt" }']], []],
  [
    'a principal by its ARN',
    [
      [
        '{ to: ops, can: administer }',
        '{ to: { role: "arn:aws:iam::111122223333:role/Ops", mutable: false }, can: administer }',
      ],
    ],
    [],
  ],
  ['a role with its path', [['arn:aws:iam::111122223333:role/Ops', 'arn:aws:iam::111122223333:role/team/Ops']], []],
  [
    'an account by the ARN of its root',
    [
      [
        '{ account: "555566667777", because: "audits" }',
        '{ arn: "arn:aws:iam::555566667777:root", because: "audits" }',
      ],
    ],
    [],
  ],
  [
    'a principal under another name',
    [
      ['  ops: {', '  operations: {'],
      ['principals: [ops,', 'principals: [operations,'],
      ['notPrincipals: [ops,', 'notPrincipals: [operations,'],
      ['to: ops', 'to: operations'],
    ],
    [],
  ],
  [
    'a statement twice',
    [
      [
        '          - { effect: Deny, principals: partner',
        '          - { principals: ops, actions: "kms:DescribeKey" }\n          - { effect: Deny, principals: partner',
      ],
    ],
    [],
  ],
  [
    'an Allow that a Deny makes void',
    [
      [
        '        grants:\n          - { to: api',
        '          - { principals: partner, actions: "kms:CreateGrant" }\n        grants:\n          - { to: api',
      ],
    ],
    [],
  ],
  [
    'values of the standard, repeated in the key',
    [['        description: Encrypts orders', '        rotation: 180 days\n        description: Encrypts orders']],
    [],
  ],
  ['a comment', [['app: shop\n', '# A comment\napp: shop\n']], []],
  [
    'keys in another order',
    [
      ['      old: { removal: destroy, enabled: false }\n', ''],
      ['    keys:\n      orders:', '    keys:\n      old: { removal: destroy, enabled: false }\n      orders:'],
    ],
    [],
  ],

  // Requests that KMS does not accept.
  [
    'a removed Deny of requests without TLS',
    [
      [
        '          - { effect: Deny, principals: { anyone: true }, actions: "kms:*", conditions: { Bool: { "aws:SecureTransport": "false" } } }\n',
        '',
      ],
    ],
    ['~ the policies of main.orders decide differently about requests without TLS, which KMS does not accept'],
  ],
  [
    'a Deny of fewer requests without TLS',
    [['actions: "kms:*", conditions: { Bool: { "aws:Sec', 'actions: "kms:Decrypt", conditions: { Bool: { "aws:Sec']],
    ['~ the policies of main.orders decide differently about requests without TLS, which KMS does not accept'],
  ],
  [
    'a Deny of requests without TLS, written differently',
    [['Bool: { "aws:SecureTransport": "false" }', 'BoolIfExists: { "aws:securetransport": ["FALSE", "false"] }']],
    [],
  ],
  [
    'an Allow that requires TLS',
    [
      [
        'principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"], conditions: { ',
        'principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"], conditions: { Bool: { "aws:SecureTransport": "true" }, ',
      ],
    ],
    [],
  ],

  [
    'a missing key',
    [['      archive:\n        aliases: [archive]\n        services: [logs]\n', '']],
    [
      '! main.archive is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless `removed` says `then: retain`',
    ],
  ],
  [
    'a key that is to be destroyed',
    [['      old: { removal: destroy, enabled: false }\n', '']],
    ['! main.old is gone and would be deleted after 30 days (its removal is destroy)'],
  ],
  [
    'a key that is removed and retained, as the YAML says',
    [
      ['      archive:\n        aliases: [archive]\n        services: [logs]\n', ''],
      ['  shared:\n', '    removed: [{ key: archive, then: retain }]\n  shared:\n'],
    ],
    ['! main.archive is removed, as `removed` says: the key stays, but nothing manages it any more'],
  ],
  [
    'a key that is removed and destroyed, as the YAML says',
    [
      ['      old: { removal: destroy, enabled: false }\n', ''],
      ['  shared:\n', '    removed: [{ key: old, then: destroy }]\n  shared:\n'],
    ],
    ['! main.old is removed, as `removed` says, and would be deleted after 30 days'],
  ],
  [
    'a replica that is removed, as the YAML says',
    [
      ['        replicas: [{ environment: us, aliases: [orders] }]\n', ''],
      ['  shared:\n', '    removed: [{ key: orders, replica: us, then: retain }]\n  shared:\n'],
    ],
    ['! main.orders@us is removed, as `removed` says: the key stays, but nothing manages it any more'],
  ],
  [
    'a stack that is no longer in an environment, as the YAML says',
    [['    environment: [eu, test]\n', '    environment: [eu]\n    removed: [{ environment: test, then: retain }]\n']],
    ['! shared-test.queue is removed, as `removed` says: the key stays, but nothing manages it any more'],
  ],
  [
    'a key that is removed with entries for both values of `removal`',
    [
      ['      old: { removal: destroy, enabled: false }\n', ''],
      ['  shared:\n', '    removed: [{ key: old, then: retain }, { key: old, then: destroy }]\n  shared:\n'],
    ],
    ['! main.old is removed, as `removed` says, and would be deleted after 30 days'],
  ],
  [
    'an environment that is gone, as the project says',
    [
      ['  test: { account: "777788889999", region: eu-west-1 }\n', ''],
      ['    environment: [eu, test]\n', '    environment: [eu]\n'],
      ['stacks:\n', 'removed: [{ account: "777788889999", then: retain }]\nstacks:\n'],
    ],
    ['! shared-test.queue is removed, as `removed` says: the key stays, but nothing manages it any more'],
  ],
  [
    'a replica that moved with its key',
    [
      ['      orders:\n', '      purchases:\n'],
      ['  shared:\n', '    moved: [{ from: orders, to: purchases }]\n  shared:\n'],
    ],
    [
      '~ main.purchases used to be main.orders: the same key',
      '~ main.purchases@us used to be main.orders@us: the same key',
    ],
  ],
  [
    'a replica in another region',
    [['us: { account: "111122223333", region: us-east-1 }', 'us: { account: "111122223333", region: us-west-2 }']],
    [
      '! main.orders@us is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless `removed` says `then: retain`',
      '+ main.orders@us is new',
    ],
  ],
  [
    'a key with another name',
    [['      archive:\n', '      logs:\n']],
    [
      '! alias/archive of main would point to another key, logs instead of archive: everything that encrypts through the alias would use it',
      '! main.archive is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless `removed` says `then: retain`',
      '+ main.logs is new',
    ],
  ],
  [
    'a key that moved',
    [
      ['      archive:\n', '      logs:\n'],
      ['  shared:\n', '    moved: [{ from: archive, to: logs }]\n  shared:\n'],
    ],
    ['~ main.logs used to be main.archive: the same key'],
  ],
  [
    'a key that moved to another stack',
    [
      ['      archive:\n        aliases: [archive]\n        services: [logs]\n', ''],
      [
        '  shared:\n',
        '  third:\n    environment: eu\n    moved: [{ from: main.archive }]\n    keys: { archive: { aliases: [archive], services: [logs] } }\n  shared:\n',
      ],
    ],
    ['~ third.archive used to be main.archive: the same key'],
  ],
  [
    'a key with another spec',
    [['      old: { removal: destroy', '      old: { spec: RSA_2048, usage: SIGN_VERIFY, removal: destroy']],
    [
      '! main.old would be replaced by a new key, which cannot decrypt what the old one encrypted: spec SYMMETRIC_DEFAULT → RSA_2048, usage ENCRYPT_DECRYPT → SIGN_VERIFY',
    ],
  ],
  [
    'a key that is no longer a multi-Region key',
    [['        multiRegion: true\n        replicas: [{ environment: us, aliases: [orders] }]\n', '']],
    [
      '! main.orders would be replaced by a new key, which cannot decrypt what the old one encrypted: multiRegion true → false',
      '! main.orders@us is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless `removed` says `then: retain`',
      '- arn:aws:iam::111122223333:role/Ops can do ReplicateKey with main.orders only if a policy outside this project allows it',
    ],
  ],
  [
    'a key that is disabled',
    [['        aliases: [archive]', '        enabled: false\n        aliases: [archive]']],
    ['! main.archive would be disabled: nobody could use it'],
  ],
  ['a key that is enabled', [['enabled: false }', 'enabled: true }']], ['~ main.old: enabled false → true']],
  [
    'a missing replica',
    [['        replicas: [{ environment: us, aliases: [orders] }]\n', '']],
    [
      '! main.orders@us is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless `removed` says `then: retain`',
    ],
  ],
  [
    'a stack in another account',
    [
      ['eu: { account: "111122223333"', 'eu: { account: "999900001111"'],
      ['us: { account: "111122223333"', 'us: { account: "999900001111"'],
    ],
    [
      '! main.archive, main.old, main.orders and shared-eu.queue would be replaced by a new key, which cannot decrypt what the old one encrypted: account 111122223333 → 999900001111',
      '! main.orders@us would be replaced by a new key, which cannot decrypt what the old one encrypted: account 111122223333 → 999900001111',
      '~ stack main and stack shared-eu: account 111122223333 → 999900001111',
      '~ stack shared-eu: output queueArn "arn:aws:kms:eu-west-1:111122223333:key/<id of shared-eu/key/queue>" → "arn:aws:kms:eu-west-1:999900001111:key/<id of shared-eu/key/queue>"',
    ],
  ],
  [
    'a stack that is missing in one environment',
    [['environment: [eu, test]', 'environment: [eu, us]']],
    [
      '! shared-test.queue is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless `removed` says `then: retain`',
      '+ shared-us.queue is new',
    ],
  ],
  [
    'a new key',
    [
      [
        '      archive:\n',
        '      fresh: { aliases: [fresh], grants: [{ to: partner, can: decrypt }] }\n      archive:\n',
      ],
    ],
    ['+ main.fresh is new'],
  ],

  [
    'a removed condition',
    [
      [
        'conditions: { StringEquals: { "kms:EncryptionContext:tenant": [a, b] }, StringLike',
        'conditions: { StringLike',
      ],
    ],
    [
      '+ arn:aws:iam::444455556666:role/Partner can now decrypt with main.orders in more cases, if a policy outside this project allows it',
      '+ arn:aws:iam::444455556666:role/Partner can now describe main.orders, if a policy outside this project allows it',
    ],
  ],
  [
    'an additional condition',
    [
      [
        'StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } } }',
        'StringLike: { "kms:ViaService": "s3.*.amazonaws.com" }, Bool: { "aws:MultiFactorAuthPresent": "true" } } }',
      ],
    ],
    ['- arn:aws:iam::444455556666:role/Partner can decrypt with main.orders in fewer cases'],
  ],
  [
    'an additional value of a condition',
    [['[a, b]', '[a, b, c]']],
    [
      '+ arn:aws:iam::444455556666:role/Partner can now decrypt with main.orders in more cases, if a policy outside this project allows it',
    ],
  ],
  [
    'a removed value of a condition',
    [['[a, b]', '[a]']],
    ['- arn:aws:iam::444455556666:role/Partner can decrypt with main.orders in fewer cases'],
  ],
  [
    'another value of a condition',
    [['[a, b]', '[a, c]']],
    ['~ arn:aws:iam::444455556666:role/Partner can decrypt with main.orders under different conditions'],
  ],
  [
    'another operator',
    [['StringEquals: { "kms:EncryptionContext:tenant"', 'StringNotEquals: { "kms:EncryptionContext:tenant"']],
    [
      '+ arn:aws:iam::444455556666:role/Partner can now describe main.orders, if a policy outside this project allows it',
      '~ arn:aws:iam::444455556666:role/Partner can decrypt with main.orders under different conditions',
    ],
  ],
  [
    'an operator with IfExists',
    [['StringEquals: { "kms:EncryptionContext:tenant"', 'StringEqualsIfExists: { "kms:EncryptionContext:tenant"']],
    [
      '+ arn:aws:iam::444455556666:role/Partner can now decrypt with main.orders in more cases, if a policy outside this project allows it',
      '+ arn:aws:iam::444455556666:role/Partner can now describe main.orders, if a policy outside this project allows it',
    ],
  ],
  [
    'another condition key',
    [['"kms:EncryptionContext:tenant": [a, b]', '"kms:EncryptionContext:team": [a, b]']],
    ['~ arn:aws:iam::444455556666:role/Partner can decrypt with main.orders under different conditions'],
  ],
  [
    'a value that is no longer excluded',
    [['[o-a1b2c3d4e5, o-b1b2c3d4e5]', '[o-a1b2c3d4e5]']],
    [
      '- account 111122223333 and arn:aws:iam::111122223333:role/Worker can do DisableKey and ScheduleKeyDeletion with main.orders in fewer cases',
      '- arn:aws:iam::111122223333:role/Ops and the root user of account 111122223333 can do DisableKey and ScheduleKeyDeletion with main.orders in fewer cases',
    ],
  ],
  [
    'an additional principal',
    [['principals: [ops, { account', 'principals: [ops, partner, { account']],
    [
      '+ arn:aws:iam::444455556666:role/Partner can now describe main.orders, if a policy outside this project allows it',
    ],
  ],
  [
    'a removed principal',
    [['principals: [ops, { account: "555566667777", because: "audits" }]', 'principals: [ops]']],
    [
      '- account 555566667777 can no longer do DescribeKey and ListGrants with main.orders',
      '- the root user of account 555566667777 can no longer do DescribeKey and ListGrants with main.orders',
    ],
  ],
  [
    'a principal in place of another',
    [['{ to: batch, can: encrypt', '{ to: ops, can: encrypt']],
    [
      '+ arn:aws:iam::111122223333:role/Ops can now encrypt with main.orders',
      '- main.batch can no longer encrypt with main.orders',
    ],
  ],
  [
    'an account in place of its role',
    [
      [
        'principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"]',
        'principals: { account: "444455556666", because: "x" }, actions: ["kms:Decrypt", "kms:DescribeKey"]',
      ],
    ],
    [
      '+ account 444455556666 can now decrypt with main.orders, if a policy outside this project allows it',
      '+ the root user of account 444455556666 can now decrypt with main.orders',
    ],
  ],
  [
    'everyone in place of a role',
    [
      [
        'principals: partner, actions: ["kms:Decrypt", "kms:DescribeKey"]',
        'principals: { anyone: true }, actions: ["kms:Decrypt", "kms:DescribeKey"]',
      ],
    ],
    [
      '+ account 111122223333 and arn:aws:iam::111122223333:role/Ops can now decrypt with main.orders',
      '+ everyone can now decrypt with main.orders, if a policy outside this project allows it',
      '+ main.batch and the root user of account 555566667777 can now decrypt with main.orders',
      '+ arn:aws:iam::111122223333:role/Worker can now decrypt with main.orders in more cases',
    ],
  ],
  [
    'an additional action',
    [['{ to: api, can: decrypt }', '{ to: api, can: encryptDecrypt }']],
    ['+ main.api can now encrypt with main.orders'],
  ],
  [
    'a removed action',
    [['{ to: ops, can: administer }', '{ to: ops, can: describe }']],
    [
      '- arn:aws:iam::111122223333:role/Ops can do CancelKeyDeletion, CreateAlias, CreateGrant, DeleteAlias, DeleteImportedKeyMaterial and 16 more with main.orders only if a policy outside this project allows it',
      '- arn:aws:iam::111122223333:role/Ops can do DisableKey, PutKeyPolicy and ScheduleKeyDeletion with main.orders only if a policy outside this project allows it',
    ],
  ],
  [
    'a removed grant',
    [['          - { to: api, can: decrypt }\n', '']],
    ['- main.api can no longer decrypt with main.orders'],
  ],
  [
    'a grant through another service',
    [['via: s3 }', 'via: ec2 }']],
    ['~ main.batch can encrypt with main.orders under different conditions'],
  ],
  [
    'a grant through no service',
    [[', via: s3 }', ' }']],
    ['+ main.batch can now encrypt with main.orders in more cases'],
  ],
  [
    'a removed Deny',
    [
      [
        '          - { effect: Deny, notPrincipals: [ops, { account: "111122223333" }], actions: "kms:PutKeyPolicy" }\n',
        '',
      ],
    ],
    [
      '+ account 111122223333 and arn:aws:iam::111122223333:role/Worker can now do PutKeyPolicy with main.orders, if a policy outside this project allows it',
      '+ arn:aws:iam::111122223333:role/Ops can now do PutKeyPolicy with main.orders in more cases',
    ],
  ],
  [
    'a Deny that becomes an Allow',
    [['          - { effect: Deny, principals: partner, notActions', '          - { principals: partner, notActions']],
    [
      '+ arn:aws:iam::444455556666:role/Partner can now do CreateGrant, DeriveSharedSecret, Encrypt, GenerateDataKey, GenerateDataKeyPair and 12 more with main.orders, if a policy outside this project allows it',
    ],
  ],
  [
    'an additional NotAction',
    [
      [
        'notActions: ["kms:Decrypt", "kms:DescribeKey"]',
        'notActions: ["kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant"]',
      ],
    ],
    [
      '~ arn:aws:iam::444455556666:role/Partner still cannot do CreateGrant with main.orders, but no longer because of an explicit Deny',
    ],
  ],
  [
    'an additional NotPrincipal that another Deny keeps out',
    [['notPrincipals: [ops, {', 'notPrincipals: [ops, partner, {']],
    [],
  ],
  [
    'a removed NotPrincipal',
    [['notPrincipals: [ops, {', 'notPrincipals: [{']],
    ['- arn:aws:iam::111122223333:role/Ops can no longer do PutKeyPolicy with main.orders'],
  ],
  [
    'a Deny under fewer conditions',
    [['BoolIfExists: { "aws:MultiFactorAuthPresent": "false" }, StringNotEquals', 'StringNotEquals']],
    [
      '- account 111122223333 and arn:aws:iam::111122223333:role/Worker can do DisableKey and ScheduleKeyDeletion with main.orders in fewer cases',
      '- arn:aws:iam::111122223333:role/Ops and the root user of account 111122223333 can do DisableKey and ScheduleKeyDeletion with main.orders in fewer cases',
    ],
  ],
  [
    'a key policy that does not trust the account',
    [['      archive:\n', '      archive:\n        policy: [{ principals: ops, actions: "kms:*" }]\n']],
    [
      '+ arn:aws:iam::111122223333:role/Ops can now do CancelKeyDeletion, CreateAlias, CreateGrant, Decrypt, DeleteAlias and 39 more with main.archive',
      '- account 111122223333 can no longer do CancelKeyDeletion, CreateAlias, CreateGrant, Decrypt, DeleteAlias and 39 more with main.archive',
      '- the root user of account 111122223333 can no longer do CancelKeyDeletion, CreateAlias, CreateGrant, Decrypt, DeleteAlias and 39 more with main.archive',
    ],
  ],
  [
    'a removed service',
    [['        services: [logs]\n', '']],
    ['- logs.eu-west-1.amazonaws.com can no longer encrypt and decrypt with main.archive'],
  ],
  [
    'a KMS grant with another encryption context',
    [['encryptionContext: { tenant: a }', 'encryptionContext: { tenant: b }']],
    ['~ arn:aws:iam::111122223333:role/Worker can decrypt with main.orders under different conditions'],
  ],
  [
    'a KMS grant with an additional operation',
    [['operations: [Decrypt]', 'operations: [Decrypt, Encrypt]']],
    ['+ arn:aws:iam::111122223333:role/Worker can now do Encrypt with main.orders'],
  ],
  [
    'a removed KMS grant',
    [
      [
        '        kmsGrants:\n          worker: { grantee: { role: "arn:aws:iam::111122223333:role/Worker" }, operations: [Decrypt], encryptionContext: { tenant: a } }\n',
        '',
      ],
    ],
    [
      '- the root user of account 111122223333 can no longer do RetireGrant with main.orders',
      '- arn:aws:iam::111122223333:role/Worker can decrypt with main.orders only if a policy outside this project allows it',
      '- KMS grant main.worker is gone',
    ],
  ],
  [
    'a role that another account may assume',
    [['assumedBy: lambda.amazonaws.com', 'assumedBy: [lambda.amazonaws.com, { account: "888899990000" }]']],
    ['+ account 888899990000 can now assume role main.api'],
  ],
  [
    'the same change in every environment',
    [['can: encryptDecrypt }] }', 'can: decrypt }] }']],
    [
      '- arn:aws:iam::${account}:role/Queue can encrypt with shared.queue (eu, test) only if a policy outside this project allows it',
    ],
  ],

  ['another rotation', [['rotation: 180 days', 'rotation: 90 days']], ['~ main.orders: rotation 180 days → 90 days']],
  ['no rotation', [['rotation: 180 days', 'rotation: false']], ['~ main.orders: rotation 180 days → off']],
  [
    'another window',
    [['pendingWindow: 14 days', 'pendingWindow: 7 days']],
    ['~ main.orders: pendingWindow 14 days → 7 days'],
  ],
  [
    'another removal',
    [['      old: { removal: destroy', '      old: { removal: retain']],
    ['~ main.old: removal destroy → retain'],
  ],
  [
    'another description',
    [['Encrypts orders', 'Encrypts all orders']],
    ['~ main.orders: description Encrypts orders → Encrypts all orders'],
  ],
  ['another tag', [['owner: platform', 'owner: security']], ['~ main.orders: tag owner platform → security']],
  ['an additional tag', [['owner: platform', 'owner: platform, pii: "yes"']], ['~ main.orders: tag pii yes is new']],
  ['a removed alias', [['aliases: [orders, app/orders]', 'aliases: [orders]']], ['- alias/app/orders of main is gone']],
  [
    'an alias moved to another key',
    [
      ['aliases: [orders, app/orders]', 'aliases: [orders]'],
      ['aliases: [archive]', 'aliases: [archive, app/orders]'],
    ],
    [
      '! alias/app/orders of main would point to another key, archive instead of orders: everything that encrypts through the alias would use it',
    ],
  ],
  [
    'two aliases swapped',
    [
      ['aliases: [orders, app/orders]', 'aliases: [orders, archive]'],
      ['aliases: [archive]', 'aliases: [app/orders]'],
    ],
    [
      '! alias/app/orders of main would point to another key, archive instead of orders: everything that encrypts through the alias would use it',
      '! alias/archive of main would point to another key, orders instead of archive: everything that encrypts through the alias would use it',
    ],
  ],
  [
    'an additional role',
    [['      batch: { role', '      other: { user: {} }\n      batch: { role']],
    ['+ user main.other is new'],
  ],
  [
    'a pinned name',
    [['      archive:\n', '      archive:\n        names: { terraform: old_archive }\n']],
    ['~ main.archive: name in terraform old_archive is new'],
  ],
  [
    'other targets',
    [['    environment: [eu, test]\n', '    environment: [eu, test]\n    targets: [terraform]\n']],
    ['~ stack shared-eu and stack shared-test: targets cfn, pulumi, terraform → terraform'],
  ],
  [
    'another output',
    [['queueArn: "${keys.queue.arn}"', 'queueArn: "${keys.queue.id}"']],
    [
      '~ stack shared-eu and stack shared-test: output queueArn "arn:aws:kms:${region}:${account}:key/<id of shared/key/queue>" → "<id of shared/key/queue>"',
    ],
  ],
];

test('the table has at least sixty changes', () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
});

test.each(rows)('%s leads to the expected report', (_, edits, said) => {
  const yaml = edits.reduce((text, [from, to]) => {
    expect(text.split(from).length - 1, from).toBe(1);
    return text.replace(from, () => to);
  }, base);
  const { program, changes: declared } = compiled(yaml);
  const changes = comparePrograms(before, program, { changes: declared });
  expect(
    changes.map((change) => {
      const { sign, sentence } = describeChange(change, (name) => name);
      return `${sign} ${sentence}`;
    }),
  ).toEqual(said);
});
