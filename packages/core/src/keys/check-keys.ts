import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { keysOf, type Model } from '../resolve/model.ts';
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
import { rotationPeriodIsInRange } from './rotation-period-is-in-range.ts';
import type { ContentRule, KeyRule } from './rule.ts';
import { servicesAcceptTheKey } from './services-accept-the-key.ts';
import { specAcceptsUsage } from './spec-accepts-usage.ts';
import { specExistsInRegion } from './spec-exists-in-region.ts';
import { tagsAreAccepted } from './tags-are-accepted.ts';

/** The rules for single properties of a key. They also apply to standards that no key uses. */
const contentRules: readonly ContentRule[] = [
  rotationPeriodIsInRange,
  pendingWindowIsInRange,
  descriptionFits,
  tagsAreAccepted,
];

/** The rules for a key as a whole. */
const rules: readonly KeyRule[] = [
  specAcceptsUsage,
  specExistsInRegion,
  originFitsKeyStore,
  rotationIsPossible,
  replicasArePossible,
  replicasGoWithTheirPrimary,
  kmsGrantsArePossible,
  servicesAcceptTheKey,
];

/** Reports everything KMS would refuse about the project's keys and aliases, whatever their policies say. */
export function checkKeys(model: Model): readonly Diagnostic[] {
  const keys = model.stacks.flatMap(keysOf);
  const imports = model.stacks.flatMap((stack) => [...stack.imports.values()]);
  return [
    ...keys.flatMap((key) =>
      inStack(key.stack, [
        ...rules.flatMap((rule) => rule(key, model.stacks)),
        ...contentRules.flatMap((rule) => rule(key)),
      ]),
    ),
    ...model.unusedStandards.flatMap((content) => contentRules.flatMap((rule) => rule(content))),
    ...aliasesAreUnique(model.stacks),
    ...aliasesAreFewEnough(model.stacks),
    ...imports.flatMap((one) =>
      inStack(one.stack, [...importAliasesArePossible(one), ...importGrantsArePossible(one)]),
    ),
  ];
}
