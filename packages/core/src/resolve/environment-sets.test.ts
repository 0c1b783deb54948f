import { describe, expect, test } from 'vitest';
import { compileText, problemsOf, stacksOf } from '../testing/compile-text.ts';

const environments = `keywright: 1
app: demo
environments:
  prod-eu: { account: "111122223333", region: eu-west-1, purpose: production, tags: { env: prod } }
  prod-us: { account: "111122223333", region: us-east-1, purpose: production, groups: [joined] }
  prod-cn: { account: "555566667777", region: cn-north-1, groups: [joined, both] }
  dev: { account: "444455556666", region: eu-west-1, purpose: development }
`;

const stack = (environment: string, groups: string) =>
  `${environments}groups: ${groups}\nstacks:\n  main: { environment: ${environment}, keys: { k: {} } }\n`;

describe('the environments of a stack', () => {
  test.each([
    ['a pattern', 'prod-*', '{}', ['main-prod-cn', 'main-prod-eu', 'main-prod-us']],
    ['a pattern with several wildcards', '"*-*u*"', '{}', ['main-prod-eu', 'main-prod-us']],
    ['a pattern that matches one environment', 'd*', '{}', ['main-dev']],
    ['the pattern for all environments', '"*"', '{}', ['main-dev', 'main-prod-cn', 'main-prod-eu', 'main-prod-us']],
    ['a group of one environment', 'g', '{ g: [dev] }', ['main-dev']],
    ['a group of groups and patterns', 'g', '{ g: [h, dev], h: [prod-e*] }', ['main-dev', 'main-prod-eu']],
    ['a group that environments name', 'joined', '{}', ['main-prod-cn', 'main-prod-us']],
    [
      'a group that lists environments and that an environment names',
      'both',
      '{ both: [dev] }',
      ['main-dev', 'main-prod-cn'],
    ],
    ['a region', 'g', '{ g: { region: eu-* } }', ['main-dev', 'main-prod-eu']],
    ['an account', 'g', '{ g: { account: ["555566667777", "4444*"] } }', ['main-dev', 'main-prod-cn']],
    ['a partition that follows from the region', 'g', '{ g: { partition: aws-cn } }', ['main-prod-cn']],
    ['a purpose and a region', 'g', '{ g: { purpose: production, region: us-* } }', ['main-prod-us']],
    [
      'several purposes',
      'g',
      '{ g: { purpose: [production, development], region: eu-* } }',
      ['main-dev', 'main-prod-eu'],
    ],
    ['a tag', 'g', '{ g: { tags: { env: "p*" } } }', ['main-prod-eu']],
    [
      'a group and one of its members',
      '[g, prod-eu]',
      '{ g: [prod-*] }',
      ['main-prod-cn', 'main-prod-eu', 'main-prod-us'],
    ],
  ])('are those of %s', (_name, environment, groups, expected) => {
    expect([...stacksOf(stack(environment, groups)).keys()].sort()).toEqual(expected);
  });

  test('may be named by a group without environments, which adds none and leads to a warning', () => {
    const text = stack('[prod-eu, g]', '{ g: { region: ap-* } }');
    const namesOf = (project: string) => compileText(project).program?.stacks.map(({ name }) => name);
    expect(namesOf(text)).toEqual(['main-prod-eu']);
    expect(problemsOf(text)).toEqual(['KW2103 8:11 the group `g` has no environments']);
    expect(namesOf(stack('g', '{ g: { region: ap-* } }'))).toEqual([]);
  });

  test('cannot be named by a group without environments where exactly one is needed', () => {
    const using = `${stack('prod-eu', '{ g: { region: ap-* } }')}  other: { environment: dev, imports: { k: { lookup: { alias: a, environment: g } } } }\n`;
    expect(problemsOf(using).map((problem) => problem.slice(0, 6))).toEqual(['KW2103', 'KW2100']);
  });

  test('cannot come from groups that are nested too deeply', () => {
    const groups = Array.from({ length: 102 }, (_, index) => `g${index}: [${index === 101 ? 'dev' : `g${index + 1}`}]`);
    expect(problemsOf(stack('g0', `{ ${groups.join(', ')} }`)).map((problem) => problem.slice(0, 6))).toEqual([
      'KW0022',
    ]);
  });

  test.each([
    [
      'that says nothing about its environments',
      '{ g: {} }',
      'KW1006 8:14 say what the environments of this group have in common',
    ],
    [
      'that is called like an environment',
      '{ dev: [prod-eu] }',
      'KW2101 8:11 `dev` is both a group and an environment',
    ],
    ['that contains itself', '{ g: [g, dev] }', 'KW2004 8:15 the group `g` builds on itself: g → g'],
    [
      'that has a name that does not exist, even if nothing uses the group',
      '{ g: [prd-eu] }',
      'KW2003 8:15 there is no environment or group `prd-eu`',
    ],
  ])('cannot come from a group %s', (_name, groups, problem) => {
    expect(problemsOf(stack('dev', groups))).toEqual([problem]);
  });
});
