import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type Collector, createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { createJsonText, JsonProblem, type JsonText, type Range } from '@keywright/core/syntax/json-text';
import { exportVersion, malformedEntry, notAnExport } from './diagnostics.ts';

export interface ExportedResource {
  readonly urn: string;
  /** The last part of the URN: the resource's name in the program. */
  readonly name: string;
  readonly type: string;
  /** Absent for a component. */
  readonly id?: string;
  readonly inputs: Mapping;
  /** The provider's answer: the inputs, and the values that AWS decided. */
  readonly outputs: Mapping;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly options: readonly { readonly name: string; readonly span: Span }[];
  /** The type of the parent (a component or another resource), which is part of the resource's URN. */
  readonly parentType?: string;
  /** The URN of the provider. */
  readonly provider?: string;
  /** Whether a provider creates the resource. Components and the stack itself have no provider. */
  readonly isCustom: boolean;
  /** Whether another resource has replaced this resource, which is not deleted yet. */
  readonly isReplaced: boolean;
  /** Why the export may be wrong about the resource. `state` completes "it is …", such as `deleted, but not created again yet`. */
  readonly trouble?: { readonly state: string; readonly advice: string };
  /** Whether the program only looks up the resource, as with `aws.kms.Key.get`. */
  readonly isExternal: boolean;
  /** The span of the URN. */
  readonly span: Span;
  readonly spanOf: (side: 'inputs' | 'outputs', property: string) => Span;
}

/** An operation that was still running when the state was written. */
export interface PendingOperation {
  readonly urn: string;
  readonly type: string;
  /** For example `creating`, `updating` or `deleting`. */
  readonly operation: string;
  readonly span: Span;
}

export interface ExportFile {
  /** The names of the project and the Pulumi stack in the URNs; empty if there is no resource. */
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly ExportedResource[];
  /** The outputs of the stack itself. */
  readonly outputs: readonly { readonly name: string; readonly value: unknown; readonly span: Span }[];
  readonly pending: readonly PendingOperation[];
}

/**
 * The versions of the format that can be read. Source: pulumi/pulumi, sdk/go/common/apitype/core.go: DeploymentV3, and V4 with `features`.
 */
const versions: readonly unknown[] = [3, 4];

/** Parses an export. Returns `undefined`, and reports why, if the file is not an export. */
export function parseExport(source: SourceFile): Result<ExportFile | undefined> {
  const collector = createCollector();
  const json = createJsonText(source);
  const refuse = (range: Range, reason: string) => report(notAnExport, json.span(range), { reason });
  try {
    const file = readExport(source, json, refuse, collector);
    if (!('code' in file)) return collector.result(file);
    collector.add(file);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    collector.add(refuse({ start: error.offset, end: error.offset + 1 }, error.message));
  }
  return collector.result(undefined);
}

const start: Range = { start: 0, end: 0 };

function readExport(
  { path, text }: SourceFile,
  json: JsonText,
  refuse: (range: Range, reason: string) => Diagnostic,
  collector: Collector,
): ExportFile | Diagnostic {
  if (/\.(?:[cm]?[jt]sx?|py|go|cs|java)$|(?:^|\/)Pulumi\.ya?ml$/.test(path)) {
    return refuse(start, 'it is a program, and only running it shows what it deploys');
  }
  if (text.trim() === '') return refuse(start, 'the file is empty');
  const { members } = json.root();
  const versionAt = members.get('version');
  // File backends store the same content as a checkpoint.
  const deployment = json.member(members.get('checkpoint'), 'latest') ?? members.get('deployment');
  if (versionAt === undefined) return refuse(start, 'it has no `version`');
  if (deployment === undefined || json.kindOf(deployment) !== 'object') {
    return refuse(deployment ?? start, 'it has no `deployment`');
  }
  const version = json.value(versionAt);
  if (!versions.includes(version)) {
    const shown = typeof version === 'number' ? String(version) : 'of another type';
    return report(exportVersion, json.span(versionAt), { version: shown });
  }
  const listed = listAt(json, json.member(deployment, 'resources'));
  const operations = listAt(json, json.member(deployment, 'pending_operations'));
  if (listed === undefined || operations === undefined) {
    return refuse(deployment, '`resources` and `pending_operations` have to be lists');
  }
  const fail = (at: Range, problem: string) => {
    collector.add(report(malformedEntry, json.span(at), { problem }));
    return [];
  };
  let outputs: ExportFile['outputs'] = [];
  const resources = [...listed].flatMap((range): readonly ExportedResource[] => {
    const resource = resourceAt(json, range);
    if (typeof resource === 'string') return fail(json.member(range, 'urn') ?? range, resource);
    if (resource.type === 'pulumi:pulumi:Stack') {
      outputs = Object.entries(resource.outputs).map(([name, value]) => ({
        name,
        value,
        span: resource.spanOf('outputs', name),
      }));
    }
    return [resource];
  });
  const pending = [...operations].flatMap((range): readonly PendingOperation[] => {
    const resource = json.member(range, 'resource');
    const operation = json.value(range, 'type');
    const exported = resource === undefined ? 'it has no resource' : resourceAt(json, resource);
    if (typeof exported === 'string') return fail(range, exported);
    if (typeof operation !== 'string') return fail(range, 'the operation has no type');
    return [{ urn: exported.urn, type: exported.type, operation, span: exported.span }];
  });
  return { ...placeIn(resources[0]?.urn ?? ''), resources, outputs, pending };
}

