/** Builds one project after another into the same folder. Nothing that was in the last build may get lost without a diagnostic. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-changes-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const head = `keywright: 1
app: shop
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
  other: { account: "444455556666", region: eu-west-1 }
stacks:
`;

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

async function build(stacks: string, ...more: readonly string[]) {
  writeFileSync(join(cwd, 'keywright.yaml'), head + stacks);
  return keywright('build', '--quiet', ...more);
}

async function built(stacks: string, ...more: readonly string[]): Promise<void> {
  expect(await build(stacks, ...more)).toMatchObject({ code: 0, err: '' });
}

const read = (path: string) => readFileSync(join(cwd, 'out', path), 'utf8');
const inventory = () => read('keywright.inventory.json');
const codes = ({ out }: { readonly out: string }) => [...out.matchAll(/\[(KW\d{4})\]/g)].map(([, code]) => code);

const main = (keys: string, more = '') => `  main:\n    environment: eu\n    keys:\n${keys}${more}`;
const orders = '      orders: { aliases: [orders] }\n';
const purchases = '      purchases: { aliases: [orders] }\n';

describe('a former name', () => {
  it('of a key is not reported as taken if a new key of that name may be the missing key', async () => {
    await built(main(orders));
    await built(main(purchases, '    moved: [{ from: orders, to: purchases }]\n'));
    expect(codes(await build(main(orders)))).toEqual(['KW5150']);
    await built(main(orders, '    moved: [{ from: purchases, to: orders }]\n'));
  });

  it('of a stack is not reported as taken if a new stack of that name may be the missing stack', async () => {
    await built(main(orders));
    await built(`  core:\n    environment: eu\n    moved: [{ from: main.* }]\n    keys:\n${orders}`);
    expect(codes(await build(main(orders)))).toEqual(['KW5155']);
    await built(main(orders, '    moved: [{ from: core.* }]\n'));
  });
});

it('the right key is suggested for an entry that misspells a key', async () => {
  await built(main(orders));
  const { out } = await build(main(purchases, '    moved: [{ from: order, to: purchases }]\n'));
  expect(out).toContain('`moved: [{ from: orders, to: purchases }]`');
});

describe('the inventory', () => {
  it('is written by the first build, with a line for each resource and without default values', async () => {
    await built(main('      orders: { aliases: [orders], spec: RSA_2048, usage: SIGN_VERIFY, removal: destroy }\n'));
    expect(inventory()).toBe(`{
  "version": 1,
  "app": "shop",
  "stacks": {
    "main": {
      "environment": { "name": "eu", "account": "111122223333", "region": "eu-west-1" },
      "targets": ["cfn", "pulumi", "terraform"],
      "resources": {
        "alias/orders/orders": { "kind": "alias", "key": "orders", "alias": "alias/orders", "names": { "cfn": "OrdersAlias", "pulumi": "aws:kms/alias:Alias::orders", "terraform": "aws_kms_alias.orders" } },
        "key/orders": { "kind": "key", "key": "orders", "spec": "RSA_2048", "usage": "SIGN_VERIFY", "removal": "destroy", "names": { "cfn": "OrdersKey", "pulumi": "aws:kms/key:Key::orders", "terraform": "aws_kms_key.orders" } }
      }
    }
  }
}
`);
  });

  it('lists a resource of several environments once, so a further environment does not change it', async () => {
    const list = (environments: string) => `  main:\n    environment: ${environments}\n    keys:\n${orders}`;
    await built(list('[eu, other]'));
    const [, shared = ''] = /"resources": "(main-[0-9a-f]{8})"/.exec(inventory()) ?? [];
    expect(inventory()).toContain(`  "shared": {
    "${shared}": {
      "alias/orders/orders": { "kind": "alias",`);
    expect(inventory().match(/"key\/orders": /g)).toHaveLength(1);
    const before = inventory().split('\n');
    await built(list('[eu, other, us]'));
    const after = new Set(inventory().split('\n'));
    expect(before.filter((line) => !after.has(line))).toEqual([]);
    expect(codes(await build(list('[other, us]')))).toEqual(['KW5155']);
  });

  it('stays the same if only descriptions, tags and policies change', async () => {
    await built(main(orders));
    const before = inventory();
    await built(main('      orders: { aliases: [orders], description: New, tags: { a: b }, admins: [] }\n'));
    expect(inventory()).toBe(before);
    expect(await keywright('build', '--check', '--quiet')).toMatchObject({ code: 0 });
  });

  it('is not written by a build that leaves out outputs of an earlier version', async () => {
    const side = '  side:\n    environment: [eu, us]\n    keys: { extra: {} }\n';
    await built(main(orders) + side);
    rmSync(join(cwd, 'out/keywright.inventory.json'));
    for (const part of [
      ['--stack', 'main'],
      ['--stack', 'main,side-eu'],
      ['--target', 'terraform'],
    ]) {
      expect(codes(await build(main(orders) + side, ...part))).toEqual(['KW5166']);
    }
    await built(main(orders) + side, '--stack', 'main,side');
  });

  it('is written by the first build over the outputs of an earlier version', async () => {
    await built(main(orders));
    rmSync(join(cwd, 'out/keywright.inventory.json'));
    expect(codes(await keywright('build', '--check', '--quiet'))).toEqual(['KW6005']);
    await built(main(orders));
    expect(inventory()).toContain('key/orders');
  });

  it.each(['yaml', 'json'])(
    'is reported as missing if outputs (%s) of an earlier version have keys or aliases that the project no longer has',
    async (format) => {
      const before =
        '      orders: { multiRegion: true, aliases: [orders], replicas: [{ environment: us, aliases: [copy] }] }\n      external: { origin: EXTERNAL }\n';
      await built(main(before), '--cfn-format', format);
      rmSync(join(cwd, 'out/keywright.inventory.json'));
      await built(main(before), '--cfn-format', format);
      for (const after of [
        before.replace('  orders:', '  purchases:'),
        before.replace(' aliases: [orders],', ''),
        before.replace(', aliases: [copy]', ''),
        before.replace('      external: { origin: EXTERNAL }\n', ''),
      ]) {
        rmSync(join(cwd, 'out/keywright.inventory.json'));
        const result = await build(main(after), '--cfn-format', format);
        expect(codes(result)).toEqual(['KW5166', 'KW5166', 'KW5166']);
        expect(codes(await keywright('check', '--quiet'))).toHaveLength(3);
        expect(existsSync(join(cwd, 'out/keywright.inventory.json'))).toBe(false);
        await built(main(before), '--cfn-format', format);
      }
    },
  );

  it.each([
    ['not JSON'],
    ['{"version":2}'],
    ['{"version":1,"app":"shop","stacks":{"main":{"environment":{},"targets":[],"resources":"a"}}}'],
    ['{"version":1,"app":"shop","stacks":{"main":{}}}'],
  ])('that cannot be read (%s) stops a build, even with --force', async (text) => {
    await built(main(orders));
    writeFileSync(join(cwd, 'out/keywright.inventory.json'), text);
    for (const more of [[], ['--force']]) {
      const result = await build(main(purchases), ...more);
      expect(codes(result)).toEqual(['KW5166']);
      expect(inventory()).toBe(text);
    }
    expect(codes(await keywright('check'))).toContain('KW5166');
  });

  it.each([
    ['{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}', 'Git left a merge conflict in it', '--worktree -- out`'],
    [
      '{"version":2}',
      'it has version 2, and only version 1 is read: a newer Keywright wrote it',
      'help: update Keywright',
    ],
  ])('that cannot be read (%s) is reported with what to do', async (text, reason, advice) => {
    await built(main(orders));
    writeFileSync(join(cwd, 'out/keywright.inventory.json'), text);
    const { out } = await build(main(orders));
    expect(out).toContain(reason);
    expect(out).toContain(advice);
  });
});

describe('a missing key', () => {
  it('stops build, build --check and check, and nothing is written', async () => {
    await built(main(`${orders}      archive: {}\n`));
    const before = [inventory(), read('keywright.manifest.json')];
    const result = await build(main(orders));
    expect(result.code).toBe(1);
    expect(result.out).toContain('the key `archive` of stack `main` has disappeared since the last build');
    expect(result.out).toContain('removed: [{ key: archive, then: retain }]');
    expect(codes(await keywright('build', '--check', '--quiet'))).toEqual(['KW5150']);
    expect(codes(await keywright('check', '--quiet'))).toEqual(['KW5150']);
    expect([inventory(), read('keywright.manifest.json')]).toEqual(before);
  });

  it('is reported with the suggestion that it is the new key with the same alias', async () => {
    await built(main(`${orders}      archive: {}\n`));
    const { out } = await build(main(`      archived: {}\n      spare: {}\n${purchases}`));
    expect(out).toContain('`purchases` may be the same key');
    expect(out).toContain('moved: [{ from: orders, to: purchases }]');
    // Either of two new keys could be the renamed one.
    expect(out).toContain('put it back or, if it is meant to go, write under `stacks.main`: `removed: [{ key: archive');
  });

  it('is forgotten under its former names too, since a deployment may have skipped the build that renamed it', async () => {
    await built(main(`${orders}      archive: { aliases: [archive] }\n`));
    await built(main(`${orders}      old: { aliases: [archive] }\n`, '    moved: [{ from: archive, to: old }]\n'));
    await built(main(orders, '    removed: [{ key: old, then: retain }]\n'));
    for (const address of ['aws_kms_key.archive', 'aws_kms_key.old', 'aws_kms_alias.archive']) {
      expect(read('terraform/main/changes.tf')).toContain(`removed {\n  from = ${address}\n`);
    }
  });

  it.each([
    ['retained', 'retain', ''],
    ['destroyed', 'destroy', 'removal: destroy'],
  ])('that is %s does not give its name in a tool to another key', async (_, then, removal) => {
    await built(main(`${orders}      archive: { ${removal} }\n`));
    const names = 'names: { cfn: ArchiveKey, terraform: archive, pulumi: archive }';
    const result = await build(
      main(`${orders}      other: { ${names} }\n`, `    removed: [{ key: archive, then: ${then} }]\n`),
    );
    expect(codes(result)).toEqual(['KW5165']);
    expect(result.out).toContain('CloudFormation, Terraform and Pulumi may still use ');
  });

  it.each([
    ['retain', 'removal: retain'],
    ['destroy', 'removal: destroy'],
  ])(
    'is not lost without a word if an old entry with `then: %s`, for another environment, is still there',
    async (then, removal) => {
      const stack = (keys: string, more = '') =>
        main(keys, more).replace('environment: eu', 'environment: [eu, other]');
      const removed = `    removed: [{ key: archive, then: ${then} }]\n`;
      await built(stack(`${orders}      archive: { ${removal} }\n`));
      const first = await build(stack(`${orders}      archive: { ${removal}, in: { other: absent } }\n`, removed));
      expect(codes(first)).toEqual([]);
      const renamed = `${orders}      old: { ${removal}, in: { other: absent } }\n`;
      await build(stack(renamed, removed), '--check');
      const { out } = await keywright('check');
      expect(out).toContain('warning[KW5177]');
      expect(out).toContain('moved: [{ from: archive, to: old }]');
      await built(stack(renamed, '    moved: [{ from: archive, to: old }]\n'));
    },
  );

  it('that is destroyed does not give its name to a key that moves there, since a deployment may still have both', async () => {
    await built(main(`${orders}      archive: { removal: destroy }\n`));
    await built(main(orders, '    removed: [{ key: archive, then: destroy }]\n'));
    const renamed = main('      archive: { aliases: [orders] }\n', '    moved: [{ from: orders, to: archive }]\n');
    const result = await build(renamed);
    expect(codes(result)).toEqual(['KW5165']);
    expect(result.out).toContain('Terraform and Pulumi may still use `aws_kms_key.archive` and ');
    await built(renamed, '--drop-moves');
  });

  it('that is destroyed can be put back, and renamed then', async () => {
    const archive = '      archive: { removal: destroy }\n';
    await built(main(orders + archive));
    await built(main(orders, '    removed: [{ key: archive, then: destroy }]\n'));
    await built(main(orders + archive));
    await built(main(`${orders}      old: { removal: destroy }\n`, '    moved: [{ from: archive, to: old }]\n'));
    await built(main(orders + archive, '    moved: [{ from: old, to: archive }]\n'));
  });

  it('cannot be put back before everything is deployed, which is reported once', async () => {
    const archive = '      archive: { aliases: [archive] }\n';
    await built(main(orders + archive));
    await built(main(orders, '    removed: [{ key: archive, then: retain }]\n'));
    const result = await build(main(orders + archive));
    expect(codes(result)).toEqual(['KW5165']);
    expect(result.out).toContain('restore the outputs of the earlier build from version control');
    await built(main(orders + archive), '--drop-moves');
  });

  it('is not taken over by another key that claims its address', async () => {
    const stack = (keys: string, more = '') => main(keys, `    targets: [terraform]\n${more}`);
    await built(stack(`${orders}      archive: {}\n`));
    const moved = '    moved: [{ from: "Terraform: aws_kms_key.archive", to: other }]\n';
    const removed = '    removed: [{ key: archive, then: retain }]\n';
    expect(codes(await build(stack(`${orders}      other: {}\n`, moved + removed)))).toEqual(['KW5165']);
  });

  it('with `then: retain` is forgotten along with its alias, even after the entry is deleted', async () => {
    await built(main(`${orders}      archive: { aliases: [archive] }\n`));
    await built(main(orders, '    removed: [{ key: archive, then: retain }]\n'));
    const terraform = read('terraform/main/changes.tf');
    expect(terraform).toContain('from = aws_kms_key.archive\n');
    expect(terraform).toContain('from = aws_kms_alias.archive\n');
    expect(terraform.match(/destroy = false/g)).toHaveLength(2);
    const pulumi = read('pulumi/changes.md');
    expect(pulumi.indexOf('aws:kms/alias:Alias::archive')).toBeGreaterThan(0);
    expect(pulumi.indexOf('aws:kms/key:Key::archive')).toBeGreaterThan(pulumi.indexOf('aws:kms/alias:Alias::archive'));
    expect(read('cfn/changes.md')).toContain('`ArchiveKey`');
    await built(main(orders));
    expect(read('terraform/main/changes.tf')).toBe(terraform);
    expect(await keywright('build', '--check', '--quiet')).toMatchObject({ code: 0 });
    await built(main(orders), '--drop-moves');
    for (const path of ['terraform/main/changes.tf', 'pulumi/changes.md', 'cfn/changes.md']) {
      expect(existsSync(join(cwd, 'out', path))).toBe(false);
    }
    expect(inventory()).not.toContain('archive');
  });

  it('leads to a warning about the alias that CloudFormation deletes', async () => {
    await built(main(`${orders}      archive: { aliases: [archive] }\n`));
    writeFileSync(join(cwd, 'keywright.yaml'), head + main(orders, '    removed: [{ key: archive, then: retain }]\n'));
    expect(codes(await keywright('build'))).toContain('KW5169');
  });

  it('is missing only in the environments where `in` removes it', async () => {
    const stack = (key: string, more = '') =>
      `  main:\n    environment: [eu, us, other]\n    keys:\n${orders}      archive: ${key}\n${more}`;
    await built(stack('{ aliases: [archive] }'));
    const result = await build(stack('{ aliases: [archive], in: { other: absent } }'));
    expect(codes(result)).toEqual(['KW5150']);
    expect(result.out).toContain('the key `archive` of stack `main-other` has disappeared since the last build');
    await built(
      stack('{ aliases: [archive], in: { other: absent } }', '    removed: [{ key: archive, then: retain }]\n'),
    );
    expect(read('terraform/main-other/changes.tf')).toContain('from = module.main.aws_kms_key.archive\n');
    expect(existsSync(join(cwd, 'out/terraform/main-eu/changes.tf'))).toBe(false);
    expect(read('terraform/modules/main/main.tf')).toContain('alias/archive');
  });

  it('can have another name in some environments and be removed from the others, as the build suggests', async () => {
    const stack = (keys: string, more = '') => `  main:\n    environment: [eu, us]\n    keys:\n${keys}${more}`;
    await built(stack(`${orders}      other: {}\n`));
    const after = '      purchases: { aliases: [orders], in: { us: absent } }\n      other: {}\n';
    expect(codes(await build(stack(after)))).toEqual(['KW5150']);
    const moved = '    moved: [{ from: orders, to: purchases }]\n';
    expect(codes(await build(stack(after, moved)))).toEqual(['KW5150']);
    await built(stack(after, `${moved}    removed: [{ key: orders, then: retain }]\n`));
    expect(read('terraform/main-eu/changes.tf')).toContain('to   = module.main.aws_kms_key.purchases\n');
    expect(read('terraform/main-us/changes.tf')).toContain('from = module.main.aws_kms_key.orders\n');
  });

  it('in several environments cannot be listed as removed while it exists in all of them', async () => {
    const stack = '  main:\n    environment: [eu, other]\n    keys:\n';
    expect(codes(await build(`${stack}${orders}    removed: [{ key: orders, then: retain }]\n`))).toEqual(['KW5160']);
  });

  it('has to be listed as removed with the `removal` of its last deployment', async () => {
    const both = '      kept: { removal: retain }\n      going: { removal: destroy }\n';
    await built(main(orders + both));
    const result = await build(
      main(orders, '    removed: [{ key: kept, then: destroy }, { key: going, then: retain }]\n'),
    );
    expect(codes(result)).toEqual(['KW5162', 'KW5162']);
    await built(main(orders, '    removed: [{ key: kept, then: retain }, { key: going, then: destroy }]\n'));
    expect(read('terraform/main/changes.tf')).not.toContain('going');
  });

  it('can be released by Terraform alone, whatever its `removal`', async () => {
    const stack = (keys: string, more = '') => main(keys, `    targets: [terraform]\n${more}`);
    await built(stack(`${orders}      going: { removal: destroy }\n`));
    await built(stack(orders, '    removed: [{ key: going, then: retain }]\n'));
    expect(read('terraform/main/changes.tf')).toContain('from = aws_kms_key.going\n');
  });
});

describe('a list of environments whose resources used to be in root modules', () => {
  const list = (keys: string, environments = '[eu, other]') =>
    `  main:
    environment: ${environments}
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
    keys:
${keys}`;
  const users = '      orders: { aliases: [orders], grants: [{ to: api, can: decrypt }] }\n';
  const all = ['aws_iam_role.api', 'aws_kms_key.orders', 'aws_kms_alias.orders', 'aws_iam_role_policy.api'];
  const moves = (path: string) =>
    [...read(path).matchAll(/^moved \{\n {2}from = (.*)\n {2}to {3}= (.*)$/gm)].map(([, from, to]) => [from, to]);

  /** Rewrites the outputs as an earlier version would have written them. */
  function asBefore(): void {
    const path = join(cwd, 'out/keywright.inventory.json');
    const text = inventory()
      .replaceAll(/ +"prefixes": .*\n/g, '')
      .replaceAll('module.main.', '');
    writeFileSync(path, text);
  }

  it('has nothing to move in a new environment', async () => {
    await built(list(users));
    await built(list(users));
    expect(existsSync(join(cwd, 'out/terraform/main-eu/changes.tf'))).toBe(false);
    expect(inventory()).toContain('"prefixes": { "terraform": "module.main." }');
  });

  it('moves all resources, including roles and policies, until --drop-moves', async () => {
    await built(list(users));
    asBefore();
    await built(list(users));
    for (const path of ['terraform/main-eu/changes.tf', 'terraform/main-other/changes.tf'])
      expect(moves(path).sort()).toEqual(all.map((address) => [address, `module.main.${address}`]).sort());
    const before = inventory();
    await built(list(users));
    expect(inventory()).toBe(before);
    // A new environment has nothing to move: its resources start in the shared module.
    await built(list(users, '[eu, other, us]'));
    expect(existsSync(join(cwd, 'out/terraform/main-us/changes.tf'))).toBe(false);
    expect(read('terraform/main-us/main.tf')).toContain('source = "../modules/main"');
    expect(existsSync(join(cwd, 'out/pulumi/main-us'))).toBe(false);
    await built(list(users, '[eu, other, us]'), '--drop-moves');
    expect(existsSync(join(cwd, 'out/terraform/main-eu/changes.tf'))).toBe(false);
    expect(inventory()).not.toContain('former');
  });

  it('moves the resources even if the earlier version wrote no inventory', async () => {
    await built(list(users));
    // These are the lines that the earlier version wrote into each root module, without comments.
    const module = read('terraform/modules/main/main.tf');
    const manifest = JSON.parse(read('keywright.manifest.json')) as { files: Record<string, unknown> };
    rmSync(join(cwd, 'out/keywright.inventory.json'));
    for (const environment of ['eu', 'other'])
      writeFileSync(join(cwd, `out/terraform/main-${environment}/main.tf`), module);
    expect(Object.keys(manifest.files)).toContain('terraform/main-eu/main.tf');
    await built(list(users), '--force');
    expect(moves('terraform/main-eu/changes.tf').sort()).toEqual(
      all.map((address) => [address, `module.main.${address}`]).sort(),
    );
  });

  it('releases a removed key from its old address, and moves a renamed key from there', async () => {
    await built(list(`${users}      archive: {}\n`));
    asBefore();
    await built(
      `${list(users.replace('orders:', 'purchases:'))}    moved: [{ from: orders, to: purchases }]\n    removed: [{ key: archive, then: retain }]\n`,
    );
    expect(moves('terraform/main-eu/changes.tf')).toContainEqual([
      'aws_kms_key.orders',
      'module.main.aws_kms_key.purchases',
    ]);
    expect(read('terraform/main-eu/changes.tf')).toContain('removed {\n  from = aws_kms_key.archive\n');
  });

  it('keeps the provider of a removed replica', async () => {
    const key = (more: string) => `      orders: { multiRegion: true${more}, removal: destroy }\n`;
    await built(list(key(', replicas: [{ environment: us }]'), '[eu]'));
    expect(read('terraform/main-eu/providers.tf')).toContain('us_east_1');
    await built(`${list(key(''), '[eu]')}    removed: [{ key: orders, replica: us, then: destroy }]\n`);
    expect(read('terraform/main-eu/providers.tf')).toContain('us_east_1');
    expect(read('terraform/main-eu/main.tf')).not.toContain('us_east_1');
    await built(list(key(''), '[eu]'), '--drop-moves');
    expect(read('terraform/main-eu/providers.tf')).not.toContain('us_east_1');
  });
});

