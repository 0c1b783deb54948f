import { Computed, type SourceValue, Unknown } from './source-value.ts';

/** Whether a policy document allows or denies KMS actions, or might do so, because parts of it are unknown. */
export function concernsKms(document: SourceValue | undefined): boolean {
  const fields = fieldsOf(document);
  if (fields === undefined) return true;
  return listOf(fields.Statement).some((statement) => {
    const { Action, NotAction } = fieldsOf(statement) ?? {};
    if (NotAction !== undefined || Action === undefined) return true;
    return listOf(Action).some((action) => typeof action !== 'string' || /^(kms:|\*)/i.test(action));
  });
}

type Fields = { readonly [name: string]: SourceValue };

function fieldsOf(value: SourceValue | undefined): Fields | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Computed || value instanceof Unknown || Array.isArray(value)) return undefined;
  return value as Fields; // neither a list nor an instance of a class
}

function listOf(value: SourceValue | undefined): readonly SourceValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
