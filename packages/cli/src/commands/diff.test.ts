import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runIn } from '../testing/run-in.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-diff-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const keywright = (...argv: readonly string[]) => runIn(cwd, argv);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

function git(...argv: readonly string[]): void {
  execFileSync('git', ['-C', cwd, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...argv], { stdio: 'ignore' });
}

function commit(): void {
  git('add', '-A');
  git('commit', '-qm', 'A commit', '--allow-empty');
}

const head = `keywright: 1
app: shop
environments:
  eu: { account: "111122223333", region: eu-west-1 }
principals:
  partner: { role: "arn:aws:iam::444455556666:role/Partner", because: "our partner" }
`;
const withPartner = `${head}stacks:
  main:
    environment: eu
    keys:
      orders:
        grants:
          - { to: partner, can: decrypt }
`;
const withoutPartner = withPartner.replace(/ +grants:\n.*\n/, '        rotation: true\n');

describe('two folders', () => {
  it('are compared, and the report names who loses access and the line that granted it', async () => {
    write('before/keywright.yaml', withPartner);
    write('after/keywright.yaml', withoutPartner);
    const { code, out, err } = await keywright('diff', 'before', 'after');
    expect(err).toBe('');
    expect(out).toBe(`Access
  - partner can no longer decrypt with main.orders
      before  before/keywright.yaml:13  Allow

Properties
  ~ main.orders: rotation off → 365 days
      now     after/keywright.yaml:11

1 loss of access, 1 other difference
`);
    expect(code).toBe(1);
  });

  it('make `diff --fail-on widened` fail only if access widens', async () => {
    write('before/keywright.yaml', withPartner);
    write('after/keywright.yaml', withoutPartner);
    expect((await keywright('diff', 'before', 'after', '--fail-on', 'widened')).code).toBe(0);
    expect((await keywright('diff', 'after', 'before', '--fail-on', 'widened')).code).toBe(1);
  });

  it('make `diff --fail-on lost` fail only if a key would be lost', async () => {
    const without = withPartner.replace('orders:', 'invoices:');
    write('before/keywright.yaml', withPartner);
    write('after/keywright.yaml', without);
    write('removed/keywright.yaml', `${without}    removed: [{ key: orders, then: retain }]\n`);
    write('disabled/keywright.yaml', withPartner.replace('orders:', 'orders:\n        enabled: false'));
    write('wider/keywright.yaml', withPartner.replace('can: decrypt', 'can: encryptDecrypt'));
    const failing = async (after: string) => {
      const codes: (readonly [string, number])[] = [];
      for (const what of ['any', 'widened', 'lost'])
        codes.push([what, (await keywright('diff', 'before', after, '--fail-on', what)).code]);
      return codes.filter(([, code]) => code === 1).map(([what]) => what);
    };
    expect(await failing('after')).toEqual(['any', 'widened', 'lost']);
    expect(await failing('wider')).toEqual(['any', 'widened']);
    expect(await failing('removed')).toEqual(['any']);
    expect(await failing('disabled')).toEqual(['any']);
    expect(await failing('before')).toEqual([]);
  });

  it('are equal if the same project is written differently', async () => {
    write('before/keywright.yaml', withPartner);
    write(
      'after/keywright.yaml',
      withPartner.replace('to: partner', 'to: { role: "arn:aws:iam::444455556666:role/Partner", because: "x" }'),
    );
    expect(await keywright('diff', 'before', 'after')).toEqual({ code: 0, out: 'no difference\n', err: '' });
  });

  it('are not compared if one of them does not compile', async () => {
    write('before/keywright.yaml', withPartner);
    write('after/keywright.yaml', withPartner.replace('to: partner', 'to: partnr'));
    const { code, out, err } = await keywright('diff', 'before', 'after');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('KW2003');
  });
});

