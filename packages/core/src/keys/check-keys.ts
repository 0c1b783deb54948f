import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../resolve/model.ts';
import { aliasesAreFewEnough } from './aliases-are-few-enough.ts';
import { aliasesAreUnique } from './aliases-are-unique.ts';
import { descriptionFits } from './description-fits.ts';
import { importAliasesArePossible } from './import-aliases-are-possible.ts';
import { importGrantsArePossible, kmsGrantsArePossible } from './kms-grants-are-possible.ts';
import { originFitsKeyStore } from './origin-fits-key-store.ts';
import { pendingWindowIsInRange } from './pending-window-is-in-range.ts';
import { replicasArePossible } from './replicas-are-possible.ts';
import { replicasGoWithTheirPrimary } from './replicas-go-with-their-primary.ts';
import { rotationIsPossible } from './rotation-is-possible.ts';
import type { KeyRule } from './rule.ts';
import { specAcceptsUsage } from './spec-accepts-usage.ts';
import { specExistsInRegion } from './spec-exists-in-region.ts';
import { tagsAreAccepted } from './tags-are-accepted.ts';

/** What KMS requires of a key, one rule a file. */
const rules: readonly KeyRule[] = [
  specAcceptsUsage,
  specExistsInRegion,
  originFitsKeyStore,
  rotationIsPossible,
  pendingWindowIsInRange,
  descriptionFits,
  tagsAreAccepted,
  replicasArePossible,
  replicasGoWithTheirPrimary,
  kmsGrantsArePossible,
];

/** Everything that KMS would refuse about the keys and aliases of a project, whatever their policies say. */
export function checkKeys(model: Model): readonly Diagnostic[] {
  const keys = model.stacks.flatMap((stack) => [...stack.keys.values()]).flatMap((key) => [key, ...key.replicas]);
  const imports = model.stacks.flatMap((stack) => [...stack.imports.values()]);
  return [
    ...keys.flatMap((key) => rules.flatMap((rule) => rule(key))),
    ...aliasesAreUnique(model.stacks),
    ...aliasesAreFewEnough(model.stacks),
    ...imports.flatMap(importAliasesArePossible),
    ...imports.flatMap(importGrantsArePossible),
  ];
}
