import { isDeepStrictEqual } from 'node:util';
import { targets } from '../../../packages/cli/src/targets.ts';
import { readBackCfn } from '../../../packages/cli/src/testing/read-back-cfn.ts';
import type { Oracle, Verdict } from '../oracle.ts';
import { subjects } from '../subject.ts';
import { faults } from './read-cfn/faults.ts';

/** What is generated for CloudFormation and read again is what it was generated from. */
export const oracle: Oracle = {
  name: 'read-cfn',
  generated: 2000,
  missing: () => undefined,

  cases: (seed, _, generated) =>
    subjects(
      generated,
      seed,
      targets.filter(({ name }) => name === 'cfn'),
    ),

  async judge({ program, files }): Promise<Verdict> {
    const stacks = program.stacks.filter((stack) => stack.targets.includes('cfn'));
    if (stacks.length === 0) return { kind: 'outside', why: 'no stack is for CloudFormation' };
    if (stacks.some(({ imports }) => imports.some(({ nativeTargets }) => !nativeTargets.includes('cfn'))))
      return { kind: 'outside', why: 'a value of another tool is in no template' };
    const { problems, read, expected } = readBackCfn(program, files);
    const details = [...problems];
    for (const name of new Set([...Object.keys(read), ...Object.keys(expected)])) {
      const [found, wanted] = [read[name], expected[name]];
      const resources = new Set([...Object.keys(found?.resources ?? {}), ...Object.keys(wanted?.resources ?? {})]);
      for (const resource of resources) {
        const [one, other] = [found?.resources[resource], wanted?.resources[resource]];
        if (!isDeepStrictEqual(one, other))
          details.push(`${name}:${resource} is read as ${JSON.stringify(one)} and was ${JSON.stringify(other)}`);
      }
      if (!isDeepStrictEqual(found?.outputs, wanted?.outputs)) details.push(`${name} has other outputs`);
    }
    return details.length === 0 ? { kind: 'agreed' } : { kind: 'disagreed', details };
  },

  faults,
};
