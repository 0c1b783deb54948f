import { describe, expect, test } from 'vitest';
import { compileProject } from '../compile.ts';
import { anyTarget, compileText, hostOf } from '../testing/compile-text.ts';

const around = `keywright: 1
app: demo
environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  dev: { account: "444455556666", region: eu-west-1 }
principals:
  company: { organization: o-a1b2c3d4e5 }
  keyAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }
  sameAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }
  operators: { anyOf: [sameAdmins] }
standards:
  guarded: { removal: retain }
  data: { standard: guarded }
  other: { removal: destroy }
`;

/** The codes of the errors and warnings about a project with one requirement and one key, in prod. */
function found(requirement: string, key: string, more = '', environment = 'prod'): readonly string[] {
  const where = environment === '' ? '' : `environment: ${environment}, `;
  const text = `${around}requirements: { house: ${requirement} }\nstacks:\n  app: { ${where}keys: { orders: ${key} } }\n${more}`;
  const { diagnostics } = compileText(text);
  return diagnostics.filter(({ severity }) => severity !== 'note').map(({ code }) => code);
}

describe('a requirement', () => {
  test.each([
    ['standard: guarded', '{ standard: data }', '{ standard: other }', 'KW3300'],
    ['standard: [other, data]', '{ standard: other }', '{ standard: guarded }', 'KW3300'],
    ['standard: guarded', '{ standard: guarded }', '{}', 'KW3300'],
    ['removal: retain', '{}', '{ removal: destroy }', 'KW3301'],
    ['removal: retain', '{ standard: other, removal: retain }', '{ standard: other }', 'KW3301'],
    ['removal: destroy', '{ standard: other }', '{}', 'KW3301'],
    ['rotation: at most 365 days', '{ rotation: true }', '{ rotation: 366 days }', 'KW3302'],
    ['rotation: at most 180 days', '{ rotation: { period: 180 } }', '{ rotation: true }', 'KW3302'],
    ['rotation: at most 365 days', '{ spec: HMAC_256 }', '{ rotation: { enabled: false } }', 'KW3302'],
    ['rotation: at least 365 days', '{ rotation: 400 days }', '{ rotation: 90 days }', 'KW3302'],
    ['rotation: 180 days', '{ rotation: 180d }', '{ rotation: 90 days }', 'KW3302'],
    ['rotation: true', '{ rotation: 90 days }', '{}', 'KW3302'],
    ['rotation: false', '{}', '{ rotation: true }', 'KW3302'],
    ['pendingWindow: at least 14 days', '{}', '{ pendingWindow: 13 days }', 'KW3303'],
    ['pendingWindow: at most 7 days', '{ pendingWindow: 7 }', '{}', 'KW3303'],
    ['multiRegion: false', '{}', '{ multiRegion: true }', 'KW3304'],
    ['multiRegion: true', '{ multiRegion: true }', '{}', 'KW3304'],
    ['spec: [SYMMETRIC_DEFAULT, HMAC_256]', '{ spec: HMAC_256 }', '{ spec: HMAC_512 }', 'KW3305'],
    ['origin: AWS_KMS', '{}', '{ origin: EXTERNAL }', 'KW3306'],
    ['tags: { owner: required }', '{ tags: { owner: me } }', '{ tags: { owner: "" } }', 'KW3307'],
    ['tags: { owner: required }', '{ tags: { owner: me } }', '{}', 'KW3307'],
    ['tags: { data: [pii, internal] }', '{ tags: { data: internal } }', '{ tags: { data: Internal } }', 'KW3307'],
    ['tags: { in: "111122223333" }', '{ tags: { in: "${account}" } }', '{ tags: { in: "${region}" } }', 'KW3307'],
    ['aliases: "lz/*"', '{ aliases: [lz/a, alias/lz/b] }', '{ aliases: [lz/a, lzb] }', 'KW3308'],
    ['aliases: ["lz/*", "alias/x-*-y"]', '{ aliases: [x-1-y] }', '{ aliases: [x-y] }', 'KW3308'],
    ['admins: [keyAdmins]', '{ admins: [operators] }', '{ admins: [company] }', 'KW3309'],
    ['admins: [keyAdmins]', '{ admins: [{ role: "arn:aws:iam::${account}:role/KeyAdmin" }] }', '{}', 'KW3309'],
  ])('%s is met by %s and not by %s', (asked, right, wrong, code) => {
    expect(found(`{ ${asked} }`, right)).not.toContain(code);
    expect(found(`{ ${asked} }`, wrong)).toContain(code);
  });

  test.each([
    ['environments: prod', ''],
    ['environments: "prod*"', ''],
    ['environments: [dev, prod]', ''],
    ['environments: dev', 'none'],
    ['stacks: ap*', ''],
    ['stacks: other', 'none'],
    ['keys: orders', ''],
    ['keys: app.orders', ''],
    ['keys: "*.ord*"', ''],
    ['keys: other.orders', 'none'],
    ['usage: ENCRYPT_DECRYPT', ''],
    ['usage: SIGN_VERIFY', 'none'],
    ['spec: [SYMMETRIC_DEFAULT]', ''],
    ['spec: HMAC_256', 'none'],
    ['tag: { data: [pii, secret*] }', ''],
    ['tag: { data: public }', 'none'],
    ['tag: { other: "*" }', 'none'],
    ['environments: prod, stacks: other', 'none'],
  ])('for %s applies to the matching keys only', (of, none) => {
    const codes = found(`{ of: { ${of} }, removal: retain }`, '{ removal: destroy, tags: { data: secret-1 } }');
    expect(codes).toEqual(none === 'none' ? [] : ['KW3301']);
  });

  test('for an environment applies to stacks without an environment, which could be deployed there', () => {
    expect(found('{ of: { environments: prod }, removal: retain }', '{ removal: destroy }', '', '')).toEqual([
      'KW3301',
    ]);
  });

  test('for an environment applies to replicas in that environment', () => {
    const key = '{ multiRegion: true, removal: retain, replicas: [{ environment: prod-us, pendingWindow: 7 }] }';
    expect(found('{ of: { environments: prod-us }, pendingWindow: at least 8 days }', key)).toEqual(['KW3303']);
    expect(found('{ of: { environments: dev }, pendingWindow: at least 8 days }', key)).toEqual([]);
  });

  test('for tags applies to a replica with the tags of its own environment', () => {
    const ownedIn = (...owned: readonly string[]) => {
      const environment = (name: string, region: string) =>
        `${name}: { account: "111122223333", region: ${region}${owned.includes(name) ? ', tags: { owner: me }' : ''} }`;
      const { diagnostics } = compileText(
        `keywright: 1\napp: a\nenvironments: { ${environment('eu', 'eu-west-1')}, ${environment('us', 'us-east-1')} }\nrequirements: { house: { tags: { owner: required } } }\nstacks: { app: { environment: eu, keys: { a: { multiRegion: true, replicas: [{ environment: us }] } } } }\n`,
      );
      return diagnostics.filter(({ code }) => code === 'KW3307').map(({ span }) => span?.column);
    };
    expect(ownedIn('eu', 'us')).toEqual([]);
    expect(ownedIn('eu')).toHaveLength(1);
    expect(ownedIn('us')).toHaveLength(1);
    expect(ownedIn('eu')).not.toEqual(ownedIn('us'));
  });

  test('for an admin of another stack is met by a replica that names the admin of its own environment in the same way', () => {
    const { diagnostics } = compileText(
      `${around}requirements: { house: { admins: [roles.keyAdmin] } }\nstacks:\n  roles: { environment: [prod, prod-us], principals: { keyAdmin: { role: { assumedBy: lambda.amazonaws.com } } } }\n  app: { environment: prod, keys: { a: { multiRegion: true, aliases: [a], admins: [roles.keyAdmin], replicas: [{ environment: prod-us, aliases: [a], admins: [roles.keyAdmin] }] } } }\n`,
    );
    expect(diagnostics.filter(({ code }) => code === 'KW3309')).toEqual([]);
  });

  test.each([
    [
      'by the ARN of a role',
      '{ arn: "arn:aws:iam::111122223333:role/security/KeyAdmin" }',
      ['KW3312', 'KW3314', 'KW3319'],
    ],
    ['by a session', '{ arn: "arn:aws:sts::111122223333:assumed-role/KeyAdmin/me" }', ['KW3312', 'KW3314', 'KW3319']],
    ['by their account', '{ account: "${account}" }', ['KW3312']],
  ])('for admins protects those that are named %s', (_, admin, codes) => {
    const files = {
      'keywright.yaml': `keywright: 1\napp: a\ninclude: [team.yaml]\nenvironments: { prod: { account: "111122223333", region: eu-west-1 } }\nprincipals: { keyAdmins: ${admin} }\nrequirements: { house: { admins: [keyAdmins] } }\n`,
      'team.yaml': `stacks:
  KeyAdmin:
    environment: prod
    principals: { mine: { role: { name: "\${stack}", assumedBy: lambda.amazonaws.com } } }
    identityPolicies:
      x: { attachTo: { role: "arn:aws:iam::111122223333:role/KeyAdmin" }, policyName: x, statements: [{ actions: kms:ListKeys, resources: "*" }] }
    keys: { a: { admins: [keyAdmins], statements: [{ effect: Deny, principals: keyAdmins, actions: "kms:Put*" }] } }
`,
    };
    const found = compileText(files).diagnostics.flatMap(({ code }) => (code.startsWith('KW33') ? [code] : []));
    expect([...new Set(found)].sort()).toEqual(codes);
  });

  test.each(['house.json', 'house.yaml'])('for admins counts the policy file %s wherever it is named', (file) => {
    const codes = (trusted: string, named: string) => {
      const files = {
        'keywright.yaml': `keywright: 1\napp: a\ninclude: [team.yaml]\nenvironments: { prod: { account: "111122223333", region: eu-west-1 } }\nprincipals: { keyAdmins: { role: "arn:aws:iam::\${account}:role/KeyAdmin" } }\nrequirements: { house: { admins: [keyAdmins] } }\nstandards: { own: { admins: [keyAdmins]${trusted} } }\n`,
        'team.yaml': `stacks: { app: { environment: prod, keys: { a: { standard: own${named} } } } }\n`,
        [file]: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Deny', Principal: '*', Action: 'kms:Put*', Resource: '*' },
        }),
      };
      return compileText(files).diagnostics.flatMap(({ code }) => (code === 'KW3312' ? [code] : []));
    };
    const policy = `, policy: { file: ${file} }`;
    expect(codes(policy, '')).toEqual([]);
    expect(codes('', policy)).toEqual(['KW3312']);
  });

  test('applies to imports in stacks that could be deployed to the place of a key', () => {
    const errors = (arn: string, environment: string) => {
      const files = {
        'keywright.yaml': `keywright: 1\napp: a\ninclude: [team.yaml]\nenvironments: { prod: { account: "111122223333", region: eu-west-1 } }\nrequirements: { house: { aliases: "lz/*", principals: { outside: account } } }\nstacks: { core: { ${environment}keys: { orders: {} } } }\n`,
        'team.yaml': `stacks: { app: { imports: { known: { arn: "arn:aws:kms:${arn}:key/1234abcd-12ab-34cd-56ef-1234567890ab", aliases: [mine], kmsGrants: { x: { grantee: { role: "arn:aws:iam::999999999999:role/A" }, operations: [CreateGrant] } } } } } }\n`,
      };
      return compileText(files).diagnostics.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));
    };
    const refused = ['KW3308', 'KW3310', 'KW2186'];
    expect(errors('${region}:${account}', 'environment: prod, ').sort()).toEqual(refused.toSorted());
    expect(errors('${region}:111122223333', 'environment: prod, ').sort()).toEqual(refused.toSorted());
    expect(errors('${region}:444455556666', 'environment: prod, ')).toEqual([]);
    expect(errors('eu-west-1:444455556666', '').sort()).toEqual(refused.toSorted());
  });

  test.each([
    ['an environment', 'of: { environments: gone }', 'KW2003'],
    ['a principal', 'admins: [gone]', 'KW2003'],
  ])('that names %s that does not exist is an error', (_, text, code) => {
    expect(found(`{ ${text} }`, '{}')).toEqual([code]);
  });

  test('has exceptions, which are reported if they are not needed', () => {
    const requirement = (key: string) => `{ removal: retain, except: [{ key: ${key}, because: SEC-1 }] }`;
    expect(found(requirement('app.orders'), '{ removal: destroy }')).toEqual([]);
    expect(found(requirement('app.orders'), '{}')).toEqual(['KW3316']);
    expect(found(requirement('app.gone'), '{ removal: destroy }')).toEqual(['KW3316', 'KW3301']);
  });

  test('about aliases can except an import by ARN, and an exception that is not needed is reported', () => {
    const codes = (requirement: string, imported: string) => {
      const files = {
        'keywright.yaml': `keywright: 1\napp: a\ninclude: [team.yaml]\nenvironments: { prod: { account: "111122223333", region: eu-west-1 } }\nrequirements: { house: ${requirement} }\nstacks: { core: { environment: prod, keys: { orders: {} } } }\n`,
        'team.yaml': `stacks: { app: { environment: prod, imports: { legacy: { arn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"${imported} } } } }\n`,
      };
      const { diagnostics } = compileProject(hostOf(files).host, { targets: [anyTarget] });
      return diagnostics.filter(({ code }) => code.startsWith('KW33')).map(({ code, message }) => `${code} ${message}`);
    };
    const except = 'except: [{ key: app.legacy, because: SEC-1 }]';
    expect(codes('{ aliases: "lz/*" }', ', aliases: [mine/x]')).toEqual(
      ['`alias/mine/x` is an alias of `legacy`; the requirement `house` calls for aliases like `lz/*`'].map(
        (message) => `KW3308 ${message}`,
      ),
    );
    expect(codes(`{ aliases: "lz/*", ${except} }`, ', aliases: [mine/x]')).toEqual([]);
    expect(codes(`{ aliases: "lz/*", ${except} }`, ', aliases: [lz/x]')).toEqual([
      'KW3316 `app.legacy` meets the requirement `house`, so it needs no exception',
    ]);
    expect(codes(`{ removal: retain, ${except} }`, ', aliases: [mine/x]')).toEqual([
      'KW3316 `app.legacy` meets the requirement `house`, so it needs no exception',
    ]);
  });

  test('cannot be suppressed or lowered', () => {
    const suppressed = '{ removal: destroy, suppress: [{ rule: KW3301, because: no }] }';
    expect(found('{ removal: retain }', suppressed)).toEqual(['KW3301', 'KW3044']);
    expect(found('{ removal: retain }', '{ removal: destroy }', 'rules: { KW3301: "off" }\n')).toEqual([
      'KW3301',
      'KW1008',
    ]);
  });

  test('that no key can meet is refused with advice', () => {
    const { diagnostics } = compileText(`${around}requirements: { house: { rotation: at most 60 days } }\n`);
    expect(diagnostics).toMatchObject([{ code: 'KW1006', help: 'write it like `rotation: at most 365 days`' }]);
  });

  test('adds its reason to the message', () => {
    const text = `${around}requirements: { house: { removal: retain, because: "SEC-POL-7: keep them" } }\nstacks: { app: { keys: { a: { removal: destroy } } } }\n`;
    expect(compileText(text).diagnostics[0]).toMatchObject({
      message: '`a` has the removal `destroy`; the requirement `house` calls for `retain` (SEC-POL-7: keep them)',
      help: 'write `removal: retain`',
    });
  });
});

