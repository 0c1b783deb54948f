import type { LookedUpAlias } from '../project.ts';
import { randomOf } from '../random.ts';
import { dueCalls, dueFile, dueProblem, entryOf, type Situation, textOf } from '../situation.ts';
import { aliasesOfKinds, base, crowdAliases, data, lake, regions, type World } from '../world.ts';
import { ofBase, ofCrowd, ofData, ofLake } from './wanted.ts';

/** Situations in which nothing is wrong. */
export function found(world: World, seed: number): readonly Situation[] {
  const simple = (name: string, wanted: readonly LookedUpAlias[], more: Partial<Situation> = {}): Situation => ({
    name: `found/${name}`,
    wanted,
    runs: [{ due: dueFile(textOf(world, wanted), dueCalls(world, wanted)) }],
    ...more,
  });
  const everywhere = regions.flatMap((region) => [
    ofBase('alias/shared', region),
    ofData('alias/shared', region),
    ofLake('alias/shared', region),
    ofLake('alias/team/a', region),
  ]);
  const profiles = `[profile base]
aws_access_key_id = AKIDPROFILE
aws_secret_access_key = secret

[profile data]
role_arn = arn:aws:iam::${data}:role/Data
source_profile = base
region = us-east-1
`;
  const byProfile: readonly LookedUpAlias[] = [
    { account: base, region: 'eu-west-1', alias: 'alias/orders', profile: 'base' },
    { account: data, region: 'eu-west-1', alias: 'alias/orders', profile: 'data' },
    { account: data, region: 'us-east-1', alias: 'alias/orders', profile: 'data' },
    { account: lake, region: 'us-east-1', alias: 'alias/orders', profile: 'base', role: 'Reader' },
  ];
  const twelve = crowdOf(12, 7);
  return [
    simple('one alias', [ofBase('alias/shared')]),
    simple('two aliases of one key', [ofBase('alias/same-one'), ofBase('alias/same-two')]),
    simple('a key that is disabled', [ofBase('alias/disabled')]),
    simple(
      'keys of every kind',
      aliasesOfKinds.map((alias) => ofData(alias)),
    ),
    simple('one alias of a thousand', crowdOf(1, 1)),
    simple('nine aliases of a thousand', crowdOf(9, 2)),
    simple('ten aliases of a thousand', crowdOf(10, 3)),
    simple('three hundred aliases of a thousand', crowdOf(300, 4)),
    simple('a thousand aliases', crowdOf(crowdAliases, 5)),
    {
      // With as many pages as aliases, listing would cost as many calls as asking for each alias.
      ...simple('twelve aliases where pages are short', twelve, { mostPerPage: 50 }),
      runs: [
        {
          due: dueFile(textOf(world, twelve), {
            ...dueCalls(world, twelve),
            'kms:ListAliases': [1, 12],
            'kms:DescribeKey': [1, 12],
          }),
        },
      ],
    },
    simple('three accounts by their roles in three regions', everywhere),
    {
      ...simple('accounts by their profiles', byProfile, { awsConfig: profiles }),
      // The SDK assumes the role of a profile once, however many places use the profile.
      runs: [
        {
          env: {},
          due: dueFile(textOf(world, byProfile), { ...dueCalls(world, byProfile), 'sts:AssumeRole': [2, 2] }),
        },
      ],
    },
    ...known(world),
    ...Array.from({ length: 25 }, (_, index) => anything(world, seed + index, index)),
  ];
}

function crowdOf(count: number, seed: number): readonly LookedUpAlias[] {
  const random = randomOf(seed);
  const indices = Array.from({ length: crowdAliases }, (_, index) => ({ index, order: random() }));
  indices.sort((one, other) => one.order - other.order);
  return indices.slice(0, count).map(({ index }) => ofCrowd(index));
}

/** The context file already has entries. */
function known(world: World): readonly Situation[] {
  const wanted = ['alias/shared', 'alias/orders', 'alias/team/a'].map((alias) => ofData(alias));
  const entries = wanted.map((one) => entryOf(world, one));
  const [first, second, third] = entries;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three are wanted');
  // Both entries are outdated: the alias of `moved` points to another key now, and `unasked` is no longer looked up.
  const moved = { ...first, keyId: third.keyId, arn: third.arn };
  const unasked = { ...third, alias: 'alias/unasked' };
  const right = textOf(world, wanted, [unasked]);
  const old = textOf(world, wanted.slice(1), [moved, unasked]);
  const [one] = wanted;
  if (one === undefined) throw new Error('three are wanted');
  const disagrees = dueProblem(wanted, one, 'KW5130', ['alias/shared', `keyId is ${first.keyId}, not ${third.keyId}`]);
  return [
    {
      name: 'found/nothing is asked for twice',
      wanted,
      before: [...entries.slice(1), unasked],
      runs: [
        { due: dueFile(right, dueCalls(world, wanted.slice(0, 1))) },
        { due: dueFile(right, {}) },
        { args: ['--check'], due: dueFile(right, dueCalls(world, wanted)) },
      ],
    },
    {
      name: 'found/an alias that has moved',
      wanted,
      before: [...entries.slice(1), moved, unasked],
      runs: [
        { due: dueFile(old, {}) },
        { args: ['--check'], due: dueFile(old, dueCalls(world, wanted), { ended: [1], problems: [disagrees] }) },
        { args: ['--refresh'], due: dueFile(right, dueCalls(world, wanted)) },
      ],
    },
  ];
}

/** Looks up random aliases in random places. Some do not exist, and some are known already. */
function anything(world: World, seed: number, index: number): Situation {
  const random = randomOf(seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  };
  const all = [...world.entries.values()];
  const wanted = new Map<string, LookedUpAlias>();
  const count = 1 + Math.floor(random() * 40);
  const places = Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({
    of: pick([ofBase, ofData, ofLake]),
    region: pick(regions),
  }));
  for (let tried = 0; tried < count; tried += 1) {
    const { of, region } = pick(places);
    const { account } = of('', region);
    const there = all.filter((entry) => entry.account === account && entry.region === region);
    const alias = random() < 0.1 ? `alias/gone-${tried}` : pick(there).alias;
    wanted.set(`${account} ${region} ${alias}`, of(alias, region));
  }
  const asked = [...wanted.values()];
  const nameIn = ({ account, region, alias }: LookedUpAlias) => `${account}/${region}/${alias}`;
  const usable = asked.filter((one) => world.entries.has(nameIn(one)) && !world.pendingDeletion.has(nameIn(one)));
  const before = usable.filter(() => random() < 0.2).map((one) => entryOf(world, one));
  const knownBefore = new Set(before.map((entry) => nameIn(entry)));
  const open = asked.filter((one) => !knownBefore.has(nameIn(one)));
  const problems = asked.flatMap((one) => {
    if (usable.includes(one)) return [];
    const code = world.pendingDeletion.has(nameIn(one)) ? 'KW5122' : 'KW5120';
    return [dueProblem(asked, one, code, [one.alias, one.account, one.region])];
  });
  const text = usable.length === 0 ? undefined : textOf(world, usable);
  const ended = problems.length === 0 ? [0] : [1];
  return {
    name: `found/anything ${index}`,
    wanted: asked,
    ...(before.length > 0 && { before }),
    runs: [{ due: dueFile(text, dueCalls(world, open), { ended, problems }) }],
  };
}
