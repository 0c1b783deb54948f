/**
 * For every example and target, reads the policies back from the generated CloudFormation, Terraform or Pulumi code. They must give the
 * same decision as the IR for every (principal, action, key) of the project. An independent judge must agree on every question that it can
 * answer.
 */
import { buildPicture } from '@keywright/analyze/build-picture';
import { anyProject as anyAccess } from '@keywright/analyze/testing/any-access';
import type { Compilation } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, questionsAbout, settled } from './testing/decisions.ts';
import { deployers, deployProgram } from './testing/deploy.ts';
import type { Deployed, DeployedStack } from './testing/deployed.ts';
import { type DeployedAccess, readAccess } from './testing/deployed-access.ts';
import { judgeDecisions } from './testing/judge-decisions.ts';
import { pictureOfDocuments } from './testing/picture-of-documents.ts';
import { compileFiles, projects } from './testing/projects.ts';
import { someDeployments } from './testing/some-deployments.ts';

const valid = [...projects].flatMap(([name, files]) => {
  const { program, diagnostics, targetOptions } = compileFiles(files);
  return program === undefined || hasErrors(diagnostics) ? [] : [{ name, program, targetOptions }];
});

test('the projects include all examples', () => {
  expect(valid.filter(({ name }) => name.startsWith('examples/')).length).toBeGreaterThanOrEqual(5);
  expect(valid.length).toBeGreaterThan(60);
});

async function compare(program: Program, access: DeployedAccess) {
  const ofProgram = buildPicture(settled(program));
  const ofDocuments = pictureOfDocuments(access);
  const { asked, different } = differences(program, ofProgram, ofDocuments);
  const judgement = await judgeDecisions(questionsAbout(program, ofProgram, ofDocuments), ofProgram, access);
  return { asked, different, judgement };
}

/** Expects each target to give the same access as the IR. Documents that two targets share are read once. */
async function expectAgreement(program: Program, targetOptions?: Compilation['targetOptions']) {
  const counts = { targets: 0, asked: 0, judged: 0, known: 0, open: 0 };
  const read = new Set<string>();
  for (const target of Object.keys(deployers)) {
    if (!program.stacks.some(({ targets }) => targets.includes(target))) continue;
    const access = readAccess(program, await deployProgram(program, target, targetOptions));
    counts.targets += 1;
    const text = inOneOrder(access);
    if (read.has(text)) continue;
    read.add(text);
    const { asked, different, judgement } = await compare(program, access);
    expect({ target, different, judged: judgement.different }).toEqual({ target, different: [], judged: [] });
    counts.asked += asked;
    counts.judged += judgement.agreed + judgement.known + judgement.open;
    counts.known += judgement.known;
    counts.open += judgement.open;
  }
  return counts;
}

/** JSON with sorted mappings, since the order of a mapping means nothing. */
function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const entries = inner instanceof Map ? [...inner] : Object.entries(inner);
    return entries.sort(([one], [other]) => (one < other ? -1 : 1));
  });
}

test.each(valid)('$name: every target gives the same access as the IR', { timeout: 180_000 }, async (each) => {
  const { program, targetOptions, name } = each;
  const counts = await expectAgreement(someDeployments(program, 1), targetOptions);
  if (name.startsWith('examples/')) console.log(name, counts);
  expect(counts.targets).toBeGreaterThan(0);
});

test('in random projects, every target gives the same access as the IR', { timeout: 180_000 }, async () => {
  const total = { projects: 0, asked: 0, judged: 0, known: 0, open: 0 };
  await fc.assert(
    fc.asyncProperty(anyAccess, async (project) => {
      // CloudFormation cannot express KMS grants. JSON is also YAML.
      const targets = JSON.stringify(project).includes('"kmsGrants"')
        ? ['terraform', 'pulumi']
        : Object.keys(deployers);
      const stacks = Object.entries(project.stacks).map(([name, stack]) => [name, { ...stack, targets }]);
      const text = JSON.stringify({ ...project, stacks: Object.fromEntries(stacks) });
      const { program, diagnostics } = compileFiles({ 'keywright.yaml': text });
      if (program === undefined || hasErrors(diagnostics)) return;
      const { asked, judged, known, open } = await expectAgreement(program);
      total.projects += 1;
      total.asked += asked;
      total.judged += judged;
      total.known += known;
      total.open += open;
    }),
    { numRuns: Number(process.env.KEYWRIGHT_RUNS ?? 10), seed: 20261124, endOnFailure: true },
  );
  console.log(total);
  expect(total.projects).toBeGreaterThan(5);
});

