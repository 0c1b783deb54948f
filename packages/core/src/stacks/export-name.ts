import { boundedName } from '../ir/bounded-name.ts';
import { changedText, joinedText, type Literal, literal } from '../ir/expression.ts';

/** CloudFormation refuses a longer name: "must not be longer than 256 characters". */
const longestExportName = 256;

/**
 * The name of the CloudFormation export that shares a value between stacks of a project: `<app>:<stack>:<export with colons>`. Export names allow
 * only letters, digits, colons and hyphens, so an underscore becomes two colons. Names remain distinct, since every part starts with a
 * letter.
 */
export function exportName(app: string, stackName: string, exportId: string): string {
  return exportNameText(app, literal(stackName), exportId).text;
}

/** Returns the same name as `exportName`. The parts that come from the stack's name keep their origins. */
export function exportNameText(app: string, stackName: Literal, exportId: string): Literal {
  const part = (name: string) => name.replaceAll('_', '::');
  const exportParts = exportId.split('.').map((one) => `:${part(one)}`);
  const whole = joinedText([literal(`${part(app)}:`), changedText(stackName, part), literal(exportParts.join(''))]);
  return changedText(whole, (text) => boundedName(text, longestExportName));
}