describe('diff --format', () => {
  const both = () => {
    write('before/keywright.yaml', withPartner);
    write('after/keywright.yaml', withoutPartner);
  };

  it('prints JSON for programs', async () => {
    both();
    const { out } = await keywright('diff', 'before', 'after', '--format', 'json');
    const { changes, summary, ...sides } = JSON.parse(out);
    expect(sides).toEqual({ version: 1, before: 'before', after: 'after' });
    expect(summary).toEqual({ differs: true, widens: false, losses: 0, access: 1, properties: 1 });
    expect(changes[0]).toMatchObject({
      rank: 'access',
      what: 'loses',
      principals: ['arn:aws:iam::444455556666:role/Partner'],
      actions: ['kms:Decrypt'],
      before: 'outside',
      after: 'never',
      subjects: [{ kind: 'key', name: 'orders', stack: 'main', source: { file: 'after/keywright.yaml', line: 11 } }],
      gone: [
        {
          policy: 'keyPolicy',
          effect: 'Allow',
          conditions: [],
          sources: [{ file: 'before/keywright.yaml', line: 13 }],
        },
      ],
      came: [],
    });
  });

  it('prints SARIF with a rule for each kind of change', async () => {
    both();
    const { out } = await keywright('diff', 'before', 'after', '--format', 'sarif');
    const [{ results, tool }] = JSON.parse(out).runs;
    expect(tool.driver.rules.map(({ id }: { readonly id: string }) => id)).toEqual(['KW8242', 'KW8243']);
    expect(results[0].message.text).toContain(
      'partner can no longer decrypt with main.orders (before: before/keywright.yaml:13 Allow)',
    );
    expect(results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'after/keywright.yaml' },
      region: { startLine: 11 },
    });
  });

  it('prints Markdown in which no text of the project acts as markup', async () => {
    write('before/keywright.yaml', withPartner);
    const nasty = '@octocat <img src=x> [a](https://example.org) **b** `c` #1';
    write(
      'after/keywright.yaml',
      withPartner.replace('orders:', `orders:\n        description: ${JSON.stringify(nasty)}`),
    );
    const { out } = await keywright('diff', 'before', 'after', '--format', 'markdown');
    expect(out).toContain('1 other difference');
    expect(out).not.toMatch(/@octocat|<img|\]\(|https:\/\/|\*\*|`| #1/);
  });

  it('prints an explanation once in Markdown if consecutive sentences share it', async () => {
    const project = (
      organization: string,
    ) => `${head}  api: { role: "arn:aws:iam::111122223333:role/Api", mutable: false }
  ci: { role: "arn:aws:iam::111122223333:role/Ci", mutable: false }
stacks:
  main:
    environment: eu
    keys:
      orders:
        admins: [ci]
        grants: [{ to: api, can: decrypt }]
        statements:
          - { sid: Outside, effect: Deny, principals: { anyone: true }, actions: "kms:*", conditions: { StringNotEquals: { "aws:PrincipalOrgID": ${organization} } } }
`;
    write('one/keywright.yaml', project('o-a1b2c3d4e5'));
    write('two/keywright.yaml', project('o-f6a7b8c9d0'));
    const { out } = await keywright('diff', 'one', 'two', '--format', 'markdown');
    const sentences = out.match(/^- /gm)?.length ?? 0;
    const reasons = out.match(/now <code>/g)?.length ?? 0;
    expect(sentences).toBeGreaterThan(reasons);
    expect(out).toMatch(/<sub>these \d, because:<\/sub>\n {2}<br><sub>before <code>/);
  });

  it('says in Markdown that nothing changes, and collapses long lists', async () => {
    write('before/keywright.yaml', withPartner);
    const same = await keywright('diff', 'before', 'before', '--format', 'markdown');
    expect(same).toMatchObject({
      code: 0,
      out: expect.stringContaining('None: access and properties stay the same.'),
    });
    const keys = Array.from(
      { length: 12 },
      (_, index) =>
        `      k${index}: { grants: [{ to: { account: "22223333${index + 1000}", because: x }, can: decrypt }] }\n`,
    );
    const project = (list: readonly string[]) =>
      `${head}stacks:\n  main:\n    environment: eu\n    keys:\n${list.join('')}`;
    write('one/keywright.yaml', project(keys.map((key) => key.replace('can: decrypt', 'can: encrypt'))));
    write('two/keywright.yaml', project(keys));
    const { out } = await keywright('diff', 'one', 'two', '--format', 'markdown');
    expect(out).toMatch(/<details><summary>\d+ more<\/summary>/);
    expect(out.match(/<details>/g)?.length).toBe(out.match(/<\/details>/g)?.length);
  });
});

describe('a revision', () => {
  it('is read with its includes, policy files and context, whatever is on the disk now', async () => {
    git('init', '-q', '-b', 'main');
    write('keys/keywright.yaml', withPartner.replace('app: shop', 'app: shop\ninclude: [teams/*.yaml]'));
    write('keys/teams/a.yaml', 'stacks: { a: { keys: { one: { aliases: [one] } } } }\n');
    commit();
    expect(await keywright('diff', '--since', 'main', 'keys')).toEqual({ code: 0, out: 'no difference\n', err: '' });
    rmSync(join(cwd, 'keys/teams'), { recursive: true });
    write('keys/teams/b.yaml', 'stacks: { b: { keys: { two: {} } } }\n');
    const { code, out } = await keywright('diff', '--since', 'HEAD', 'keys');
    expect(out).toBe(`Keys that would be lost or swapped
  ! a.one is gone (its removal is retain): CloudFormation and Pulumi would keep it, Terraform would destroy it unless \`removed\` says \`then: retain\`
      before  HEAD:keys/teams/a.yaml:1

Properties
  + b.two is new
      now     keys/teams/b.yaml:1

1 loss of keys, 1 other difference
`);
    expect(code).toBe(1);
  });

  it.skipIf(process.platform === 'win32')('is read through links inside the project, but not out of it', async () => {
    git('init', '-q');
    write('keys/real.yaml', withPartner);
    symlinkSync('real.yaml', join(cwd, 'keys/keywright.yaml'));
    commit();
    expect((await keywright('diff', '--since', 'HEAD', 'keys')).code).toBe(0);
    write('elsewhere.yaml', withPartner);
    rmSync(join(cwd, 'keys/keywright.yaml'));
    symlinkSync('../elsewhere.yaml', join(cwd, 'keys/keywright.yaml'));
    commit();
    const { code, err } = await keywright('diff', '--since', 'HEAD', 'keys');
    expect({ code, reported: err.includes('the project in HEAD has errors') }).toEqual({ code: 1, reported: true });
  });

  it.each([
    ['nowhere', 'there is no revision "nowhere" here: correct it, or fetch it with git'],
    ['--output=x', '"--output=x" is not a revision; give a branch, a tag or a commit'],
    ['', '"" is not a revision; give a branch, a tag or a commit'],
    ['HEAD; touch x', 'there is no revision "HEAD; touch x" here: correct it, or fetch it with git'],
    ['HEAD:keywright.yaml', 'there is no revision "HEAD:keywright.yaml" here: correct it, or fetch it with git'],
  ])('cannot be %j', async (revision, message) => {
    git('init', '-q');
    write('keywright.yaml', withPartner);
    commit();
    expect(await keywright('diff', `--since=${revision}`)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
  });

  it('can be read only in a Git repository', async () => {
    write('keywright.yaml', withPartner);
    const { code, err } = await keywright('diff', '--since', 'main');
    expect({ code, reported: err.includes('cannot read revisions: not a git repository') }).toEqual({
      code: 2,
      reported: true,
    });
  });
});

it.each([
  [[], 'name two folders to compare, or use --since with a Git revision'],
  [['.'], 'name two folders to compare, or use --since with a Git revision'],
  [['a', 'b', '--since', 'main'], '--since compares one project with a revision of it; name one folder, or none'],
  [['a', 'b', 'c'], 'name two folders at most'],
  [['a', 'b'], 'there is no folder "a"; a revision of git goes after --since'],
])('diff %j is wrong usage', async (argv, message) => {
  expect(await keywright('diff', ...argv)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});
