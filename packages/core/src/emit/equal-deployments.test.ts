import { describe, expect, it } from 'vitest';
import { stacksOf } from '../testing/compile-text.ts';
import { awsArguments } from './aws-provider.ts';
import { createParameters } from './parameters.ts';
import { resourceIn } from './references.ts';
import { ownNames } from './resource-names.ts';
import type { StackProgram } from './stack-programs.ts';
import { stackProgramsOf } from './stack-programs.ts';

/** The programs of a stack in two accounts, one of them with two regions. */
function programsOf(key: string, more = ''): readonly StackProgram[] {
  const stacks = stacksOf(
    `keywright: 1
app: demo
environments:
  data-eu: { account: "111122223333", region: eu-west-1, values: { team: a } }
  data-us: { account: "111122223333", region: us-east-1, values: { team: b } }
  web-eu: { account: "444455556666", region: eu-west-1, values: { team: a } }
principals:
  reader: { role: "arn:aws:iam::\${account}:role/Reader", mutable: false }
stacks:
  core:
    environment: [data-eu, data-us, web-eu]
    keys:
      orders: { grants: [{ to: reader, can: decrypt }], ${key} }
${more}`.replace('', ''),
  );
  return stackProgramsOf([...stacks.values()]);
}

function rowsOf(program: StackProgram) {
  const parameters = createParameters(program);
  return program.deployments[0].resources.map((resource) =>
    parameters.rows(ownNames(resource), (one) => awsArguments(resourceIn(one, resource.id))),
  );
}

describe('deployments that differ only in values of their own', () => {
  it.each([
    'aliases: [orders]',
    'description: "Orders of ${account} in ${region}"',
    'tags: { at: "${region}-${region}", by: "arn:aws:iam::${account}:root" }',
    'aliases: ["orders-${region}"]',
    'aliases: ["${environment}/orders"], tags: { at: "${environment}", of: "${values.team}" }',
    'description: "Orders of x${account}"',
    'description: "Orders of 111122223333 as in eu-west-1"',
    'services: [{ name: logs, logGroups: ["/${environment}/orders"] }]',
  ])('share a program that is printed from the first deployment: %s', (key) => {
    const [program, ...others] = programsOf(key);
    if (program === undefined) throw new Error('there is no program');
    expect(others).toEqual([]);
    expect(program.saysSameEverywhere).toBe(true);
    const { saysSameEverywhere: _, ...unknown } = program;
    expect(rowsOf(program)).toEqual(rowsOf(unknown));
  });

  it.each([
    ['a text that differs', 'description: "A", in: { web-eu: { description: "B" } }'],
    [
      'a text that equals the name of the environment in one deployment only',
      'description: "${environment}", in: { web-eu: { description: web-eu } }',
    ],
    ['a number that differs', 'pendingWindow: 7 days, in: { web-eu: { pendingWindow: 30 days } }'],
    [
      'a role, which is named after its stack',
      '',
      '    principals:\n      api: { role: { assumedBy: lambda.amazonaws.com } }\n',
    ],
    [
      'an export, which is named after its stack',
      '',
      '  app:\n    environment: [data-eu, data-us, web-eu]\n    imports:\n      shared: { key: core.orders, aliases: [shared] }\n',
    ],
  ])('do not include deployments with %s', (_, key, more = '') => {
    const ofCore = programsOf(key, more).filter(({ deployments: [{ definition }] }) => definition === 'core');
    expect(ofCore.map(({ saysSameEverywhere }) => saysSameEverywhere)).toContain(false);
  });
});
