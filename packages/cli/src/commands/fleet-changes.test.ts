/**
 * Tests changes to a fleet of accounts. Each change is reported once, with the fewest entries that explain it, and a build with these
 * entries succeeds.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-fleet-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const fleet = `keywright: 1
app: shop
accounts:
  one: { id: "300000000001", regions: [eu-west-1, us-east-1], purpose: production }
  two: { id: "300000000002", regions: [eu-west-1, us-east-1, ap-south-1], purpose: production }
  dev: { id: "300000000003", regions: [eu-west-1, us-east-1, ap-south-1], purpose: development }
environments:
  shared: { account: "300000000009", region: eu-west-1 }
  shared-us: { account: "300000000009", region: us-east-1 }
groups:
  production: { purpose: production }
  development: { purpose: development }
  home: { region: eu-west-1, purpose: [production, development] }
standards:
  house: { in: { development: { removal: destroy } } }
keySets:
  baseline:
    logs: { standard: house, aliases: [logs] }
    buckets: { standard: house, aliases: [buckets] }
stacks:
  base:
    environment: [production, development]
    keySets: [baseline]
  global:
    environment: home
    keys:
      secrets: { standard: house, multiRegion: true, replicas: [{ region: us-east-1, aliases: [secrets] }] }
  hub:
    environment: shared
    keys:
      archive: { aliases: [archive], multiRegion: true, replicas: [{ region: us-east-1, aliases: [archive] }] }
`;

async function build(text: string, ...more: readonly string[]) {
  writeFileSync(join(cwd, 'keywright.yaml'), text);
  const io = fakeIo({ cwd });
  const code = await run(['build', '--quiet', ...more], io);
  const out = io.out();
  return { code, out, codes: [...out.matchAll(/^error\[(KW\d{4})\]/gm)].map(([, one]) => one) };
}

const read = (path: string) => readFileSync(join(cwd, 'out', path), 'utf8');

/** Replaces texts, each of which must occur. */
function edit(text: string, ...changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    return after;
  }, text);
}

const atTop = (entries: string) => (text: string) => edit(text, ['stacks:\n', `${entries}\nstacks:\n`]);
const under = (stack: string, entries: string) => (text: string) =>
  edit(text, [`  ${stack}:\n    env`, `  ${stack}:\n    ${entries}\n    env`]);

const both = (what: string) => `removed: [{ ${what}, then: retain }, { ${what}, then: destroy }]`;
const without = (...names: readonly string[]) =>
  edit(fleet, ...names.map((name) => [new RegExp(`  ${name}: .*\n`), ''] as const));
const buckets = '    buckets: { standard: house, aliases: [buckets] }\n';

