import { limits } from './limits.ts';

/** An export for other stacks of the project, in a template that an earlier build wrote. */
export interface EarlierExport {
  readonly name: string;
  /** The logical id of the resource whose value is exported. */
  readonly logicalId: string | undefined;
  /** The stacks for which the earlier build already kept the export. */
  readonly keptFor: readonly string[];
}

/**
 * Returns the description of an output, followed by the stacks that the output is kept for, unless that makes it too long for
 * CloudFormation. `keptFor` is `undefined` for an output in use.
 */
export function keptDescription(description: string, keptFor: readonly string[] | undefined): string {
  if (keptFor === undefined) return description;
  const whole = `${description}, kept for ${keptFor.join(', ')}`;
  return keptFor.length === 0 || Buffer.byteLength(whole) > limits.descriptionBytes ? `${description}, kept` : whole;
}

/**
 * Returns the exports for other stacks in a template (YAML or JSON) that is bound to an environment: outputs with `Export` and a `Name`.
 * Keywright writes description, value and export in this order, and a team's own template has to do so too. Leaves out exports that the
 * YAML declares under `outputs`, whatever their names, because no stack of the project imports them.
 */
export function earlierExports(template: string): readonly EarlierExport[] {
  const [, outputs = ''] = template.split(/^(?:Outputs| {2}"Outputs"):/m);
  const parts = outputs.split(/\bExport"?:/);
  return parts.slice(1).flatMap((part, at): readonly EarlierExport[] => {
    const [, name] = /^[\s{]*"?Name"?:\s*(?:!Sub\s+|\{\s*"Fn::Sub":\s*)?["']?([A-Za-z0-9:-]+)/.exec(part) ?? [];
    if (name === undefined || !isForOtherStacks(name)) return [];
    const before = parts[at] ?? '';
    const value = before.slice(before.lastIndexOf('Value'));
    const description = before.slice(before.lastIndexOf('Description'));
    const [, logicalId] = /(?:!GetAtt|!Ref|Fn::GetAtt"?:|Ref"?:)[\s["']*([A-Za-z0-9]+)/.exec(value) ?? [];
    const [, kept = ''] = /, kept for ([\w, -]+)/.exec(description) ?? [];
    return [{ name, logicalId, keptFor: kept.split(', ').filter((stack) => stack !== '') }];
  });
}

/** Whether `exportName` made this name, so that it is a value of a key or principal that other stacks use. */
function isForOtherStacks(name: string): boolean {
  return /^[\w-]+:[\w-]+:(?:keys|principals):[A-Za-z]/.test(name);
}
