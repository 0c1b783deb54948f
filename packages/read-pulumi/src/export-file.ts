import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { type Locations, parseSource } from '@keywright/core/syntax/parse';
import { exportVersion, malformedEntry, notAnExport } from './diagnostics.ts';

export type Mapping = Readonly<Record<string, unknown>>;

/** A resource as the state of a stack has it. */
export interface ExportedResource {
  readonly urn: string;
  /** The last part of the URN: what the program calls it. */
  readonly name: string;
  readonly type: string;
  /** Absent for a component. */
  readonly id?: string;
  /** What the program said. */
  readonly inputs: Mapping;
  /** What the provider answered: the inputs, and what AWS decided. */
  readonly outputs: Mapping;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** The URN of its provider. */
  readonly provider?: string;
  /** The URNs of what it waits for. */
  readonly dependencies: readonly string[];
  /** Whether a provider makes it. Components and the stack itself are made by nobody. */
  readonly isCustom: boolean;
  /** Replaced by another, and still to be deleted. */
  readonly isReplaced: boolean;
  /** Why what the export says of it may not hold, to complete "it is": `deleted, and still to be created again`. */
  readonly trouble?: string;
  /** Only looked up: `aws.kms.Key.get`. */
  readonly isExternal: boolean;
  /** Where its URN stands. */
  readonly span: Span;
}

/** An operation that had not ended when the state was written. */
export interface PendingOperation {
  readonly urn: string;
  readonly type: string;
  /** `creating`, `updating`, `deleting`, … */
  readonly operation: string;
  readonly span: Span;
}

export interface ExportFile {
  /** The names in the URNs, where there is a resource. */
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly ExportedResource[];
  /** The outputs of the stack itself. */
  readonly outputs: Mapping;
  readonly pending: readonly PendingOperation[];
  readonly locations: Locations;
}

/** Source: pulumi/pulumi, sdk/go/common/apitype/core.go: DeploymentV3, and V4 with `features`. */
const versions: readonly unknown[] = [3, 4];

/** What a file exports; undefined if it is no export. */
export function parseExport(source: SourceFile): Result<ExportFile | undefined> {
  const collector = createCollector();
  const whole: Span = { file: source.path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const refuse = (...diagnostics: readonly Diagnostic[]) => {
    collector.add(...diagnostics);
    return collector.result(undefined);
  };
  if (/\.(?:[cm]?[jt]sx?|py|go|cs|java)$|(?:^|\/)Pulumi\.ya?ml$/.test(source.path)) {
    const reason = 'it is a program, and what that deploys is known when it has run';
    return refuse(report(notAnExport, whole, { reason }));
  }
  const { value: root, locations, diagnostics } = parseSource(source);
  const [first] = diagnostics;
  if (first !== undefined && !isJson(source.text)) {
    return refuse(report(notAnExport, first.span ?? whole, { reason: 'it is no JSON, or not all of it is there' }));
  }
  // What is JSON and yet refused: a name twice in a mapping, half a character.
  if (first !== undefined) return refuse(...diagnostics);
  if (!isMapping(root)) {
    const reason = root === null ? 'the file is empty' : 'it is no mapping';
    return refuse(report(notAnExport, whole, { reason }));
  }
  // Backends that are files keep what they have as a checkpoint, with the same content.
  const checkpoint = isMapping(root.checkpoint) ? root.checkpoint : undefined;
  const deployment = checkpoint?.latest ?? root.deployment;
  if (root.version === undefined || !isMapping(deployment)) {
    const missing = root.version === undefined ? 'version' : 'deployment';
    return refuse(report(notAnExport, whole, { reason: `it has no \`${missing}\`` }));
  }
  if (!versions.includes(root.version)) {
    const version = typeof root.version === 'number' ? String(root.version) : 'of another sort';
    return refuse(report(exportVersion, locations.valueSpan(root, 'version'), { version }));
  }
  const { resources: listed = [], pending_operations: operations = [] } = deployment;
  if (!Array.isArray(listed ?? []) || !Array.isArray(operations ?? [])) {
    return refuse(report(notAnExport, whole, { reason: '`resources` and `pending_operations` are lists' }));
  }
  const entriesOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);
  const spanIn = (entry: unknown, list: unknown, index: number) =>
    (isMapping(entry) ? locations.valueSpan(entry, 'urn') : undefined) ??
    locations.valueSpan(list as object, index) ??
    whole;

  const resources = entriesOf(listed).flatMap((entry, index): readonly ExportedResource[] => {
    const span = spanIn(entry, listed, index);
    const found = resourceOf(entry, span);
    if (typeof found !== 'string') return [found];
    collector.add(report(malformedEntry, span, { problem: found }));
    return [];
  });
  const pending = entriesOf(operations).flatMap((entry, index): readonly PendingOperation[] => {
    const { resource, type: operation } = isMapping(entry) ? entry : {};
    const span = spanIn(resource, operations, index);
    const found = resourceOf(resource, span);
    if (typeof found !== 'string' && typeof operation === 'string') {
      return [{ urn: found.urn, type: found.type, operation, span }];
    }
    const problem = typeof found === 'string' ? found : 'the operation has no type';
    collector.add(report(malformedEntry, span, { problem }));
    return [];
  });
  const outputs = resources.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs ?? {};
  return collector.result({ ...placeIn(resources[0]?.urn ?? ''), resources, outputs, pending, locations });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The stack and the project in a URN. */
function placeIn(urn: string): Pick<ExportFile, 'stack' | 'project'> {
  const [stack = '', project = ''] = urn.slice(urnStart.length).split('::');
  return { stack, project };
}

const urnStart = 'urn:pulumi:';

/** A resource, or what is wrong with it. */
function resourceOf(entry: unknown, span: Span): ExportedResource | string {
  if (!isMapping(entry)) return 'it is no mapping';
  const { urn, type, id, provider, custom } = entry;
  if (typeof urn !== 'string') return 'it has no URN';
  // Only the name, which is the last part, may have `::` in it.
  const [, , types, ...name] = urn.split('::');
  if (!urn.startsWith(urnStart) || types === undefined || name.length === 0) {
    return `${JSON.stringify(urn)} is no URN`;
  }
  if (typeof type !== 'string') return 'it has no type';
  for (const property of ['inputs', 'outputs'] as const) {
    const value = entry[property];
    if (value !== undefined && value !== null && !isMapping(value)) return `\`${property}\` is no mapping`;
  }
  return {
    urn,
    name: name.join('::'),
    type,
    ...(typeof id === 'string' && { id }),
    inputs: mappingOf(entry.inputs),
    outputs: mappingOf(entry.outputs),
    protect: entry.protect === true,
    retainOnDelete: entry.retainOnDelete === true,
    ...(typeof provider === 'string' && { provider: provider.slice(0, provider.lastIndexOf('::')) }),
    dependencies: Array.isArray(entry.dependencies) ? entry.dependencies.filter((one) => typeof one === 'string') : [],
    isCustom: custom === true,
    isReplaced: entry.delete === true,
    ...troubleOf(entry),
    isExternal: entry.external === true,
    span,
  };
}

/** Source: pulumi/pulumi, sdk/go/common/apitype/core.go, ResourceV3. */
function troubleOf({ pendingReplacement, initErrors, taint }: Mapping): { readonly trouble?: string } {
  if (pendingReplacement === true) return { trouble: 'deleted, and still to be created again' };
  if (taint === true) return { trouble: 'marked to be replaced by the next update' };
  if (Array.isArray(initErrors) && initErrors.length > 0) return { trouble: 'not created as it should be' };
  return {};
}

function mappingOf(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}