type Change = readonly [
  what: string,
  before: string,
  after: string,
  code: string,
  /** The advice in each error, with the entries that it suggests. */
  help: readonly string[],
  apply: readonly ((text: string) => string)[],
];
const top = 'at the top of `keywright.yaml`';
const changes: readonly Change[] = [
  [
    'an account is gone',
    fleet,
    without('two'),
    'KW5170',
    [`put it back or, if it is meant to go, write ${top}: \`removed: [{ account: two, then: retain }]\``],
    [atTop('removed: [{ account: two, then: retain }]')],
  ],
  [
    'a region is retired, with both kinds of `removal`',
    fleet,
    edit(fleet, [', ap-south-1', ''], [', ap-south-1', '']),
    'KW5170',
    [`put it back or, if it is meant to go, write ${top}: \`${both('region: ap-south-1')}\``],
    [atTop(both('region: ap-south-1'))],
  ],
  [
    'a region is retired in some accounts',
    edit(fleet, ['[eu-west-1, us-east-1], purpose', '[eu-west-1, us-east-1, ap-south-1], purpose']),
    edit(fleet, [', ap-south-1', '']),
    'KW5170',
    [
      `put them back or, if they are meant to go, write ${top}: \`removed: [{ environment: one-ap-south-1, then: retain }, { environment: two-ap-south-1, then: retain }]\``,
    ],
    [atTop('removed: [{ environment: one-ap-south-1, then: retain }, { environment: two-ap-south-1, then: retain }]')],
  ],
  [
    'a stack is taken out of a group',
    fleet,
    edit(fleet, ['environment: [production, development]', 'environment: production']),
    'KW5155',
    [
      'put it back or, if it is meant to go, write under `stacks.base`: `removed: [{ environment: development, then: destroy }]`',
    ],
    [under('base', 'removed: [{ environment: development, then: destroy }]')],
  ],
  [
    'a stack is taken out of accounts and environments',
    fleet,
    edit(fleet, ['environment: [production, development]', 'environment: [one, two-eu-west-1]']),
    'KW5155',
    [
      'put it back or, if it is meant to go, write under `stacks.base`: `removed: [{ environment: development, then: destroy }, { environment: two-ap-south-1, then: retain }, { environment: two-us-east-1, then: retain }]`',
    ],
    [
      under(
        'base',
        'removed: [{ environment: development, then: destroy }, { environment: two-ap-south-1, then: retain }, { environment: two-us-east-1, then: retain }]',
      ),
    ],
  ],
  [
    'a stack is gone everywhere, with both kinds of `removal`',
    fleet,
    edit(fleet, [/ {2}global:\n[\s\S]* {2}hub:/, '  hub:']),
    'KW5155',
    [`put it back or, if it is meant to go, write ${top}: \`${both('stack: global')}\``],
    [atTop(both('stack: global'))],
  ],
  [
    'every stack is gone',
    edit(fleet, [/ {2}base:\n[\s\S]* {2}hub:/, '  hub:'], [/keySets:\n[\s\S]*stacks:/, 'stacks:']),
    edit(fleet, [/stacks:\n[\s\S]*/, 'stacks: {}\n'], [/keySets:\n[\s\S]*stacks:/, 'stacks:']),
    'KW5155',
    [`put it back or, if it is meant to go, write ${top}: \`removed: [{ stack: hub, then: retain }]\``],
    [(text) => `${text}removed: [{ stack: hub, then: retain }]\n`],
  ],
  [
    'a key of a set has another name',
    fleet,
    edit(fleet, ['    buckets:', '    objects:']),
    'KW5150',
    [
      `if it is the same key, write under \`stacks.base\`: \`moved: [{ from: buckets, to: objects }]\`; if it is meant to go, write under \`stacks.base\`: \`${both('key: buckets')}\``,
    ],
    [under('base', 'moved: [{ from: buckets, to: objects }]')],
  ],
  [
    'a key is gone in all environments, with both kinds of `removal`',
    fleet,
    edit(fleet, [buckets, '']),
    'KW5150',
    [`put it back or, if it is meant to go, write under \`stacks.base\`: \`${both('key: buckets')}\``],
    [under('base', both('key: buckets'))],
  ],
  [
    'a key goes to a stack that is in fewer environments',
    fleet,
    edit(fleet, [buckets, ''], ['      secrets:', `  ${buckets}      secrets:`]),
    'KW5150',
    [
      `if it is the same key, write under \`stacks.global\`: \`moved: [{ from: base.buckets, to: buckets }]\`, and for dev-ap-south-1, dev-us-east-1, one-us-east-1, two-ap-south-1 and two-us-east-1, where there is no \`buckets\`, under \`stacks.base\`: \`${both('key: buckets')}\`; if it is meant to go everywhere, write only \`removed\``,
    ],
    [under('base', both('key: buckets')), under('global', 'moved: [{ from: base.buckets, to: buckets }]')],
  ],
  [
    'replicas are gone',
    fleet,
    edit(fleet, [', replicas: [{ region: us-east-1, aliases: [secrets] }]', '']),
    'KW5151',
    [`put it back, or write under \`stacks.global\`: \`${both('key: secrets, replica: us-east-1')}\``],
    [under('global', both('key: secrets, replica: us-east-1'))],
  ],
  [
    'a stack has another name',
    fleet,
    edit(fleet, ['  base:\n', '  basis:\n']),
    'KW5155',
    [
      `if it has another name now, write under \`stacks.basis\`: \`moved: [{ from: base.* }]\`; if it is meant to go, write ${top}: \`${both('stack: base')}\``,
    ],
    [under('basis', 'moved: [{ from: base.* }]')],
  ],
  [
    'an account has another name',
    fleet,
    edit(fleet, ['  one:', '  uno:']),
    'KW5170',
    [
      `if it has another name now, write ${top}: \`moved: [{ account: one, to: uno }]\`; if it is meant to go, write ${top}: \`removed: [{ environment: one-eu-west-1, then: retain }, { environment: one-us-east-1, then: retain }]\``,
    ],
    [atTop('moved: [{ account: one, to: uno }]')],
  ],
  [
    'an environment has another name',
    edit(fleet, ['environment: shared', 'environment: [shared]']),
    edit(fleet, ['environment: shared', 'environment: [common]'], ['  shared: ', '  common: ']),
    'KW5170',
    [
      `if it has another name now, write ${top}: \`moved: [{ environment: shared, to: common }]\`; if it is meant to go, write ${top}: \`removed: [{ environment: shared, then: retain }]\``,
    ],
    [atTop('moved: [{ environment: shared, to: common }]')],
  ],
  [
    'a stack in one environment lives in several',
    fleet,
    edit(fleet, ['environment: shared', 'environment: [shared, one-eu-west-1]']),
    'KW5155',
    ['write under `stacks.hub`: `moved: [{ from: hub.* }]`'],
    [under('hub', 'moved: [{ from: hub.* }]')],
  ],
  [
    'an environment has another account',
    fleet,
    edit(fleet, [/(shared(?:-us)?): \{ account: "300000000009"/g, '$1: { account: "300000000008"']),
    'KW5156',
    [
      `create an environment of another name for account 300000000008; then put \`shared\` back or, if it is meant to go, write ${top}: \`removed: [{ environment: shared, then: retain }]\``,
    ],
    [
      atTop('removed: [{ environment: shared, then: retain }, { environment: shared-us, then: retain }]'),
      (text) =>
        edit(
          text,
          ['  shared:', '  common:'],
          ['  shared-us: {', '  common-us: {'],
          ['environment: shared\n', 'environment: common\n'],
        ),
    ],
  ],
  [
    'a stack loses a target, with both kinds of `removal`',
    fleet,
    edit(fleet, ['    keySets: [baseline]', '    keySets: [baseline]\n    targets: [terraform, pulumi]']),
    'KW5154',
    [
      `put \`cfn\` back under \`targets\`, or write under \`stacks.base\`: \`${both('target: cfn')}\`; if another tool is to have the keys, hand them over with \`keywright adopt\` before that tool deploys`,
    ],
    [under('base', both('target: cfn'))],
  ],
];

describe('the report', () => {
  it.each(changes)('that %s suggests the entries that account for it', async (_, before, after, code, help, apply) => {
    expect(await build(before)).toMatchObject({ code: 0 });
    const inventory = read('keywright.inventory.json');
    const found = await build(after);
    expect(new Set(found.codes)).toEqual(new Set([code]));
    expect([...found.out.matchAll(/^help: (.*)$/gm)].map(([, text]) => text)).toEqual(help);
    expect(read('keywright.inventory.json')).toBe(inventory);
    const said = apply.reduce((text, one) => one(text), after);
    expect(await build(said)).toMatchObject({ code: 0 });
    expect(await build(said, '--check')).toMatchObject({ code: 0 });
    // The inventory records the changes, so the entries are no longer needed.
    expect(await build(after)).toMatchObject({ code: 0 });
  });
});

describe('two entries about the same keys', () => {
  it('apply to each key according to the `removal` that it had', async () => {
    await build(fleet);
    await build(under('base', both('key: buckets'))(edit(fleet, [buckets, ''])));
    expect(read('terraform/base-one-eu-west-1/changes.tf')).toContain('from = module.base.aws_kms_key.buckets\n');
    expect(existsSync(join(cwd, 'out/terraform/base-dev-eu-west-1/changes.tf'))).toBe(false);
    expect(read('pulumi/changes.md')).toContain('urn:pulumi:one-eu-west-1::shop-base::aws:kms/key:Key::buckets');
    expect(read('pulumi/changes.md')).not.toContain('dev-');
  });

  it('have to cover every `removal` that the keys had', async () => {
    await build(fleet);
    const after = edit(fleet, [buckets, '']);
    const one = await build(under('base', 'removed: [{ key: buckets, then: retain }]')(after));
    expect(one.codes).toEqual(['KW5162']);
    expect(one.out).toContain('write `then: destroy`, in a separate entry if this one is right for other keys');
    const twice = 'removed: [{ key: buckets, then: retain }, { key: buckets, then: retain }]';
    expect((await build(under('base', twice)(after))).codes).toContain('KW5158');
  });
});

describe('a renamed environment', () => {
  it('keeps its stacks in every tool', async () => {
    await build(fleet);
    const after = atTop('moved: [{ account: one, to: uno }]')(edit(fleet, ['  one:', '  uno:']));
    expect(await build(after)).toMatchObject({ code: 0 });
    const pulumi = read('pulumi/changes.md');
    for (const [project, region] of [
      ['base', 'eu-west-1'],
      ['base', 'us-east-1'],
      ['global', 'eu-west-1'],
    ]) {
      expect(pulumi).toContain(
        `pulumi stack rename --stack ORGANIZATION/shop-${project}/one-${region} ORGANIZATION/shop-${project}/uno-${region}\n`,
      );
    }
    expect(pulumi).not.toContain('pulumi state');
    expect(pulumi).not.toContain('provider');
    expect(read('terraform/base-uno-eu-west-1/changes.tf')).toContain(
      '# module.base.aws_kms_key.logs of stack base-one-eu-west-1\n',
    );
    const replica = 'global-one-eu-west-1-one-us-east-1-to-global-uno-eu-west-1-uno-us-east-1';
    const [{ Source, Destination }] = JSON.parse(read(`cfn/refactor-${replica}.json`));
    expect(Source.StackName).toBe('shop-global-one-eu-west-1-one-us-east-1');
    expect(Destination.StackName).toBe('shop-global-uno-eu-west-1-uno-us-east-1');
    // All stacks of the definition share one template.
    const steps = read('cfn/changes.md');
    for (const [, file = ''] of steps.matchAll(/(\S+\.template\.yaml)/g))
      expect(existsSync(join(cwd, 'out/cfn', file))).toBe(true);
  });

  it('can have keys that are renamed too', async () => {
    await build(fleet);
    const text = edit(fleet, ['  one:', '  uno:'], ['    logs: {', '    journal: {']);
    const after = under(
      'base',
      'moved: [{ from: logs, to: journal }]',
    )(atTop('moved: [{ account: one, to: uno }]')(text));
    // A renamed key cannot take the name of another existing key.
    const onto = edit(
      after,
      ['    journal: { standard: house, aliases: [logs] }\n', ''],
      ['to: journal', 'to: buckets'],
    );
    const { out } = await build(onto);
    expect(out).toMatch(
      /^error\[KW5159\]: in all 8 environments: `logs` cannot become `buckets` [^{}]*\$\{environment\}`/,
    );
    expect(out).toContain('|     moved: [{ from: logs, to: buckets }]\n');
    expect(await build(after)).toMatchObject({ code: 0 });
    expect(read('terraform/base-uno-eu-west-1/changes.tf')).toContain(
      '# module.base.aws_kms_key.logs of stack base-one-eu-west-1\nimport {\n  to = module.base.aws_kms_key.journal\n',
    );
    expect(read('pulumi/changes.md')).toContain(
      "'urn:pulumi:uno-eu-west-1::shop-base::aws:kms/key:Key::logs' 'journal' --yes\n",
    );
  });

  it('may come with entries about keys that are removed at the same time', async () => {
    await build(fleet);
    const renamed = atTop('moved: [{ account: one, to: uno }]')(edit(fleet, ['  one:', '  uno:']));
    const gone = edit(renamed, [buckets, '']);
    expect((await build(gone)).out).toContain('in all 8 environments: the key `buckets` of stack');
    expect((await build(gone)).codes).toEqual(['KW5150']);
    const absent = edit(renamed, ['buckets: { standard: house,', 'buckets: { in: { uno: absent }, standard: house,']);
    expect((await build(absent)).codes).toEqual(['KW5150']);
    expect(await build(under('base', 'removed: [{ key: buckets, then: retain }]')(absent))).toMatchObject({ code: 0 });
    expect(read('pulumi/changes.md')).toContain(
      "pulumi state delete --stack ORGANIZATION/shop-base/uno-eu-west-1 --force --yes 'urn:pulumi:uno-eu-west-1::shop-base::aws:kms/key:Key::buckets'",
    );
  });

  it('keeps a key that another stack takes over in other environments only', async () => {
    await build(fleet);
    const text = edit(
      fleet,
      ['  one:', '  uno:'],
      ['buckets: { standard: house,', 'buckets: { in: { two: absent }, standard: house,'],
    );
    const side =
      '  side: { environment: two, keys: { buckets: { aliases: [buckets] } }, moved: [{ from: base.buckets }] }\n';
    expect(await build(`${atTop('moved: [{ account: one, to: uno }]')(text)}${side}`)).toMatchObject({ code: 0 });
    expect(read('terraform/base-uno-eu-west-1/changes.tf')).toContain('to = module.base.aws_kms_key.buckets\n');
  });

  it('keeps the settings that people and Pulumi wrote for its Pulumi stacks', async () => {
    await build(fleet);
    const before = 'pulumi/base/Pulumi.one-eu-west-1.yaml';
    const theirs = 'encryptionsalt: v1:abc=\n';
    writeFileSync(join(cwd, 'out', before), `${theirs}${read(before)}  base:token: { secure: v1:def= }\n`);
    const after = atTop('moved: [{ account: one, to: uno }]')(edit(fleet, ['  one:', '  uno:']));
    expect(await build(after)).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, 'out', before))).toBe(false);
    const settings = read('pulumi/base/Pulumi.uno-eu-west-1.yaml');
    expect(settings).toContain(theirs);
    expect(settings).toContain('  base:token: { secure: v1:def= }\n');
    expect(await build(after, '--check')).toMatchObject({ code: 0 });
  });

  it('gives a new name to the CloudFormation stack of a replica in it', async () => {
    await build(fleet);
    expect(await build(edit(fleet, ['  shared-us:', '  common-us:']))).toMatchObject({ code: 0 });
    const steps = read('cfn/changes.md');
    expect(steps).toContain('## From `hub-shared-us` to `hub-common-us`\n');
    expect(steps).toContain('then delete the stack `hub-shared-us` once no key is left in it');
    expect(existsSync(join(cwd, 'out/pulumi/changes.md'))).toBe(false);
    expect(existsSync(join(cwd, 'out/terraform/hub/changes.tf'))).toBe(false);
    await build(edit(fleet, ['  shared-us:', '  common-us:']), '--drop-moves');
    expect(existsSync(join(cwd, 'out/cfn/changes.md'))).toBe(false);
  });

  it('gives a new name to the CloudFormation stack of a replica in it, even after a build for another target', async () => {
    const renamed = edit(fleet, ['  shared-us:', '  common-us:']);
    await build(fleet);
    await build(renamed, '--target', 'terraform');
    await build(renamed);
    expect(read('cfn/changes.md')).toContain('## From `hub-shared-us` to `hub-common-us`\n');
  });

  it.each([
    ['account: gone, to: nobody', 'KW2003'],
    ['environment: gone, to: one', 'KW2003'],
    ['account: two, to: one', 'KW5160'],
  ])('is refused if the old name still exists or the new name does not: %s', async (entry, code) => {
    expect((await build(atTop(`moved: [{ ${entry} }]`)(fleet))).codes).toContain(code);
  });
});

describe('an alias with a different name in each environment', () => {
  const aliases = [
    '"${environment}/logs"',
    '"${stack}/logs"',
    '"${values.team}/${key}"',
    '"logs-${account}-${region}"',
  ];
  const named = edit(
    fleet,
    [/aliases: \[logs\]/, `aliases: [${aliases.join(', ')}]`],
    [/(?<=(one|two|dev): .*)purpose/g, 'values: { team: $1 }, purpose'],
  );
  const lines = (out: string) => out.match(/^(?:error|help).*$/gm);

  it('is dropped by an entry that gives its name with placeholders', async () => {
    await build(named);
    const after = edit(named, [/aliases: \[".*"\]/, 'aliases: [logs]']);
    const { out } = await build(after);
    const entries = aliases.map((alias) => `{ alias: ${alias.replace('${key}', 'logs')}, then: destroy }`);
    expect(lines(out)).toEqual(
      entries.flatMap((entry, index) => [
        `error[KW5152]: in all 8 environments: the alias \`${aliases[index]?.replace('${key}', 'logs').slice(1, -1)}\` of \`logs\`, in stack \`base-\${environment}\`, has disappeared since the last build`,
        `help: put it back until nothing uses it any more, or write under \`stacks.base\`: \`removed: [${entry}]\``,
      ]),
    );
    expect(await build(under('base', `removed: [${entries.join(', ')}]`)(after))).toMatchObject({ code: 0 });
    // An entry may also give the alias as written, with `${key}` in it.
    await build(named, '--drop-moves');
    const asWritten = aliases.map((alias) => `{ alias: ${alias}, then: destroy }`).join(', ');
    expect(await build(under('base', `removed: [${asWritten}]`)(after))).toMatchObject({ code: 0 });
  });

  it('is reported once if environments, accounts, values or the stack are renamed, and entries with placeholders account for it', async () => {
    await build(named);
    const after = edit(named, ['  one:', '  uno:'], ['team: one', 'team: uno'], ['  base:', '  core:']);
    const moved = under('core', 'moved: [{ from: base.* }]')(atTop('moved: [{ account: one, to: uno }]')(after));
    const { out } = await build(moved);
    const texts = ['"${environment}/logs"', '"${stack}/logs"', '"${values.team}/logs"'];
    const entries = texts.map((text) => `{ alias: ${text}, then: destroy }`).join(', ');
    expect(lines(out)).toEqual([
      'error[KW5152]: in all 8 environments: the names of 12 aliases of stack `core` have changed since the last build, one from `base-dev-ap-south-1/logs` to `core-dev-ap-south-1/logs`',
      `help: if anything still uses the former names, add them as further aliases; if not, write under \`stacks.core\`: \`removed: [${entries}]\``,
    ]);
    const answered = moved.replace('  core:\n', `  core:\n    removed: [${entries}]\n`);
    expect(await build(answered)).toMatchObject({ code: 0 });
    // The entries may stay in the file after the build.
    expect(await build(answered)).toMatchObject({ code: 0 });
  });
});

it('a team’s file cannot take over a key that `keywright.yaml` releases', async () => {
  const team = (moved: string) => {
    writeFileSync(
      join(cwd, 'team.yaml'),
      `stacks: { team: { environment: shared, keys: { archive: { multiRegion: true, aliases: [archive] } }${moved} } }\n`,
    );
  };
  await build(fleet);
  const after = edit(
    fleet,
    [/ {2}hub:\n[\s\S]*$/, ''],
    ['app: shop\n', 'app: shop\ninclude: [{ files: team.yaml, stacksIn: [shared] }]\n'],
  );
  const released = atTop('removed: [{ stack: hub, then: retain }]')(after);
  team(', moved: [{ from: hub.archive }]');
  expect((await build(released)).codes).toContain('KW5158');
  // Without the entry at the top, a team may take over a key.
  expect((await build(after)).codes).toEqual(['KW5151']);
});