describe('a renamed key', () => {
  const moved = '    moved: [{ from: orders, to: purchases }]\n';

  it('stays the same key in every tool', async () => {
    await built(main(orders));
    await built(main(purchases, moved));
    expect(read('terraform/main/changes.tf')).toContain(
      'moved {\n  from = aws_kms_key.orders\n  to   = aws_kms_key.purchases\n}',
    );
    expect(read('pulumi/main/index.ts')).toContain('aliases: [{ name: "orders" }]');
    expect(read('cfn/main.template.yaml')).toContain('OrdersKey:');
    expect(read('cfn/main.template.yaml')).not.toContain('PurchasesKey');
    expect(existsSync(join(cwd, 'out/cfn/changes.md'))).toBe(false);
    // The entry may be deleted; the logical id is kept forever.
    const files = ['terraform/main/changes.tf', 'pulumi/main/index.ts', 'keywright.inventory.json'].map(read);
    await built(main(purchases));
    expect(['terraform/main/changes.tf', 'pulumi/main/index.ts', 'keywright.inventory.json'].map(read)).toEqual(files);
    await built(main(purchases), '--drop-moves');
    expect(existsSync(join(cwd, 'out/terraform/main/changes.tf'))).toBe(false);
    expect(read('pulumi/main/index.ts')).not.toContain('aliases:');
    expect(read('cfn/main.template.yaml')).toContain('OrdersKey:');
  });

  it('can be renamed again, and back, before the first change is deployed', async () => {
    await built(main(orders));
    await built(main(purchases, moved));
    const third = main(
      '      sales: { aliases: [orders] }\n',
      '    moved: [{ from: orders, to: purchases }, { from: purchases, to: sales }]\n',
    );
    await built(third);
    const terraform = read('terraform/main/changes.tf');
    expect(terraform).toContain('from = aws_kms_key.orders\n  to   = aws_kms_key.purchases\n');
    expect(terraform).toContain('from = aws_kms_key.purchases\n  to   = aws_kms_key.sales\n');
    expect(read('pulumi/main/index.ts')).toContain('aliases: [{ name: "orders" }, { name: "purchases" }]');
    await built(main(orders, '    moved: [{ from: sales, to: orders }]\n'));
    expect(read('terraform/main/changes.tf')).toContain('from = aws_kms_key.sales\n  to   = aws_kms_key.orders\n');
    expect(read('cfn/main.template.yaml')).toContain('OrdersKey:');
  });

  it('keeps its replicas and KMS grants, which are renamed too', async () => {
    const key = (name: string) =>
      `      ${name}: { multiRegion: true, replicas: [{ environment: us, aliases: [copy] }], kmsGrants: { batch: { grantee: { role: "arn:aws:iam::111122223333:role/Batch" }, operations: [Decrypt] } } }\n`;
    const stack = (name: string, more = '') => main(key(name), `    targets: [terraform, pulumi]\n${more}`);
    await built(stack('orders'));
    await built(stack('purchases', moved));
    const terraform = read('terraform/main/changes.tf');
    for (const [from, to] of [
      ['aws_kms_key.orders', 'aws_kms_key.purchases'],
      ['aws_kms_replica_key.orders_us', 'aws_kms_replica_key.purchases_us'],
      ['aws_kms_grant.orders_batch', 'aws_kms_grant.purchases_batch'],
    ]) {
      expect(terraform).toContain(`from = ${from}\n  to   = ${to}\n`);
    }
  });

  it('does not give its old name to another key before everything is deployed', async () => {
    await built(main(orders));
    await built(main(purchases, moved));
    const both = main(`${purchases}      orders: {}\n`);
    const result = await build(both);
    expect(codes(result)).toEqual(['KW5165']);
    expect(result.out).not.toContain('keywright adopt');
    // In CloudFormation, a renamed key keeps its old logical id forever.
    expect(codes(await build(both, '--drop-moves'))).toEqual(['KW5165']);
    await built(main(`${purchases}      orders: { names: { cfn: NewOrdersKey } }\n`), '--drop-moves');
  });

  it.each([
    ['a stack that had another name', '  second:\n    moved: [{ from: second.* }]\n'],
    ['a new stack', '  third:\n'],
  ])('in a renamed stack leaves the old name to %s only once everything is deployed', async (what, another) => {
    const stacks = (first: string, second: string) => `${first}    environment: eu\n    keys:\n${orders}${second}`;
    const isNew = what === 'a new stack';
    const second = '    environment: us\n    keys: { invoices: { aliases: [invoices] } }\n';
    await built(stacks('  first:\n', isNew ? '' : `  second:\n${second}`));
    const renamed = '  main:\n    moved: [{ from: first.* }]\n';
    await built(stacks(renamed, isNew ? '' : `  second:\n${second}`));
    const taken = stacks(renamed, another.replace(/^ {2}\w+/, '  first') + second);
    expect(codes(await build(taken))).toEqual(['KW5172']);
    await built(taken, '--drop-moves');
  });

  it('is not found in Terraform by an alias that may still point to another key', async () => {
    const stack = (name: string, k1: string, k2: string, more = '') =>
      `  ${name}:\n    environment: eu\n    keys:\n      k1: { aliases: [${k1}, own1] }\n      k2: { aliases: [${k2}, own2] }\n${more}`;
    const from = '    moved: [{ from: first.* }]\n';
    await built(stack('first', 'x', 'y'));
    await built(stack('second', 'y', 'x', from));
    const aliases = () =>
      [...read('terraform/second/changes.tf').matchAll(/name = "alias\/(\w+)"/g)].map(([, alias]) => alias);
    expect(aliases()).toEqual(['own1', 'own2']);
    // The inventory remembers repointed aliases until every deployment is made.
    await built(stack('second', 'x', 'y', from));
    expect(aliases()).toEqual(['own1', 'own2']);
    await built(stack('second', 'x', 'y', from));
    expect(aliases()).toEqual(['own1', 'own2']);
    await built(stack('second', 'x', 'y', from), '--drop-moves');
    expect(inventory()).not.toContain('isRepointed');
  });

  it.each([
    ['the only key', '      x: { aliases: [orders] }\n', '{ from: first.orders, to: x }'],
    [
      'one of several keys',
      '      x: { aliases: [orders] }\n      logs: {}\n',
      '{ from: first.* }, { from: first.orders, to: x }',
    ],
  ])('is found by its alias even if its stack is renamed too: %s', async (_, keys, entries) => {
    const logs = keys.includes('logs') ? '      logs: {}\n' : '';
    await built(main(orders + logs).replace('main', 'first'));
    const { out } = await build(main(keys));
    expect(out).toContain(`under \`stacks.main\`: \`moved: [${entries}]\``);
    await built(main(keys, `    moved: [${entries}]\n`));
    expect(inventory()).toMatch(/"key\/x": .*"formerStacks": \[\{ "name": "first"/);
  });

  it('leaves the name of a removed stack to a new stack only once everything is deployed', async () => {
    const other = '  other: { environment: us, keys: { root: {} } }\n';
    const removed = head.replace('stacks:', 'removed: [{ stack: main, then: retain }]\nstacks:');
    const buildAll = (project: string, ...more: readonly string[]) => {
      writeFileSync(join(cwd, 'keywright.yaml'), project);
      return keywright('build', '--quiet', ...more);
    };
    await built(main(orders) + other);
    expect(await buildAll(removed + other)).toMatchObject({ code: 0 });
    expect(await buildAll(head + other)).toMatchObject({ code: 0 });
    expect(codes(await build(main(orders) + other))).toEqual(['KW5172']);
    await built(main(orders) + other, '--drop-moves');
  });

  it('can move back to its first stack', async () => {
    await built(main(orders));
    await built(main(orders, '    moved: [{ from: main.* }]\n').replace('main:', 'other:'));
    await built(main(orders, '    moved: [{ from: other.* }]\n'));
  });

  it('cannot become an existing key, or a key whose immutable properties differ', async () => {
    await built(main(`${orders}      purchases: {}\n`));
    expect(codes(await build(main('      purchases: { aliases: [orders] }\n', moved)))).toEqual(['KW5159']);
    rmSync(join(cwd, 'out'), { recursive: true });
    await built(main(orders));
    const result = await build(
      main('      purchases: { aliases: [orders], spec: RSA_2048, usage: SIGN_VERIFY }\n', moved),
    );
    expect(codes(result)).toEqual(['KW5153']);
  });

  it('cannot get another logical id by pinning one', async () => {
    await built(main(orders));
    const pinned = main('      purchases: { aliases: [orders], names: { cfn: PurchasesKey } }\n', moved);
    expect(codes(await build(pinned))).toEqual(['KW5164']);
  });
});

it('a stack whose keys have exchanged aliases still has one program if an environment is added', async () => {
  const inAll = (environments: string, k1: string, k2: string) =>
    `  main:\n    environment: [${environments}]\n    keys:\n      k1: { aliases: [${k1}] }\n      k2: { aliases: [${k2}] }\n`;
  await built(inAll('eu, us', 'x', 'y'));
  await built(inAll('eu, us', 'y', 'x'));
  await built(inAll('eu, us, other', 'y', 'x'));
  expect(readdirSync(join(cwd, 'out/terraform/modules'))).toEqual(['main']);
  expect(readdirSync(join(cwd, 'out/pulumi'))).toEqual(['main']);
});

it.each([
  [
    '[{ from: orders, to: archive }, { from: archive, to: orders }]',
    'following `moved` from `orders` leads back to it',
  ],
  ['[{ from: orders, to: orders }]', '`orders` keeps its name and its stack'],
])('entries that lead in a circle are reported once: %s', async (moved, message) => {
  const keys = `${orders}      archive: {}\n`;
  await built(main(keys));
  const result = await build(main(keys, `    moved: ${moved}\n`));
  expect(codes(result)).toEqual(['KW5161']);
  expect(result.out).toContain(message);
});

describe('the logical id of a renamed key', () => {
  it('stays with that key, so no other key can have it', async () => {
    const stack = (keys: string, more = '') => main(keys, `    targets: [cfn]\n${more}`);
    await built(stack('      orders: {}\n'));
    const taken = '      purchases: {}\n      other: { names: { cfn: OrdersKey } }\n';
    expect(codes(await build(stack(taken, '    moved: [{ from: orders, to: purchases }]\n')))).toEqual(['KW5165']);
  });
});

describe('an immutable property', () => {
  it.each([
    ['spec', '{ spec: RSA_2048, usage: SIGN_VERIFY, aliases: [orders] }'],
    ['origin', '{ origin: EXTERNAL, aliases: [orders] }'],
    ['multiRegion', '{ multiRegion: true, aliases: [orders] }'],
  ])('that changes is reported: %s', async (property, key) => {
    await built(main(orders));
    const result = await build(main(`      orders: ${key}\n`));
    expect(codes(result)).toEqual(['KW5153']);
    expect(result.out).toContain(`the \`${property}\` of \`orders\` was`);
  });

  it.each([
    ['customKeyStore', 'cks-1234567890abcdef1', 'orders-1'],
    ['xksKey', 'cks-1234567890abcdef0', 'orders-2'],
  ])('of a key in a key store that changes is reported: %s', async (property, store, xksKey) => {
    const key = (its: string, of: string) =>
      main(
        `      orders: { origin: EXTERNAL_KEY_STORE, customKeyStore: ${its}, xksKey: ${of} }\n`,
        '    targets: [terraform]\n',
      );
    await built(key('cks-1234567890abcdef0', 'orders-1'));
    const result = await build(key(store, xksKey));
    expect(codes(result)).toEqual(['KW5153']);
    expect(result.out).toContain(`the \`${property}\` of \`orders\` was`);
  });

  it('may differ in a new key that takes over the alias', async () => {
    await built(main(orders));
    await built(main('      orders: {}\n      signing: { spec: RSA_2048, usage: SIGN_VERIFY, aliases: [orders] }\n'));
    expect(existsSync(join(cwd, 'out/terraform/main/changes.tf'))).toBe(false);
  });
});

describe('an alias', () => {
  it('that is missing stops a build until the YAML accounts for it', async () => {
    await built(main(orders));
    const result = await build(main('      orders: { aliases: [sales] }\n'));
    expect(codes(result)).toEqual(['KW5152']);
    const stack = (outcome: string) =>
      main('      orders: { aliases: [sales] }\n', `    removed: [{ alias: orders, then: ${outcome} }]\n`);
    expect(codes(await build(stack('retain')))).toEqual(['KW5167']);
    await built(stack('destroy'));
    await built(main('      orders: { aliases: [sales] }\n'));
  });
});

describe('a replica', () => {
  it('that is missing stops a build until the YAML accounts for it', async () => {
    const key = (replicas: string) => `      orders: { multiRegion: true, replicas: [${replicas}] }\n`;
    await built(main(key('{ environment: us, aliases: [copy] }')));
    expect(codes(await build(main(key(''))))).toEqual(['KW5151']);
    await built(main(key(''), '    removed: [{ key: orders, replica: us, then: retain }]\n'));
    const terraform = read('terraform/main/changes.tf');
    expect(terraform).toContain('from = aws_kms_replica_key.orders_us\n');
    expect(terraform).toContain('from = aws_kms_alias.copy_us\n');
  });

  it('that is missing because its environment has another region is listed as removed with its region', async () => {
    const stack = (more = '') =>
      main('      orders: { multiRegion: true, replicas: [{ environment: us }], removal: destroy }\n', more);
    await built(stack());
    const there = async (more: string) => {
      writeFileSync(join(cwd, 'keywright.yaml'), head.replace('us-east-1', 'us-west-2') + stack(more));
      return keywright('build', '--quiet');
    };
    const removed = 'removed: [{ key: orders, replica: us-east-1, then: destroy }]';
    expect((await there('')).out).toContain(removed);
    expect(await there(`    ${removed}\n`)).toMatchObject({ code: 0 });
  });

  it('may share an alias name with its primary key, which keeps its alias when the replica is removed', async () => {
    const key = (replicas: string) =>
      `      orders: { multiRegion: true, aliases: [orders], replicas: [${replicas}] }\n`;
    await built(main(key('{ environment: us, aliases: [orders] }')));
    const removed = '    removed: [{ key: orders, replica: us, then: retain }]\n';
    await built(main(key(''), removed));
    expect(read('cfn/main.template.yaml')).toContain('OrdersAlias:');
    // A new replica in that region is a new key, not the removed one.
    expect(codes(await build(main(key('{ environment: us, aliases: [orders] }'), removed)))).toEqual(['KW5160']);
    // In Terraform, the resources of all regions share one name space.
    const other = '      other: { aliases: [{ name: other, names: { terraform: orders_us } }] }\n';
    expect(codes(await build(main(`${key('')}${other}`, removed)))).toEqual(['KW5165']);
  });
});

describe('a stack', () => {
  it('that loses a target stops a build until the YAML accounts for it', async () => {
    await built(main(orders));
    expect(codes(await build(main(orders, '    targets: [terraform]\n')))).toEqual(['KW5154', 'KW5154']);
    await built(
      main(
        orders,
        '    targets: [terraform]\n    removed: [{ target: cfn, then: retain }, { target: pulumi, then: retain }]\n',
      ),
    );
    await built(main(orders, '    targets: [terraform]\n'));
  });

  it('that gets a target back tells the tool what changed without it, since the tool may still have the keys', async () => {
    const targets = (...names: string[]) => `    targets: [${names.join(', ')}]\n`;
    await built(main(`${orders}      archive: {}\n`));
    const gone = '    removed: [{ target: terraform, then: retain }, { target: pulumi, then: retain }]\n';
    await built(main(`${orders}      archive: {}\n`, targets('cfn') + gone));
    const changes = '    moved: [{ from: orders, to: purchases }]\n    removed: [{ key: archive, then: retain }]\n';
    await built(main(purchases, targets('cfn') + changes));
    await built(main(purchases, targets('cfn', 'pulumi')), '--target', 'cfn');
    await built(main(purchases));
    const terraform = read('terraform/main/changes.tf');
    expect(terraform).toContain('moved {\n  from = aws_kms_key.orders\n  to   = aws_kms_key.purchases\n');
    expect(terraform).toContain('removed {\n  from = aws_kms_key.archive\n');
    expect(read('pulumi/main/index.ts')).toContain('aliases: [{ name: "orders" }]');
    expect(read('pulumi/changes.md')).toContain('aws:kms/key:Key::archive');
  });

  it('that gets CloudFormation back keeps the logical ids', async () => {
    await built(main(orders));
    await built(
      main(
        orders,
        '    targets: [terraform]\n    removed: [{ target: cfn, then: retain }, { target: pulumi, then: retain }]\n',
      ),
    );
    await built(main(purchases, '    targets: [terraform]\n    moved: [{ from: orders, to: purchases }]\n'));
    await built(main(purchases));
    expect(read('cfn/main.template.yaml')).toContain('OrdersKey:');
  });

  it('that moves to another account stops a build', async () => {
    await built(main(orders));
    const there = main(orders).replace('environment: eu', 'environment: other');
    const result = await build(there);
    expect(codes(result)).toEqual(['KW5156']);
    await built(`${there}    removed: [{ environment: eu, then: retain }]\n`);
  });

  it('cannot leave a key behind in another account if Terraform, which has the key in its state, would delete it', async () => {
    const stack = (environment: string, removal: string, more = '') =>
      main(`      orders: { removal: ${removal} }\n`, `    targets: [terraform]\n${more}`).replace(
        'environment: eu',
        `environment: ${environment}`,
      );
    const removed = '    removed: [{ environment: eu, then: retain }]\n';
    await built(stack('eu', 'destroy'));
    expect(codes(await build(stack('other', 'destroy', removed)))).toEqual(['KW5162']);
    await built(stack('eu', 'retain'));
    await built(stack('other', 'retain', removed));
  });

  it('with another name is recognised as renamed, and its keys move', async () => {
    await built(main(orders));
    const renamed = (more = '') => main(orders, more).replace('main:', 'sales:');
    const result = await build(renamed());
    expect(codes(result)).toEqual(['KW5155']);
    expect(result.out).toContain('write under `stacks.sales`: `moved: [{ from: main.* }]`');
    await built(renamed('    moved: [{ from: main.* }]\n'));
    const terraform = read('terraform/sales/changes.tf');
    expect(terraform).toContain('to = aws_kms_key.orders\n  id = data.aws_kms_alias.moved_orders.target_key_id\n');
    expect(terraform).toContain('to = aws_kms_alias.orders\n  id = "alias/orders"\n');
    expect(read('pulumi/changes.md')).toContain(
      'pulumi stack rename --stack ORGANIZATION/shop-main/STACK ORGANIZATION/shop-sales/STACK\n',
    );
    expect(JSON.parse(read('cfn/refactor-main-to-sales.json'))).toEqual([
      {
        Source: { StackName: 'shop-main', LogicalResourceId: 'OrdersKey' },
        Destination: { StackName: 'shop-sales', LogicalResourceId: 'OrdersKey' },
      },
      {
        Source: { StackName: 'shop-main', LogicalResourceId: 'OrdersAlias' },
        Destination: { StackName: 'shop-sales', LogicalResourceId: 'OrdersAlias' },
      },
    ]);
    await built(renamed());
    expect(read('terraform/sales/changes.tf')).toBe(terraform);
  });

  it('that loses an environment stops a build until the YAML accounts for it', async () => {
    const several = (list: string, more = '') =>
      `  main:\n    environment: [${list}]\n    keys:\n      orders: {}\n${more}`;
    await built(several('eu, us'));
    const result = await build(several('eu'));
    expect(codes(result)).toEqual(['KW5155']);
    expect(result.out).toContain('removed: [{ environment: us, then: retain }]');
    await built(several('eu', '    removed: [{ environment: us, then: retain }]\n'));
    await built(several('eu'));
  });

  it('that gets several environments keeps its keys', async () => {
    await built(main(orders));
    const several = (more = '') => main(orders, more).replace('environment: eu', 'environment: [eu, us]');
    const result = await build(several());
    expect(codes(result)).toEqual(['KW5155']);
    expect(result.out).toContain('write under `stacks.main`: `moved: [{ from: main.* }]`');
    await built(several('    moved: [{ from: main.* }]\n'));
    expect(read('terraform/main-eu/changes.tf')).toContain('aws_kms_key.orders');
    expect(existsSync(join(cwd, 'out/terraform/main-us/changes.tf'))).toBe(false);
  });

  it('keeps its keys if its environments share an account and a region', async () => {
    const built = async (stack: string) => {
      const test = '  test: { account: "111122223333", region: eu-west-1 }\n';
      writeFileSync(join(cwd, 'keywright.yaml'), head.replace('  us:', `${test}  us:`) + stack);
      expect(await keywright('build', '--quiet')).toMatchObject({ code: 0, err: '' });
    };
    const stack = (name: string, environment: string, more = '') =>
      `  ${name}:\n    environment: ${environment}\n    keys: { orders: { aliases: ["\${environment}/orders"] } }\n${more}`;
    await built(stack('main', 'eu'));
    await built(stack('main', '[eu, test]', '    moved: [{ from: main.* }]\n'));
    expect(read('terraform/main-eu/changes.tf')).toContain('# aws_kms_key.orders of stack main\n');
    expect(existsSync(join(cwd, 'out/terraform/main-test/changes.tf'))).toBe(false);
    await built(stack('core', '[eu, test]', '    moved: [{ from: main.* }]\n'));
    for (const environment of ['eu', 'test']) {
      expect(read(`terraform/core-${environment}/changes.tf`)).toContain(`of stack main-${environment}`);
    }
  });

  it('can be removed for good', async () => {
    const side = '  side:\n    environment: eu\n    keys:\n      extra: {}\n';
    await built(main(orders) + side);
    expect(codes(await build(main(orders)))).toEqual(['KW5155']);
    await built(main(orders, '    removed: [{ stack: side, then: retain }]\n'));
    await built(main(orders));
  });
});

describe('a key that moves to another stack', () => {
  const side = (keys: string, more = '') => `  side:\n    environment: eu\n    keys:\n${keys}${more}`;

  it('is forgotten by its old stack and adopted by its new stack', async () => {
    await built(main(`${orders}      other: {}\n`) + side('      extra: {}\n'));
    const result = await build(main('      other: {}\n') + side(`      extra: {}\n${purchases}`));
    expect(result.out).toContain('under `stacks.side`: `moved: [{ from: main.orders, to: purchases }]`');
    await built(
      main('      other: {}\n') +
        side(`      extra: {}\n${purchases}`, '    moved: [{ from: main.orders, to: purchases }]\n'),
    );
    const left = read('terraform/main/changes.tf');
    expect(left).toContain('# The key orders is in stack side now\nremoved {\n  from = aws_kms_key.orders\n');
    expect(left).toContain('from = aws_kms_alias.orders\n');
    const came = read('terraform/side/changes.tf');
    expect(came).toContain('to = aws_kms_key.purchases\n  id = data.aws_kms_alias.moved_purchases.target_key_id\n');
    const steps = read('pulumi/changes.md');
    expect(steps).toContain("::shop-side::aws:kms/key:Key::orders' 'purchases'");
    // The stack may be new. Pulumi finds out how to keep the stack's secrets only if it runs in the project's folder.
    expect(steps).toContain(`pulumi stack select --cwd side --create ORGANIZATION/shop-side/STACK
pulumi state move --source ORGANIZATION/shop-main/STACK --dest ORGANIZATION/shop-side/STACK --yes --cwd side \\
`);
    expect(existsSync(join(cwd, 'out/pulumi/side/Pulumi.yaml'))).toBe(true);
  });

  it('needs a variable for its id in Terraform if it has no alias', async () => {
    await built(main('      other: {}\n      plain: {}\n') + side('      extra: {}\n'));
    await built(
      main('      other: {}\n') + side('      extra: {}\n      plain: {}\n', '    moved: [{ from: main.plain }]\n'),
    );
    expect(read('terraform/side/changes.tf')).toContain('id = var.moved_plain_key_id\n');
  });

  it('cannot move to another account', async () => {
    await built(main(`${orders}      other: {}\n`));
    const there = side(purchases, '    moved: [{ from: main.orders, to: purchases }]\n').replace(': eu', ': other');
    expect(codes(await build(main('      other: {}\n') + there))).toEqual(['KW5163']);
  });

  it('cannot move to a stack that lacks one of its targets, since that tool would delete the key', async () => {
    await built(main(`${orders}      other: {}\n`) + side('      extra: {}\n', '    targets: [terraform]\n'));
    const after = (targets: string) =>
      main('      other: {}\n') +
      side(`      extra: {}\n${orders}`, `    targets: ${targets}\n    moved: [{ from: main.orders }]\n`);
    const result = await build(after('[terraform]'));
    expect(codes(result)).toEqual(['KW5154', 'KW5154']);
    expect(result.out).toContain('add `cfn` to the `targets` of `stacks.side`');
    await built(after('[terraform, cfn, pulumi]'));
  });

  it('needs a build of all stacks and targets at once', async () => {
    await built(main(`${orders}      other: {}\n`) + side('      extra: {}\n'));
    const after =
      main('      other: {}\n') +
      side(`      extra: {}\n${purchases}`, '    moved: [{ from: main.orders, to: purchases }]\n');
    for (const part of [
      ['--stack', 'main'],
      ['--stack', 'side'],
      ['--target', 'terraform'],
    ]) {
      expect(codes(await build(after, ...part))).toContain('KW5168');
    }
    await built(after);
  });
});

describe('an alias that remains', () => {
  it('on another key is not forgotten along with its old key', async () => {
    await built(main(orders));
    const second = '      orders2: { spec: RSA_2048, usage: SIGN_VERIFY, aliases: [orders] }\n';
    await built(main(second, '    removed: [{ key: orders, then: retain }]\n'));
    const terraform = read('terraform/main/changes.tf');
    expect(terraform).toContain('from = aws_kms_key.orders\n');
    expect(terraform).not.toContain('aws_kms_alias');
  });

  it('is not reported as missing if its key moves to another stack', async () => {
    const side = (keys: string, more = '') => `  side:\n    environment: eu\n    keys:\n${keys}${more}`;
    await built(main(orders) + side('      extra: {}\n'));
    await built(
      main('      orders2: { aliases: [orders] }\n') +
        side('      extra: {}\n      orders: {}\n', '    moved: [{ from: main.orders }]\n'),
    );
    expect(read('terraform/side/changes.tf')).toContain('id = var.moved_orders_key_id\n');
  });
});

describe('the app', () => {
  it('cannot change its name unless Terraform is the only target', async () => {
    await built(main(orders));
    const renamed = async (stacks: string, ...more: readonly string[]) => {
      writeFileSync(join(cwd, 'keywright.yaml'), head.replace('app: shop', 'app: store') + stacks);
      return keywright('build', '--quiet', ...more);
    };
    expect(codes(await renamed(main(orders)))).toEqual(['KW5156']);
    expect(codes(await renamed(main(orders), '--target', 'terraform'))).toEqual(['KW5156']);
    const core = `  core:\n    environment: eu\n    moved: [{ from: main.* }]\n    keys:\n${orders}`;
    expect(codes(await renamed(core))).toEqual(['KW5156']);
    rmSync(join(cwd, 'out'), { recursive: true });
    await built(main(orders, '    targets: [terraform]\n'));
    expect(await renamed(main(orders, '    targets: [terraform]\n'))).toMatchObject({ code: 0 });
  });
});

describe('a stack that hands over some of its keys', () => {
  it('keeps its other keys, even if the other stack has a key of the same name', async () => {
    await built(main(`      one: {}\n      two: {}\n      three: {}\n`));
    await built(
      main('      one: {}\n') +
        '  side:\n    environment: eu\n    keys:\n      one: {}\n      two: {}\n      drei: {}\n    moved: [{ from: main.three, to: drei }, { from: main.* }]\n',
    );
    const came = read('terraform/side/changes.tf');
    expect(came).toContain('# aws_kms_key.two of stack main\n');
    expect(came).toContain('# aws_kms_key.three of stack main\n');
    expect(came).not.toContain('# aws_kms_key.one ');
  });
});

describe('a partial build', () => {
  it('takes the targets that it leaves out from the last build', async () => {
    await built(main(orders));
    const before = inventory();
    await built(main(orders), '--target', 'terraform');
    expect(inventory()).toBe(before);
    await built(main(`${orders}      extra: {}\n`), '--target', 'terraform');
    expect(inventory()).toContain('"names": { "terraform": "aws_kms_key.extra" }');
    expect(codes(await build(main('      extra: {}\n'), '--target', 'cfn'))).toEqual(['KW5150']);
  });

  it('keeps the former names of a key in the targets that it leaves out', async () => {
    await built(main(orders));
    await built(main(purchases, '    moved: [{ from: orders, to: purchases }]\n'));
    const before = inventory();
    await built(main(purchases), '--target', 'terraform');
    expect(inventory()).toBe(before);
    expect(codes(await build(main(purchases), '--target', 'terraform', '--drop-moves'))).toEqual(['KW5168']);
    await built(main(purchases));
    expect(read('pulumi/main/index.ts')).toContain('aliases: [{ name: "orders" }]');
  });

  it('takes no alias from a key of a stack that it leaves out, since that key may only have another name now', async () => {
    const side = (keys: string) => `  side:\n    environment: eu\n    keys: { ${keys} }\n`;
    await built(main(`${orders}      other: {}\n`) + side('extra: {}'));
    const after = main('      other: {}\n') + side('extra: {}, purchases: { aliases: [orders] }');
    const result = await build(after, '--stack', 'side');
    expect(codes(result)).toEqual(['KW5168']);
    expect(result.out).toContain('the change to `alias/orders` also affects stacks');
    expect(codes(await build(after))).toEqual(['KW5150']);
    await built(main(`${orders}      other: {}\n`) + side('extra: {}, more: {}'), '--stack', 'side');
  });

  it('keeps the former name of a replica in the targets that it leaves out, if the environment of the replica is renamed', async () => {
    const stack = main('      orders: { multiRegion: true, replicas: [{ environment: us }] }\n');
    await built(stack);
    const renamed = async (...more: readonly string[]) => {
      writeFileSync(join(cwd, 'keywright.yaml'), (head + stack).replaceAll(/\bus(?=:| })/g, 'west'));
      expect(await keywright('build', '--quiet', ...more)).toMatchObject({ code: 0 });
    };
    await renamed('--target', 'terraform');
    await renamed();
    expect(read('pulumi/main/index.ts')).toContain('aliases: [{ name: "orders-us" }]');
  });

  it('for a target that a stack did not have loses no key in the targets that it leaves out', async () => {
    const stack = (keys: string, targets: string) => main(keys, `    targets: ${targets}\n`);
    await built(stack(orders, '[cfn]'));
    expect(codes(await build(stack(purchases, '[cfn, terraform]'), '--target', 'terraform'))).toEqual(['KW5150']);
    const side = '  side:\n    environment: eu\n    targets: [terraform]\n    keys: { extra: {} }\n';
    await built(stack(purchases, '[cfn]') + side, '--target', 'terraform');
    expect(codes(await build(stack(purchases, '[cfn]') + side))).toEqual(['KW5150']);
    await built(stack(orders, '[cfn]') + side);
  });

  it('does not record that a key is retained as long as a target that it leaves out deletes the key', async () => {
    const stack = (key: string, more = '') => main(`${orders}${key}`, more);
    await built(stack('      going: { removal: destroy }\n'));
    await built(stack('      going: {}\n'), '--target', 'terraform');
    const removed = stack('', '    removed: [{ key: going, then: retain }]\n');
    expect(codes(await build(removed))).toEqual(['KW5162']);
    await built(stack('      going: {}\n'));
    await built(removed);
  });

  it('of some environments of a stack cannot rename or remove anything, since all of them share a module', async () => {
    const list = (keys: string, more = '') => `  main:\n    environment: [eu, us]\n    keys:\n${keys}${more}`;
    const other = '      other: { aliases: [other] }\n';
    await built(list(orders + other));
    const renamed = list(purchases + other, '    moved: [{ from: orders, to: purchases }]\n');
    for (const after of [
      renamed,
      list(other, '    removed: [{ key: orders, then: retain }]\n'),
      list(`      orders: {}\n${other}`, '    removed: [{ alias: orders, then: destroy }]\n'),
    ]) {
      expect(codes(await build(after, '--stack', 'main-eu'))).toEqual(['KW5168']);
    }
    await built(list(orders + other), '--stack', 'main-eu');
    await built(renamed, '--stack', 'main');
    expect(read('terraform/main-us/changes.tf')).toContain('to   = module.main.aws_kms_key.purchases\n');
  });

  it('keeps the name of an alias in the targets that it leaves out, even if the YAML now writes the alias with a placeholder', async () => {
    await built(main('      orders: { aliases: [shop] }\n'));
    const after = main('      orders: { aliases: ["${app}"] }\n');
    await built(after, '--target', 'terraform');
    await built(after);
    expect(read('cfn/main.template.yaml')).toContain('ShopAlias:');
    expect(read('pulumi/main/index.ts')).toContain('aliases: [{ name: "shop" }]');
  });

  it('reports a key that an environment it leaves out would lose with the shared module', async () => {
    const stack = (environments: string, keys: string, more = '') =>
      `  main:\n    environment: [${environments}]\n    keys: { ${keys}, other: {} }\n${more}`;
    await built(stack('eu', 'orders: { aliases: [orders] }'));
    const renamed = 'sales: { aliases: [orders] }';
    expect(codes(await build(stack('eu, us', renamed), '--stack', 'main-us'))).toEqual(['KW5150']);
    const moved = stack('eu, us', renamed, '    moved: [{ from: orders, to: sales }]\n');
    expect(codes(await build(moved, '--stack', 'main-us'))).toEqual(['KW5168']);
    await built(moved);
  });

  it('brings no key to an environment that it leaves out through the shared module', async () => {
    const several = (keys: string, more = '') =>
      `  several:\n    environment: [eu, us]\n    keys: { extra: {}${keys} }\n${more}`;
    await built(main(`${orders}      other: {}\n`) + several(''));
    const after = main('      other: {}\n') + several(', orders: {}', '    moved: [{ from: main.orders }]\n');
    expect(codes(await build(after, '--stack', 'several-us'))).toEqual(['KW5168']);
  });

  it('refuses to replace a module of an environment that needs another module now', async () => {
    const stack = (keys: string) => `  main:\n    environment: [eu, us]\n    keys: { orders: {}${keys} }\n`;
    await built(stack(''));
    const after = stack(', extra: { in: { eu: absent } }');
    const result = await build(after, '--stack', 'main-us');
    expect(codes(result)).toEqual(['KW5168']);
    expect(result.out).toContain('the change to `main-eu` also affects stacks');
    // The module of `us` stays as it is.
    await built(after, '--stack', 'main-eu');
    await built(after);
  });

  it('records the keys that it adds to the module of environments that it leaves out', async () => {
    const stack = (keys: string, more = '') =>
      `  main:\n    environment: [eu, us]\n    keys: { orders: { aliases: [orders] }, ${keys} }\n${more}`;
    await built(stack('other: {}'));
    await built(stack('other: {}, extra: {}'), '--stack', 'main-us');
    expect((await build(stack('other: {}'))).out).toContain('KW5150]: in eu, us: the key `extra`');
    await built(stack('other: {}, added: {}', '    moved: [{ from: extra, to: added }]\n'));
    expect(read('terraform/main-eu/changes.tf')).toContain('from = module.main.aws_kms_key.extra\n');
    expect(read('cfn/main.template.yaml')).toContain('ExtraKey:');
    expect(read('cfn/main.template.yaml')).not.toContain('AddedKey:');
  });

  it('records each target of an environment once, even if the environment shares only some of its programs', async () => {
    const stack = (environments: string, keys: string) =>
      `  main:\n    environment: [${environments}]\n    keys: { ${keys}, other: {} }\n    moved: [{ from: orders, to: sales }]\n`;
    await built(stack('eu', 'orders: {}').replace(/ +moved.*\n/, ''));
    await built(stack('eu', 'sales: {}'));
    // The key's former name is only in the Pulumi program of `eu`.
    await built(stack('eu, us', 'sales: {}'));
    await built(stack('eu, us', 'sales: {}, extra: {}'), '--stack', 'main-us');
    const { stacks }: { readonly stacks: Record<string, { readonly targets: readonly string[] }> } = JSON.parse(
      inventory(),
    );
    const all = ['cfn', 'pulumi', 'terraform'];
    expect(Object.values(stacks).map(({ targets }) => targets)).toEqual([all, all]);
  });

  it('does not list stacks that have no files yet, since the steps would name the files of former stacks', async () => {
    const side = (keys: string) => `  side:\n    environment: eu\n    keys: { ${keys} }\n`;
    const steps = () => read('cfn/deployments.json').match(/"stack": "[^"]+"/g);
    await built(main(orders) + side('extra: {}'));
    const several = main(orders, '    moved: [{ from: main.* }]\n').replace('environment: eu', 'environment: [eu, us]');
    await built(several + side('extra: {}, more: {}'), '--stack', 'side');
    expect(steps()).toEqual(['"stack": "shop-side"']);
    await built(several + side('extra: {}, more: {}'));
    expect(steps()).toEqual(['"stack": "shop-main-eu"', '"stack": "shop-main-us"', '"stack": "shop-side"']);
  });

  it('keeps the steps and the history of the stacks that it leaves out', async () => {
    const stack = (name: string, keys: string, more = '') =>
      `  ${name}:\n    environment: eu\n    keys: { ${keys} }\n${more}`;
    await built(
      stack('main', 'orders: { aliases: [orders] }, other: {}') +
        stack('side', 'extra: {}') +
        stack('third', 'archive: {}, last: {}'),
    );
    const moved =
      stack('main', 'other: {}') +
      stack('side', 'extra: {}, orders: { aliases: [orders] }', '    moved: [{ from: main.orders }]\n');
    await built(moved + stack('third', 'archive: {}, last: {}'));
    const removed = moved + stack('third', 'last: {}', '    removed: [{ key: archive, then: retain }]\n');
    await built(removed, '--stack', 'third');
    for (const file of ['pulumi/changes.md', 'cfn/changes.md']) {
      expect(read(file)).toContain('## From `main` to `side`\n');
      expect(read(file)).toMatch(/^## What `third` (forgets|leaves behind)$/m);
    }
    await built(removed, '--stack', 'third', '--drop-moves');
    expect(read('pulumi/changes.md')).toContain('## From `main` to `side`\n');
    expect(read('pulumi/changes.md')).not.toContain('third');
    await built(removed);
    expect(read('terraform/side/changes.tf')).toContain('# aws_kms_key.orders of stack main\n');
  });
});

describe('the Pulumi stack of a deployment', () => {
  const listed = (environments: string, more = '') =>
    `  main:\n    environment: ${environments}\n    keys:\n${orders}${more}`;
  const all = '    moved: [{ from: "main.*" }]\n';

  it('is renamed if an earlier build had a project for each environment', async () => {
    await built(listed('[eu, other]'));
    // Inventories of that version do not name definitions.
    const path = join(cwd, 'out/keywright.inventory.json');
    writeFileSync(path, inventory().replaceAll(/^ +"definition": .*\n/gm, ''));
    await built(listed('[eu, other]'));
    const steps = read('pulumi/changes.md');
    expect(steps).toContain('pulumi stack rename --stack ORGANIZATION/shop-main-eu/STACK ORGANIZATION/shop-main/eu\n');
    expect(steps).toContain(
      'pulumi stack rename --stack ORGANIZATION/shop-main-other/STACK ORGANIZATION/shop-main/other\n',
    );
    expect(steps).not.toContain('pulumi state');
    // The steps remain until every deployment is made.
    await built(listed('[eu, other]'));
    expect(read('pulumi/changes.md')).toBe(steps);
    await built(listed('[eu, other]'), '--drop-moves');
    expect(existsSync(join(cwd, 'out/pulumi/changes.md'))).toBe(false);
  });

  it('is renamed if a single environment becomes a list, and if the list becomes a single environment', async () => {
    await built(listed('eu'));
    await built(listed('[eu, other]', all));
    expect(read('pulumi/changes.md')).toContain(
      'pulumi stack rename --stack ORGANIZATION/shop-main/STACK ORGANIZATION/shop-main/eu\n',
    );
    expect(read('pulumi/changes.md')).not.toContain('pulumi state');
    await built(listed('[eu, other]'), '--drop-moves');
    await built(
      listed('eu', `    moved: [{ from: "main-eu.*" }]\n    removed: [{ environment: other, then: retain }]\n`),
    );
    expect(read('pulumi/changes.md')).toContain(
      'pulumi stack rename --stack ORGANIZATION/shop-main/eu ORGANIZATION/shop-main/STACK\n',
    );
    expect(read('pulumi/changes.md')).not.toContain('pulumi state');
  });

  /** The lines about settings files. They have to come before the commands. */
  const settingsLines = () => {
    const [before = ''] = read('pulumi/changes.md').split('```sh');
    return before.match(/^- .*$/gm) ?? [];
  };

  it('keeps the settings file that Pulumi wrote, since the build tells the user to move it', async () => {
    await built(main(orders));
    const renamed = main(orders, all).replace('main:', 'core:');
    await built(renamed);
    expect(settingsLines()).toEqual(['- Move `main/Pulumi.STACK.yaml` to `core/Pulumi.STACK.yaml`.']);
    expect(read('pulumi/changes.md')).toContain('encryption salt and secrets');
    const list = renamed.replace('environment: eu', 'environment: [eu, other]').replace('"main.*"', '"core.*"');
    await built(list);
    expect(settingsLines()).toEqual([
      '- Copy the settings that only `main/Pulumi.STACK.yaml` has into `core/Pulumi.eu.yaml`, which is generated; then delete `main/Pulumi.STACK.yaml`.',
      '- Copy the settings that only `core/Pulumi.STACK.yaml` has into `core/Pulumi.eu.yaml`, which is generated; then delete `core/Pulumi.STACK.yaml`.',
    ]);
    await built(list, '--drop-moves');
    // A build moves generated settings files itself.
    await built(list.replace('core:', 'base:'));
    expect(read('pulumi/changes.md')).toContain('pulumi stack rename');
    expect(settingsLines()).toEqual([]);
  });

  it('keeps a settings file whose name follows from `stackName`, since the build tells the user to move it', async () => {
    const named = async (stacks: string) => {
      const options = 'targets: { pulumi: { stackName: live } }\nstacks:\n';
      writeFileSync(join(cwd, 'keywright.yaml'), head.replace('stacks:\n', options) + stacks);
      expect(await keywright('build', '--quiet')).toMatchObject({ code: 0, err: '' });
    };
    await named(main(orders));
    await named(main(orders, all).replace('main:', 'core:'));
    expect(settingsLines()).toEqual(['- Move `main/Pulumi.live.yaml` to `core/Pulumi.live.yaml`.']);
  });

  it('no longer has a generated settings file once its stack has a single environment', async () => {
    await built(listed('[eu, other]'));
    await built(
      listed('eu', `    moved: [{ from: "main-eu.*" }]\n    removed: [{ environment: other, then: retain }]\n`),
    );
    expect(settingsLines()).toEqual([
      '- `Pulumi.eu.yaml` is no longer generated: move whatever others wrote into it to the file `main/Pulumi.STACK.yaml`.',
    ]);
  });
});

describe('a stack that was renamed after a key had moved out of it', () => {
  const project = (environment: string, stacks: string) => `keywright: 1
app: shop
environments:
  ${environment}: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
${environment === 'prod' ? '' : `moved: [{ environment: prod, to: ${environment} }]\n`}stacks:
${stacks}`;
  const grant = 'grants: [{ to: { role: "arn:aws:iam::${account}:role/app" }, can: decrypt }]';
  const stack = (name: string, environment: string, body: string) =>
    `  ${name}: { environment: [${environment}], ${body} }\n`;
  const multi = 'multiRegion: true, replicas: [{ environment: us }]';

  const buildOf = async (text: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), text);
    const { code, out } = await keywright('build');
    expect(code).toBe(0);
    return out;
  };
  /** Moves `orders` from `a` to `b` as `invoices`; then renames `a` to `a2`, `b` to `c`, and `prod` to `production`. */
  const third = async () => {
    const bees = 'bees: { aliases: [bees] }';
    await buildOf(
      project(
        'prod',
        stack('a', 'prod', `keys: { orders: { ${multi} }, keep: {} }`) +
          stack('b', 'prod', `keys: { ${bees} }, imports: { orders: { key: a.orders, ${grant} } }`),
      ),
    );
    const invoices = `invoices: { ${multi}, ${grant} }`;
    const ofA = (b: string) => `keys: { keep: {} }, imports: { bees: { key: ${b}.bees, ${grant} } }`;
    await buildOf(
      project(
        'prod',
        stack('a', 'prod', ofA('b')) +
          stack('b', 'prod', `moved: [{ from: a.orders, to: invoices }], keys: { ${bees}, ${invoices} }`),
      ),
    );
    return buildOf(
      project(
        'production',
        stack('a2', 'production', `moved: [{ from: "a.*" }], ${ofA('c')}`) +
          stack('c', 'production', `moved: [{ from: "b.*" }], keys: { ${bees}, ${invoices} }`),
      ),
    );
  };

  it('appears in the steps for each tool under the name that the tool knows', async () => {
    const printed = await third();
    const cfn = read('cfn/changes.md');
    const [, fromA = ''] = /## From `a-prod` to `c-production`\n([\s\S]*?)\n## /.exec(cfn) ?? [];
    expect(fromA).toContain(
      'the one that is deployed now, with `OrdersKey` (`InvoicesKey` in the second) taken out of the first stack',
    );
    const [, fromB = ''] = /## From `b-prod` to `c-production`\n([\s\S]*?)\n## /.exec(cfn) ?? [];
    expect(fromB).toContain('with `BeesKey`, `BeesAlias`, `InvoicesKey` taken out of the first stack');

    const pulumi = read('pulumi/changes.md');
    expect(pulumi).toContain('## From `a2-production` to `c-production`\n');
    expect(pulumi).not.toContain('no longer generated');

    expect(printed).toContain('the export `shop:b-prod:keys:bees:arn`, which `a-prod` imported in the last build');
    expect(printed).toContain(
      'help: do not delete `b-prod` while a deployed stack still imports from it: first deploy `a2-production` in place of `a-prod`,',
    );

    const terraform = read('terraform/c-production/changes.tf');
    expect(terraform.match(/description = .*$/gm)).toEqual([
      'description = "The id of the KMS key that was module.a.aws_kms_key.orders of stack a-prod, or module.b.aws_kms_key.invoices of stack b-prod"',
      'description = "The id of the KMS key in us-east-1 that was module.a.aws_kms_replica_key.orders_us of stack a-prod, or module.b.aws_kms_replica_key.invoices_us of stack b-prod"',
    ]);
  });
});

