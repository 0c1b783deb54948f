import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProject } from '../compile.ts';
import type { Stack } from '../ir/program.ts';
import { hostOfText } from '../project/host.ts';
import { compileText } from '../testing/compile-text.ts';
import { target } from '../testing/fourth-target/target.ts';
import { createParameters, type Parameters } from './parameters.ts';
import type { Computed, ComputedPart, RowValue } from './rows.ts';
import { stackProgramsOf } from './stack-programs.ts';

type Values = Readonly<Record<string, string>>;

/** The deployments, in these environments, of a stack whose only key has a description with placeholders. */
function deploymentsIn(environments: Readonly<Record<string, Values>>, description: string, purposes = false) {
  const project = {
    keywright: 1,
    app: 'fleet',
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, values], index) => [
        name,
        {
          account: String(111_111_111_111 * (index + 1)),
          region: 'eu-west-1',
          values,
          ...(purposes && { purpose: name.includes('prod') ? 'production' : 'test' }),
        },
      ]),
    ),
    stacks: { core: { environment: Object.keys(environments), keys: { orders: { description } } } },
  };
  const { program, diagnostics } = compileProject(hostOfText(JSON.stringify(project)), { targets: [target] });
  if (program === undefined) throw new Error(JSON.stringify(diagnostics));
  return program.stacks;
}

function descriptionOf({ resources }: Stack): Computed {
  const [key] = resources;
  if (key?.kind !== 'key' || key.description === undefined) throw new Error('there is a key with a description');
  return key.description;
}

function foldedIn(stacks: readonly Stack[]): { readonly value: RowValue; readonly parameters: Parameters } {
  const [program] = stackProgramsOf(stacks);
  if (program === undefined) throw new Error('there is a program');
  const parameters = createParameters(program);
  return { value: parameters.value(['orders', 'description'], descriptionOf), parameters };
}

/** A folded text, with parameters as `{name}` and parts that AWS knows as `<name>`. */
function shown(value: RowValue): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || !('kind' in value)) throw new Error('it is text');
  switch (value.kind) {
    case 'literal':
      return value.text;
    case 'parameter':
      return `{${value.name}}`;
    case 'pseudo':
      return `<${value.name}>`;
    case 'concat':
      return value.parts.map((part: ComputedPart) => shown(part)).join('');
    default:
      throw new Error('it is text');
  }
}

describe('a parameter for what differs between environments', () => {
  const example = (environments: Readonly<Record<string, Values>>, description: string, purposes = false) =>
    shown(foldedIn(deploymentsIn(environments, description, purposes)).value);

  it('is named after the value, wherever a text uses it', () => {
    const values = { dev: { cost_center: 'CC-1' }, prod: { cost_center: 'CC-2' } };
    expect(example(values, '${values.cost_center}')).toBe('{costCenter}');
    expect(example(values, 'of ${values.cost_center}, ${values.cost_center} in ${account}')).toBe(
      'of {costCenter}, {costCenter} in <account>',
    );
  });

  it('is named after the purpose', () => {
    expect(example({ 'dev-eu': {}, 'prod-eu': {}, 'prod-us': {} }, 'For ${purpose}', true)).toBe('For {purpose}');
  });

  it('is named after the placeholder, even if a value contains the name of its environment or is part of that name', () => {
    const values = { dev: { owner: 'dev-team' }, prod: { owner: 'prod-team' } };
    expect(example(values, 'Of ${values.owner}')).toBe('Of {owner}');
    const parts = { 'pay-prod': { part: 'pay' }, 'log-prod': { part: 'log' } };
    expect(example(parts, 'In ${environment}')).toBe('In {environment}');
    expect(example(parts, 'In ${values.part}')).toBe('In {part}');
  });

  it('gets a name with a number if the value is called `environment` or `purpose`, wherever it is used', () => {
    const values = { dev: { environment: 'a', purpose: 'b' }, prod: { environment: 'c', purpose: 'd' } };
    expect(example(values, '${values.environment} in ${environment}')).toBe('{environment2} in {environment}');
    expect(example(values, '${environment} of ${values.environment}')).toBe('{environment} of {environment2}');
    expect(example(values, '${values.purpose}')).toBe('{purpose2}');
  });

  it('distinguishes a value from another value that contains it', () => {
    const values = { dev: { team: 'a', mail: 'a@b.example' }, prod: { team: 'c', mail: 'c@b.example' } };
    expect(example(values, '${values.team}: ${values.mail}')).toBe('{team}: {mail}');
  });

  it('does not depend on a value that an environment lacks', () => {
    expect(example({ dev: { constructor: 'dev-x' }, prod: {} }, '${environment}-x')).toBe('{environment}-x');
  });

  it('exists for a value that is the same everywhere, and for a value of a single environment', () => {
    expect(example({ dev: { tier: 'gold' }, prod: { tier: 'gold' } }, '${values.tier} in gold')).toBe('{tier} in gold');
    expect(example({ dev: { tier: 'gold' } }, '${values.tier} of ${environment}')).toBe('{tier} of {environment}');
  });

  it('distinguishes two values that are equal in every environment', () => {
    const values = { dev: { tier: 'gold', level: 'gold' }, prod: { tier: 'silver', level: 'silver' } };
    expect(example(values, '${values.tier} and ${values.level}')).toBe('{tier} and {level}');
  });

  it('does not exist for text that equals a value by chance', () => {
    expect(example({ dev: { tier: 'gold' }, prod: { tier: 'gold' } }, 'gold of dev')).toBe('gold of dev');
  });
});

