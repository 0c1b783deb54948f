import { blocksIn, type ModuleContext } from './module-context.ts';
import { addressIn } from './moves.ts';
import type { HclExpression } from './syntax.ts';

/**
 * Whether an expression of a module, or a local value or data source that it refers to, contains a word such as `kms`. `undefined` if that
 * depends on a variable or another module.
 */
export function mentions(
  context: ModuleContext,
  folder: string,
  expression: HclExpression,
  word: string,
): boolean | undefined {
  const seen = new Set<string>();
  const waiting: unknown[] = [expression];
  let hasVariable = false;
  for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
    if (textOf(tree).includes(word)) return true;
    for (const reference of referencesIn(tree)) {
      if (seen.has(reference)) continue;
      seen.add(reference);
      const [kind, type = '', name = ''] = reference.split('.');
      if (kind === 'var' || kind === 'module') hasVariable = true;
      else if (kind === 'local')
        waiting.push(
          ...blocksIn(context, folder, 'locals').flatMap(({ part }) => part.body.attributes.get(type)?.value ?? []),
        );
      else if (kind === 'data')
        waiting.push(
          ...blocksIn(context, folder, 'data').flatMap(({ part: { labels, body } }) =>
            labels[0] === type && labels[1] === name ? [body] : [],
          ),
        );
    }
  }
  return hasVariable ? undefined : false;
}

function textOf(tree: unknown): string {
  return JSON.stringify(tree, (_, value: unknown) => (value instanceof Map ? [...value] : value)).toLowerCase();
}

/** Returns the names that start with `var`, `local`, `data` or `module`, such as `data.aws_iam_policy_document.this.json`. */
function referencesIn(tree: unknown): readonly string[] {
  if (Array.isArray(tree)) return tree.flatMap(referencesIn);
  if (tree instanceof Map) return [...tree.values()].flatMap(referencesIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const { kind } = tree as { readonly kind?: string };
  const address = kind === 'attribute' || kind === 'index' ? addressIn(tree as HclExpression) : undefined; // by its kind
  const references =
    address !== undefined && /^(var|local|data|module)\./.test(address) ? [address.replaceAll(/\[[^\]]*\]/g, '')] : [];
  return [...references, ...Object.values(tree).flatMap(referencesIn)];
}
