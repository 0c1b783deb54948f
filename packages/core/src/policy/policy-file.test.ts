import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { literal } from '../ir/expression.ts';
import { knownRegions } from '../kms/regions.ts';
import type { FileReading } from '../project/host.ts';
import { placeOf } from '../resolve/place.ts';
import { parseSource } from '../syntax/parse.ts';
import { readPolicyFile } from './policy-file.ts';

const place = placeOf({ account: '111122223333', region: 'eu-west-1', partition: 'aws' });
const asked = {
  value: { file: 'p.json' },
  span: { file: 'keywright.yaml', line: 7, column: 1, endLine: 7, endColumn: 2 },
  file: parseSource({ path: 'keywright.yaml', text: '' }),
};

function read(reading: FileReading | object | string) {
  const diagnostics: Diagnostic[] = [];
  const isReading = typeof reading === 'object' && 'kind' in reading;
  const text = typeof reading === 'string' ? reading : JSON.stringify(reading);
  const given = isReading ? (reading as FileReading) : ({ kind: 'text', text } as const); // a policy document has no `kind`
  const { id, statements } = readPolicyFile('p.json', given, asked, place, new Set(knownRegions), diagnostics);
  return { id, statements, problems: diagnostics.map(({ code, span }) => `${code} ${span?.file}:${span?.line}`) };
}

const owner = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*' };
const of = (statement: object) => read({ Statement: { ...owner, ...statement } });

describe('a policy file', () => {
  test('may have one statement or several, a version or none, and an id', () => {
    for (const document of [
      { Statement: owner },
      { Statement: [owner] },
      { Version: '2012-10-17', Id: 'orders', Statement: [owner] },
    ]) {
      const { statements, problems } = read(document);
      expect(problems).toEqual([]);
      expect(statements).toMatchObject([
        { effect: 'Allow', actions: ['kms:*'], resources: [literal('*')], conditions: [] },
      ]);
    }
  });

  test('keeps what it says, with the four placeholders replaced', () => {
    const { statements } = read({
      Statement: {
        Sid: 'One',
        Effect: 'Deny',
        NotPrincipal: { AWS: ['a', '*'], Service: 's', Federated: ['f'] },
        NotAction: ['kms:List*'],
        NotResource: ['arn:aws:kms:${region}:${account}:key/${aws:username}'],
        Condition: { Bool: { a: true }, NumericLessThan: { b: [1, 2.5] } },
      },
    });
    expect(statements).toMatchObject([
      {
        sid: 'One',
        effect: 'Deny',
        notPrincipals: [
          { kind: 'aws', arn: literal('a') },
          { kind: 'anyone' },
          { kind: 'service', host: literal('s') },
          { kind: 'federated', provider: literal('f') },
        ],
        notActions: ['kms:List*'],
        notResources: [literal('arn:aws:kms:eu-west-1:111122223333:key/${aws:username}')],
        conditions: [
          { operator: 'Bool', key: 'a', values: [literal('true')] },
          { operator: 'NumericLessThan', key: 'b', values: [literal('1'), literal('2.5')] },
        ],
      },
    ]);
    expect(statements[0]).not.toHaveProperty('resources');
    expect(statements[0]).not.toHaveProperty('principals');
  });

  test.each<readonly [string, object | string, string]>([
    ['another version', { Version: '2008-10-17', Statement: owner }, 'KW1005 p.json:1'],
    ['no statement', { Version: '2012-10-17' }, 'KW1002 p.json:1'],
    ['an unknown key', { Statements: [owner], Statement: owner }, 'KW1001 p.json:1'],
    ['a list', [owner], 'KW1003 p.json:1'],
    ['something else than JSON', '{"Statement": [', 'KW0010 p.json:1'],
    ['a key twice', '{"Statement": [], "Statement": []}', 'KW0011 p.json:1'],
    ['no principal at all', { Statement: { ...owner, Principal: {} } }, 'KW1006 p.json:1'],
    ['both kinds of principals', { Statement: { ...owner, NotPrincipal: '*' } }, 'KW1006 p.json:1'],
    ['a principal in the wrong form', { Statement: { ...owner, Principal: 'arn' } }, 'KW1005 p.json:1'],
    ['a canonical user', { Statement: { ...owner, Principal: { CanonicalUser: 'x' } } }, 'KW3030 p.json:1'],
    ['an empty list of actions', { Statement: { ...owner, Action: [] } }, 'KW1005 p.json:1'],
    ['an empty list of values', { Statement: { ...owner, Condition: { Bool: { a: [] } } } }, 'KW1005 p.json:1'],
    ['an effect in other case', { Statement: { ...owner, Effect: 'allow' } }, 'KW1004 p.json:1'],
    [
      'a number that is not printed as it is written',
      '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "a"}, "Action": "kms:*", "Condition": {"Bool": {"a": 1.0}}}}',
      'KW1003 p.json:1',
    ],
  ])('with %s is an error in it', (_name, document, problem) => {
    expect(read(document).problems).toEqual([problem]);
  });

  test.each<readonly [FileReading, string]>([
    [{ kind: 'missing' }, 'KW0001 keywright.yaml:7'],
    [{ kind: 'directory' }, 'KW0002 keywright.yaml:7'],
    [{ kind: 'binary' }, 'KW0003 keywright.yaml:7'],
    [{ kind: 'outside' }, 'KW0005 keywright.yaml:7'],
  ])('that is %j is an error where it is named', (reading, problem) => {
    expect(read(reading)).toEqual({ statements: [], problems: [problem] });
  });
});

describe('whom a policy file allows', () => {
  const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
  test.each([
    ['everyone', { Principal: '*' }, ['KW3027 p.json:1']],
    ['everyone among others', { Principal: { AWS: ['a', '*'] } }, ['KW3027 p.json:1']],
    ['everyone under an empty condition', { Principal: '*', Condition: { StringEquals: {} } }, ['KW3027 p.json:1']],
    ['everyone under a condition', { Principal: '*', Condition: condition }, []],
    ['nobody, with a Deny', { Effect: 'Deny', Principal: '*' }, []],
  ])('%s', (_name, statement, problems) => {
    expect(of(statement).problems).toEqual(problems);
  });

  test('everyone but some is an error', () => {
    const { Principal: _, ...others } = owner;
    expect(read({ Statement: { ...others, NotPrincipal: { AWS: 'a' } } }).problems).toEqual(['KW3028 p.json:1']);
  });
});
