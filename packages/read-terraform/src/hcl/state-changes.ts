/** Reads the blocks that change a state: `moved`, `removed` and `import`. */
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import { pendingBlock } from '../diagnostics.ts';
import type { SourceResource } from '../source/resource.ts';
import { isRead } from '../source/types.ts';
import { hasMark } from './marks.ts';
import { formerAddresses, isWithin } from './moves.ts';

/** A block that changes a state. Its addresses start at the root module. */
export interface StateChange {
  readonly kind: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly importedId: string | undefined;
  readonly span: Span;
}

interface StateHistory {
  readonly managed: readonly SourceResource[];
  readonly changes: readonly StateChange[];
  readonly calls: readonly string[];
}

/** Adds the former addresses of resources, and the ids in their `import` blocks. */
export function withHistory({ managed, changes }: StateHistory): readonly SourceResource[] {
  const moves = changes.flatMap(({ kind, from, to }) =>
    kind === 'moved' && from !== undefined && to !== undefined ? [{ from, to }] : [],
  );
  return managed.map((resource) => {
    const former = formerAddresses(resource.address, moves);
    const importedId = changes.find(({ kind, to }) => kind === 'import' && to === resource.address)?.importedId;
    return {
      ...resource,
      ...(former.length > 0 && { former }),
      ...(importedId !== undefined && !hasMark(importedId) && { importedId }),
    };
  });
}

/** Reports each block that will change the state but has no effect on the resources that were read. */
export function pendingIn({ managed, changes, calls }: StateHistory): readonly Diagnostic[] {
  const addresses = [...managed.map(({ address }) => address), ...calls];
  const open = new Map<string, Diagnostic>();
  const resolved = new Set<string>();
  for (const { kind, from, to, span } of changes) {
    const address = to ?? from;
    const [, first = ''] = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(\w+)/.exec(address ?? '') ?? [];
    if (address === undefined || !(isRead(first) || first === 'module')) continue;
    const id = JSON.stringify(span);
    const isKnown =
      to !== undefined &&
      (addresses.some((one) => isWithin(one, to)) || changes.some((next) => next.kind === 'moved' && next.from === to));
    if (isKnown) resolved.add(id);
    else if (!open.has(id)) open.set(id, report(pendingBlock, span, { kind, address }));
  }
  return [...open].flatMap(([id, diagnostic]) => (resolved.has(id) ? [] : [diagnostic]));
}
