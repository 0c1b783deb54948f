import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { LeftOut } from '@keywright/core/reading/reader';
import { Unknown } from '@keywright/core/reading/source-value';
import type { Span } from '@keywright/core/source/span';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { readTheState, refreshIt } from '../advice.ts';
import {
  deposedKey,
  otherProvider,
  partialPlan,
  plannedDeletion,
  plannedForgetting,
  unreadableAttribute,
} from '../diagnostics.ts';
import { partsOf } from './address.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import { marked } from './marked.ts';
import { outputsIn } from './outputs.ts';
import type { PlanSource } from './plan.ts';
import { plannedData } from './planned-data.ts';
import type { Source, SourceResource } from './resource.ts';
import { isForeignKey, isPlaceData, isRead } from './types.ts';

const addedTags = new Unknown('the provider adds tags that are known only after apply', readTheState);

/** The facts in a plan about a resource besides its planned values. */
interface Change {
  readonly unknown: unknown;
  readonly sensitive: unknown;
  /** Whether the plan creates the resource without deleting one first. */
  readonly creates: boolean;
}

/**
 * Parses the output of `terraform show -json` for a state (`values`) or a plan (`planned_values`: what exists after an apply). Source:
 * Terraform, "JSON output format". Throws `JsonProblem`.
 */
export function readShowJson(json: JsonText, root: ReadonlyMap<string, Range>): PlanSource {
  const planned = root.get('planned_values');
  const reader = createReader(json);
  if (planned === undefined) {
    reader.readModule(json.member(root.get('values'), 'root_module'));
    const outputs = outputsIn(json, json.member(root.get('values'), 'outputs'));
    return { ...reader.result(), outputs, regionOf: () => undefined };
  }
  // Terraform writes `complete` since 1.8, and `errored` since 1.6.
  const isErrored = json.value(root.get('errored')) === true;
  if (isErrored || json.value(root.get('complete')) === false)
    reader.collector.add(report(partialPlan, json.span(planned), { isErrored }));
  const changes = reader.collector.take(changesOf(json, root.get('resource_changes')));
  const configuration = configurationOf(json, root.get('configuration'), root.get('variables'));
  const { configuredIn, hasDefaultTags } = configuration;
  reader.readModule(json.member(planned, 'root_module'), { changes, configuredIn, hasDefaultTags });
  const prior = createReader(json);
  prior.readModule(json.member(root.get('prior_state'), 'values', 'root_module'), { configuredIn });
  const { data } = prior.result();
  return {
    ...reader.result(),
    data: [...reader.result().data, ...data],
    outputs: outputsIn(json, json.member(planned, 'outputs'), configuration.outputNamed),
    regionOf: configuration.regionOf,
    planned: { configuration, ...plannedData(json, root.get('resource_changes')) },
  };
}

/** A list of resources taken from the output of `terraform show -json`. */
export function readResourceList(json: JsonText, root: Range): Source {
  const reader = createReader(json);
  for (const range of json.elements(root)) reader.readResource(range);
  return { ...reader.result(), outputs: [], regionOf: () => undefined };
}

interface Beside extends Partial<Pick<Configuration, 'configuredIn' | 'hasDefaultTags'>> {
  readonly changes?: ReadonlyMap<string, Change>;
}

function createReader(json: JsonText) {
  const managed: SourceResource[] = [];
  const data: SourceResource[] = [];
  const leftOut: LeftOut[] = [];
  const collector = createCollector();

  const readResource = (range: Range, beside: Beside = {}): void => {
    const members = membersOf(json, range);
    const { type, address, isData, span } = members;
    if (isData ? !isPlaceData(type) : !isRead(type)) {
      if (isData) return;
      leftOut.push({ type, address, span });
      if (isForeignKey(type)) collector.add(report(otherProvider, span, { resource: address, type }));
      return;
    }
    const resource = resourceOf(members, json, beside);
    if (resource === undefined) {
      const problem = { problem: 'it has no values', advice: refreshIt };
      collector.add(report(unreadableAttribute, span, { resource: address, ...problem }));
    } else if (members.text('deposed_key') !== '') collector.add(report(deposedKey, span, { resource: address }));
    else (isData ? data : managed).push(resource);
  };

  const readModule = (top: Range | undefined, beside?: Beside): void => {
    const waiting = top === undefined ? [] : [top];
    for (let module = waiting.shift(); module !== undefined; module = waiting.shift()) {
      for (const range of json.elements(json.member(module, 'resources'))) readResource(range, beside);
      waiting.push(...json.elements(json.member(module, 'child_modules')));
    }
  };

  const result = () => ({ managed, data, leftOut, diagnostics: collector.diagnostics });
  return { readResource, readModule, collector, result };
}

