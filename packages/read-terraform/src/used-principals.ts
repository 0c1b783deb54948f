import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { peek } from './attributes.ts';
import { keptRole } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import { createReferences, type KnownText } from './references.ts';
import type { Node } from './resources/context.ts';
import { beyondKeywright } from './resources/principal.ts';
import type { SourceResource } from './source/resource.ts';
import { createsPrincipal, holderKindOf } from './source/types.ts';

interface Principals {
  readonly included: ReadonlySet<SourceResource>;
  readonly left: readonly SourceResource[];
  readonly warnings: readonly Diagnostic[];
  /** Returns the principal of this stack that an inline policy is attached to. */
  holderOf(policy: SourceResource, kind: 'role' | 'user' | 'group'): Node | undefined;
}

/** Finds the roles, users and groups that something in the stack refers to: an inline policy, a key policy, a KMS grant. */
export function principalsOf(
  { resources, keyPolicies }: Pick<Draft, 'resources' | 'keyPolicies'>,
  there: readonly Node[],
): Principals {
  const principals = there.filter(({ source }) => createsPrincipal(source));
  const byName = new Map<string, Node>();
  const arns: KnownText[] = [];
  for (const node of principals) {
    const { source, id } = node;
    const name = peek(source, 'name');
    const arn = peek(source, 'arn');
    if (name !== undefined) byName.set(`${source.type} ${name}`, node);
    if (arn !== undefined) arns.push({ text: arn, resource: id, attribute: 'arn' });
  }
  const byId = new Map(principals.map((node) => [node.id, node]));
  const references = createReferences(arns, () => true);
  const holderNamed = (policy: SourceResource, kind: string): Node | undefined =>
    byName.get(`aws_iam_${kind} ${peek(policy, kind) ?? ''}`);

  const included = new Set<SourceResource>();
  const warnings: Diagnostic[] = [];
  const waiting = resources.flatMap((source): readonly Node[] => {
    const kind = holderKindOf(source);
    const holder = kind && holderNamed(source, kind);
    if (holder !== undefined) return [holder];
    if (createsPrincipal(source)) return [];
    return textsOf(source, keyPolicies).flatMap((text) => references.namedIn(text).flatMap((id) => byId.get(id) ?? []));
  });
  const seen = new Set<Node>();
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const { source } = node;
    const beyond = beyondKeywright(source);
    if (beyond !== undefined) {
      warnings.push(report(keptRole, source.span, { resource: source.address, what: beyond }));
      continue;
    }
    included.add(source);
    const namedIds = textsOf(source, keyPolicies).flatMap((text) => references.namedIn(text));
    waiting.push(...namedIds.flatMap((id) => byId.get(id) ?? []));
  }
  return {
    included,
    left: principals.flatMap(({ source }) => (included.has(source) ? [] : [source])),
    warnings,
    holderOf: (policy, kind) => {
      const holder = holderNamed(policy, kind);
      return holder !== undefined && included.has(holder.source) ? holder : undefined;
    },
  };
}

/** Returns the texts of a resource that can name other resources. They determine the order of resources, and cycles. */
export function textsOf(
  source: SourceResource,
  keyPolicies: ReadonlyMap<SourceResource, SourceResource>,
): readonly string[] {
  const policy = keyPolicies.get(source) ?? source;
  return [
    peek(policy, 'policy'),
    peek(source, 'assume_role_policy'),
    peek(source, 'grantee_principal'),
    peek(source, 'retiring_principal'),
    ...(source.type === 'aws_ssm_parameter' ? [source.values.value, source.values.insecure_value] : []),
  ].flatMap((text) => (typeof text !== 'string' ? [] : [unescaped(text)]));
}

/** Replaces escapes in JSON, which may write a slash as `\/`, and any character by its code. */
function unescaped(json: string): string {
  if (!json.includes('\\')) return json;
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}
