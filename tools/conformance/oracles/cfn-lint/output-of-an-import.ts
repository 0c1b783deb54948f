import type { Expression } from '@keywright/core/ir/expression';
import { logicalName } from '@keywright/emit-cfn/names';
import { nameOf } from '../../kit/templates/templates.ts';
import type { Subject } from '../../subject.ts';
import type { Finding } from './linter.ts';

/**
 * The only finding that is explained. W6001 warns about an output whose value comes from an export of another stack, because readers of the
 * output then depend on the exporting stack through the stack with the output.
 */
export const outputOfAnImport = {
  name: 'cfn-lint W6001: an output shows what another stack exports',
  reason: 'the project asks for it with an output such as `${imports.central.arn}`; no other output imports anything',

  matches({ rule, path }: Finding, file: string, { program }: Subject): boolean {
    const [section, output, property, intrinsic] = path;
    if (rule !== 'W6001' || section !== 'Outputs' || property !== 'Value') return false;
    if (intrinsic !== 'Fn::ImportValue' && intrinsic !== 'Fn::Join') return false;
    const stack = program.stacks.find(({ name }) => `cfn/${name}` === nameOf(file));
    return stack?.outputs.some(({ name, value }) => logicalName(name) === output && imports(value)) ?? false;
  },
};

function imports(value: Expression): boolean {
  return value.kind === 'crossStack' || (value.kind === 'concat' && value.parts.some(imports));
}