describe('a program that differs because of other stacks, not because of `in`', () => {
  // Other stacks give access to `api` in `dev` and `zoo`, `cron` in `prod`, and possibly neither role in `abc`, which sorts first.
  const project = (environments: string, users: string) => `keywright: 1
app: shop
environments:
  dev: { account: "111122223333", region: eu-west-1 }
  prod: { account: "222233334444", region: eu-west-1 }
  zoo: { account: "333344445555", region: eu-west-1 }
  abc: { account: "444455556666", region: eu-west-1 }
stacks:
  core:
    environment: [${environments}]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } }, cron: { role: { assumedBy: lambda.amazonaws.com } } }
  app: { environment: [${users}], keys: { orders: { grants: [{ to: core.api, can: decrypt }] } } }
  more: { environment: [prod], keys: { logs: { grants: [{ to: core.cron, can: decrypt }] } } }
`;
  const templatesOf = async (environments: string, users: string, ...more: readonly string[]) => {
    writeFileSync(join(cwd, 'keywright.yaml'), project(environments, users));
    expect(await keywright('build', '--quiet', ...more)).toMatchObject({ code: 0 });
    const { steps } = JSON.parse(read('cfn/deployments.json'));
    const own = steps.filter(({ template }: { template: string }) => template.startsWith('core'));
    return Object.fromEntries(own.map(({ stack, template }: Record<string, string>) => [stack, template]));
  };

  it.each([
    ['of a known shape', 'dev, zoo, abc'],
    ['of a new shape', 'dev, zoo'],
  ])('keeps its name when an environment %s that sorts earlier is added', async (_, users) => {
    const before = await templatesOf('dev, prod, zoo', 'dev, zoo');
    expect(new Set(Object.values(before)).size).toBe(2);
    const after = await templatesOf('abc, dev, prod, zoo', users);
    expect(after).toMatchObject(before);
    expect(await templatesOf('abc, dev, prod, zoo', users, '--check')).toEqual(after);
    const { out } = await keywright('check', '--quiet', '--explain-variants');
    for (const template of Object.values<string>(after)) expect(out).toContain(template.replace('.template.yaml', ''));
  });

  it('keeps its name for a target that a build leaves out', async () => {
    const before = await templatesOf('dev, prod, zoo', 'dev, zoo');
    writeFileSync(join(cwd, 'keywright.yaml'), project('dev, prod, zoo, abc', 'dev, zoo'));
    await keywright('build', '--quiet', '--target', 'terraform');
    expect(await templatesOf('dev, prod, zoo, abc', 'dev, zoo')).toMatchObject(before);
  });
});

