import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { LeftOut } from '@keywright/core/reading/reader';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { refreshIt } from '../advice.ts';
import { deposedKey, otherProvider, unreadableAttribute } from '../diagnostics.ts';
import { indexInAddress } from '../index-in-address.ts';
import { outputsIn } from './outputs.ts';
import type { Source, SourceResource } from './resource.ts';
import { isForeignKey, isPlaceData, isRead } from './types.ts';

/**
 * Parses a state file of version 4, Terraform's format in backends. The format is undocumented; source: Terraform,
 * internal/states/statefile/version4.go. Throws `JsonProblem`.
 */
export function readStateFile(json: JsonText, root: ReadonlyMap<string, Range>): Source {
  const managed: SourceResource[] = [];
  const data: SourceResource[] = [];
  const leftOut: LeftOut[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const range of json.elements(root.get('resources'))) {
    const head = headOf(json, range);
    const address = [...(head.module === '' ? [] : [head.module]), head.type, head.name].join('.');
    const isData = head.mode === 'data';
    if (isData ? !isPlaceData(head.type) : !isRead(head.type)) {
      if (isData) continue;
      leftOut.push({ type: head.type, address, span: json.span(range) });
      if (isForeignKey(head.type))
        diagnostics.push(report(otherProvider, json.span(range), { resource: address, type: head.type }));
      continue;
    }
    for (const instance of json.elements(head.instances)) {
      const read = instanceOf(json, instance, head, address);
      if (typeof read !== 'object') {
        const span = json.span(instance);
        diagnostics.push(
          read === 'deposed'
            ? report(deposedKey, span, { resource: address })
            : report(unreadableAttribute, span, { resource: address, problem: read, advice: refreshIt }),
        );
      } else (isData ? data : managed).push(read);
    }
  }
  const outputs = outputsIn(json, root.get('outputs'));
  return { managed, outputs, data, regionOf: () => undefined, leftOut, diagnostics };
}

interface Head {
  readonly module: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: Range | undefined;
}

function headOf(json: JsonText, range: Range): Head {
  const members = new Map([...json.members(range)].map(({ key, value }) => [key, value]));
  const text = (key: string) => {
    const value = scalar(json, members.get(key));
    return typeof value === 'string' ? value : '';
  };
  return {
    module: text('module'),
    mode: text('mode'),
    type: text('type'),
    name: text('name'),
    provider: text('provider'),
    instances: members.get('instances'),
  };
}

function instanceOf(json: JsonText, range: Range, head: Head, base: string): SourceResource | string {
  const index = scalar(json, json.member(range, 'index_key'));
  const address = typeof index === 'number' || typeof index === 'string' ? `${base}${indexInAddress(index)}` : base;
  if (json.member(range, 'deposed') !== undefined) return 'deposed';
  const attributes = json.member(range, 'attributes');
  const values = json.value(attributes);
  if (attributes === undefined || !isMapping(values))
    return 'it has no attributes, as in states written by Terraform 0.11';
  const { module, type, name, provider } = head;
  return {
    address,
    module,
    type,
    name,
    ...((typeof index === 'number' || typeof index === 'string') && { index }),
    provider,
    values,
    unknown: new Set(),
    sensitive: new Set(firstSteps(json.value(range, 'sensitive_attributes'))),
    tainted: scalar(json, json.member(range, 'status')) === 'tainted',
    span: json.span(range),
    spanOf: (attribute) => json.span(json.member(attributes, attribute) ?? range),
  };
}

/** Returns the attributes in paths such as `[[{ "type": "get_attr", "value": "policy" }]]`. */
function firstSteps(paths: unknown): readonly string[] {
  if (!Array.isArray(paths)) return [];
  return paths.flatMap((path: unknown) => {
    const first: unknown = Array.isArray(path) ? path[0] : undefined;
    return isMapping(first) && typeof first.value === 'string' ? [first.value] : [];
  });
}

function scalar(json: JsonText, range: Range | undefined): unknown {
  return range && json.kindOf(range) === 'scalar' ? json.value(range) : undefined;
}
