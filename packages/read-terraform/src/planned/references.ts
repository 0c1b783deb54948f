import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { plannedPolicy } from '../diagnostics.ts';
import { createMarks, type Marks, nameArn } from '../hcl/marks.ts';
import { chainsOf } from '../source/configured-references.ts';
import type { Planned, PlanSource } from '../source/plan.ts';
import { withoutIndices } from '../source/planned-data.ts';
import type { Source, SourceResource } from '../source/resource.ts';
import { plannedDocumentText } from './document-text.ts';

/**
 * Fills in values of a plan that are known only after apply, if they follow from what they refer to: the document of a policy, the ARN of a
 * resource that is created, or the name of a role. `marks` replaces the ARNs of resources that do not exist yet. Each policy that is read
 * in this way causes a warning.
 */
export function withPlannedReferences(source: PlanSource): Source & { readonly marks?: Marks } {
  if (source.planned === undefined) return source;
  const collector = createCollector();
  const references = new PlannedReferences(source.managed, source.planned);
  const filled = source.managed.map((resource) => collector.take(references.filled(resource)));
  return {
    ...source,
    managed: filled.map((resource) => references.withArn(resource)),
    marks: references.marks,
    diagnostics: [...source.diagnostics, ...collector.diagnostics],
  };
}

class PlannedReferences {
  readonly marks = createMarks();
  readonly #planned: Planned;
  readonly #byAddress: ReadonlyMap<string, SourceResource>;
  /** The resources whose ARN has a mark. */
  readonly #marked = new Set<string>();

  constructor(managed: readonly SourceResource[], planned: Planned) {
    this.#planned = planned;
    this.#byAddress = new Map(managed.map((resource) => [resource.address, resource]));
  }

  filled(resource: SourceResource): Result<SourceResource> {
    const collector = createCollector();
    const texts: Record<string, string> = {};
    let whyNoPolicy: Unknown | undefined;
    for (const attribute of ['policy', 'assume_role_policy']) {
      const policy = this.#policyOf(resource, attribute);
      if (policy instanceof Unknown && attribute === 'policy') whyNoPolicy = policy;
      if (policy === undefined || policy instanceof Unknown) continue;
      texts[attribute] = policy.text;
      const parameters = { resource: resource.address, attribute, document: policy.document };
      collector.add(report(plannedPolicy, resource.spanOf(attribute), parameters));
    }
    for (const attribute of ['grantee_principal', 'retiring_principal']) {
      const arn = this.#arnOf(referenceOf(resource, attribute) ?? '');
      if (arn !== undefined) texts[attribute] = arn;
    }
    for (const kind of ['role', 'user', 'group']) {
      const name = this.#holderNameOf(resource, kind);
      if (name !== undefined) texts[kind] = name;
    }
    return collector.result({ ...withValues(resource, texts), ...(whyNoPolicy !== undefined && { whyNoPolicy }) });
  }

  /** Gives a resource its mark as ARN if another resource names it. */
  withArn(resource: SourceResource): SourceResource {
    const { address } = resource;
    return this.#marked.has(address) ? withValues(resource, { arn: this.marks.of(address, 'arn') }) : resource;
  }