describe('an account or environment that the project no longer has', () => {
  const project = (accounts: string, more = '') => `keywright: 1
app: shop
${more}accounts: { a: { id: "111122223333", regions: [eu-west-1, us-east-1] }, ${accounts} }
stacks:
  core: { environment: "*", keys: { orders: {}, logs: { removal: destroy } } }
  side:
    environment: "*-eu-west-1"
    keys: { extra: { multiRegion: true, replicas: [{ region: us-east-1, aliases: [extra] }] } }
`;
  const b = 'b: { id: "222233334444", regions: [eu-west-1, us-east-1] }';
  const buildOf = async (text: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), text);
    const { code, out } = await keywright('build', '--quiet', '--target', 'terraform');
    return { code, out, lines: out.match(/^(?:error|help).*$/gm) ?? [] };
  };

  it('is reported once for all stacks, and one entry accounts for it', async () => {
    await buildOf(project(b));
    const before = inventory();
    const { lines } = await buildOf(project(''));
    expect(lines).toEqual([
      'error[KW5170]: the account `b` has disappeared since the last build, with 6 keys of `core-b-eu-west-1`, `core-b-us-east-1` and `side-b-eu-west-1`',
      'help: put it back or, if it is meant to go, write at the top of `keywright.yaml`: `removed: [{ account: b, then: retain }, { account: b, then: destroy }]`',
    ]);
    expect(inventory()).toBe(before);
    expect((await buildOf(project('', 'removed: [{ account: b, then: retain }]\n'))).code).toBe(0);
    expect(inventory()).not.toContain('222233334444');
    expect((await buildOf(project(''))).code).toBe(0);
  });

  it.each(['b', '"222233334444"'])('can be written as %s in an entry', async (account) => {
    await buildOf(project(b));
    expect((await buildOf(project('', `removed: [{ account: ${account}, then: retain }]\n`))).code).toBe(0);
  });

  it('takes replicas with it, which Terraform forgets', async () => {
    await buildOf(project(b));
    const oneRegion = (more: string) =>
      project(b, more)
        .replace('regions: [eu-west-1, us-east-1]', 'regions: [eu-west-1]')
        .replace(/, replicas: .*\]/, '');
    const { lines } = await buildOf(oneRegion('').replace(b, ''));
    expect(lines[2]).toBe(
      'error[KW5170]: the environment `a-us-east-1` has disappeared since the last build, with 3 keys of `core-a-us-east-1` and `side-a-eu-west-1`',
    );
    const entries = '{ environment: a-us-east-1, then: retain }, { account: b, then: retain }';
    expect((await buildOf(oneRegion(`removed: [${entries}]\n`).replace(b, ''))).code).toBe(0);
    const changes = read('terraform/side-a-eu-west-1/changes.tf');
    for (const address of ['aws_kms_replica_key.extra_us_east_1', 'aws_kms_alias.extra_us_east_1'])
      expect(changes).toContain(`removed {\n  from = module.side.${address}\n`);
  });

  it('has to be listed as removed with the `removal` that its keys were deployed with', async () => {
    await buildOf(project(b));
    const { lines } = await buildOf(project('', 'removed: [{ account: b, then: destroy }]\n'));
    expect(lines.filter((line) => line.startsWith('error'))).toEqual(
      ['`core.orders`', '`side.extra`', 'the replica of `side.extra` in `b-us-east-1`'].map((what) =>
        expect.stringContaining(`KW5162]: \`then: destroy\` has no effect: ${what} had \`removal: retain\``),
      ),
    );
  });

  it('cannot be listed as removed while it exists', async () => {
    for (const place of ['environment: b-us-east-1', 'account: b', 'account: "222233334444"']) {
      const { lines } = await buildOf(project(b, `removed: [{ ${place}, then: retain }]\n`));
      expect(lines[0]).toMatch(
        /^error\[KW5160\]: the (?:environment|account) `[^`]+` is listed under `removed` but still exists$/,
      );
    }
    const twice = '{ account: gone, then: retain }';
    expect((await buildOf(project(b, `removed: [${twice}, ${twice}]\n`))).lines[0]).toContain('KW5158');
  });
});

describe('an export that no stack imports any more stays in all deployments of a program', () => {
  const imports = '    imports: { root: { key: platform.root, grants: [{ to: api, can: decrypt }] } }\n';
  const project = (accounts: string, more: string) => `keywright: 1
app: shop
accounts: { ${accounts} }
stacks:
  platform: { environment: "*", keys: { root: {} } }
  app:
    environment: "*"
    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
${more}`;

  it.each([
    ['one environment', 'a: { id: "111122223333", regions: [eu-west-1] }'],
    ['two regions of one account', 'a: { id: "111122223333", regions: [eu-west-1, us-east-1] }'],
    [
      'two accounts',
      'a: { id: "111122223333", regions: [eu-west-1] }, b: { id: "222233334444", regions: [eu-west-1] }',
    ],
    [
      'several accounts and regions',
      'a: { id: "111122223333", regions: [eu-west-1, us-east-1] }, b: { id: "222233334444", regions: [eu-west-1] }',
    ],
  ])('in %s', async (_, accounts) => {
    const buildOf = async (more: string) => {
      writeFileSync(join(cwd, 'keywright.yaml'), project(accounts, more));
      const { code, out } = await keywright('build', '--target', 'cfn');
      expect(code).toBe(0);
      return { printed: out, files: readdirSync(join(cwd, 'out/cfn')), template: read('cfn/platform.template.yaml') };
    };
    const first = await buildOf(imports);
    const kept = await buildOf('');
    expect(kept.files).toEqual(first.files);
    expect(kept.template).toContain(`kept for app-*\n`);
    const environment = accounts.includes('us-east-1') || accounts.includes('b: ') ? '${environment}' : 'a-eu-west-1';
    expect(kept.printed.match(/KW5131/g)).toHaveLength(1);
    expect(kept.printed).toContain(`deploy \`app-${environment}\` first`);
    const again = await buildOf('');
    expect(again).toEqual({ ...kept, printed: again.printed });
    expect(again.printed).toContain('note[KW5131]');
    expect(again.printed).not.toContain('KW5132');
    expect(again.printed).toMatch(/^\d unchanged/m);
  });

  it('and the build calls its stacks by the names that they had before they got more environments', async () => {
    const listed = (environment: string, moved: boolean) => {
      const entry = (from: string) => (moved ? `moved: [{ from: "${from}.*" }], ` : '');
      return `${head}  platform: { environment: ${environment}, ${entry('platform')}keys: { root: { rotation: true } } }
  app:
    { environment: ${environment}, ${entry('app')}principals: { api: { role: { assumedBy: lambda.amazonaws.com } } },
      imports: { root: { key: platform.root, grants: [{ to: api, can: decrypt }] } } }
`;
    };
    const buildOf = async (text: string) => {
      writeFileSync(join(cwd, 'keywright.yaml'), text);
      return (await keywright('build', '--target', 'cfn')).out;
    };
    await buildOf(listed('eu', false));
    const found = await buildOf(listed('[eu, other]', true));
    expect(found.match(/^(?:error|warning|note).*$/gm)).toEqual([
      'warning[KW5132]: `platform` no longer has the export `shop:platform:keys:root:arn`, which `app` imported in the last build',
    ]);
    expect(found).toContain(
      'help: do not delete `platform` while a deployed stack still imports from it: first deploy `app-eu` in place of `app`,',
    );
    expect(await buildOf(listed('[eu, other]', false))).not.toContain('KW5132');
  });

  it('unless its stack is gone, and the build reports the lost stack and the lost export once each', async () => {
    const accounts =
      'a: { id: "111122223333", regions: [eu-west-1, us-east-1] }, b: { id: "222233334444", regions: [eu-west-1] }';
    const whole = project(accounts, imports);
    writeFileSync(join(cwd, 'keywright.yaml'), whole);
    await keywright('build', '--target', 'cfn');
    const without = whole.replace(/ {2}platform: .*\n/, '').replace(imports, '');
    writeFileSync(join(cwd, 'keywright.yaml'), without);
    const gone = await keywright('build', '--target', 'cfn');
    expect(gone.out.match(/^error.*$/gm)).toEqual([
      'error[KW5155]: stack `platform` has disappeared since the last build, with `root`',
    ]);
    const entry = 'removed: [{ stack: platform, then: retain }]';
    expect(gone.out).toContain(`at the top of \`keywright.yaml\`: \`${entry}\``);
    writeFileSync(join(cwd, 'keywright.yaml'), `${without}${entry}\n`);
    const said = await keywright('build', '--target', 'cfn');
    expect(said.code).toBe(0);
    expect(said.out.match(/^(?:error|warning|note).*$/gm)).toEqual([
      'warning[KW5132]: in a-eu-west-1, a-us-east-1, b-eu-west-1: `platform-${environment}` no longer has the export `shop:platform-${environment}:keys:root:arn`, which `app-${environment}` imported in the last build',
    ]);
  });
});

