import { type Expression, expressionKey } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import type { ImportDefinition } from '@keywright/core/language/import';
import { Inexpressible, textOf } from './text.ts';

/** The keys that a stack uses but does not create. Aliases, KMS grants or texts of the stack refer to them. */
export interface Imports {
  /** Returns the name of the import for a key. For a key of another stack, creates the import if necessary. */
  nameOf(target: Expression): string | undefined;
  all(): readonly { readonly name: string; readonly target: Expression }[];
  definitionOf(target: Expression): ImportDefinition;
}

export function createImports(stack: Stack): Imports {
  const byName = new Map<string, Expression>();
  const names = new Map<string, string>();
  const add = (name: string, target: Expression) => {
    byName.set(name, target);
    const identity = identityOf(target);
    if (!names.has(identity)) names.set(identity, name);
  };
  const keyNames = new Set(stack.resources.flatMap((one) => (one.kind === 'key' ? [one.name] : [])));
  for (const resource of stack.resources) {
    const target =
      resource.kind === 'alias' ? resource.target : resource.kind === 'kmsGrant' ? resource.key : undefined;
    if (target === undefined || target.kind === 'reference') continue;
    if (resource.kind === 'alias' || resource.kind === 'kmsGrant') add(resource.keyName, target);
  }
  return {
    nameOf(target) {
      const existing = names.get(identityOf(target));
      if (existing !== undefined || target.kind !== 'crossStack') return existing;
      const [, key = 'key'] = /^keys\.(.+)\.(?:arn|id)$/.exec(target.export) ?? [];
      let name = key;
      for (let count = 2; byName.has(name) || keyNames.has(name); count += 1) name = `${key}${count}`;
      add(name, target);
      return name;
    },
    all: () => [...byName].map(([name, target]) => ({ name, target })),
    definitionOf(target) {
      if (target.kind !== 'crossStack') return { arn: textOf(target) };
      const [, key] = /^keys\.(.+)\.(?:arn|id)$/.exec(target.export) ?? [];
      if (key === undefined) throw new Inexpressible(`${target.export} of stack ${target.stack} is not a key`);
      return { key: `${target.stack}.${key}` };
    },
  };
}

/** A text that identifies an import. The id and the ARN of a key of another stack share one import. */
function identityOf(target: Expression): string {
  if (target.kind !== 'crossStack') return expressionKey(target);
  return JSON.stringify([target.stack, target.export.replace(/\.(arn|id)$/, '')]);
}
