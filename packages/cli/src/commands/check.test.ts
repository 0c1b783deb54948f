import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../run.ts';
import { fakeIo } from '../testing/fake-io.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'keywright-check-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function check(text: string) {
  writeFileSync(join(cwd, 'keywright.yaml'), text);
  const io = fakeIo({ cwd });
  const code = await run(['check', '--format', 'json'], io);
  const { diagnostics } = JSON.parse(io.out()) as { diagnostics: { code: string; span: { line: number } }[] };
  return { code, found: diagnostics.map(({ code, span }) => [code, span.line]) };
}

describe('check', () => {
  const keys = (count: number, target: string) =>
    [
      'keywright: 1',
      'app: long',
      `targets: { ${target}: {} }`,
      'stacks:',
      '  long:',
      `    targets: [${target}]`,
      '    keys:',
      ...Array.from({ length: count }, (_, at) => `      k${at}: { rotation: true, description: ${'x'.repeat(8000)} }`),
    ].join('\n');

  it('reports a stack whose template would be too long, without writing it', async () => {
    expect(await check(keys(130, 'cfn'))).toEqual({ code: 1, found: [['KW4102', 5]] });
    expect(readdirSync(cwd)).toEqual(['keywright.yaml']);
  });

  it('accepts a stack whose template turns out to be short enough', async () => {
    expect(await check(keys(110, 'cfn'))).toEqual({ code: 0, found: [] });
  });

  it('reports a text that is too long for a parameter, if the text has to be a parameter', async () => {
    const stack = (text: string, target: string) => `keywright: 1
app: long
targets: { ${target}: {} }
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
stacks:
  long:
    environment: [eu, us]
    targets: [${target}]
    keys: { orders: { rotation: true, ${text} } }
`;
    const [short, long] = ['x'.repeat(4096), 'ä'.repeat(2049)];
    const differing = (text: string) => `description: some, in: { us: { description: ${text} } }`;
    expect(await check(stack(differing(short), 'cfn'))).toEqual({ code: 0, found: [] });
    expect(await check(stack(differing(long), 'cfn'))).toEqual({ code: 1, found: [['KW4103', 11]] });
    expect(await check(stack(differing(long), 'terraform'))).toEqual({ code: 0, found: [] });
    expect(await check(stack(`description: ${long}`, 'cfn'))).toEqual({ code: 0, found: [] });
  });

  it('points at a text that is too long for a parameter, in each place that sets it', async () => {
    const long = 'x'.repeat(5000);
    writeFileSync(
      join(cwd, 'keywright.yaml'),
      `keywright: 1
app: long
targets: { cfn: {} }
environments:
  eu: { account: "111122223333", region: eu-west-1 }
  us: { account: "111122223333", region: us-east-1 }
standards:
  base:
    rotation: true
    description: some
    in:
      eu:
        description: ${long}
stacks:
  long:
    environment: [eu, us]
    keys:
      orders:
        rotation: true
        description: some
        in:
          us:
            description: ${long}
      logs:
        rotation: true
        description: ${long}
        in:
          eu:
            description: some
      plain:
        standard: base
      other:
        standard: base
`,
    );
    const io = fakeIo({ cwd });
    await run(['check', '--format', 'json'], io);
    const { diagnostics } = JSON.parse(io.out()) as {
      diagnostics: { message: string; span: { line: number; column: number } }[];
    };
    const too = (stack: string) =>
      `has 5000 bytes in \`${stack}\`, and a CloudFormation parameter can have at most 4096 bytes`;
    expect(diagnostics.map(({ message, span: { line, column } }) => [message, line, column])).toEqual([
      [`the \`description\` of \`other\` ${too('long-eu')}`, 13, 22],
      [`the \`description\` of \`orders\` ${too('long-us')}`, 23, 26],
      [`the \`description\` of \`logs\` ${too('long-us')}`, 26, 22],
    ]);
  });

  it('accepts the same length for a tool without a limit', async () => {
    expect(await check(keys(130, 'terraform'))).toEqual({ code: 0, found: [] });
  });
});

describe('the folder of the last build', () => {
  const project = `keywright: 1
app: shop
environments: { eu: { account: "111122223333", region: eu-west-1 } }
stacks: { main: { environment: eu, targets: [cfn], keys: { orders: { aliases: [orders], rotation: true } } } }
`;
  const keywright = async (...argv: readonly string[]) => {
    writeFileSync(join(cwd, 'keywright.yaml'), project);
    const io = fakeIo({ cwd });
    const code = await run(argv, io);
    return { code, said: io.out() + io.err() };
  };

  it('is looked for in --out, and check reports if nothing was built there', async () => {
    const { code, said } = await keywright('check', '--out', 'nowhere');
    expect({ code, codes: said.match(/KW\d{4}/g) }).toEqual({ code: 0, codes: ['KW6013'] });
    expect(said).toContain('nowhere has no inventory of the last build');
    expect((await keywright('check')).said).not.toContain('KW');
    expect(await keywright('build', '--out', 'somewhere')).toMatchObject({ code: 0 });
    expect((await keywright('check', '--out', 'somewhere')).said).not.toContain('KW');
  });

  it.each([
    ['build', []],
    ['adopt', ['--from', 'account']],
  ])('cannot be empty for %s', async (command, more) => {
    const { code, said } = await keywright(command, ...more, '--out', '');
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('--out is empty: name a folder') });
  });

  it.each([
    ['build', []],
    ['adopt', ['--from', 'account']],
  ])('cannot be the root of the disk for %s', async (command, more) => {
    const { code, said } = await keywright(command, ...more, '--out', parse(cwd).root);
    expect({ code, said }).toEqual({
      code: 2,
      said: expect.stringContaining('--out is the root of the disk: name a folder for the output'),
    });
  });
});
