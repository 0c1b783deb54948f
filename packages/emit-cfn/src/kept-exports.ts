import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Attention, EarlierFile, Kept } from '@keywright/core/emit/emitter';
import { hasParameters, stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Expression } from '@keywright/core/ir/expression';
import type { Provenance } from '@keywright/core/ir/policy';
import type { Environment, Resource, Stack, StackExport } from '@keywright/core/ir/program';
import { exportName } from '@keywright/core/stacks/export-name';
import { exportGone, exportKept } from './diagnostics.ts';
import { type EarlierExport, earlierExports } from './earlier-exports.ts';
import { logicalIdOf } from './names.ts';

/**
 * Adds to the stacks those exports of an earlier build that no stack imports any more. CloudFormation refuses to delete an export in use,
 * and a build cannot know whether the importing stacks have been deployed since. So an export stays until a build with `--drop-exports`.
 * The earlier templates, with their kept exports, show which exports exist, so a second build gives the same result. Source: CloudFormation
 * User Guide, "Get exported outputs from a deployed CloudFormation stack".
 */
export function keepExports(stacks: readonly Stack[], earlier: readonly EarlierFile[]): Kept {
  const texts = textsByStack(stacks, earlier);
  const present = presentNames(stacks);
  const attentions: Attention[] = [];
  const attend = (diagnostic: Diagnostic, producer: string, consumers: readonly string[]) => {
    // The diagnostic applies to the environments of the producer or, if the producer is gone, to those of its consumers.
    const about = stacks.some(({ name }) => name === producer) ? [producer] : consumers;
    attentions.push({ diagnostic: { ...diagnostic, stacks: about }, stacks: [producer, ...consumers] });
  };

  /** Returns the stacks that import an export until their next deployment, according to the earlier templates. */
  const consumersOf = ({ name, keptFor }: EarlierExport, producer: string): readonly string[] => {
    const uses = new RegExp(`(?<![\\w:-])${name}(?![\\w:-])`);
    const importing = [...texts].filter(([stack, text]) => stack !== producer && uses.test(text));
    return [...new Set([...importing.map(([stack]) => stack), ...keptFor])].sort();
  };
  const gone = (earlierExport: EarlierExport, producer: string, stack?: Stack) => {
    const consumers = consumersOf(earlierExport, producer);
    if (consumers.length === 0) return;
    const parameters = { stack: producer, name: earlierExport.name, consumers, present, isGone: stack === undefined };
    attend(report(exportGone, stack?.span, parameters), producer, consumers);
  };

  const kept = stacks.map((stack): Stack => {
    const exportNames = new Set(stack.exports.map(({ id }) => exportName(stack.app, stack.name, id)));
    const more: StackExport[] = [];
    for (const one of earlierExports(texts.get(stack.name) ?? '')) {
      if (exportNames.has(one.name)) continue;
      const again = exportOf(one, stack);
      if (again === undefined) {
        gone(one, stack.name, stack);
        continue;
      }
      const consumers = consumersOf(one, stack.name);
      more.push({ ...again, keptFor: consumers.map((name) => inAnyEnvironment(name, stack)) });
      attend(
        report(exportKept, stack.span, { stack: stack.name, id: again.id, consumers, present }),
        stack.name,
        consumers,
      );
    }
    if (more.length === 0) return stack;
    return { ...stack, exports: [...stack.exports, ...more].sort((one, other) => (one.id < other.id ? -1 : 1)) };
  });

  for (const [name, text] of texts) {
    if (!stacks.some((stack) => stack.name === name)) for (const one of earlierExports(text)) gone(one, name);
  }
  return { stacks: kept, attentions };
}

/** Maps the former name of each renamed stack to its present name. */
function presentNames(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const names = new Set(stacks.map(({ name }) => name));
  return new Map(
    stacks.flatMap(({ name, formerStacks = [] }) =>
      formerStacks.flatMap((former) => (names.has(former.name) ? [] : [[former.name, name] as const])),
    ),
  );
}

/**
 * Returns the texts of all templates of each stack. The name of an export contains an environment, so a template is bound to each
 * deployment.
 */
