import { isList } from '@keywright/core/collections/is-list';
import { type Deployment, fill } from '@keywright/core/emit/deployment-text';
import { object, type Rows, type RowValue } from '@keywright/core/emit/rows';

/** A setting of a backend or provider. Texts can contain placeholders. */
export type Setting = string | number | boolean | readonly string[] | { readonly [name: string]: Setting };

/** Returns settings as rows, with the values of a deployment filled in. */
export function settingRows(settings: Readonly<Record<string, Setting | undefined>>, deployment: Deployment): Rows {
  return Object.entries(settings).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, rowValue(value, deployment)] as const],
  );
}

function rowValue(value: Setting, deployment: Deployment): RowValue {
  if (typeof value === 'string') return fill(value, deployment);
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map((text) => fill(text, deployment));
  return object(Object.entries(value).map(([name, inner]) => [name, rowValue(inner, deployment)]));
}
