import { createCollector, type Result } from '../diagnostics/result.ts';
import { concatAll, type Expression, literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { PresetStatement } from '../kms/services/preset.ts';
import { interpolate, writtenOut } from '../resolve/interpolate.ts';
import type { KeyContent, ServiceModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';

/** The statements that a key's services need, from the presets in `kms/services`, with the placeholders of their options replaced. */
export function lowerServices({ services, place }: KeyContent): Result<readonly Statement[]> {
  const collector = createCollector();
  const statements = services.flatMap((service) => {
    const { preset, options, span } = service;
    if (options === undefined) return [];
    return preset.statements(knownIn(options, place), place).map(
      (statement): Statement => ({
        effect: 'Allow',
        resources: [literal('*')],
        ...collector.take(withPlace(statement, service, place)),
        source: { span, through: `service ${preset.name}` },
      }),
    );
  });
  return collector.result(statements);
}

/** Options with all filled in that is known before the deployment: presets tell ARNs from names, and regions apart. */
function knownIn<Options extends object>(options: Options, place: Place): Options {
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'string' || !value.includes('${')) return value;
    return writtenOut(value, place).text.replaceAll(ofAws, (all: string, name: AwsName) => {
      const own = place[name];
      return own.kind === 'literal' ? own.text : all;
    });
  };
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, filled(value)])) as Options; // the same shape
}

type AwsName = 'account' | 'region' | 'partition' | 'dnsSuffix';

const ofAws = /(?<!\$)\$\{(account|region|partition|dnsSuffix)\}/g;

/** A statement of a preset as it is in a place. Presets write no placeholders, so all that it has come from options. */
function withPlace(statement: PresetStatement, { span }: ServiceModel, place: Place): Result<PresetStatement> {
  const collector = createCollector();
  const filled = (expression: Expression): Expression => {
    if (expression.kind === 'concat') return concatAll(expression.parts.map(filled));
    if (expression.kind !== 'literal') return expression;
    return collector.take(interpolate({ value: expression.text, span }, place));
  };
  const principals = statement.principals?.map(
    (principal): PolicyPrincipal =>
      principal.kind === 'service' ? { ...principal, host: filled(principal.host) } : principal,
  );
  const conditions = statement.conditions.map((condition) => ({ ...condition, values: condition.values.map(filled) }));
  return collector.result({ ...statement, ...(principals && { principals }), conditions });
}
