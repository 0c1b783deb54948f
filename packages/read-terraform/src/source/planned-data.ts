import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { partsOf } from './address.ts';
import type { Addressed } from './configuration.ts';

/** A policy document that Terraform reads only during apply, with the parts of it that the plan has. */
export interface PlannedDocument extends Addressed {
  readonly address: string;
  readonly values: unknown;
  /** The parts that are known only after apply: `true` for a whole value, or a list or map that says this about each element. */
  readonly unknown: unknown;
  readonly sensitive: unknown;
}

/** The data sources that Terraform reads only during apply. */
export interface PlannedData {
  readonly documents: ReadonlyMap<string, PlannedDocument>;
  /** The addresses of all these data sources, without indices. */
  readonly unread: ReadonlySet<string>;
}

const type = 'aws_iam_policy_document';

/** Returns the data sources in `resource_changes` of a plan. */
export function plannedData(json: JsonText, range: Range | undefined): PlannedData {
  const documents = new Map<string, PlannedDocument>();
  const unread = new Set<string>();
  for (const element of json.elements(range)) {
    if (json.value(element, 'mode') !== 'data') continue;
    const address = String(json.value(element, 'address'));
    unread.add(withoutIndices(address));
    if (json.value(element, 'type') !== type) continue;
    const change = json.member(element, 'change');
    const { module, name, index } = partsOf(address, type);
    documents.set(address, {
      address,
      module: module.replace(/(^|\.)data$/, ''),
      type,
      name,
      ...(index !== undefined && { index }),
      values: json.value(change, 'after'),
      unknown: json.value(change, 'after_unknown'),
      sensitive: json.value(change, 'after_sensitive'),
    });
  }
  return { documents, unread };
}

/** Removes indexes: `data.aws_iam_policy_document.this[0]` becomes `data.aws_iam_policy_document.this`. */
export function withoutIndices(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '');
}
