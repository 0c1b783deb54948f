import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { Environment, Output, Resource, Stack, StackExport, StackImport } from '@keywright/core/ir/program';
import { partsIn, rewrite } from '@keywright/core/ir/rewrite';
import { expressionOf, Unknown } from '@keywright/core/reading/source-value';
import { orderByNeeds } from '@keywright/core/stacks/dependency-order';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { ReadResource } from './collect.ts';
import { outputLeftOut } from './diagnostics.ts';
import type { Entry } from './entries.ts';
import { valueOfOutput } from './exchange.ts';
import type { OpenTemplate } from './open-template.ts';
import { type Ids, idsOfStacks, missingIn } from './prune.ts';
import type { World } from './world.ts';

/** The name of the app, because templates do not contain one. */
export const app = 'imported';

/** The stacks of templates, in deployment order. */
export function stacksOf(
  byTemplate: ReadonlyMap<OpenTemplate, readonly ReadResource[]>,
  replicaEnvironments: ReadonlyMap<OpenTemplate, readonly Environment[]>,
  world: World,
): Result<readonly Stack[]> {
  const collector = createCollector();
  const ids = idsOfStacks(byTemplate);
  const stacks = [...byTemplate].map(([template, all]) =>
    collector.take(stackOf(template, all, replicaEnvironments.get(template) ?? [], ids, world)),
  );
  const imports = stacks.flatMap((stack) => stack.imports);
  const withExports = stacks.map((stack) => ({ ...stack, exports: exportsOf(stack.name, imports, world) }));
  const byName = new Map(withExports.map((stack) => [stack.name, stack]));
  const ordered = orderByNeeds(
    withExports,
    ({ dependsOn }) =>
      dependsOn.flatMap((name) => {
        const to = byName.get(name);
        return to === undefined ? [] : [{ to }];
      }),
    () => {}, // no cycles, since CloudFormation has deployed these stacks
  );
  return collector.result(ordered);
}

function stackOf(
  template: OpenTemplate,
  members: readonly ReadResource[],
  replicaEnvironments: readonly Environment[],
  ids: Ids,
  world: World,
): Result<Stack> {
  // A principal and its inline policies share an entry. The entry maps to the principal, which comes first in `members`.
  const byEntry = new Map([...members].reverse().map(({ entry, resource }) => [entry, resource.id]));
  const resources = inOrder(members.map((one) => ({ ...one.resource, dependsOn: dependenciesOf(one, byEntry) })));
  const logicalIds = new Set(members.map(({ entry }) => entry.logicalId));
  const { value: outputs, diagnostics } = outputsOf(template, logicalIds, ids, world);
  const imports = importsOf([...resources, ...outputs], world);
  const stack: Stack = {
    name: template.name,
    app,
    environment: template.template.environment,
    replicaEnvironments,
    targets: ['cfn'],
    resources,
    outputs,
    exports: [],
    imports,
    dependsOn: [...new Set(imports.map(({ stack }) => stack))].sort(),
    span: template.template.span,
  };
  return { value: stack, diagnostics };
}

/** Returns the ids of those targets of `DependsOn` that have been read. */
function dependenciesOf({ entry, from }: ReadResource, byEntry: ReadonlyMap<Entry, string>): readonly string[] {
  return [entry.body.DependsOn].flat().flatMap((logicalId) => {
    const other = typeof logicalId === 'string' ? from.entryOf(logicalId) : undefined;
    const id = other && other !== entry ? byEntry.get(other) : undefined;
    return id ?? [];
  });
}

function inOrder(resources: readonly Resource[]): readonly Resource[] {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  return orderByNeeds(
    resources,
    (resource) => {
      const primary = resource.kind === 'replicaKey' ? [resource.primary] : [];
      const referred = partsIn(resource).flatMap((part) => (part.kind === 'reference' ? [part.resource] : []));
      return [...primary, ...referred, ...resource.dependsOn].flatMap((id) => {
        const to = byId.get(id);
        return to === undefined || to === resource ? [] : [{ to }];
      });
    },
    () => {}, // a cycle: two roles that trust each other
  );
}