function textsByStack(stacks: readonly Stack[], earlier: readonly EarlierFile[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const add = (stack: string, content: string) => texts.set(stack, `${texts.get(stack) ?? ''}${content}\n`);
  const programs = earlier.length === 0 ? [] : stackProgramsOf(stacks);
  const environments = new Map(stacks.map(({ environment }) => [environment.name, environment]));
  for (const { stack: name, content, deployments } of earlier) {
    for (const deployment of deployments ?? []) add(deployment.name, boundTo(deployment.environment, content));
    if (deployments !== undefined) continue;
    const variant = programs.find((program) => program.name === name && hasParameters(program));
    const ofDefinition = stacks.filter(({ definition }) => definition === name);
    const ofName = variant?.deployments ?? stacks.filter((stack) => stack.name === name);
    const shared = [ofDefinition, ofName].find(({ length }) => length > 0) ?? [];
    for (const { name: stackName, environment } of shared) add(stackName, boundTo(environment, content));
    if (shared.length > 0) continue;
    if (!content.includes(ofEnvironment)) add(name, content);
    // The stack no longer exists in any environment. It may have been in any environment of the other stacks.
    else for (const [suffix, environment] of environments) add(`${name}-${suffix}`, boundTo(environment, content));
  }
  return texts;
}

const ofEnvironment = '${Environment}';

/** Fills the values of an environment into a template: in the names of exports, and in the names of stacks that exports are kept for. */
function boundTo({ name = '', region = '', account = '' }: Environment, template: string): string {
  return template
    .replaceAll(/, kept for .*/g, (kept) => kept.replaceAll('*', name))
    .replaceAll(ofEnvironment, name)
    .replaceAll('${AWS::Region}', region)
    .replaceAll('${AWS::AccountId}', account);
}

/**
 * Returns the name of a stack in the environment of `stack` as it fits all deployments of a program, such as `orders-*`. A description
 * cannot use `Fn::Sub`.
 */
function inAnyEnvironment(name: string, { definition, environment }: Stack): string {
  const end = `-${environment.name}`;
  return definition !== undefined && name.endsWith(end) ? `${name.slice(0, -end.length)}-*` : name;
}

/**
 * Returns the export of the same name, if the stack still has the exported resource. That resource has the same name in the YAML or, if it
 * was renamed with a pinned name, the same logical id.
 */
function exportOf({ name, logicalId }: EarlierExport, stack: Stack): StackExport | undefined {
  const nameOf = (id: string) => exportName(stack.app, stack.name, id);
  const possible = stack.resources.flatMap((resource) => exportsOf(resource).map((one) => ({ ...one, resource })));
  const same = possible.find(({ id }) => nameOf(id) === name);
  if (same !== undefined) return { id: same.id, value: same.value, source: same.source };
  // In the name of an export, a colon replaces a dot, and two colons replace an underscore.
  const id = name.slice(nameOf('').length).replaceAll('::', '_').replaceAll(':', '.');
  const attribute = id.split('.').at(-1);
  const renamed = possible.find(
    ({ resource, value }) =>
      logicalIdOf(resource) === logicalId && value.kind === 'reference' && value.attribute === attribute,
  );
  return renamed === undefined || nameOf(id) !== name
    ? undefined
    : { id, value: renamed.value, source: renamed.source };
}

function exportsOf(resource: Resource): readonly { id: string; value: Expression; source: Provenance }[] {
  const one = (id: string, attribute: 'arn' | 'id') => ({
    id,
    value: { kind: 'reference', resource: resource.id, attribute } as const,
    source: resource.source,
  });
  switch (resource.kind) {
    case 'key':
      return [one(`keys.${resource.name}.arn`, 'arn'), one(`keys.${resource.name}.id`, 'id')];
    case 'role':
    case 'user':
    case 'group':
      return [one(`principals.${resource.name}.arn`, 'arn')];
    case 'replicaKey':
    case 'alias':
    case 'identityPolicy':
    case 'kmsGrant':
    case 'sharedParameter':
      return [];
  }
}