describe('a mistake in a target’s output is found', () => {
  const text = `
keywright: 1
app: shop
environments: { prod: { account: "111122223333", region: eu-west-1 } }
principals:
  ops: { role: "arn:aws:iam::111122223333:role/Ops", mutable: false }
  partner: { role: "arn:aws:iam::444455556666:role/Partner" }
stacks:
  main:
    environment: prod
    principals:
      api: { role: { assumedBy: lambda.amazonaws.com } }
      batch: { role: { assumedBy: lambda.amazonaws.com } }
    keys:
      orders:
        aliases: [orders]
        statements:
          - { effect: Deny, principals: { anyone: true }, actions: "kms:ScheduleKeyDeletion", conditions: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }
        services: [{ name: cloudwatch }]
        grants:
          - { to: api, can: encryptDecrypt, via: s3 }
          - { to: ops, can: decrypt }
          - { to: partner, can: decrypt }
      other: { grants: [{ to: batch, can: decrypt }] }
`;
  const { program, diagnostics } = compileFiles({ 'keywright.yaml': text });
  if (program === undefined || hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics));

  const replaced =
    (from: string | RegExp, to: string): Fault['make'] =>
    (resource) =>
      JSON.parse(JSON.stringify(resource).replace(from, to)) as Deployed; // it is still valid JSON

  interface Fault {
    readonly name: string;
    readonly of: string;
    readonly make: (resource: Deployed) => Deployed | undefined;
    /** `false` if the fault changes no answer of the judge, so that only the evaluator finds it. */
    readonly judged?: false;
  }
  const key = 'key/orders';
  const identityPolicy = 'identityPolicy/role/api';
  const faults: readonly Fault[] = [
    {
      name: 'a condition is left out',
      of: key,
      make: replaced(/,"Condition":\{"BoolIfExists".*?\}\}/, ''),
      judged: false,
    },
    {
      name: 'a value is changed',
      of: key,
      make: replaced('"aws:MultiFactorAuthPresent":"false"', '"aws:MultiFactorAuthPresent":"true"'),
      judged: false,
    },
    {
      name: 'a condition key is changed',
      of: key,
      make: replaced('aws:MultiFactorAuthPresent', 'aws:SecureTransport'),
      judged: false,
    },
    { name: 'an operator is changed', of: key, make: replaced('BoolIfExists', 'Bool'), judged: false },
    { name: 'an action is left out', of: identityPolicy, make: replaced('"kms:Decrypt",', '') },
    {
      name: 'an action is added',
      of: identityPolicy,
      make: replaced('"kms:Decrypt"', '"kms:Decrypt","kms:PutKeyPolicy"'),
    },
    { name: 'a principal is replaced', of: key, make: replaced('role/Ops', 'role/Other') },
    { name: 'a service is replaced', of: key, make: replaced('cloudwatch.amazonaws.com', 'events.amazonaws.com') },
    { name: 'the account is not trusted', of: key, make: replaced('111122223333:root', '444455556666:root') },
    { name: 'a Deny becomes an Allow', of: key, make: replaced('"Deny"', '"Allow"'), judged: false },
    { name: 'a policy is about every key', of: identityPolicy, make: replaced(/"Resource":"[^"]*"/, '"Resource":"*"') },
    {
      name: 'a policy is attached to another principal',
      of: identityPolicy,
      make: replaced('name-of-main-api', 'name-of-main-batch'),
    },
    { name: 'a policy is missing', of: identityPolicy, make: () => undefined },
  ];

  for (const target of Object.keys(deployers)) {
    test.each(faults)(`${target}: $name`, async ({ of, make, judged }) => {
      const deployment = await deployProgram(program, target);
      const whole = await compare(program, readAccess(program, deployment));
      expect(whole.different).toEqual([]);
      const { different, judgement } = await compare(program, readAccess(program, withFault(deployment, of, make)));
      expect(different.length).toBeGreaterThan(0);
      if (judged !== false) expect(judgement.different.length).toBeGreaterThan(0);
    });
  }

  function withFault(
    deployment: ReadonlyMap<string, DeployedStack>,
    of: string,
    make: Fault['make'],
  ): ReadonlyMap<string, DeployedStack> {
    let planted = 0;
    const stacks = [...deployment].map(([name, { resources, outputs }]) => {
      const kept = [...resources].flatMap(([id, resource]) => {
        if (!id.startsWith(of)) return [[id, resource] as const];
        const made = make(resource);
        if (JSON.stringify(made) !== JSON.stringify(resource)) planted += 1;
        return made === undefined ? [] : [[id, made] as const];
      });
      return [name, { resources: new Map(kept), outputs }] as const;
    });
    expect(planted).toBe(1);
    return new Map(stacks);
  }
});
