/** Tests that the work grows only in proportion to the project, since a statement about many keys is split into one part per key. */
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { principalsConcerning } from './find.ts';
import { pictureOf } from './testing/project.ts';

function keysOf(count: number): string {
  const keys = Array.from(
    { length: count },
    (_, index) =>
      `      k${index}: { aliases: [k${index}], admins: [admin], grants: [{ to: api, can: decrypt }, { to: reader, can: decrypt }] }`,
  );
  return `keywright: 1
app: big
environments: { prod: { account: "111122223333", region: eu-west-1 }, data: { account: "444455556666", region: eu-west-1 } }
principals: { admin: { role: "arn:aws:iam::111122223333:role/Admin" } }
stacks:
  far: { environment: data, principals: { reader: { role: { assumedBy: lambda.amazonaws.com } } } }
  main:
    environment: prod
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
${keys.join('\n').replaceAll('reader', 'far.reader')}
`;
}

test('each key has only the statements of identity policies about that key', () => {
  const picture = pictureOf(keysOf(50));
  const statements = picture.keys.flatMap(({ identity }) => [...identity.values()].flat());
  // One statement each for the administrator, the role of the account and the role of the other account.
  expect(statements).toHaveLength(3 * 50);
  expect(picture.identityPatterns.size).toBe(0);
  const answers = picture.keys.flatMap((key) =>
    principalsConcerning(picture, key).map(({ principal, name }) => {
      const { decision } = decide(picture, { principal, action: 'kms:Decrypt', key, beyond: 'nothing' });
      return `${name} ${decision}`;
    }),
  );
  const allowed = answers.filter((answer) => answer.endsWith(' allow'));
  expect(allowed).toHaveLength(3 * 50);
  expect(new Set(allowed)).toEqual(
    new Set(['main.api allow', 'far.reader allow', 'the root user of account 111122223333 allow']),
  );
});