/**
 * Returns the outputs with known values, except outputs that other templates import. Reports an unknown output only if it names a resource
 * that was read. `names` has the logical ids of these resources.
 */
function outputsOf(
  template: OpenTemplate,
  names: ReadonlySet<string>,
  ids: Ids,
  world: World,
): Result<readonly Output[]> {
  const { outputs, parsed, span } = template.template;
  const collector = createCollector();
  const kept = Object.entries(outputs).flatMap(([name, body]): readonly Output[] => {
    const fields = isMapping(body) ? body : {};
    const condition = fields.Condition;
    const isMade = typeof condition === 'string' ? template.evaluator.condition(condition) : condition === undefined;
    if (isMade === false || world.isImported(template, name)) return [];
    const read = valueOfOutput(template, name);
    const nameSpan = parsed.locations.keySpan(outputs, name) ?? span;
    const value = read instanceof Unknown ? undefined : expressionOf(read);
    if (value === undefined) {
      if (read instanceof Unknown && namesOneOf(names, body))
        collector.add(report(outputLeftOut, nameSpan, { what: `the output ${name}`, ...read }));
      return [];
    }
    const ownValue = ownExpressions(value, template, world);
    if (missingIn(template.name, [ownValue], ids, world) !== undefined) return [];
    if (isMade instanceof Unknown) {
      collector.add(report(outputLeftOut, nameSpan, { what: `the output ${name}`, ...isMade }));
      return [];
    }
    const exportName = isMapping(fields.Export) ? template.evaluator.at(fields.Export, 'Name') : undefined;
    if (exportName instanceof Unknown)
      collector.add(report(outputLeftOut, nameSpan, { what: `the export of the output ${name}`, ...exportName }));
    const exported = exportName instanceof Unknown ? undefined : expressionOf(exportName);
    return [
      {
        name,
        value: ownValue,
        ...(typeof fields.Description === 'string' && { description: fields.Description }),
        ...(exported !== undefined && { exportName: ownExpressions(exported, template, world) }),
        source: { span: nameSpan },
      },
    ];
  });
  return collector.result(kept);
}

/** Whether an output names one of these resources (`!Ref Key`, `!GetAtt Key.Arn`, `!Sub "${Key}"`), or one that only its loop could name. */
function namesOneOf(names: ReadonlySet<string>, body: unknown): boolean {
  const text = JSON.stringify(body);
  if (text.includes('{"Fn::ForEach":')) return true;
  const words = text.matchAll(/["{]([A-Za-z0-9]+)["}.]/g);
  return [...words].some(([, word = '']) => names.has(word));
}

function importsOf(pieces: readonly (Resource | Output)[], world: World): readonly StackImport[] {
  const imports = new Map<string, StackImport>();
  for (const piece of pieces) {
    for (const part of partsIn(piece)) {
      if (part.kind !== 'crossStack') continue;
      const { parameterName } = world.sharedValue(part.stack, part.export) ?? {};
      imports.set(`${part.stack}/${part.export}`, {
        stack: part.stack,
        export: part.export,
        // A template does not say where another template is deployed.
        environment: {},
        nativeTargets: parameterName === undefined ? ['cfn'] : [],
        ...(parameterName !== undefined && { parameterName }),
        source: piece.source,
      });
    }
  }
  return [...imports].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, used]) => used);
}

function exportsOf(stack: string, imports: readonly StackImport[], world: World): readonly StackExport[] {
  const ids = new Set(imports.flatMap((used) => (used.stack === stack ? [used.export] : [])));
  return [...ids].sort().flatMap((id) => {
    const shared = world.sharedValue(stack, id);
    return shared === undefined ? [] : [{ id, value: shared.value, source: { span: shared.span } }];
  });
}

/** Replaces values that a replica's template got from the primary's template by references within the stack. */
export function ownExpressions<Piece>(piece: Piece, { name }: OpenTemplate, world: World): Piece {
  return rewrite(piece, (part) =>
    part.kind === 'crossStack' && part.stack === name
      ? (world.sharedValue(part.stack, part.export)?.value ?? part)
      : part,
  );
}
