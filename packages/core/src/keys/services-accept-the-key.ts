import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { serviceNeedsOtherKey } from '../diagnostics/policy.ts';
import type { KeyRule } from './rule.ts';

/** A service accepts only keys of certain specs and usages; some also require a region, or refuse multi-Region keys. */
export const servicesAcceptTheKey: KeyRule = ({ services, traits: { spec, usage, multiRegion }, place: { region } }) =>
  services.flatMap(({ preset: { name: service, requires }, span }): readonly Diagnostic[] => {
    const refuse = (needed: string, has: string, change: string) =>
      report(serviceNeedsOtherKey, span, { service, needed, has, change });
    const { region: only, specs, singleRegion } = requires;
    const isPossible = usage === requires.usage && specs.includes(spec);
    const isElsewhere = only !== undefined && region.kind === 'literal' && region.text !== only;
    return [
      ...(isPossible
        ? []
        : [refuse(`of ${specs.join(' or ')} × ${requires.usage}`, `${spec} × ${usage}`, 'change the spec')]),
      ...(isElsewhere ? [refuse(`in ${only}`, `in ${region.text}`, `move the key to a stack in ${only}`)] : []),
      ...(singleRegion && multiRegion ? [refuse('that is single-Region', 'multi-Region', 'remove `multiRegion`')] : []),
    ];
  });
