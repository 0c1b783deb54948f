import { report } from '../diagnostics/diagnostic.ts';
import { usageNeeded, usageNotAccepted } from '../diagnostics/keys.ts';
import { usagesOfSpec } from '../kms/key-specs.ts';
import type { KeyRule } from './rule.ts';

/** KMS accepts only certain pairs of spec and usage; if an asymmetric spec allows two usages, the key must set one. */
export const specAcceptsUsage: KeyRule = ({ kind, traits, properties, nameSpan }) => {
  if (kind === 'replicaKey') return [];
  const usages = usagesOfSpec[traits.spec];
  const spec = properties.spec;
  const usage = properties.usage;
  if (usage === undefined) {
    return usages.length > 1 ? [report(usageNeeded, spec?.span ?? nameSpan, { spec: traits.spec, usages })] : [];
  }
  if (usages.includes(usage.value)) return [];
  const related = spec === undefined ? [] : [{ message: 'the spec', span: spec.span }];
  return [report(usageNotAccepted, usage.span, { spec: traits.spec, usage: usage.value, usages }, related)];
};
