import type { RowValue } from '@keywright/core/emit/rows';
import { quote } from '../print/text.ts';
import type { Backend } from './backend.ts';
import { argumentViews } from './resource.ts';

/** Returns the view of the block `backend "s3"`, or of the block `cloud`, which has no label but a nested block for workspaces. */
export function backendView({ type, settings }: Backend, print: (value: RowValue) => string) {
  const isCloud = type === 'cloud';
  const nested = settings.filter(([name]) => isCloud && name === 'workspaces');
  return {
    heading: isCloud ? 'cloud' : `backend ${quote(type)}`,
    settings: argumentViews(
      settings.filter((row) => !nested.includes(row)),
      print,
    ),
    blocks: nested.flatMap(([name, value]) =>
      typeof value === 'object' && 'kind' in value && value.kind === 'object'
        ? [{ name, settings: argumentViews(value.entries, print) }]
        : [],
    ),
  };
}
