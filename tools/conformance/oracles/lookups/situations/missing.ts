import { keyAnswer, kmsAnswer } from '../../../../../packages/lookup/src/aws-server.test-support.ts';
import { contextText } from '../entry.ts';
import type { Mood } from '../front.ts';
import type { LookedUpAlias } from '../project.ts';
import { dueCalls, dueFile, dueProblem, entryOf, type Situation, textOf } from '../situation.ts';
import { base, type World } from '../world.ts';
import { ofBase, ofData } from './wanted.ts';

/** `whenMissing: dummy` records this key. Source: docs/lookups.md. */
const dummyKeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** Situations in which the account answers, but there is a problem with an alias. */
export function missing(world: World): readonly Situation[] {
  const more = Array.from({ length: 12 }, (_, index) => ofData(`alias/n${index}`));
  return [
    ...goneOrDoomed(world, []),
    ...goneOrDoomed(world, more),
    dummy(world),
    ...managed(world),
    {
      name: 'missing/a context file that is broken',
      wanted: more,
      before: '{ "version": 1, "aliases": [',
      runs: [
        {
          args: ['--refresh'],
          due: dueFile(
            '{ "version": 1, "aliases": [',
            {},
            // The file with the problem is the context file. The test does not say which rule of YAML it breaks.
            { ended: [1], problems: undefined },
          ),
        },
      ],
    },
    {
      name: 'missing/a check of what was never looked up',
      wanted: more.slice(0, 1),
      runs: [
        {
          args: ['--check'],
          due: dueFile(
            undefined,
            {},
            {
              ended: [1],
              problems: more.slice(0, 1).map((one) => dueProblem(more.slice(0, 1), one, 'KW5010', [])),
            },
          ),
        },
      ],
    },
  ];
}

/** Looks up an alias that does not exist, and an alias whose key is pending deletion, among valid aliases. */
function goneOrDoomed(world: World, others: readonly LookedUpAlias[]): readonly Situation[] {
  const [gone, doomed] = [ofData('alias/gone'), ofData('alias/doomed')];
  const good = [ofData('alias/shared'), ...others];
  const wanted = [gone, ...good, doomed];
  const problems = [
    dueProblem(wanted, gone, 'KW5120', ['alias/gone', gone.account, gone.region]),
    dueProblem(wanted, doomed, 'KW5122', ['alias/doomed', entryOf(world, doomed).arn]),
  ];
  const found = textOf(world, good);
  // Entries that were right until the alias was deleted and the deletion of the key was scheduled.
  const stale = [entryOf(world, doomed), { ...entryOf(world, doomed), alias: 'alias/gone' }];
  const before = [...good.map((one) => entryOf(world, one)), ...stale];
  const calls = dueCalls(world, wanted);
  return [
    {
      name: `missing/an alias and a key, of ${wanted.length}`,
      wanted,
      runs: [
        { due: dueFile(found, calls, { ended: [1], problems }) },
        { due: dueFile(found, dueCalls(world, [gone, doomed]), { ended: [1], problems }) },
      ],
    },
    {
      name: `missing/an alias and a key that are recorded, of ${wanted.length}`,
      wanted,
      before,
      runs: [
        { due: dueFile(contextText(before), {}) },
        { args: ['--check'], due: dueFile(contextText(before), calls, { ended: [1], problems }) },
        { args: ['--refresh'], due: dueFile(found, calls, { ended: [1], problems }) },
      ],
    },
  ];
}

function dummy(world: World): Situation {
  const one: LookedUpAlias = { ...ofBase('alias/gone'), whenMissing: 'dummy' };
  const wanted = [one, ofBase('alias/shared')];
  const entry = {
    account: base,
    region: 'eu-west-1',
    alias: 'alias/gone',
    keyId: dummyKeyId,
    arn: `arn:aws:kms:eu-west-1:${base}:key/${dummyKeyId}`,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    manager: 'CUSTOMER',
    multiRegion: false,
  };
  const problems = [dueProblem(wanted, one, 'KW5011', ['alias/gone'])];
  return {
    name: 'missing/an alias for which a dummy does',
    wanted,
    runs: [{ due: dueFile(textOf(world, wanted.slice(1), [entry]), dueCalls(world, wanted), { problems }) }],
  };
}

/** Looks up aliases of AWS managed keys. DescribeKey on such an alias would create its key if there is none yet. */
function managed(world: World): readonly Situation[] {
  const [without, with_, other] = [ofBase('alias/aws/sqs'), ofBase('alias/aws/ebs'), ofBase('alias/shared')];
  const wanted = [without, with_, other];
  const key = { ...entryOf(world, ofBase('alias/orders')), alias: 'alias/aws/ebs', manager: 'AWS' };
  const mood: Mood = ({ action, input }) => {
    if (action === 'kms:ListAliases') {
      const aliases = [
        { AliasName: 'alias/aws/ebs', TargetKeyId: key.keyId },
        { AliasName: 'alias/aws/sqs' },
        { AliasName: 'alias/shared', TargetKeyId: entryOf(world, other).keyId },
      ];
      return { reply: kmsAnswer({ Aliases: aliases, Truncated: false }), troubled: false };
    }
    if (input.KeyId !== key.keyId) return undefined;
    return { reply: keyAnswer(key.account, key.region, key.keyId, { KeyManager: 'AWS' }), troubled: false };
  };
  return [
    {
      name: 'missing/an alias of an AWS managed key that has no key',
      wanted,
      runs: [
        {
          mood,
          due: dueFile(
            textOf(world, [other], [key]),
            { 'sts:GetCallerIdentity': [1, 1], 'kms:ListAliases': [1, 1], 'kms:DescribeKey': [2, 2] },
            {
              ended: [1],
              problems: [dueProblem(wanted, without, 'KW5121', ['alias/aws/sqs'])],
              never: { what: /kms:DescribeKey on alias\/aws\//, why: 'that would create the key' },
            },
          ),
        },
      ],
    },
  ];
}
