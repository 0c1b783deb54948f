import { expect, test } from 'vitest';
import { compileText } from '../testing/compile-text.ts';

const place = 'account: "111122223333", region: eu-west-1';

function reported(stacks: string): readonly string[] {
  const { diagnostics } = compileText(`keywright: 1
app: pay
environments: { blue: { ${place} }, green: { ${place} } }
stacks:
${stacks}`);
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, stacks: about = [], related, help }) =>
      [code, about.join(' '), `${related.length}`, help.includes('${stack}') ? 'by the stack' : 'apart'].join(', '),
    );
}

test.each([
  ['KW3009', 'keys: { orders: { aliases: [orders] } }'],
  ['KW3061', 'principals: { api: { role: { assumedBy: lambda.amazonaws.com, name: api } } }'],
  ['KW2033', 'keys: { orders: {} }\n    outputs: { arn: { value: "${keys.orders.arn}", parameter: /kms/orders } }'],
])('%s is reported once for two stacks if the same line claims the name in both', (code, content) => {
  const both = `  core:\n    environment: [blue, green]\n    ${content}\n`;
  expect(reported(both)).toEqual([`${code}, core-blue core-green, 0, by the stack`]);
});

test('two lines that claim a name are reported together, for the stack of the second line', () => {
  const both = `  core: { environment: blue, keys: { orders: { aliases: [orders] } } }
  other: { environment: green, keys: { archive: { aliases: [orders] } } }\n`;
  expect(reported(both)).toEqual(['KW3009, other, 1, apart']);
});

test.each([
  [
    'by the same environment',
    'replicas: [{ environment: us, aliases: [orders] }], in: { blue: { replicas: [{ environment: us, aliases: [orders] }] } }',
  ],
  [
    'by environment and by region',
    'replicas: [{ environment: us, aliases: [orders] }, { region: us-east-1, aliases: [orders] }]',
  ],
])('a replica that is given twice, %s, is reported once', (_, replicas) => {
  const { diagnostics } = compileText(`keywright: 1
app: pay
environments: { blue: { ${place} }, us: { account: "111122223333", region: us-east-1 } }
stacks:
  core:
    environment: blue
    keys:
      orders: { multiRegion: true, ${replicas} }
`);
  expect(diagnostics.map(({ code }) => code)).toEqual(['KW3015']);
});
