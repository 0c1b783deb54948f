import type { Span } from '@keywright/core/source/span';
import { afterUnread } from '../source/after-unread.ts';
import type { OnlyTerraform } from '../source/resource.ts';
import type { Placed } from './module-context.ts';
import { addressIn } from './moves.ts';
import type { HclBlock, HclExpression } from './syntax.ts';

/** The arguments that generated code lists in `ignore_changes`. */
const ignoredByUs: readonly string[] = ['name_prefix', 'path'];

type Part = OnlyTerraform & { readonly span: Span };

/**
 * Returns the parts of a block that only tell Terraform how to work, and do not describe the resource. `prevent_destroy`, and `policy` in
 * `ignore_changes`, are read elsewhere.
 */
export function onlyTerraformIn({ part: { body }, file: { lines } }: Placed<HclBlock>): readonly Part[] {
  const lifecycles = body.blocks.filter(({ type }) => type === 'lifecycle');
  const blocks = [
    ...body.blocks.filter(({ type }) => /^(provisioner|connection|timeouts|precondition)$/.test(type)),
    ...lifecycles.flatMap((lifecycle) => lifecycle.body.blocks),
  ].map(({ type, labels, start, headEnd }): Part => {
    const part = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
    const effect = /^(provisioner|connection)$/.test(type) ? 'runs' : 'guides';
    return { part, effect, span: lines.span(start, headEnd) };
  });
  const settings = lifecycles
    .flatMap((lifecycle) => [...lifecycle.body.attributes.values()])
    .flatMap(({ name, value, start, end }): readonly Part[] => {
      if (name === 'prevent_destroy') return [];
      const span = lines.span(start, end);
      if (name !== 'ignore_changes') return [{ part: name, effect: 'guides', span }];
      const names = namesIn(value).filter((one) => one !== 'policy' && !ignoredByUs.includes(one));
      return names.length === 0 ? [] : [{ part: `ignore_changes = [${names.join(', ')}]`, effect: 'ignores', span }];
    });
  const dependsOn = body.attributes.get('depends_on');
  if (dependsOn === undefined) return [...blocks, ...settings];
  const span = lines.span(dependsOn.start, dependsOn.end);
  return [...blocks, ...settings, ...afterUnread(namesIn(dependsOn.value)).map((part): Part => ({ ...part, span }))];
}

function namesIn(expression: HclExpression): readonly string[] {
  if (expression.kind === 'list') return expression.items.flatMap(namesIn);
  const name = addressIn(expression) ?? (expression.kind === 'literal' ? String(expression.value) : undefined);
  return name === undefined ? [] : [name];
}