describe('a role', () => {
  const roles = (name = '') =>
    `  main:\n    environment: eu\n    principals: { api: { role: { assumedBy: lambda.amazonaws.com${name} } }, web: { role: { assumedBy: lambda.amazonaws.com } } }\n    keys:\n${orders}`;
  const abroad = (grant: string) => `  abroad:\n    environment: us\n    keys: { far: { aliases: [far]${grant} } }\n`;
  const grant = ', admins: [main.api]';
  const replaced = async (stacks: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), head + stacks);
    const { out } = await keywright('build');
    return [...out.matchAll(/KW5171\].*the role `(\w+)` of `main` (gets|loses)/g)].map(([, name, verb]) => [
      name,
      verb,
    ]);
  };

  it('that gets or loses a fixed name, because another region names it, is reported as replaced', async () => {
    expect(await replaced(roles() + abroad(''))).toEqual([]);
    expect(await replaced(roles() + abroad(grant))).toEqual([['api', 'gets']]);
    expect(await replaced(roles() + abroad(grant))).toEqual([]);
    expect(await replaced(roles() + abroad(''))).toEqual([['api', 'loses']]);
  });

  it('keeps a name that the YAML gives it', async () => {
    const named = roles(', name: Api');
    expect(await replaced(named + abroad(''))).toEqual([]);
    expect(await replaced(named + abroad(grant))).toEqual([]);
  });
});

