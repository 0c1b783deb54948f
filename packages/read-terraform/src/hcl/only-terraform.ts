import { afterUnread } from '../source/after-unread.ts';
import type { OnlyTerraform } from '../source/resource.ts';
import { addressIn } from './moves.ts';
import type { HclBlock, HclExpression } from './syntax.ts';

/** The arguments that generated code has Terraform ignore. */
const ignoredByUs: readonly string[] = ['name_prefix', 'path'];

/** A part of a resource block, with its offsets in the file. */
interface Part extends OnlyTerraform {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a resource block that tell Terraform how to work and say nothing about the resource. `prevent_destroy`, and `policy` in
 * `ignore_changes`, are read elsewhere.
 */
export function onlyTerraformIn({ body }: HclBlock): readonly Part[] {
  const lifecycles = body.blocks.filter(({ type }) => type === 'lifecycle');
  const blocks = [
    ...body.blocks.filter(({ type }) => /^(provisioner|connection|timeouts|precondition)$/.test(type)),
    ...lifecycles.flatMap((lifecycle) => lifecycle.body.blocks),
  ].map(({ type, labels, start, headEnd }): Part => {
    const part = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
    return { part, effect: /^(provisioner|connection)$/.test(type) ? 'runs' : 'guides', start, end: headEnd };
  });
  const settings = lifecycles
    .flatMap((lifecycle) => [...lifecycle.body.attributes.values()])
    .flatMap(({ name, value, start, end }): readonly Part[] => {
      if (name === 'prevent_destroy') return [];
      if (name !== 'ignore_changes') return [{ part: name, effect: 'guides', start, end }];
      const names = namesIn(value).filter((one) => one !== 'policy' && !ignoredByUs.includes(one));
      return names.length === 0
        ? []
        : [{ part: `ignore_changes = [${names.join(', ')}]`, effect: 'ignores', start, end }];
    });
  const dependsOn = body.attributes.get('depends_on');
  if (dependsOn === undefined) return [...blocks, ...settings];
  const { value, start, end } = dependsOn;
  return [...blocks, ...settings, ...afterUnread(namesIn(value)).map((part): Part => ({ ...part, start, end }))];
}

function namesIn(expression: HclExpression): readonly string[] {
  if (expression.kind === 'list') return expression.items.flatMap(namesIn);
  const name = addressIn(expression) ?? (expression.kind === 'literal' ? String(expression.value) : undefined);
  return name === undefined ? [] : [name];
}