describe('a requirement to let in nobody from outside', () => {
  const partner = '{ account: "999999999999" }';
  const grant = (to: string, more = '') => `{ grants: [{ to: ${to}, can: decrypt${more} }] }`;
  const everyone = (conditions: string) =>
    `{ statements: [{ principals: { anyone: true }, actions: kms:Decrypt, conditions: { ${conditions} } }] }`;
  const service = (conditions: string) =>
    `{ statements: [{ principals: { service: cloudtrail }, actions: kms:Decrypt, conditions: { ${conditions} } }] }`;
  const own = '{ role: "arn:aws:iam::111122223333:role/Reader" }';
  const dev = '{ role: "arn:aws:iam::444455556666:role/Reader" }';

  // The last column has the values of `outside` for which the key is accepted: o(rganization), a(ccount), n(obody).
  test.each([
    ['nothing but the default policy', '{}', 'oan'],
    ['a role of the account', grant(own), 'oan'],
    ['the account', grant('{ account: "${account}" }'), 'oan'],
    ['a role of another account of the project', grant(dev), 'o'],
    ['the organization', grant('company'), 'o'],
    ['another organization', grant('{ organization: o-p1q2r3s4t5 }'), ''],
    ['a unit of the organization', grant('{ orgUnit: o-a1b2c3d4e5/*/ou-ab12-11111111 }'), 'o'],
    ['a unit of another organization', grant('{ orgUnit: o-p1q2r3s4t5/*/ou-ab12-11111111 }'), ''],
    ['a stranger', grant(partner), ''],
    ['a stranger as an admin', `{ admins: [${partner}] }`, ''],
    ['a stranger through a service', grant(partner, ', via: s3'), ''],
    [
      'a stranger of the organization',
      grant(partner, ', when: { StringEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 } }'),
      'o',
    ],
    ['everyone in the account', grant('everyoneInAccount', ', via: s3'), 'oan'],
    ['a service', '{ services: [sns] }', 'oa'],
    [
      'a service of a preset, with more than the preset allows',
      '{ services: [event-bus], grants: [{ to: { service: events }, can: decrypt }] }',
      '',
    ],
    [
      'a service for the account',
      '{ statements: [{ principals: { service: sns }, actions: kms:Decrypt, conditions: { StringEquals: { "aws:SourceAccount": "${account}" } } }] }',
      'oa',
    ],
    [
      'a service for a stranger',
      '{ statements: [{ principals: { service: sns }, actions: kms:Decrypt, conditions: { StringEquals: { "aws:SourceAccount": "999999999999" } } }] }',
      '',
    ],
    [
      'a service for what a stranger has',
      '{ statements: [{ principals: { service: sns }, actions: kms:Decrypt, conditions: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:999999999999:*" } } }] }',
      '',
    ],
    [
      'a service that acts for a named stranger',
      service('StringEqualsIfExists: { "aws:SourceAccount": "999999999999" }'),
      '',
    ],
    ['a service for a stranger, the owner', service('StringEquals: { "aws:SourceOwner": "999999999999" }'), ''],
    ['a service for the account, the owner', service('StringEquals: { "aws:SourceOwner": "${account}" }'), 'oa'],
    [
      'a service for strangers alone, or for nobody',
      service('"ForAllValues:StringEquals": { "aws:SourceAccount": "999999999999" }'),
      '',
    ],
    [
      'a service for a stranger, in small letters',
      service('stringequals: { "aws:SourceAccount": "999999999999" }'),
      '',
    ],
    [
      'a service for what a stranger encrypts',
      service(
        'StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:999999999999:trail/*" }',
      ),
      '',
    ],
    [
      'a service for what anyone encrypts',
      service('StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:*:trail/*" }'),
      '',
    ],
    [
      'a service for whatever its callers encrypt',
      service('StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "*" }'),
      '',
    ],
    [
      'a service for the accounts that match a pattern',
      service('StringLike: { "kms:EncryptionContext:aws:ecs:clusterAccount": "9*" }'),
      '',
    ],
    [
      'a service for the account, which it encrypts',
      service('StringEquals: { "kms:EncryptionContext:aws:ecs:clusterAccount": "${account}" }'),
      'oa',
    ],
    [
      'a service for the account of a stranger, which it encrypts',
      service('StringEquals: { "kms:EncryptionContext:aws:ecs:clusterAccount": "999999999999" }'),
      '',
    ],
    [
      'a service for what the account encrypts',
      service('StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:${account}:trail/*" }'),
      'oa',
    ],
    ['a service for anyone', '{ statements: [{ principals: { service: sns }, actions: kms:Decrypt }] }', ''],
    ['a service for everyone but a stranger', service('StringNotEquals: { "aws:SourceAccount": "999999999999" }'), ''],
    [
      'a service with or without the account',
      service('StringEqualsIfExists: { "aws:SourceAccount": "${account}" }'),
      '',
    ],
    ['a service with a source', service('"Null": { "aws:SourceAccount": false }'), ''],
    [
      'a service with an encryption context of its callers',
      service('StringEquals: { "kms:EncryptionContext:a": b }'),
      '',
    ],
    ['a service of a name', service('StringEquals: { "aws:PrincipalServiceName": cloudtrail.amazonaws.com }'), ''],
    [
      'a service in the organization, which has none',
      service('StringEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 }'),
      'o',
    ],
    ['a service for any bucket', service('ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" }'), ''],
    [
      'a service for what is in a bucket',
      service('ArnLike: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::bucket/*" }'),
      'oa',
    ],
    ['a service that sends no source', '{ spec: ECC_NIST_P256, usage: SIGN_VERIFY, services: [dnssec] }', 'oa'],
    ['a service for a bucket', service('ArnLike: { "aws:SourceArn": "arn:aws:s3:::bucket" }'), 'oa'],
    [
      'a service for a bucket of the account',
      service(
        'ArnLike: { "aws:SourceArn": "arn:aws:s3:::bucket" }, StringEquals: { "aws:SourceAccount": "${account}" }',
      ),
      'oa',
    ],
    [
      'a service for what the account has in any region',
      service('ArnLike: { "aws:SourceArn": "arn:aws:sns:*:${account}:*" }'),
      'oa',
    ],
    [
      'a service for any account, by the start of an ARN',
      service('StringLike: { "aws:SourceArn": "arn:aws:sns:*" }'),
      '',
    ],
    [
      'a service for the account, with the encryption context of a stranger',
      service(
        'StringEquals: { "aws:SourceAccount": "${account}", "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:eu-west-1:999999999999:a" }',
      ),
      'oa',
    ],
    [
      'services for the account',
      '{ services: [cloudtrail, logs, { name: s3, buckets: [a] }, { name: s3-inventory, buckets: [a] }] }',
      'oa',
    ],
    ['everyone with a name', everyone('ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" }'), 'oan'],
    [
      'everyone in the account of the key',
      everyone('StringEquals: { "aws:PrincipalAccount": "$${aws:ResourceAccount}" }'),
      'oan',
    ],
    [
      'everyone in their own account',
      everyone('StringEquals: { "aws:PrincipalAccount": "$${aws:PrincipalAccount}" }'),
      '',
    ],
    [
      'everyone in the organization of the key',
      everyone('StringEquals: { "aws:PrincipalOrgID": "$${aws:ResourceOrgID}" }'),
      'o',
    ],
    [
      'everyone in a unit of the organization of the key',
      everyone('"ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "$${aws:ResourceOrgID}/r-ab12/*" }'),
      'o',
    ],
    [
      'a service for the account of the key',
      service('StringEquals: { "aws:SourceAccount": "$${aws:ResourceAccount}" }'),
      'oa',
    ],
    [
      'everyone with a name in any account',
      everyone('ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Reader" }'),
      '',
    ],
    [
      'everyone in one of two accounts',
      everyone('StringEquals: { "aws:PrincipalAccount": ["111122223333", "999999999999"] }'),
      '',
    ],
    ['everyone under an unknown condition', everyone('StringEquals: { constructor: a }'), ''],
    ['a service under an unknown condition', service('StringEquals: { constructor: a }'), ''],
    [
      'everyone in the organization, or without one',
      everyone('StringEqualsIfExists: { "aws:PrincipalOrgID": o-a1b2c3d4e5 }'),
      '',
    ],
    ['everyone not in the organization', everyone('StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 }'), ''],
    [
      'everyone whose every path is in the organization',
      everyone('"ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" }'),
      '',
    ],
    ['everyone under a condition that callers choose', everyone('StringEquals: { "kms:EncryptionContext:a": b }'), ''],
    ['everyone except one principal', `{ statements: [{ notPrincipals: ${own}, actions: kms:Decrypt }] }`, ''],
    [
      'a provider of the account',
      '{ statements: [{ principals: { federated: "arn:aws:iam::111122223333:oidc-provider/a" }, actions: kms:Decrypt }] }',
      'oan',
    ],
    [
      'a provider of everyone',
      '{ statements: [{ principals: { federated: cognito-identity.amazonaws.com }, actions: kms:Decrypt }] }',
      '',
    ],
    ['a session of a stranger', grant('{ arn: "arn:aws:sts::999999999999:assumed-role/A/b" }'), ''],
    [
      'a stranger who is denied',
      `{ statements: [{ effect: Deny, principals: ${partner}, actions: kms:Decrypt }] }`,
      'oan',
    ],
    ['a policy of its own', `{ policy: [{ principals: ${partner}, actions: "kms:*" }] }`, ''],
    [
      'a KMS grant to a stranger',
      '{ kmsGrants: { a: { grantee: { role: "arn:aws:iam::999999999999:role/A" }, operations: [Decrypt] } } }',
      '',
    ],
    [
      'a KMS grant that a stranger retires',
      `{ kmsGrants: { a: { grantee: ${own}, retiringPrincipal: { role: "arn:aws:iam::999999999999:role/A" }, operations: [Decrypt] } } }`,
      '',
    ],
    ['a KMS grant to a role of the account', `{ kmsGrants: { a: { grantee: ${own}, operations: [Decrypt] } } }`, 'oan'],
  ])('decides correctly about %s', (_, key, inside) => {
    for (const outside of ['organization', 'account', 'nobody'] as const) {
      const isRefused = found(`{ principals: { outside: ${outside} } }`, key).includes('KW3310');
      expect([outside, isRefused]).toEqual([outside, !inside.includes(outside.charAt(0))]);
    }
  });

  test('counts an account without regions as part of the organization', () => {
    const requirement = '{ principals: { outside: organization } }';
    expect(found(requirement, grant(partner))).toEqual(['KW3310']);
    expect(found(requirement, grant(partner), 'accounts: { audit: { id: "999999999999" } }\n')).toEqual([]);
  });

  test('treats every account id as outside for a key that can be deployed anywhere', () => {
    const account = '{ principals: { outside: account } }';
    expect(found(account, grant(own), '', '')).toContain('KW3310');
    expect(found(account, '{}', '', '')).toEqual([]);
    expect(found(account, grant('{ account: "${account}" }'), '', '')).toEqual([]);
  });

  test('counts a role that a stack creates as part of the account of that stack', () => {
    const roles = (environment: string) =>
      `  roles: { environment: ${environment}, principals: { api: { role: { name: api, assumedBy: lambda.amazonaws.com } } } }\n`;
    const account = '{ principals: { outside: account } }';
    const key = '{ aliases: [orders], grants: [{ to: roles.api, can: decrypt }] }';
    expect(found(account, key, roles('prod'))).toEqual([]);
    expect(found(account, key, roles('dev'))).toContain('KW3310');
  });

  test('is violated by another stack that imports the key and lets a stranger in', () => {
    const team = `  team: { environment: prod, imports: { orders: { key: app.orders, grants: [{ to: ${partner}, can: decrypt }] } } }\n`;
    expect(found('{ of: { stacks: app }, principals: { outside: organization } }', '{}', team)).toContain('KW3310');
  });

  test('has to name its organization if the project has several', () => {
    const requirement = (organization: string) => `{ principals: { outside: organization${organization} } }`;
    const two = 'principals:\n  partner: { organization: o-p1q2r3s4t5, because: audits }\n';
    const text = (organization: string) =>
      `${around.replace('principals:\n', two)}requirements: { house: ${requirement(organization)} }\nstacks: { app: { environment: prod, keys: { a: ${grant('company')} } } }\n`;
    const codes = (organization: string) =>
      compileText(text(organization)).diagnostics.flatMap(({ code, severity }) => (severity === 'note' ? [] : [code]));
    expect(codes('')).toContain('KW3315');
    expect(codes(', organization: o-a1b2c3d4e5')).toEqual([]);
    expect(codes(', organization: o-p1q2r3s4t5')).toEqual(['KW3310']);
  });

  test('takes the organization from the values of trusted environments', () => {
    const key = '{ a: { grants: [{ to: company, can: decrypt }] } }';
    const root = (values: string) => `keywright: 1
app: demo
include: [team.yaml]
environments: { prod: { account: "111122223333", region: eu-west-1${values} } }
principals: { company: { organization: "\${values.company}" } }
requirements: { house: { principals: { outside: organization } } }
${values === '' ? '' : `stacks: { app: { environment: prod, keys: ${key} } }`}
`;
    const team = `environments: { team: { account: "444455556666", region: eu-west-1, values: { company: o-p1q2r3s4t5 } } }
stacks: { team: { environment: team, keys: ${key} } }
`;
    const errors = (files: Readonly<Record<string, string>>) =>
      compileText(files).diagnostics.flatMap(({ code, severity, span }) =>
        severity === 'error' ? [`${span?.file} ${code}`] : [],
      );
    const values = ', values: { company: o-a1b2c3d4e5 }';
    expect(errors({ 'keywright.yaml': root(values), 'team.yaml': '{}' })).toEqual([]);
    expect(errors({ 'keywright.yaml': root(values), 'team.yaml': team })).toEqual(['team.yaml KW3310']);
    // Nobody is inside if no trusted environment has the value.
    expect(errors({ 'keywright.yaml': root(''), 'team.yaml': team })).toEqual(['team.yaml KW3310']);
  });
});