describe('an alias that moves to another key', () => {
  const keys = (one: string, other: string) =>
    main(`      orders: { aliases: [${one}] }\n      archive: { aliases: [${other}] }\n`);
  const warnings = async (stacks: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), head + stacks);
    const { code, out } = await keywright('build');
    expect(code).toBe(0);
    return [...out.matchAll(/^warning\[KW5173\]: (.*)$/gm)].map(([, message]) => message);
  };

  it('leads to a warning until the next build, and to only one warning if two keys exchange their aliases', async () => {
    await built(keys('orders', 'archive, old'));
    const swapped = keys('archive, old', 'orders');
    expect(await warnings(swapped)).toEqual([
      '`archive` and `orders` exchange aliases: `alias/archive` and `alias/old` point to `orders` and `alias/orders` to `archive` from now on',
    ]);
    expect(await warnings(swapped)).toEqual([]);
  });

  it('leads to a warning if the other key is in the last build, but not if that key is new', async () => {
    await built(keys('orders, web', 'archive'));
    expect(await warnings(keys('orders', 'archive, web'))).toEqual([
      '`alias/web` points to `archive` from now on, and pointed to `orders` in the last build',
    ]);
    const second = '      orders2: { spec: RSA_2048, usage: SIGN_VERIFY, aliases: [orders] }\n';
    expect(await warnings(keys('', 'archive, web') + second)).toEqual([]);
  });

  it('leads to a warning if the other key is imported and had an alias in the last build', async () => {
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const stack = (ofImport: string, ofKey: string) =>
      main(
        `      orders: { aliases: [${ofKey}] }\n`,
        `    imports:\n      vendor: { arn: "${arn}", aliases: [${ofImport}] }\n`,
      );
    await built(stack('vendor', 'orders, web'));
    expect(await warnings(stack('vendor, web', 'orders'))).toEqual([
      '`alias/web` points to `vendor` from now on, and pointed to `orders` in the last build',
    ]);
  });

  it('leads to no warning if the other key is the same key under a new name', async () => {
    await built(keys('orders', 'archive'));
    const renamed = main(
      '      purchases: { aliases: [orders] }\n      archive: { aliases: [archive] }\n',
      '    moved: [{ from: orders, to: purchases }]\n',
    );
    expect(await warnings(renamed)).toEqual([]);
  });
});

