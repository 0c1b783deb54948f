import { type Reply, stsError } from '../../../../../packages/lookup/src/aws-server.test-support.ts';
import { dueCalls, dueFile, dueProblem, entryOf, type Situation, textOf } from '../situation.ts';
import { data, type World } from '../world.ts';
import { ofBase, ofData, ofLake } from './wanted.ts';

/**
 * Situations with a problem in one of several accounts. The answers of all other accounts are kept, and so are the former entries of that
 * account.
 */
export function otherPlaces(world: World): readonly Situation[] {
  const wanted = [ofBase('alias/shared'), ofData('alias/shared'), ofLake('alias/shared'), ofLake('alias/orders')];
  const good = wanted.filter(({ account }) => account !== data);
  const [bad] = wanted.filter(({ account }) => account === data);
  if (bad === undefined) throw new Error('one is of the data account');
  const role = `arn:aws:iam::${data}:role/Reader`;
  const recorded = { ...entryOf(world, bad), keyId: 'old', arn: `arn:aws:kms:eu-west-1:${data}:key/old` };
  return [
    {
      name: 'refused/to assume a role',
      wanted,
      before: [recorded],
      runs: [
        {
          args: ['--refresh'],
          mood: ({ action, input }) =>
            action === 'sts:AssumeRole' && input.RoleArn === role
              ? { reply: stsError(403, 'AccessDenied', 'not authorized to perform: sts:AssumeRole'), troubled: false }
              : undefined,
          due: dueFile(
            textOf(world, good, [recorded]),
            { ...dueCalls(world, good), 'sts:AssumeRole': [2, 2] },
            { ended: [3], problems: [{ code: 'KW5105', names: [role] }] },
          ),
        },
        { args: ['--refresh'], due: dueFile(textOf(world, wanted), dueCalls(world, wanted)) },
      ],
    },
    {
      name: 'refused/a role of another account',
      wanted: [...good, { ...bad, role: 'arn:aws:iam::777788889999:role/Reader' }],
      runs: [
        {
          due: dueFile(
            textOf(world, good),
            { ...dueCalls(world, good), 'sts:AssumeRole': [2, 2], 'sts:GetCallerIdentity': [3, 3] },
            {
              ended: [3],
              problems: [{ code: 'KW5104', names: [data, '777788889999'] }],
            },
          ),
        },
      ],
    },
    {
      name: 'refused/an answer of another region',
      wanted: good,
      runs: [
        {
          mood: ({ action, input, region }) => {
            if (action !== 'kms:DescribeKey' || input.KeyId !== 'alias/orders') return undefined;
            const { account, alias } = ofLake('alias/orders');
            const other = entryOf(world, { account, alias, region: 'us-east-1' });
            if (region === other.region) return undefined;
            const { keyId, arn, spec, usage, manager, multiRegion } = other;
            const metadata = {
              KeyId: keyId,
              Arn: arn,
              KeySpec: spec,
              KeyUsage: usage,
              KeyManager: manager,
              MultiRegion: multiRegion,
              KeyState: 'Enabled',
            };
            return { reply: answer(JSON.stringify({ KeyMetadata: metadata })), troubled: false };
          },
          due: dueFile(textOf(world, good.slice(0, -1)), dueCalls(world, good), {
            ended: [3],
            problems: good
              .filter(({ alias }) => alias === 'alias/orders')
              .map((one) => dueProblem(good, one, 'KW5112', ['us-east-1', one.alias])),
          }),
        },
      ],
    },
  ];
}

function answer(body: string): Reply {
  return { kind: 'answer', status: 200, type: 'application/x-amz-json-1.1', body };
}
