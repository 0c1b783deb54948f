import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import { policiesOf } from '@keywright/core/ir/policies-of';
import type { Resource } from '@keywright/core/ir/program';
import { compareProperties, propertiesOf } from '../compare/properties.ts';
import type { DeployedTexts } from './deployed-texts.ts';
import { handOverChanges, policyWouldChange } from './diagnostics.ts';
import { type ExistingResource, nameOf, type Pair, type ProjectResource } from './existing-resource.ts';
import { grantText } from './match-rest.ts';
import { statementTexts } from './statement-texts.ts';

/** Properties that exist only in the tools; AWS has no such settings. */
const ofTools = /^(pendingWindow|removal|bypassPolicyLockoutSafetyCheck|on delete|name in (?!KMS).*)$/;

/**
 * Lists what taking over a resource would change. The comparison is as strict as the tools, which write a policy again even if only a Sid
 * has changed. A comparison by meaning, like that of `keywright diff`, would miss such a call of PutKeyPolicy.
 *
 * @param tags the tags that a tool adds to every resource of the project's stack
 */
export function differencesOf(
  { wanted, existing }: Pair,
  texts: { readonly wanted: DeployedTexts; readonly existing: DeployedTexts },
  tags: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  const { resource } = wanted;
  const what = nameOf(resource);
  const { address } = existing.origin;
  const changes = compareProperties(rowsOf(existing, texts.existing, {}), rowsOf(wanted, texts.wanted, tags))
    .filter(({ property, after }) => !ofTools.test(property) && !isUnpinnedName(resource, property, after))
    .map(({ property, before = 'none', after = 'none' }) =>
      report(handOverChanges, resource.source.span, { what, address, property, before, after }),
    );
  const [old, now] = [documentOf(existing, texts.existing), documentOf(wanted, texts.wanted)];
  const gone = missing(old, now);
  const came = missing(now, old);
  if (gone.length + came.length === 0) return changes;
  return [...changes, report(policyWouldChange, resource.source.span, { what, address, gone, came })];
}

/** Whether a principal has no name in the project, which is reported as KW8306. */
function isUnpinnedName(resource: Resource, property: string, after: string | undefined): boolean {
  return isPrincipal(resource) && property === 'name' && after === undefined;
}

function rowsOf(
  { resource, stack, ...rest }: ProjectResource | ExistingResource,
  texts: DeployedTexts,
  tags: Readonly<Record<string, string>>,
): ReturnType<typeof propertiesOf> {
  const rows = propertiesOf(withName(resource, rest), (expression) => texts.text(expression, stack));
  const byName = new Map(rows);
  const added = 'tags' in resource ? Object.entries(tags).filter(([name]) => !byName.has(`tag ${name}`)) : [];
  return [
    ...rows,
    ...added.map(([name, value]) => [`tag ${name}`, value] as const),
    ...targetRow({ resource, stack, ...rest }, texts),
  ];
}

/** Adds the name that a principal has in IAM, since the source need not contain it. */
function withName(resource: Resource, rest: object): Resource {
  if (!('origin' in rest) || !isPrincipal(resource)) return resource;
  const { physicalId } = (rest as Pick<ExistingResource, 'origin'>).origin;
  return physicalId === undefined ? resource : { ...resource, physicalName: physicalId };
}

function targetRow(one: ProjectResource | ExistingResource, texts: DeployedTexts): ReturnType<typeof propertiesOf> {
  const { resource, stack } = one;
  if (resource.kind === 'alias') return [['key', texts.text(resource.target, stack).replace(/^.*:key\//, '')]];
  return resource.kind === 'kmsGrant' ? [['terms', grantText(resource, one, texts)]] : [];
}

function documentOf(
  { resource, stack }: ProjectResource | ExistingResource,
  texts: DeployedTexts,
): ReturnType<typeof statementTexts> {
  return policiesOf(resource).flatMap((document) =>
    statementTexts(document, (expression) => texts.text(expression, stack)),
  );
}

/** Returns the labels of the statements in `texts` that are not in `others`, each as often as its statement is missing. */
function missing(
  texts: ReturnType<typeof statementTexts>,
  others: ReturnType<typeof statementTexts>,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { text } of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return texts.flatMap(({ text, label }) => {
    const remaining = counts.get(text) ?? 0;
    counts.set(text, remaining - 1);
    return remaining > 0 ? [] : [label];
  });
}
