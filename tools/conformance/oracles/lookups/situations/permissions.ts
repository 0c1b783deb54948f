import { kmsError } from '../../../../../packages/lookup/src/aws-server.test-support.ts';
import { contextText } from '../entry.ts';
import type { Mood } from '../front.ts';
import { dueFile, dueProblem, entryOf, type Situation, textOf } from '../situation.ts';
import type { World } from '../world.ts';
import { ofBase } from './wanted.ts';

const denied = kmsError(400, 'AccessDeniedException', 'no policy allows it');
/** Situations in which DescribeKey, ListAliases or both are denied. */
export function permissions(world: World): readonly Situation[] {
  const few = [ofBase('alias/shared'), ofBase('alias/orders'), ofBase('alias/team/a')];
  const many = Array.from({ length: 12 }, (_, index) => ofBase(`alias/n${index}`));
  const listing = Math.ceil(world.countIn(few[0]?.account ?? '', 'eu-west-1') / 100);
  const deny =
    (...rules: readonly (readonly [action: string, about: RegExp])[]): Mood =>
    ({ action, input }) =>
      rules.some(([denied, about]) => denied === action && about.test(String(input.KeyId ?? '*')))
        ? { reply: denied, troubled: false }
        : undefined;
  const byAlias = /^alias\//;
  const [first] = few;
  if (first === undefined) throw new Error('some are wanted');
  const key = entryOf(world, first);
  return [
    {
      // Denied as by a policy that has ARNs of keys, while the request names an alias.
      name: 'refused/to describe an alias: it is listed',
      wanted: few,
      runs: [
        {
          mood: deny(['kms:DescribeKey', byAlias]),
          due: dueFile(textOf(world, few), {
            'sts:GetCallerIdentity': [1, 1],
            'kms:ListAliases': [1, listing],
            'kms:DescribeKey': [few.length, 2 * few.length],
          }),
        },
      ],
    },
    {
      name: 'refused/to list: each alias is described',
      wanted: many,
      runs: [
        {
          mood: deny(['kms:ListAliases', /./]),
          due: dueFile(textOf(world, many), {
            'sts:GetCallerIdentity': [1, 1],
            'kms:ListAliases': [1, 1],
            'kms:DescribeKey': [many.length, many.length],
          }),
        },
      ],
    },
    ...[few, many].map(
      (wanted): Situation => ({
        name: `refused/to list and to describe, of ${wanted.length}`,
        wanted,
        before: [entryOf(world, first)],
        runs: [
          {
            args: ['--refresh'],
            mood: deny(['kms:ListAliases', /./], ['kms:DescribeKey', /./]),
            due: dueFile(contextText([entryOf(world, first)]), undefined, {
              ended: [3],
              problems: wanted.map((one) =>
                dueProblem(wanted, one, 'KW5106', ['kms:DescribeKey', one.alias, one.account]),
              ),
            }),
          },
        ],
      }),
    ),
    {
      name: 'refused/one key of three, in every way',
      wanted: few,
      runs: [
        {
          mood: deny(['kms:DescribeKey', new RegExp(`^alias/shared$|${key.keyId}`)]),
          due: dueFile(
            textOf(world, few.slice(1)),
            { 'sts:GetCallerIdentity': [1, 1], 'kms:ListAliases': [1, listing], 'kms:DescribeKey': [4, 4] },
            { ended: [3], problems: [dueProblem(few, first, 'KW5106', ['kms:DescribeKey', key.keyId])] },
          ),
        },
      ],
    },
    {
      name: 'refused/to describe an alias that does not exist: the list tells',
      wanted: [ofBase('alias/gone')],
      runs: [
        {
          mood: deny(['kms:DescribeKey', byAlias]),
          due: dueFile(
            undefined,
            { 'sts:GetCallerIdentity': [1, 1], 'kms:ListAliases': [1, listing], 'kms:DescribeKey': [1, 1] },
            { ended: [1], problems: [{ code: 'KW5120', at: 'keywright.yaml:9:30', names: ['alias/gone'] }] },
          ),
        },
      ],
    },
    {
      name: 'refused/to list an alias of an AWS managed key',
      wanted: [ofBase('alias/aws/ebs')],
      runs: [
        {
          mood: deny(['kms:ListAliases', /./]),
          due: dueFile(
            undefined,
            { 'sts:GetCallerIdentity': [1, 1], 'kms:ListAliases': [1, 1] },
            {
              ended: [3],
              problems: [{ code: 'KW5106', at: 'keywright.yaml:9:30', names: ['kms:ListAliases'] }],
              never: { what: /kms:DescribeKey on alias\/aws\//, why: 'that would create the key' },
            },
          ),
        },
      ],
    },
  ];
}
