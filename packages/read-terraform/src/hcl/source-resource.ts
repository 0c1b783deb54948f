import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import type { SourceResource } from '../source/resource.ts';
import { evaluate } from './evaluate.ts';
import { nameArn } from './marks.ts';
import { mentions } from './mentions.ts';
import {
  addressOf,
  headSpan,
  type ModuleContext,
  type ModuleInstance,
  madeByService,
  type Placed,
} from './module-context.ts';
import { onlyTerraformIn } from './only-terraform.ts';
import { expanded } from './policy-document.ts';
import { accountIn } from './providers.ts';
import type { Scope } from './scope.ts';
import type { HclBlock, HclExpression } from './syntax.ts';
import { type HclValue, plainOf, unknownIn } from './value.ts';

export interface ResourceBlock
  extends Placed<HclBlock>,
    Pick<SourceResource, 'module' | 'type' | 'name' | 'provider'>,
    Pick<ModuleInstance, 'calledAt' | 'folder'> {}

export function sourceResource(
  context: ModuleContext,
  block: ResourceBlock,
  index: string | number | undefined,
  scope: Scope,
): SourceResource {
  const { part, file, folder, module, type, name, provider, calledAt } = block;
  const address = addressOf(module, type, name, index);
  const policy = part.body.attributes.get('policy');
  const { values, unknown } = valuesOf(context, block, address, scope);
  // A missing value and empty text both mean that the service decides.
  const isConfigured = (attribute: string) =>
    unknown.has(attribute) ||
    (part.body.attributes.has(attribute) && (values[attribute] ?? '') !== '') ||
    part.body.blocks.some((inner) => nameOfBlock(inner) === attribute);
  return {
    address,
    module,
    type,
    name,
    ...(index !== undefined && { index }),
    provider,
    values,
    unknown: new Set([...unknown.keys(), ...(isConfigured('policy') ? [] : ['policy'])]),
    why: (attribute) => unknown.get(attribute),
    mentionsKms: policy && unknown.has('policy') ? mentions(context, folder, policy.value, 'kms') : undefined,
    sensitive: new Set(),
    configured: (attribute) => (isConfigured(attribute) ? [] : 'absent'),
    onlyTerraform: onlyTerraformIn(block),
    tainted: false,
    span: calledAt ?? headSpan(block),
    spanOf: (attribute) => {
      if (calledAt !== undefined) return calledAt;
      const argument = part.body.attributes.get(attribute);
      if (argument !== undefined) return file.lines.span(argument.start, argument.end);
      return headSpan({ part: part.body.blocks.find((inner) => nameOfBlock(inner) === attribute) ?? part, file });
    },
  };
}

/** Returns the known values of a resource by attribute, and why its other values are unknown. */
function valuesOf(context: ModuleContext, { part, type, provider }: ResourceBlock, address: string, scope: Scope) {
  const { marks, defaultTags } = context;
  const { attributes, blocks } = part.body;
  const values: Record<string, unknown> = {};
  const unknown = new Map<string, Unknown>();
  const set = (key: string, value: HclValue) => {
    const why = unknownIn(value);
    if (why === undefined) values[key] = plainOf(value);
    else unknown.set(key, why);
  };
  for (const made of ['arn', 'id', 'key_id', 'name']) {
    const attribute = madeByService(type, made);
    if (attribute !== undefined) values[made] = marks.of(address, attribute);
  }
  for (const [key, { value }] of attributes) {
    if (!/^(count|for_each|provider|depends_on)$/.test(key)) set(key, evaluate(value, scope));
  }
  if (/^aws_(kms_alias|iam_(role|user|group)_policy)$/.test(type) && (values.name ?? '') === '' && !unknown.has('name'))
    set('name', new Unknown('without a name, the provider makes one from name_prefix and random digits', readTheState));
  // A key in another account names the role of this one.
  const account = accountIn(context, provider);
  if (!unknown.has('path') && typeof account === 'string') nameArn(marks, { address, type }, values, account);
  const constraints = expanded(part.body, 'constraints', scope).map(
    ([body, inner]): HclValue =>
      inner instanceof Unknown
        ? inner
        : new Map([...body.attributes].map(([key, { value }]) => [key, evaluate(value, inner)])),
  );
  if (constraints.length > 0) set('constraints', constraints);
  const lifecycle = blocks.find((block) => block.type === 'lifecycle');
  const ignored = lifecycle?.body.attributes.get('ignore_changes');
  const hasPolicy = /^aws_kms_.*key(_policy)?$/.test(type) || 'policy' in values;
  if (ignored !== undefined && hasPolicy && ignores(ignored.value, 'policy')) {
    delete values.policy;
    set('policy', new Unknown(`Terraform ignores its changes (${scope.location(ignored.start)})`, elsewhere));
  }
  for (const block of blocks) {
    if (!readBlocks.has(nameOfBlock(block))) values[nameOfBlock(block)] = true;
  }
  const prevents = lifecycle?.body.attributes.get('prevent_destroy');
  if (prevents !== undefined) set('prevent_destroy', evaluate(prevents.value, scope));
  // If any provider has default tags, a provider without default tags certainly adds none.
  if (defaultTags.size > 0 && /^aws_kms_.*key$|^aws_iam_(role|user)$/.test(type)) {
    const written = attributes.get('tags');
    const defaults = defaultTags.get(provider);
    const unclear = defaults && unknownIn(defaults);
    const tags = [defaults, written && evaluate(written.value, scope)];
    set(
      'tags_all',
      (unclear && new Unknown(`in default_tags of the provider ${provider}, ${unclear.reason}`, unclear.advice)) ??
        tags.find((each) => each instanceof Unknown) ??
        new Map(tags.flatMap((each) => (each instanceof Map ? [...each] : []))),
    );
  }
  return { values, unknown };
}

/** The nested blocks of a resource that are read elsewhere, or reported as parts that only Terraform uses. */
const readBlocks: ReadonlySet<string> = new Set(['connection', 'constraints', 'lifecycle', 'provisioner', 'timeouts']);

/** Returns the name of a nested block or, for a `dynamic` block, of the blocks that it generates. */
function nameOfBlock({ type, labels }: HclBlock): string {
  return type === 'dynamic' ? (labels[0] ?? '') : type;
}

const elsewhere = 'read the state, which has the policy that is deployed';

/** Whether `ignore_changes` names an attribute, whose deployed value may then differ. */
function ignores(expression: HclExpression, attribute: string): boolean {
  if (expression.kind === 'variable') return expression.name === attribute || expression.name === 'all';
  return expression.kind === 'list' && expression.items.some((each) => ignores(each, attribute));
}