interface Members {
  readonly type: string;
  readonly address: string;
  readonly isData: boolean;
  readonly span: Span;
  readonly range: Range;
  readonly valuesRange: Range | undefined;
  readonly value: (key: string) => unknown;
  /** Empty if there is no text. */
  readonly text: (key: string) => string;
}

function membersOf(json: JsonText, range: Range): Members {
  const members = new Map([...json.members(range)].map(({ key, value }) => [key, value]));
  const value = (key: string) => json.value(members.get(key));
  const text = (key: string): string => {
    const content = value(key);
    return typeof content === 'string' ? content : '';
  };
  const type = text('type');
  const address = text('address') || type;
  const isData = text('mode') === 'data' || /(^|\.)data\.[^.]+\.[^.]+$/.test(address);
  return { type, address, isData, span: json.span(range), range, valuesRange: members.get('values'), value, text };
}

/** Returns a resource with its values; `undefined` if it has none. */
function resourceOf(
  { type, address, span, range, valuesRange, value, text }: Members,
  json: JsonText,
  { changes, configuredIn, hasDefaultTags }: Beside,
): SourceResource | undefined {
  const values = value('values');
  if (valuesRange === undefined || !isMapping(values)) return undefined;
  const { module, name: nameInAddress, index } = partsOf(address, type);
  const name = text('name') || nameInAddress;
  const configuration = configuredIn?.({ module, type, name, ...(index !== undefined && { index }) });
  const change = changes?.get(address);
  const provider = configuration?.provider ?? (text('provider_name') || text('provider'));
  // Without the provider's tags, `tags` would be incomplete.
  const addsTags =
    hasDefaultTags?.(provider) === true
      ? { why: (attribute: string) => (attribute === 'tags_all' ? addedTags : undefined) }
      : {};
  return {
    address,
    module,
    type,
    name,
    ...(index !== undefined && { index }),
    provider,
    values,
    unknown: new Set(marked(change?.unknown)),
    ...addsTags,
    sensitive: new Set([...marked(value('sensitive_values')), ...marked(change?.sensitive)]),
    ...(configuration?.configured !== undefined && { configured: configuration.configured }),
    onlyTerraform: (configuration?.onlyTerraform ?? []).map((one) => ({ ...one, span })),
    ...(change?.creates === true && { isPlanned: true }),
    tainted: value('tainted') === true,
    span,
    spanOf: (attribute) => json.span(json.member(valuesRange, attribute) ?? range),
  };
}

function changesOf(json: JsonText, range: Range | undefined): Result<ReadonlyMap<string, Change>> {
  const collector = createCollector();
  const changes = new Map<string, Change>();
  for (const element of json.elements(range)) {
    const kind = String(json.value(element, 'type'));
    if (!isRead(kind)) continue;
    const named = json.value(element, 'address');
    const change = json.member(element, 'change');
    if (named === undefined || change === undefined) continue;
    const address = String(named);
    if (json.member(element, 'deposed') !== undefined) {
      collector.add(report(deposedKey, json.span(element), { resource: address }));
      continue;
    }
    const actions = json.value(change, 'actions');
    if (Array.isArray(actions) && /^aws_kms_(replica_)?(external_)?key$/.test(kind)) {
      const isReplaced = actions.includes('create');
      const isForgotten = actions.includes('forget');
      if (actions.includes('delete') || (isForgotten && isReplaced))
        collector.add(report(plannedDeletion, json.span(element), { resource: address, isReplaced }));
      else if (isForgotten) collector.add(report(plannedForgetting, json.span(element), { resource: address }));
    }
    const creates = Array.isArray(actions) && actions.length === 1 && actions[0] === 'create';
    changes.set(address, {
      unknown: json.value(change, 'after_unknown'),
      sensitive: json.value(change, 'after_sensitive'),
      creates,
    });
  }
  return collector.result(changes);
}
