import { literal } from '../ir/expression.ts';
import type { Statement } from '../ir/policy.ts';
import type { KeyContent } from '../resolve/model.ts';

/** The statements that a key's services need, from the presets in `kms/services`. */
export function lowerServices({ services, place }: KeyContent): readonly Statement[] {
  return services.flatMap(({ preset, options, span }) =>
    (options === undefined ? [] : preset.statements(options, place)).map(
      (statement): Statement => ({
        effect: 'Allow',
        resources: [literal('*')],
        ...statement,
        source: { span, through: `service ${preset.name}` },
      }),
    ),
  );
}
