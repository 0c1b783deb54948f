import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { plannedPolicy } from '../diagnostics.ts';
import { createMarks, type Marks, nameArn } from '../hcl/marks.ts';
import { chainsOf } from '../source/configured-references.ts';
import type { PlanSource } from '../source/plan.ts';
import { withoutIndices } from '../source/planned-data.ts';
import type { Source, SourceResource } from '../source/resource.ts';
import { plannedDocumentText } from './document-text.ts';

/**
 * A plan with values filled in that are known only after apply but follow from what they refer to: a policy that is a
 * document in the plan, the ARN of a resource that is created, the name of a role. `marks`: the stand-ins for the ARNs of
 * resources that do not exist yet. Each policy that is read in this way causes a warning.
 */
export function withPlannedReferences(source: PlanSource): Source & { readonly marks?: Marks } {
  if (source.planned === undefined) return source;
  const { managed, planned } = source;
  const { configuration, documents, unread } = planned;
  const marks = createMarks();
  const diagnostics: Diagnostic[] = [];
  const byAddress = new Map(managed.map((resource) => [resource.address, resource]));
  const marked = new Set<string>();

  /**
   * The mark for the ARN of the resource that a reference names. In a plan, the reference for
   * `aws_kms_key.k[each.key].arn` lacks `.arn`.
   */
  const arnOf = (reference: string): string | undefined => {
    const address = reference.replace(/\.arn$/, '');
    const resource = byAddress.get(address);
    const isNamed = /^aws_(iam_(role|user)|kms_(replica_)?(external_)?key)$/.test(resource?.type ?? '');
    if (resource === undefined || !isNamed || !resource.unknown.has('arn')) return undefined;
    marked.add(address);
    if (!['name', 'path'].some((name) => resource.unknown.has(name))) nameArn(marks, resource, resource.values);
    return marks.of(address, 'arn');
  };

  /** Whether what a reference names is known before the apply. */
  const isKnown = (reference: string): boolean => {
    if (/^(?:path|terraform|each\.key|count|var)\b/.test(reference)) return true;
    if (/(?:^|\.)data\./.test(reference)) {
      const parts = withoutIndices(reference).split('.');
      return !parts.some((_, length) => unread.has(parts.slice(0, length + 1).join('.')));
    }
    const [, address = '', attribute = ''] = /^(.*)\.([\w-]+)$/s.exec(reference) ?? [];
    const resource = byAddress.get(address);
    return resource !== undefined && attribute in resource.values && !resource.unknown.has(attribute);
  };

  /** The text of the document at an address; `undefined` if the plan has none there. */
  const documentAt = (address: string, within: readonly string[] = []): string | Unknown | undefined => {
    const document = documents.get(address);
    if (document === undefined || within.includes(document.address)) return undefined;
    const configured = configuration.configuredIn(document);
    return plannedDocumentText(document, configured?.expressions, (expression, kind, count) => {
      const wholes = chainsOf(configured?.referencesIn(expression) ?? []).map(([whole = '']) => whole);
      const open = wholes.filter((whole) => !isKnown(whole));
      // If these counts match, the known values are separate elements rather than parts of the unknown ones.
      if (open.length !== count.unknown || wholes.length - open.length > count.known) return undefined;
      const texts = open.map((whole) =>
        kind === 'document' ? documentAt(documentAddress(whole), [...within, document.address]) : arnOf(whole),
      );
      const gap = texts.find((text) => text instanceof Unknown);
      return gap ?? (texts.every((text) => typeof text === 'string') ? texts : undefined);
    });
  };

  /** The only thing that an argument refers to; `undefined` if its value is known or it refers to several things. */
  const referredBy = (resource: SourceResource, argument: string): string | undefined => {
    const references = resource.unknown.has(argument) ? resource.configured?.(argument) : undefined;
    if (references === undefined || references === 'absent') return undefined;
    const [chain, ...others] = chainsOf(references);
    return others.length > 0 ? undefined : chain?.[0];
  };

  const filled = (resource: SourceResource): SourceResource => {
    const texts: Record<string, string> = {};
    let whyNoPolicy: Unknown | undefined;
    for (const attribute of ['policy', 'assume_role_policy']) {
      const references = resource.unknown.has(attribute) ? (resource.configured?.(attribute) ?? []) : [];
      if (references === 'absent' || references.length === 0) continue;
      const address = documentAddress(referredBy(resource, attribute) ?? '');
      const text = documentAt(address);
      if (typeof text === 'string' && !namesItself(resource, text)) {
        texts[attribute] = text;
        diagnostics.push(
          report(plannedPolicy, resource.spanOf(attribute), {
            resource: resource.address,
            attribute,
            document: address,
          }),
        );
      } else if (attribute === 'policy') {
        const wholes = chainsOf(references).map(([whole = '']) => whole);
        whyNoPolicy =
          text instanceof Unknown
            ? text
            : new Unknown(
                typeof text === 'string'
                  ? 'it names its own key, which is created by the apply'
                  : `the plan has only what its expression refers to, ${wholes.join(' and ')}`,
                readTheState,
              );
      }
    }
    for (const attribute of ['grantee_principal', 'retiring_principal']) {
      const arn = arnOf(referredBy(resource, attribute) ?? '');
      if (arn !== undefined) texts[attribute] = arn;
    }
    for (const attribute of ['role', 'user', 'group']) {
      const holder = byAddress.get((referredBy(resource, attribute) ?? '').replace(/\.(?:id|name)$/, ''));
      const name = holder?.unknown.has('name') === false ? holder.values.name : undefined;
      if (holder?.type === `aws_iam_${attribute}` && typeof name === 'string') texts[attribute] = name;
    }
    return { ...withValues(resource, texts), ...(whyNoPolicy !== undefined && { whyNoPolicy }) };
  };

  /** Whether the policy of a key has the ARN of that key, which no text can stand for. */
  const namesItself = (policy: SourceResource, text: string): boolean => {
    const key = (referredBy(policy, 'key_id') ?? '').replace(/\.(?:key_id|id|arn)$/, '');
    return marked.has(key) && text.includes(marks.of(key, 'arn'));
  };

  const all = managed.map(filled);
  const complete = all.map((resource) =>
    marked.has(resource.address) ? withValues(resource, { arn: marks.of(resource.address, 'arn') }) : resource,
  );
  return { ...source, managed: complete, marks, diagnostics: [...source.diagnostics, ...diagnostics] };
}

/** The address of the document whose JSON a reference takes. */
function documentAddress(reference: string): string {
  return reference.replace(/\.(?:minified_)?json$/, '');
}

/** A resource with formerly unknown values filled in. */
function withValues(resource: SourceResource, values: Readonly<Record<string, string>>): SourceResource {
  if (Object.keys(values).length === 0) return resource;
  const unknown = new Set([...resource.unknown].filter((name) => !(name in values)));
  return { ...resource, values: { ...resource.values, ...values }, unknown };
}