describe('entries about a renamed stack', () => {
  const project = (stack: string, keys: string, more = '') =>
    `  ${stack}:\n    environment: [eu, other]\n    keys: { ${keys} }\n${more}`;
  const orders = 'orders: { aliases: [orders] }';
  const archive = 'archive: { aliases: [archive] }';
  const moved = '    moved: [{ from: main.* }]\n';

  it('account for a key that did not move with the stack, as the build suggests', async () => {
    await built(project('main', `${orders}, ${archive}`));
    const said = await build(project('core', orders, moved));
    expect(codes(said)).toEqual(['KW5150']);
    const removed = '    removed: [{ key: archive, then: retain }]\n';
    expect(said.out).toContain(`under \`stacks.core\`: \`${removed.trim()}\``);
    await built(project('core', orders, moved + removed));
    expect(read('cfn/changes.md')).toContain('## What `main-eu` leaves behind\n\n`ArchiveKey`: kept');
    const deleted = (name: string) =>
      `pulumi state delete --stack ORGANIZATION/shop-core/eu --force --yes 'urn:pulumi:eu::shop-core::${name}'`;
    expect(read('pulumi/changes.md')).toContain(deleted('aws:kms/key:Key::archive'));
  });

  it('account for the aliases of imported keys, which move with the stack', async () => {
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-123456789012';
    const stack = (name: string, aliases: string, more = '') =>
      `  ${name}:\n    environment: eu\n    imports: { shared: { arn: "${arn}", aliases: [${aliases}] } }\n    keys: { ${orders} }\n${more}`;
    await built(stack('main', 'one, two'));
    expect(codes(await build(stack('core', 'one', moved)))).toEqual(['KW5152']);
    await built(stack('core', 'one', `${moved}    removed: [{ alias: two, then: destroy }]\n`));
    expect(read('terraform/core/changes.tf')).toContain('# aws_kms_alias.one of stack main\n');
    expect(read('cfn/refactor-main-to-core.json')).toContain('"LogicalResourceId": "OneAlias"');
  });

  it('leave an alias of a removed key in place if the alias points to another key now', async () => {
    await built(project('main', `${orders}, ${archive}`));
    const after = 'orders: { aliases: [orders, archive] }';
    await built(project('core', after, `${moved}    removed: [{ key: archive, then: retain }]\n`));
    expect(read('terraform/core-eu/changes.tf')).toContain('# module.main.aws_kms_alias.archive of stack main-eu\n');
  });

  it('account for an environment that the stack is no longer in, as the build suggests once', async () => {
    await built(project('main', `${orders}, ${archive}`));
    const fewer = (more: string) => project('core', `${orders}, ${archive}`, moved + more).replace(', other', '');
    const said = await build(fewer(''));
    expect(codes(said)).toEqual(['KW5163']);
    expect(said.out).toContain('`archive` and `orders` of stack `main` in `other` cannot move to stack `core`');
    expect(said.out).toContain('; in `eu` they move\n');
    const removed = '    removed: [{ environment: other, then: retain }]\n';
    expect(said.out).toContain(`under \`stacks.core\`: \`${removed.trim()}\``);
    await built(fewer(removed));
  });

  it('contradict each other if one leaves no key to the other', async () => {
    await built(project('main', `${orders}, ${archive}`));
    const gone = 'removed: [{ stack: main, then: retain }]\n';
    const other = (keys: string) => build(`${project('core', keys, moved)}${gone}`);
    const said = await other('sales: { aliases: [orders] }');
    expect(new Set(codes(said))).toEqual(new Set(['KW5158']));
    expect(said.out).toContain('moved: [{ from: main.* }]');
    expect(said.out).toContain('removed: [{ stack: main, then: retain }]');
    expect(codes(await other(`${orders}, ${archive}`))).toEqual(['KW5158']);
    // Now `moved` takes one of the two keys, and `removed` takes the other one.
    expect(codes(await other(orders))).toEqual([]);
  });

  it('contradict each other if two entries take the same key', async () => {
    await built(project('main', `${orders}, ${archive}`));
    const take = (stack: string) => project(stack, orders, '    moved: [{ from: main.orders }]\n');
    const said = await build(project('main', archive) + take('one') + take('two').replaceAll('orders]', 'two]'));
    expect(codes(said)).toContain('KW5158');
    expect(codes(said)).not.toContain('KW5163');
  });
});

describe('a role with a fixed name', () => {
  const project = (stack: string, environment: string, more = '', moved = '') => `keywright: 1
app: shop
environments:
  ${environment}: { account: "111122223333", region: eu-west-1 }
  us: { account: "444455556666", region: us-east-1 }
stacks:
  ${stack}:
    environment: [${environment}]
    principals: { api: { role: { assumedBy: lambda.amazonaws.com${more} } } }
    keys: { orders: { aliases: [orders] } }
    ${moved}
  abroad: { environment: us, keys: { far: { aliases: [far], grants: [{ to: [{ stack: ${stack}, environment: ${environment}, name: api }], can: decrypt }] } } }
`;
  const warnings = async (text: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), text);
    const { code, out } = await keywright('build');
    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
    return [...out.matchAll(/^warning\[KW5171\]: (.*)$/gm)].map(([, message]) => message);
  };

  it('is replaced, and a warning says so, if its stack or environment gets another name, or if the YAML names the role', async () => {
    expect(await warnings(project('main', 'eu'))).toEqual([]);
    const replaced = (stack: string, name: string, before: string) =>
      `the role \`api\` of \`${stack}\` gets the fixed name \`${name}\` in place of \`${before}\`, so the tools replace the role`;
    const core = project('core', 'eu', '', 'moved: [{ from: main.* }]');
    expect(await warnings(core)).toEqual([replaced('core-eu', 'shop-core-eu-api', 'shop-main-eu-api')]);
    const live = `${project('core', 'live')}moved: [{ environment: eu, to: live }]\n`;
    expect(await warnings(live)).toEqual([replaced('core-live', 'shop-core-live-api', 'shop-core-eu-api')]);
    expect(await warnings(live)).toEqual([]);
    const own = project('core', 'live', ', name: Api');
    expect(await warnings(own)).toEqual([replaced('core-live', 'Api', 'shop-core-live-api')]);
  });

  it('keeps its former name if the YAML gives it that name', async () => {
    expect(await warnings(project('main', 'eu'))).toEqual([]);
    const kept = project('core', 'eu', ', name: shop-main-eu-api', 'moved: [{ from: main.* }]');
    expect(await warnings(kept)).toEqual([]);
  });
});

describe('the templates of replicas', () => {
  it('stay the same when another stack starts to use their primary key', async () => {
    const core = (environment: string) => `  core:
    environment: ${environment}
    keys: { orders: { multiRegion: true, aliases: [orders], replicas: [{ environment: us }] } }
`;
    const app = `  app: { environment: eu, imports: { orders: { key: core.orders } }, outputs: { key: "\${imports.orders.arn}" } }
`;
    await built(core('eu'));
    const before = read('cfn/core-us.template.yaml');
    await built(core('eu') + app);
    expect(read('cfn/core.template.yaml')).toContain('Name: shop:core:keys:orders:arn');
    expect(read('cfn/core-us.template.yaml')).toBe(before);
    const output = '    outputs: { ordersKeyArn: "${keys.orders.arn}" }\n';
    await built(core('eu') + output + app);
    expect(read('cfn/core-us.template.yaml')).toBe(before);
  });
});

describe('a policy that gets another name in the generated code', () => {
  const arn = (name: string) => `arn:aws:iam::\${account}:role/${name}`;
  const granting = (to: string, more = '') => main(`      orders: { grants: [{ to: ${to}, can: decrypt }] }\n`, more);
  const project = (principals: string, stacks: string) => `${stacks}principals: { ${principals} }\n`;
  const inPlace = granting(`{ role: "${arn('team/Api')}" }`);
  const called = (name: string) => project(`${name}: { role: "${arn('Api')}" }`, granting(name));
  const entry = (name: string) =>
    main(
      '      orders: {}\n',
      `    identityPolicies:
      ${name}: { attachTo: { role: "${arn('Api')}" }, statements: [{ actions: "kms:Decrypt", resources: "\${keys.orders.arn}" }] }
`,
    );
  const created = (to: string) =>
    main(`      orders: {${to}}\n`, '    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }\n');

  it.each([
    ['a principal gets a name', inPlace, called('writer'), ['Api', 'api', 'Api'], 'writer'],
    ['a principal gets another name', called('reader'), called('writer'), ['Reader', 'reader', 'reader'], 'writer'],
    ['an entry gets another name', entry('reader'), entry('writer'), ['Reader', 'reader', 'reader'], 'writer'],
    ['an entry becomes a grant', entry('reader'), called('writer'), ['Reader', 'reader', 'reader'], 'writer'],
    ['a grant becomes an entry', called('reader'), entry('writer'), ['Reader', 'reader', 'reader'], 'writer'],
    [
      'a grant to a role of the stack becomes an entry',
      created(' grants: [{ to: api, can: decrypt }] '),
      created('').replace(
        'principals:',
        'identityPolicies: { writer: { attachTo: api, statements: [{ actions: "kms:Decrypt", resources: "${keys.orders.arn}" }] } }\n    principals:',
      ),
      ['Api', 'api', 'api'],
      'writer',
    ],
  ])('is the same policy in every tool if %s', async (_, before, after, [cfn, terraform, pulumi], name) => {
    await built(before);
    const template = read('cfn/main.template.yaml');
    expect(template).toContain(`  ${cfn}Policy:\n`);
    for (let more = 0; more < 2; more += 1) {
      await built(after);
      expect(read('cfn/main.template.yaml').match(/^ {2}\w+Policy:$/gm)).toEqual([`  ${cfn}Policy:`]);
      expect(read('terraform/main/changes.tf')).toContain(`moved {
  from = aws_iam_role_policy.${terraform}
  to   = aws_iam_role_policy.${name}
}`);
      expect(read('pulumi/main/index.ts')).toContain(`aliases: [{ name: "${pulumi}" }]`);
    }
    await built(after, '--drop-moves');
    expect(read('cfn/main.template.yaml').match(/^ {2}\w+Policy:$/gm)).toEqual([`  ${cfn}Policy:`]);
    expect(existsSync(join(cwd, 'out/terraform/main/changes.tf'))).toBe(false);
    expect(read('pulumi/main/index.ts')).not.toContain('aliases:');
  });

  const ofValue = (to: string) =>
    granting(`{ role: "${arn(to)}" }`).replace('environment: eu', 'environment: [eu, us]');
  const withValues = (stacks: string) =>
    head.replaceAll(/(eu-west|us-east)-1 }(?=\n {2}(?:us|other))/g, '$1-1, values: { role: Api, writer: Api } }') +
    stacks;

  it('is the same policy in every tool if a value takes the place of a name, or a name takes the place of a value', async () => {
    const write = (text: string) => writeFileSync(join(cwd, 'keywright.yaml'), text);
    const former: string[] = [];
    for (const [name, text] of [
      ['api', 'Api'],
      ['values_role', '${values.role}'],
      ['values_writer', '${values.writer}'],
      ['api', 'Api'],
    ] as const) {
      write(withValues(ofValue(text)));
      expect(await keywright('build', '--quiet')).toMatchObject({ code: 0, err: '' });
      expect(read('cfn/main.template.yaml').match(/^ {2}\w+Policy:$/gm)).toEqual(['  ApiPolicy:']);
      for (const place of ['eu', 'us'])
        for (const earlier of former.filter((one) => one !== name))
          expect(read(`terraform/main-${place}/changes.tf`)).toContain(
            `from = module.main.aws_iam_role_policy.${earlier}\n`,
          );
      former.push(name);
    }
  });

  it('is the same policy even if one target is built before the others', async () => {
    await built(called('reader'));
    await built(called('writer'), '--target', 'cfn');
    await built(called('writer'));
    expect(read('terraform/main/changes.tf')).toContain('from = aws_iam_role_policy.reader\n');
    expect(read('cfn/main.template.yaml')).toContain('  ReaderPolicy:\n');
  });

  it('is an error if the policy on another principal now has its former name', async () => {
    await built(called('reader'));
    const principals = `reader: { role: "${arn('Other')}" }, writer: { role: "${arn('Api')}" }`;
    expect(codes(await build(project(principals, granting('[reader, writer]'))))).toEqual(['KW5165']);
  });

  it.each([
    ['is on another principal', granting(`{ role: "${arn('Other')}" }`)],
    ['has another name in IAM', granting(`{ role: "${arn('Api')}", policyName: Own }`)],
  ])('is another policy if it %s', async (_, after) => {
    await built(called('reader'));
    await built(after);
    expect(existsSync(join(cwd, 'out/terraform/main/changes.tf'))).toBe(false);
    expect(read('cfn/main.template.yaml')).not.toContain('ReaderPolicy');
  });
});