it('the name and values of an environment are parameters, even if they contain the account or region of the place', () => {
  const environment = (account: string, region: string) =>
    `{ account: "${account}", region: ${region}, values: { bucket: acme-${account}-${region} } }`;
  const text = (more: string) => `keywright: 1
app: fleet
environments:
  pay-eu-west-1: ${environment('111111111111', 'eu-west-1')}
  pay-us-east-1: ${environment('111111111111', 'us-east-1')}
${more}stacks:
  core:
    environment: "*"
    keys:
      orders: { description: "\${environment}, \${values.bucket}, \${region}, pay-x-\${region} of \${account}" }
`;
  const further = `  ops-eu-west-1: ${environment('222222222222', 'eu-west-1')}\n`;
  for (const more of ['', further]) {
    const { value } = foldedIn(compileText(text(more), { targets: [target] }).program?.stacks ?? []);
    expect(shown(value)).toBe('{environment}, {bucket}, <region>, pay-x-<region> of <account>');
  }
});

const someValue = fc.constantFrom(
  'a',
  'b',
  'a-b',
  'prod',
  'prod-1',
  'p',
  'a b',
  '444444444444',
  'eu-west-1',
  '-a',
  'b-',
);
const someValues = fc.record({ one: someValue, other: someValue, third: someValue });
const someText = fc
  .array(
    fc.constantFrom(
      '${values.one}',
      '${values.other}',
      '${values.third}',
      '${environment}',
      '${account}',
      ' ',
      'a',
      '-',
      'x ',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => `Key ${parts.join('')}.`);

it('a text with parameters becomes the text of a deployment if it gets the values of that deployment', () => {
  let withParameters = 0;
  fc.assert(
    fc.property(fc.array(someValues, { minLength: 2, maxLength: 4 }), someText, (values, text) => {
      const names = ['prod', 'prod-1', 'dev', 'a'];
      const stacks = deploymentsIn(Object.fromEntries(values.map((one, index) => [names[index], one])), text);
      const { value, parameters } = foldedIn(stacks);
      for (const stack of stacks) {
        const own = parameters.valuesOf(stack);
        const { account = '', region = '' } = stack.environment;
        const bound = shown(value)
          .replaceAll(/\{(\w+)\}/g, (_, name: string) => String(own.get(name)))
          .replaceAll('<account>', account)
          .replaceAll('<region>', region);
        const written = descriptionOf(stack);
        expect(bound).toBe(shown(written).replaceAll('<account>', account).replaceAll('<region>', region));
      }
      if (parameters.declared().length > 0) withParameters += 1;
    }),
    { numRuns: 300, seed: 20261129, endOnFailure: true },
  );
  expect(withParameters).toBeGreaterThan(100);
});

it('a further environment changes neither the parameters nor the values of other environments', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(someValues, { minLength: 5, maxLength: 5 }),
      someText,
      (count, values, text) => {
        const names = ['prod', 'prod-1', 'dev', 'a', 'zone'];
        const of = (number: number) =>
          deploymentsIn(
            Object.fromEntries(names.slice(0, number).map((name, index) => [name, values[index] ?? {}])),
            text,
          );
        const [before, after] = [of(count), of(count + 1)];
        const [folded, more] = [foldedIn(before), foldedIn(after)];
        expect(more.value).toEqual(folded.value);
        expect(more.parameters.declared()).toMatchObject(folded.parameters.declared().map(({ name }) => ({ name })));
        for (const [index, stack] of before.entries()) {
          const same = after.find(({ name }) => name === stack.name);
          expect(same && more.parameters.valuesOf(same), String(index)).toEqual(folded.parameters.valuesOf(stack));
        }
      },
    ),
    { numRuns: 200, seed: 20261129, endOnFailure: true },
  );
});