  /**
   * Returns the policy in an argument that is known only after apply, or says why there is none; `undefined` if the argument is known or
   * absent.
   */
  #policyOf(
    resource: SourceResource,
    argument: string,
  ): { readonly text: string; readonly document: string } | Unknown | undefined {
    const references = resource.unknown.has(argument) ? (resource.configured?.(argument) ?? []) : [];
    if (references === 'absent' || references.length === 0) return undefined;
    const document = documentAddress(referenceOf(resource, argument) ?? '');
    const text = this.#documentAt(document);
    if (text instanceof Unknown) return text;
    if (text === undefined)
      return new Unknown(
        `the plan does not have the value, only what its expression refers to, ${wholesOf(references).join(' and ')}`,
        readTheState,
      );
    if (this.#namesItself(resource, text))
      return new Unknown('it names its own key, which is created by the apply', readTheState);
    return { text, document };
  }

  /** Returns the text of the document at an address; `undefined` if the plan has none at that address. */
  #documentAt(address: string, within: readonly string[] = []): string | Unknown | undefined {
    const { configuration, documents } = this.#planned;
    const document = documents.get(address);
    if (document === undefined || within.includes(document.address)) return undefined;
    const configured = configuration.configuredIn(document);
    return plannedDocumentText(document, configured?.expressions, (expression, kind, count) => {
      const wholes = wholesOf(configured?.referencesIn(expression) ?? []);
      const open = wholes.filter((whole) => !this.#isKnown(whole));
      // If these counts match, the known values are separate elements rather than parts of the unknown values.
      if (open.length !== count.unknown || wholes.length - open.length > count.known) return undefined;
      const texts = open.map((whole) =>
        kind === 'document'
          ? this.#documentAt(documentAddress(whole), [...within, document.address])
          : this.#arnOf(whole),
      );
      const gap = texts.find((text) => text instanceof Unknown);
      return gap ?? (texts.every((text) => typeof text === 'string') ? texts : undefined);
    });
  }

  /** Whether the value that a reference names is known before the apply. */
  #isKnown(reference: string): boolean {
    if (/^(?:path|terraform|each\.key|count|var)\b/.test(reference)) return true;
    if (/(?:^|\.)data\./.test(reference)) {
      const parts = withoutIndices(reference).split('.');
      return !parts.some((_, length) => this.#planned.unread.has(parts.slice(0, length + 1).join('.')));
    }
    const [, address = '', attribute = ''] = /^(.*)\.([\w-]+)$/s.exec(reference) ?? [];
    const resource = this.#byAddress.get(address);
    return resource !== undefined && attribute in resource.values && !resource.unknown.has(attribute);
  }

  /**
   * Returns the mark for the ARN of the resource that a reference names. In a plan, the reference for `aws_kms_key.k[each.key].arn` lacks
   * `.arn`.
   */
  #arnOf(reference: string): string | undefined {
    const address = reference.replace(/\.arn$/, '');
    const resource = this.#byAddress.get(address);
    const isNamed = /^aws_(iam_(role|user)|kms_(replica_)?(external_)?key)$/.test(resource?.type ?? '');
    if (resource === undefined || !isNamed || !resource.unknown.has('arn')) return undefined;
    this.#marked.add(address);
    // A plan does not say whether two providers have one account.
    const isOfOneProvider = [...this.#byAddress.values()].every(({ provider }) => provider === resource.provider);
    if (isOfOneProvider && !['name', 'path'].some((name) => resource.unknown.has(name)))
      nameArn(this.marks, resource, resource.values, this.marks.pseudo('account'));
    return this.marks.of(address, 'arn');
  }

  #holderNameOf(policy: SourceResource, kind: string): string | undefined {
    const reference = referenceOf(policy, kind) ?? '';
    const holder = this.#byAddress.get(reference.replace(/\.(?:id|name)$/, ''));
    const name = holder?.unknown.has('name') === false ? holder.values.name : undefined;
    return holder?.type === `aws_iam_${kind}` && typeof name === 'string' ? name : undefined;
  }

  /** Whether the policy of a key contains the ARN of that key, for which there is no text yet. */
  #namesItself(policy: SourceResource, text: string): boolean {
    const key = (referenceOf(policy, 'key_id') ?? '').replace(/\.(?:key_id|id|arn)$/, '');
    return this.#marked.has(key) && text.includes(this.marks.of(key, 'arn'));
  }
}

/** Returns the only reference of an argument; `undefined` if its value is known or it has several references. */
function referenceOf(resource: SourceResource, argument: string): string | undefined {
  const references = resource.unknown.has(argument) ? resource.configured?.(argument) : undefined;
  if (references === undefined || references === 'absent') return undefined;
  const [whole, ...others] = wholesOf(references);
  return others.length > 0 ? undefined : whole;
}

/** Removes the prefixes that a plan lists after each reference. */
function wholesOf(references: readonly string[]): readonly string[] {
  return chainsOf(references).map(([whole = '']) => whole);
}

/** Returns the address of the document whose JSON a reference uses. */
function documentAddress(reference: string): string {
  return reference.replace(/\.(?:minified_)?json$/, '');
}

function withValues(resource: SourceResource, values: Readonly<Record<string, string>>): SourceResource {
  if (Object.keys(values).length === 0) return resource;
  const unknown = new Set([...resource.unknown].filter((name) => !(name in values)));
  return { ...resource, values: { ...resource.values, ...values }, unknown };
}
