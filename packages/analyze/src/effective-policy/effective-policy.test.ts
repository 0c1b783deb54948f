import { compileProject } from '@keywright/core/compile';
import { hostOfText } from '@keywright/core/project/host';
import { expect, it } from 'vitest';
import { effectivePolicy } from './effective-policy.ts';

const text = `keywright: 1
app: demo
principals: { admin: { role: "arn:aws:iam::111122223333:role/Admin", mutable: false } }
stacks:
  main:
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
      orders:
        policy:
          - { sid: Owner, effect: Allow, principals: api, actions: ["kms:*"] }
        grants: [{ to: admin, can: encrypt }]
`;

it('each statement has the JSON that AWS reads, and the lines of the YAML that it comes from', () => {
  const { program } = compileProject(hostOfText(text), { targets: [] });
  const stack = program?.stacks[0];
  const key = stack?.resources.find(({ kind }) => kind === 'key');
  if (program === undefined || stack === undefined || key?.kind !== 'key') throw new Error('there is no key');
  const { version, statements } = effectivePolicy(program, stack, key.policy);
  expect(version).toBe('2012-10-17');
  expect(statements.map(({ json, source }) => ({ json, line: source.span.line }))).toEqual([
    {
      line: 10,
      json: {
        Sid: 'Owner',
        Effect: 'Allow',
        // Values that the deployment decides are described in words.
        Principal: { AWS: 'arn:<partition of main>:iam::<account of main>:role/<name of main/role/api>' },
        Action: 'kms:*',
        Resource: '*',
      },
    },
    {
      line: 11,
      json: {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
        Action: ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
    },
  ]);
});