describe('a change to the place where states are kept', () => {
  const withOptions = (terraform: string, pulumi = '{}') =>
    `${main(orders)}targets:\n  terraform: ${terraform}\n  pulumi: ${pulumi}\n`;
  const s3 = (settings: string) => `{ backend: { s3: { region: eu-west-1, ${settings} } } }`;
  const warnings = async (stacks: string, ...more: readonly string[]) => {
    writeFileSync(join(cwd, 'keywright.yaml'), head + stacks);
    const { code, out } = await keywright('build', ...more);
    expect(code).toBe(0);
    return [...out.matchAll(/^warning\[KW5174\]: (\w+) will .*\n +--> (.*)$/gm)].map(([, tool, at]) => [tool, at]);
  };

  it.each([
    ['bucket: b', 'bucket: other'],
    ['bucket: b', 'bucket: b, prefix: keys'],
    ['bucket: b, key: "${stack}.tfstate"', 'bucket: b'],
  ])('from %s to %s leads to a warning until the next build', async (before, after) => {
    await built(withOptions(s3(before)));
    expect(await warnings(withOptions(s3(after)))).toEqual([['Terraform', 'keywright.yaml:13:3']]);
    expect(await warnings(withOptions(s3(after)))).toEqual([]);
  });

  it.each([
    ['bucket: b', 'bucket: b, use_lockfile: true'],
    ['bucket: b, prefix: keys', 'bucket: b, prefix: keys/'],
    ['bucket: b, prefix: keys', 'key: "keys/${stack}/terraform.tfstate", bucket: b'],
  ])('from %s to %s is not reported', async (before, after) => {
    await built(withOptions(s3(before)));
    expect(await warnings(withOptions(s3(after)))).toEqual([]);
  });

  it('can be another name of the app or the environment', async () => {
    const stacks = withOptions(s3('bucket: b, key: "${app}/${environment}/${stack}.tfstate"')).replace(
      'environment: eu\n',
      'environment: eu\n    targets: [terraform]\n',
    );
    await built(stacks);
    const renamed = async (from: RegExp, to: string) => {
      writeFileSync(join(cwd, 'keywright.yaml'), (head + stacks).replaceAll(from, to));
      return codes(await keywright('build')).filter((code) => code === 'KW5174');
    };
    expect(await renamed(/app: shop/g, 'app: store')).toEqual(['KW5174']);
    expect(await renamed(/app: shop/g, 'app: store')).toEqual([]);
    await built(stacks);
    expect(await renamed(/\beu\b(?=:|\n)/g, 'west')).toEqual(['KW5174']);
  });

  it('leads to no warning if a first backend is added, and to a warning that names no new backend if a backend is removed', async () => {
    await built(withOptions('{}'));
    expect(await warnings(withOptions(s3('bucket: b')))).toEqual([]);
    writeFileSync(join(cwd, 'keywright.yaml'), head + withOptions('{}'));
    expect((await keywright('build')).out).toContain('warning[KW5174]: Terraform will look for the states');
  });

  it('can be another name of the Pulumi stacks, which is reported even after a build for another target', async () => {
    await built(withOptions('{}', '{ stackName: dev }'));
    expect(await warnings(withOptions('{}', '{ stackName: prod }'), '--target', 'cfn')).toEqual([]);
    expect(await warnings(withOptions('{}', '{ stackName: prod }'))).toEqual([['Pulumi', 'keywright.yaml:14:3']]);
  });
});

describe('a role with another name in the YAML', () => {
  const stack = (principals: string, to: string) =>
    `  main:\n    environment: eu\n    principals: { ${principals} }\n    keys: { orders: { aliases: [orders], grants: [{ to: ${to}, can: decrypt }] } }\n`;
  const role = (name?: string) =>
    `{ role: { assumedBy: lambda.amazonaws.com${name === undefined ? '' : `, name: ${name}`} } }`;
  const warnings = ({ code, out }: Awaited<ReturnType<typeof keywright>>) => {
    expect(code).toBe(0);
    return [...out.matchAll(/^warning\[(KW51\d\d)\]: (.*)$/gm)].map(([, name, message]) => `${name} ${message}`);
  };
  const rebuilt = async (stacks: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), head + stacks);
    return warnings(await keywright('build'));
  };

  it('stays, with its policy, if it keeps its name in IAM', async () => {
    await built(stack(`reader: ${role('Reader')}`, 'reader'));
    const template = () => read('cfn/main.template.yaml').replaceAll(/^ *#.*\n/gm, '');
    const before = template();
    expect(await rebuilt(stack(`viewer: ${role('Reader')}`, 'viewer'))).toEqual([]);
    expect(template()).toBe(before);
    expect(read('terraform/main/changes.tf').match(/aws_iam\S+/g)).toEqual([
      ...['aws_iam_role.reader', 'aws_iam_role.viewer'],
      ...['aws_iam_role_policy.reader', 'aws_iam_role_policy.viewer'],
    ]);
    expect(read('pulumi/main/index.ts').match(/aliases: \[\{ name: "reader" \}\]/g)).toHaveLength(2);
    await built(stack(`viewer: ${role('Reader')}`, 'viewer'), '--drop-moves');
    expect(template()).toBe(before);
    expect(existsSync(join(cwd, 'out/terraform/main/changes.tf'))).toBe(false);
  });

  it('is reported as gone if the tools generate its name, and so is a role that the YAML no longer has', async () => {
    await built(stack(`reader: ${role()}, other: ${role('Other')}`, 'reader'));
    const gone = (name: string) =>
      `KW5175 the role \`${name}\` of \`main\` has disappeared since the last build, so the tools delete the role`;
    expect(await rebuilt(stack(`viewer: ${role()}`, 'viewer'))).toEqual([gone('other'), gone('reader')]);
    expect(await rebuilt(stack(`viewer: ${role()}`, 'viewer'))).toEqual([]);
  });

  it('does not take the place of another role of the last build', async () => {
    await built(stack(`one: ${role('One')}, two: ${role('Two')}`, '[one, two]'));
    expect(await rebuilt(stack(`two: ${role('One')}`, 'two'))).toEqual([
      'KW5175 the role `one` of `main` has disappeared since the last build, so the tools delete the role',
      'KW5171 the role `two` of `main` gets the fixed name `One` in place of `Two`, so the tools replace the role',
    ]);
  });

  it('needs a build of all targets', async () => {
    await built(stack(`reader: ${role('Reader')}`, 'reader'));
    const partial = await build(stack(`viewer: ${role('Reader')}`, 'viewer'), '--target', 'terraform');
    expect(codes(partial)).toEqual(['KW5168']);
  });
});

describe('access that a tool takes away for a moment', () => {
  const warnings = async (stacks: string) => {
    writeFileSync(join(cwd, 'keywright.yaml'), head + stacks);
    const { code, out } = await keywright('build');
    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
    return [...out.matchAll(/^warning\[(KW51\d\d)\]: (.*)$/gm)].map(([, name, message]) => `${name} ${message}`);
  };
  const policy = (what: string, tools: string) =>
    `KW5176 ${what} gets another name, so ${tools} before creating it again`;

  it('is reported for a policy with another name in IAM', async () => {
    const stack = (policyName: string) =>
      main(
        `      orders: { grants: [{ to: { role: "arn:aws:iam::111122223333:role/Api"${policyName} }, can: decrypt }] }\n`,
      );
    await built(stack(''));
    expect(await warnings(stack(', policyName: keys'))).toEqual([
      policy('the policy `keywright-shop-main` on the role `Api`', 'Terraform and Pulumi delete it'),
    ]);
    expect(await warnings(stack(', policyName: keys'))).toEqual([]);
    // CloudFormation creates the new policy first.
    writeFileSync(join(cwd, 'keywright.yaml'), head + stack(', policyName: kms'));
    const onlyCfn = await keywright('build', '--target', 'cfn');
    expect(onlyCfn).toMatchObject({ code: 0 });
    expect(codes(onlyCfn)).toEqual(['KW7018']);
  });

  it('is reported for a policy that goes to another stack under the same name', async () => {
    const key =
      'orders: { grants: [{ to: { role: "arn:aws:iam::111122223333:role/Api", policyName: keys }, can: decrypt }] }';
    const stack = (name: string, keys: string, more = '') =>
      `  ${name}:\n    environment: eu\n    keys: { ${keys} }\n${more}`;
    const report = (from: string, to: string, tools: string) =>
      `KW5176 the policy \`keys\` on the role \`Api\` goes from stack \`${from}\` to \`${to}\`, so ${tools} it when \`${from}\` no longer contains it`;
    await built(stack('main', `${key}, other: {}`) + stack('side', 'extra: {}'));
    const after =
      stack('main', 'other: {}') + stack('side', `extra: {}, ${key}`, '    moved: [{ from: main.orders }]\n');
    expect(await warnings(after)).toEqual([report('main', 'side', 'CloudFormation, Terraform and Pulumi delete')]);
    expect(await warnings(after)).toEqual([]);
    // Pulumi renames the stack, and no deployment with Terraform uses the former stack.
    const renamed = stack('main', 'other: {}') + stack('core', `extra: {}, ${key}`, '    moved: [{ from: side.* }]\n');
    expect(await warnings(renamed)).toEqual([report('side', 'core', 'CloudFormation deletes')]);
  });

  it('is reported for a policy that goes to a stack of another tool', async () => {
    const grants = 'grants: [{ to: { role: "arn:aws:iam::111122223333:role/Api", policyName: keys }, can: decrypt }]';
    const stacks = (ofMain: string, ofSide: string) =>
      `  main:\n    environment: eu\n    targets: [cfn]\n    keys: { orders: { ${ofMain} } }\n  side:\n    environment: eu\n    targets: [terraform]\n    keys: { extra: { ${ofSide} } }\n`;
    await built(stacks(grants, ''));
    expect(await warnings(stacks('', grants))).toEqual([
      'KW5176 the policy `keys` on the role `Api` goes from stack `main` to `side`, so CloudFormation deletes it when `main` no longer contains it',
    ]);
  });

  it('is reported if the name of the policy contains the name of a stack that Pulumi renames', async () => {
    const stack = (environment: string, more = '') =>
      `  main:\n    environment: ${environment}\n${more}    principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }\n    keys: { orders: { grants: [{ to: api, can: decrypt }] } }\n`;
    await built(stack('eu'));
    expect(await warnings(stack('[eu, us]', '    moved: [{ from: main.* }]\n'))).toEqual([
      policy('in eu: the policy `keywright-shop-main` on the role `api`', 'Pulumi deletes it'),
    ]);
  });

  it('is reported for a KMS grant that changes, but not for a KMS grant whose key is renamed', async () => {
    const stack = (key: string, operations: string, more = '') =>
      main(
        `      ${key}: { kmsGrants: { batch: { grantee: { role: "arn:aws:iam::111122223333:role/Batch" }, operations: ${operations} } } }\n`,
        `    targets: [terraform, pulumi]\n${more}`,
      );
    await built(stack('orders', '[Decrypt, Encrypt]'));
    const moved = '    moved: [{ from: orders, to: purchases }]\n';
    expect(await warnings(stack('purchases', '[Encrypt, Decrypt]', moved))).toEqual([]);
    expect(await warnings(stack('purchases', '[Decrypt]', moved))).toEqual([
      'KW5176 the KMS grant `batch` of `purchases` changes, so Terraform and Pulumi delete it before creating it again',
    ]);
  });
});
