import type { Group, Role, User } from '@keywright/core/ir/program';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { peek, requiredText, textOf, unknownOf } from '../attributes.ts';
import { hasMark } from '../hcl/marks.ts';
import type { SourceResource } from '../source/resource.ts';
import { isSet } from './arguments.ts';
import { type Context, commonOf, type Node, policyOf } from './context.ts';
import { tagsOf } from './key.ts';

/** The arguments that are read here or checked elsewhere, or that repeat other arguments. */
const written: ReadonlySet<string> = new Set([
  'arn',
  'assume_role_policy',
  'description',
  'id',
  'max_session_duration',
  'name',
  'name_prefix',
  'path',
  'permissions_boundary',
  'policy',
  'prevent_destroy',
  'tags',
  'tags_all',
]);

/** Returns a property of a role, user or group that Keywright cannot write, as messages name it; `undefined` if there is none. */
export function beyondKeywright(source: SourceResource): string | undefined {
  // An unknown value may be anything, most likely a boundary that is still to be created.
  for (const name of ['path', 'permissions_boundary', 'max_session_duration'])
    if (unknownOf(source, name) !== undefined) return `\`${name}\` with a value that is not known`;
  const path = peek(source, 'path');
  if (path !== undefined && path !== '/') return `the path ${path}`;
  if (peek(source, 'permissions_boundary') !== undefined) return 'a permissions boundary';
  const duration = source.values.max_session_duration ?? 3600;
  if (duration !== 3600) return 'a session duration of its own';
  const { configured, values, unknown } = source;
  // A state also has values that the provider computed, and does not distinguish them from configured values.
  if (configured === undefined) return undefined;
  const more = [...Object.keys(values), ...unknown].find(
    (name) => !written.has(name) && values[name] !== false && configured(name) !== 'absent' && isSet(source, name),
  );
  return more && `\`${more}\``;
}

/** The names of a role's inline policies that the provider has read. */
export function inlinePoliciesOf(source: SourceResource): readonly string[] {
  const { inline_policy: policies } = source.values;
  if (!Array.isArray(policies) || unknownOf(source, 'inline_policy') !== undefined) return [];
  return policies.flatMap((policy: unknown) =>
    isMapping(policy) && typeof policy.name === 'string' && policy.name !== '' ? [policy.name] : [],
  );
}

export function readPrincipal(node: Node, context: Context): Role | User | Group {
  const { source } = node;
  const hasPrefix = peek(source, 'name_prefix') !== undefined;
  const common = {
    ...commonOf(node),
    name: node.name,
    // A name that Terraform generated from a prefix is not kept, because nobody chose it.
    ...(!hasPrefix &&
      unknownOf(source, 'name') === undefined &&
      !hasMark(requiredText(source, 'name')) && { physicalName: requiredText(source, 'name') }),
  };
  if (source.type === 'aws_iam_group') return { ...common, kind: 'group' };
  if (source.type === 'aws_iam_user') return { ...common, kind: 'user', tags: tagsOf(source, context) };
  const description = textOf(source, 'description');
  return {
    ...common,
    kind: 'role',
    ...(description !== undefined && { description: context.references.plain(description) }),
    assumeRolePolicy: policyOf('trust', source, 'assume_role_policy', node, context),
    tags: tagsOf(source, context),
  };
}
