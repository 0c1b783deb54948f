/**
 * For fifteen kinds of real files, the result of `import` is at most a fifth longer than a project written by hand with the same content.
 * The same printer prints both, and they are counted without comments and white space.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printYaml } from '@keywright/migrate/lift/draft/print-yaml';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { run } from './run.ts';
import { fakeIo } from './testing/fake-io.ts';

const packages = join(import.meta.dirname, '../..');

interface Shape {
  /** The source, in `packages`. */
  readonly source: string;
  /** The project written by hand, in `packages`. If absent: `cli/by-hand/NAME.yaml`. */
  readonly byHand?: string;
  /** The policy files of the project written by hand. `import` writes these policies into the YAML. */
  readonly policies?: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  /** Set if the source gives its own account and region. */
  readonly placed?: true;
}

const shapes: Readonly<Record<string, Shape>> = {
  'backup-member': {
    source: 'read-cfn/cases/backup-member.yaml',
    parameters: {
      AliasBase: 'OrgBackupKey',
      RoleForBackups: 'OrgBackup',
      Commit: 'abc',
      Stage: 'dev',
      Owner: 'ops@example.com',
    },
  },
  'account-list': {
    source: 'read-cfn/cases/account-list.yaml',
    parameters: { ReaderAccounts: '444455556666,555566667777' },
  },
  // A template is imported for one region.
  'replica-of-a-stack-set': {
    source: 'read-cfn/cases/replica-of-a-stack-set.yaml',
    parameters: {
      PrimaryRegion: 'eu-west-1',
      PrimaryArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1',
      VendorAccount: '444455556666',
      VendorIdentity: 'arn:aws:iam::444455556666:role/scanner',
    },
  },
  // A template is imported with one value of its parameter.
  'purpose-parameter': {
    source: 'read-cfn/cases/purpose-parameter.yaml',
    parameters: {
      Purpose: 'rds',
      AlarmStack: '',
      Spec: 'SYMMETRIC_DEFAULT',
      Usage: 'ENCRYPT_DECRYPT',
      'AWS::StackName': 'demo-rds',
    },
  },
  // The logical ids from the CDK are pinned, so that nothing is replaced. The project written by hand leaves most of them out.
  'control-tower': { source: 'read-cfn/cases/control-tower.template.json' },
  cloudtrail: { source: 'read-terraform/cases/cloudtrail.plan.json' },
  // A plan does not say which key an alias or a replica is for, so the import leaves them out and reports it.
  'multi-region-secrets': { source: 'read-terraform/cases/multi-region-secrets.plan.json' },
  'module-with-dynamic-statements': { source: 'cli/by-hand/module-with-dynamic-statements' },
  dnssec: { source: 'read-terraform/cases/dnssec.plan.json' },
  'key-for-each-service': { source: 'read-terraform/cases/key-for-each-service.plan.json' },
  'auto-scaling-and-logs': { source: 'cli/by-hand/auto-scaling-and-logs' },
  'grants-of-a-cluster': { source: 'cli/by-hand/grants-of-a-cluster' },
  'plan-with-an-unknown-policy': {
    source: 'cli/by-hand/plan-with-an-unknown-policy.plan.json',
  },
  'landing-zone': {
    source: 'read-lza/fixtures',
    byHand: 'read-lza/fixtures/by-hand/keywright.yaml',
    policies: ['read-lza/fixtures/by-hand/kms/volumes.kw.json'],
    placed: true,
  },
  'pulumi-accounts': {
    source: 'read-pulumi/fixtures/accounts.json',
    byHand: 'read-pulumi/fixtures/accounts/keywright.yaml',
    placed: true,
  },
};

test('each project written by hand has one of the fifteen shapes', () => {
  expect(Object.keys(shapes)).toHaveLength(15);
  const byHand = readdirSync(join(packages, 'cli/by-hand')).filter((name) => name.endsWith('.yaml'));
  expect(byHand.map((name) => name.replace(/\.yaml$/, '')).filter((name) => !(name in shapes))).toEqual([]);
});

test.each(Object.entries(shapes))(
  'the import of %s is at most a fifth longer than a project written by hand',
  { timeout: 60_000 },
  async (name, shape) => {
    const { text, error } = await imported(shape);
    expect(text, error).toBeDefined();
    const hand = read(shape.byHand ?? `cli/by-hand/${name}.yaml`);
    const own = sizeOf(text ?? '');
    const policies = (shape.policies ?? []).map((file) => sizeOf(read(file)));
    const others = [sizeOf(hand), ...policies];
    const times = {
      lines: own.lines / sum(others.map(({ lines }) => lines)),
      characters: own.characters / sum(others.map(({ characters }) => characters)),
    };
    console.log(
      `${name}: ${times.lines.toFixed(2)} times the lines, ${times.characters.toFixed(2)} times the characters`,
    );
    expect(Math.max(times.lines, times.characters)).toBeLessThanOrEqual(1.2);
  },
);

async function imported({ source, parameters, placed }: Shape): Promise<{ text?: string; error: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'keywright-import-length-'));
  try {
    const place = placed === undefined ? ['--account', '111122223333', '--region', 'eu-west-1'] : [];
    if (parameters !== undefined) writeFileSync(join(cwd, 'parameters.json'), JSON.stringify(parameters));
    const given = parameters === undefined ? [] : ['--parameters', 'parameters.json'];
    const io = fakeIo({ cwd });
    await run(['import', join(packages, source), ...place, ...given], io);
    const found = readdirSync(cwd).includes('keywright.yaml');
    return { ...(found && { text: readFileSync(join(cwd, 'keywright.yaml'), 'utf8') }), error: io.err() };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function read(path: string): string {
  return readFileSync(join(packages, path), 'utf8');
}

/** The length of YAML or JSON as `import` prints it, not counting comments, blank lines and indentation. */
function sizeOf(text: string): { readonly lines: number; readonly characters: number } {
  const printed = printYaml(load(text) as object); // a project or a policy
  return { lines: printed.trimEnd().split('\n').length, characters: printed.replaceAll(/\s/g, '').length };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
