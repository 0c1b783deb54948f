import { report } from '../diagnostics/diagnostic.ts';
import { badText } from '../diagnostics/language.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { concatAll, type Expression, literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { PresetStatement } from '../kms/services/preset.ts';
import { fillOfAws, interpolate, writtenOut } from '../resolve/interpolate.ts';
import type { KeyContent, ServiceModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';

/** The statements that a key's services need, from the presets in `kms/services`, with the placeholders of their options replaced. */
export function lowerServices({ services, place }: KeyContent): Result<readonly Statement[]> {
  const collector = createCollector();
  const statements = services.flatMap((service) => {
    const { preset, options, span } = service;
    if (options === undefined) return [];
    const known = knownIn(options, place);
    const { error } = preset.options.loose().safeParse(known);
    // Only a value that a placeholder stands for can be of another form than the text.
    for (const { message, path } of error?.issues ?? []) {
      const found = JSON.stringify(
        path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], known),
      ); // a path leads through objects and lists
      collector.add(report(badText, span, { problem: message, found, example: undefined }));
    }
    return preset.statements(known, place).map(
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

/** Options with every placeholder filled in whose text is known before the deployment: presets distinguish ARNs from names, and regions. */
function knownIn<Options extends object>(options: Options, place: Place): Options {
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'string') return value;
    return fillOfAws(writtenOut(value, place).text, (name) => {
      const own = place[name];
      return own.kind === 'literal' ? own.text : undefined;
    });
  };
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, filled(value)])) as Options; // the same shape
}

/** A statement of a preset in a place. Presets write no placeholders, so all of them come from options. */
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
