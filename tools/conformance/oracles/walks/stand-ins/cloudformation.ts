/** Stands in for `aws cloudformation …`, with the stacks of `stacks.ts`. */
import { readFileSync } from 'node:fs';
import { argumentsOf, one } from './arguments.ts';
import { carryOut, everything, importChanges, type Listed, readTemplate, remember, updateChanges } from './stacks.ts';

const [, command = '', ...rest] = process.argv.slice(2);
const given = argumentsOf(rest);
const fileOf = (name: string) => readFileSync(one(given, name).replace(/^file:\/\//, ''), 'utf8');
const setName = () => `${one(given, '--stack-name')}/${one(given, '--change-set-name')}`;

switch (command) {
  case 'create-change-set': {
    const name = one(given, '--stack-name');
    const type = one(given, '--change-set-type');
    const template = readTemplate(fileOf('--template-body'));
    const found =
      type === 'IMPORT'
        ? await importChanges(name, template, JSON.parse(fileOf('--resources-to-import')) as readonly Listed[]) // the documented format
        : updateChanges(name, template);
    const all = everything();
    all.sets[setName()] = { type, template, ...found };
    remember(all);
    break;
  }
  case 'describe-change-set': {
    const set = setOf();
    const isWhole = set.reason === undefined;
    print({
      ChangeSetName: one(given, '--change-set-name'),
      StackName: one(given, '--stack-name'),
      Status: isWhole ? 'CREATE_COMPLETE' : 'FAILED',
      ...(!isWhole && { StatusReason: set.reason }),
      Changes: set.changes.map((ResourceChange) => ({ Type: 'Resource', ResourceChange })),
    });
    break;
  }
  case 'execute-change-set': {
    const set = setOf();
    if (set.reason !== undefined) throw new Error(set.reason);
    await carryOut(one(given, '--stack-name'), set);
    break;
  }
  case 'describe-stack-resources': {
    const StackName = one(given, '--stack-name');
    const stack = everything().stacks[StackName];
    if (stack === undefined) throw new Error(`there is no stack ${StackName}`);
    const StackResources = Object.entries(stack.ids).map(([LogicalResourceId, PhysicalResourceId]) => ({
      StackName,
      LogicalResourceId,
      PhysicalResourceId,
      ResourceType: stack.template.Resources[LogicalResourceId]?.Type,
    }));
    print({ StackResources });
    break;
  }
  case 'wait': {
    // There is nothing to wait for, but it is an error to wait for a change set that fails.
    if (given.words[0] === 'change-set-create-complete') {
      const { reason } = setOf();
      if (reason !== undefined) throw new Error(reason);
    }
    break;
  }
  default:
    throw new Error(`aws cloudformation ${command} has no stand-in`);
}

function setOf() {
  const set = everything().sets[setName()];
  if (set === undefined) throw new Error(`there is no change set ${setName()}`);
  return set;
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, undefined, 4)}\n`);
}
