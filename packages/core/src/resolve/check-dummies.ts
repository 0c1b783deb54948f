import { dummyKeyId } from '../context/context.ts';
import { dummyUsed } from '../diagnostics/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import type { Model } from './model.ts';

/** A lookup that recorded a dummy key may be built, with a warning, and must not be deployed. */
export function checkDummies(model: Model): readonly Diagnostic[] {
  return model.stacks
    .flatMap((stack) => [...stack.imports.values()])
    .flatMap((imported) => {
      if (imported.kind !== 'lookup' || imported.entry?.keyId !== dummyKeyId) return [];
      const { account, region } = imported.entry;
      return [report(dummyUsed, imported.definition.span, { alias: imported.alias, account, region })];
    });
}