/** Returns the elements of a list; none if it is missing or `null`, and `undefined` if it is not a list. */
function listAt(json: JsonText, range: Range | undefined): Iterable<Range> | undefined {
  if (range === undefined) return [];
  const kind = json.kindOf(range);
  if (kind === 'array') return json.elements(range);
  return kind === 'scalar' && json.value(range) === null ? [] : undefined;
}

function placeIn(urn: string): Pick<ExportFile, 'stack' | 'project'> {
  const [stack = '', project = ''] = urn.slice(urnStart.length).split('::');
  return { stack, project };
}

const urnStart = 'urn:pulumi:';

function resourceAt(json: JsonText, range: Range): ExportedResource | string {
  const entry = json.value(range);
  if (!isMapping(entry)) return 'it is not a mapping';
  const { urn, type, id, provider, custom } = entry;
  if (typeof urn !== 'string') return 'it has no URN';
  // Only the name, the last part, may contain `::`.
  const [, , types, ...name] = urn.split('::');
  if (!urn.startsWith(urnStart) || types === undefined || name.length === 0 || /\p{Surrogate}/u.test(urn)) {
    return `${JSON.stringify(urn)} is not a URN`;
  }
  if (typeof type !== 'string') return 'it has no type';
  for (const property of ['inputs', 'outputs'] as const) {
    const value = entry[property];
    if (value !== undefined && value !== null && !isMapping(value)) return `\`${property}\` is not a mapping`;
  }
  const at = json.member(range, 'urn') ?? range;
  const parentType = types.split('$').at(-2) ?? '';
  return {
    urn,
    name: name.join('::'),
    type,
    ...(typeof id === 'string' && { id }),
    inputs: mappingOf(entry.inputs),
    outputs: mappingOf(entry.outputs),
    protect: entry.protect === true,
    retainOnDelete: entry.retainOnDelete === true,
    options: onlyPulumi.flatMap((option) =>
      isSet(entry[option]) ? [{ name: option, span: json.span(json.member(range, option) ?? at) }] : [],
    ),
    ...(parentType !== '' && { parentType }),
    ...(typeof provider === 'string' && { provider: provider.slice(0, provider.lastIndexOf('::')) }),
    isCustom: custom === true,
    isReplaced: entry.delete === true,
    ...troubleOf(entry),
    isExternal: entry.external === true,
    span: json.span(at),
    spanOf: (side, property) => json.span(json.member(range, side, property) ?? at),
  };
}

/**
 * The options in the state of a resource that have an effect only in Pulumi. Source: pulumi/pulumi, sdk/go/common/apitype/core.go,
 * ResourceV3.
 */
const onlyPulumi = ['customTimeouts', 'deletedWith', 'ignoreChanges', 'replaceOnChanges', 'resourceHooks'] as const;

/** Whether an option or input has a value. Pulumi also writes empty ones, which mean nothing. */
export function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMapping(value)) return Object.values(value).some(isSet);
  return value !== undefined && value !== null && value !== '' && value !== 0 && value !== false;
}

/** Says why the export may be wrong about a resource. Source: pulumi/pulumi, sdk/go/common/apitype/core.go, ResourceV3. */
function troubleOf({ urn, pendingReplacement, initErrors, taint }: Mapping): Pick<ExportedResource, 'trouble'> {
  const advice = 'finish it with `pulumi up`, or run `pulumi refresh`, and export the stack again';
  if (pendingReplacement === true) return { trouble: { state: 'deleted, but not created again yet', advice } };
  if (taint === true)
    return {
      trouble: {
        state: 'marked to be replaced by the next update',
        advice: `\`pulumi up\` would delete it and create another in its place: to keep it, run \`pulumi state untaint '${urn}'\`, and export the stack again`,
      },
    };
  if (Array.isArray(initErrors) && initErrors.length > 0) return { trouble: { state: 'only partly created', advice } };
  return {};
}

function mappingOf(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}
