import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { serviceNeedsOtherKey } from '../diagnostics/policy.ts';
import { literal } from '../ir/expression.ts';
import type { Statement } from '../ir/policy.ts';
import type { KeyModel } from '../resolve/model.ts';

/** The statements that the services of a key need, from the presets in `kms/services`. */
export function lowerServices(key: KeyModel, diagnostics: Diagnostic[]): readonly Statement[] {
  return key.services.flatMap(({ preset, options, span }): readonly Statement[] => {
    const { name: service, requires } = preset;
    const refuse = (needed: string, has: string, change: string) =>
      diagnostics.push(report(serviceNeedsOtherKey, span, { service, needed, has, change }));
    const { spec, usage, multiRegion } = key.traits;
    if (usage !== requires.usage || !requires.specs.includes(spec)) {
      const needed = `of ${requires.specs.join(' or ')} × ${requires.usage}`;
      refuse(needed, `${spec} × ${usage}`, 'change the spec');
    }
    const { region } = key.place;
    const { region: only } = requires;
    if (only !== undefined && region.kind === 'literal' && region.text !== only) {
      refuse(`in ${only}`, `in ${region.text}`, `move the key to a stack in ${only}`);
    }
    if (requires.singleRegion && multiRegion) refuse('of a single region', 'multi-Region', 'remove `multiRegion`');
    if (options === undefined) return [];
    return preset.statements(options, key.place).map(
      (statement): Statement => ({
        effect: 'Allow',
        resources: [literal('*')],
        ...statement,
        source: { span, through: `service ${service}` },
      }),
    );
  });
}
