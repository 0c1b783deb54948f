import { type HclBlock, type HclBody, HclProblem } from './syntax.ts';

/**
 * Whether Terraform merges a file into the other files of its folder, such as `override.tf`, `prod_override.tf.json` or `override.tofu`.
 */
export function isOverride(path: string): boolean {
  return /(^|[/_])override\.(tf|tofu)(\.json)?$/.test(path);
}

/**
 * Merges the blocks of an override file into the top-level blocks of a module: an argument replaces the argument of the same name, and
 * nested blocks replace all nested blocks of the same type. Throws `HclProblem` for a block that has nothing to override. Source:
 * Terraform, "Override Files".
 */
export function overridden(blocks: readonly HclBlock[], by: readonly HclBlock[]): readonly HclBlock[] {
  const merged = [...blocks];
  for (const block of by) {
    if (block.type === 'terraform') continue;
    if (block.type === 'locals') {
      for (const [name, attribute] of block.body.attributes) {
        const at = merged.findIndex(({ type, body }) => type === 'locals' && body.attributes.has(name));
        const locals = merged[at];
        if (locals === undefined)
          throw new HclProblem(`it overrides local.${name}, which does not exist`, attribute.start);
        const body = { ...locals.body, attributes: new Map([...locals.body.attributes, [name, attribute]]) };
        merged[at] = { ...locals, body };
      }
      continue;
    }
    const at = merged.findIndex((each) => isSame(each, block));
    const original = merged[at];
    if (original !== undefined) merged[at] = { ...original, body: mergedBody(original.body, block.body) };
    else if (block.type === 'provider' && !block.body.attributes.has('alias')) merged.push(block);
    else
      throw new HclProblem(
        `it overrides ${[block.type, ...block.labels].join(' ')}, which does not exist`,
        block.start,
      );
  }
  return merged;
}

function isSame(one: HclBlock, other: HclBlock): boolean {
  const nameOf = ({ type, labels, body }: HclBlock) => {
    const alias = type === 'provider' ? body.attributes.get('alias')?.value : undefined;
    return JSON.stringify([type, labels, alias?.kind === 'literal' ? alias.value : undefined]);
  };
  return nameOf(one) === nameOf(other);
}

function mergedBody(base: HclBody, over: HclBody): HclBody {
  const typeOf = ({ type, labels: [label] }: HclBlock) => (type === 'dynamic' ? label : type);
  const replaced = new Set(over.blocks.map(typeOf));
  const kept = base.blocks.flatMap((block): readonly HclBlock[] => {
    if (!replaced.has(typeOf(block))) return [block];
    // In `lifecycle`, each argument is overridden separately.
    const lifecycleBlocks = block.type === 'lifecycle' ? over.blocks.filter(({ type }) => type === 'lifecycle') : [];
    if (lifecycleBlocks.length === 0) return [];
    return [{ ...block, body: lifecycleBlocks.reduce((body, each) => mergedBody(body, each.body), block.body) }];
  });
  const added = over.blocks.filter(
    ({ type }) => type !== 'lifecycle' || !base.blocks.some((block) => block.type === 'lifecycle'),
  );
  return { attributes: new Map([...base.attributes, ...over.attributes]), blocks: [...kept, ...added] };
}
