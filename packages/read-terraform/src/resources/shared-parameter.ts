import type { SharedParameter } from '@keywright/core/ir/program';
import { Unknown } from '@keywright/core/reading/source-value';
import { sharedParameterPrefix } from '@keywright/core/stacks/shared-parameter';
import { missing, peek, requiredText, Unread } from '../attributes.ts';
import { markPattern } from '../hcl/marks.ts';
import type { SourceResource } from '../source/resource.ts';
import { type Context, commonOf, type Node } from './context.ts';
import { tagsOf } from './key.ts';

/**
 * Whether Keywright's stacks share a value through a parameter, or the parameter has exactly an ARN, id or name of a key or alias as its
 * value. Other parameters have other owners.
 *
 * @param named the ARNs, ids and names of the keys and aliases of the source
 */
export function isShared(source: SourceResource, named: ReadonlySet<string>): boolean {
  return peek(source, 'type') === 'String' && (isBetweenStacks(source) || named.has(textIn(source) ?? ''));
}

const betweenStacks = new RegExp(`^${sharedParameterPrefix}[^/]+/[^/]+/[^/]+$`);

/** Whether a parameter has a name that Keywright gives to values shared between tools. */
function isBetweenStacks(source: SourceResource): boolean {
  return betweenStacks.test(peek(source, 'name') ?? '');
}

function textIn({ values, unknown }: SourceResource): string | undefined {
  if (unknown.has('value')) return undefined;
  const { value, insecure_value: insecure } = values;
  const text = typeof value === 'string' && value !== '' ? value : insecure;
  return typeof text === 'string' ? text : undefined;
}

/**
 * Arguments that Keywright does not write, with the values that mean the same as none. Source: the page of the type in the provider's
 * documentation.
 */
const standards = { allowed_pattern: '', data_type: 'text', description: '', tier: 'Standard' } as const;

/** Matches the values that are read. In a module, a mark replaces an attribute of a resource. */
const publicText = new RegExp(
  `^(${markPattern}$|arn:([a-z-]+|${markPattern}):(kms|iam):|alias/|mrk-[0-9a-f]|[0-9a-f]{8}-)`,
);

const outputName = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;

/**
 * Reads a parameter, although the provider marks the value of every parameter as sensitive. Keywright shares only ARNs, key ids and names
 * of aliases and principals; nothing else is read.
 */
export function readSharedParameter(node: Node, context: Context): SharedParameter {
  const { source } = node;
  if (source.unknown.has('value')) throw missing('value');
  for (const [name, standard] of Object.entries(standards)) {
    if ((source.values[name] ?? standard) !== standard)
      throw new Unread(name, `it has \`${name}\`, which Keywright cannot express`);
  }
  const text = textIn(source);
  if (text === undefined || !publicText.test(text)) {
    const advice = 'leave the parameter to Terraform';
    throw new Unread('value', '', new Unknown('it is sensitive and not an ARN or alias', advice));
  }
  return {
    kind: 'sharedParameter',
    ...commonOf(node),
    parameterName: requiredText(source, 'name'),
    ...(!isBetweenStacks(source) && { output: outputName.test(source.name) ? source.name : node.name }),
    value: context.references.restored(text, node.id),
    tags: tagsOf(source, context),
  };
}
