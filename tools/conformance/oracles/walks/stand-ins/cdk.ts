/** Stands in for `cdk synth` and `cdk deploy`. Runs the app as the command does, and turns a template into a stack. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { argumentsOf, one } from './arguments.ts';
import { carryOut, everything, readTemplate } from './stacks.ts';

const [command = '', ...rest] = process.argv.slice(2);
const given = argumentsOf(rest, ['--quiet']);
// Runs the app through a shell. Source: aws-cdk, lib/api/cxapp/exec.ts.
const { status } = spawnSync('sh', ['-c', one(given, '--app')], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, CDK_OUTDIR: 'cdk.out' },
});
if (status !== 0) process.exit(1);
if (command === 'deploy') {
  const [name = ''] = given.words;
  if (everything().stacks[name] !== undefined) throw new Error('it is deployed already');
  const template = readTemplate(readFileSync(`cdk.out/${name}.template.json`, 'utf8'));
  const changes = Object.entries(template.Resources)
    .filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata')
    .map(([LogicalResourceId, { Type }]) => ({ Action: 'Add', LogicalResourceId, ResourceType: Type }) as const);
  await carryOut(name, { type: 'CREATE', template, changes });
} else if (command !== 'synth') throw new Error(`cdk ${command} has no stand-in`);
