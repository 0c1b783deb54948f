import { report } from '../diagnostics/diagnostic.ts';
import { badText } from '../diagnostics/language.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import {
  concatAll,
  type Expression,
  joinedText,
  type Literal,
  literal,
  literalText,
  partOfText,
  stretchesOf,
} from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { PresetStatement } from '../kms/services/preset.ts';
import { fillOfAws, interpolate, writtenOut } from '../resolve/interpolate.ts';
import type { KeyContent, ServiceModel } from '../resolve/model.ts';
import type { Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';
import { throughPreset } from './preset-source.ts';

/** The statements that a key's services need, as the presets in `kms/services` make them. Placeholders in the options are replaced. */
export function lowerServices({ services, place }: KeyContent): Result<readonly Statement[]> {
  const collector = createCollector();
  const statements = services.flatMap((service) => {
    const { preset, options, span } = service;
    if (options === undefined) return [];
    const optionsHere = knownIn(options, place);
    const placed = { service, place, written: textsIn(options, service.span, place) };
    const { error } = preset.options.loose().safeParse(optionsHere);
    // The options were valid as written, so only the value of a placeholder can have a wrong form.
    for (const { message, path } of error?.issues ?? []) {
      const found = JSON.stringify(
        path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], optionsHere),
      ); // a path leads through objects and lists
      collector.add(report(badText, span, { problem: message, found, example: undefined }));
    }
    return preset.statements(optionsHere, place).map(
      (statement): Statement => ({
        effect: 'Allow',
        resources: [literal('*')],
        ...collector.take(withPlace(statement, placed)),
        source: { span, through: throughPreset(preset.name) },
      }),
    );
  });
  return collector.result(statements);
}

/** Fills in each placeholder whose text is known before the deployment, because presets read ARNs, names and regions in the options. */
function knownIn<Options extends object>(options: Options, place: Place): Options {
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'string') return value;
    return fillOfAws(writtenOut(value, place).text, (name) => literalText(place[name]));
  };
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, filled(value)])) as Options; // the same shape
}

interface Placed {
  readonly service: ServiceModel;
  readonly place: Place;
  readonly written: readonly Literal[];
}

/** The options with placeholders, if everything in them is known before the deployment. */
function textsIn(options: object, span: Span, place: Place): readonly Literal[] {
  return Object.values(options)
    .flat()
    .flatMap((option) => {
      if (typeof option !== 'string' || !option.includes('${')) return [];
      const { value } = interpolate({ value: option, span }, place);
      return value.kind === 'literal' ? [value] : [];
    });
}

/** The account of an ARN, with the origins that it has in the ARN; empty for other texts and ARNs without an account. */
function accountOfArn(text: Literal): readonly Literal[] {
  const [start = '', account = ''] = /^(arn:[^:]*:[^:]*:[^:]*:)([^:]+):/.exec(text.text)?.slice(1) ?? [];
  return account === '' ? [] : [partOfText(text, start.length, start.length + account.length)];
}

/** A text with the origins of the option that it contains, such as an ARN that ends in a name. */
function withOriginsOf(whole: Literal, option: Literal): Literal {
  const start = whole.text.indexOf(option.text);
  const end = start + option.text.length;
  const isPart = start >= 0 && /[:/]|^$/.test(whole.text.charAt(start - 1)) && /[:/*]|^$/.test(whole.text.charAt(end));
  if (!isPart || stretchesOf(whole).some((stretch) => stretch.start < end && stretch.end > start)) return whole;
  return joinedText([partOfText(whole, 0, start), option, partOfText(whole, end)]);
}

/** A preset's statement in which placeholders are filled in. They come from the options, since presets themselves contain none. */
function withPlace(statement: PresetStatement, { service, place, written }: Placed): Result<PresetStatement> {
  const collector = createCollector();
  const filled = (expression: Expression): Expression => {
    if (expression.kind === 'concat') return concatAll(expression.parts.map(filled));
    if (expression.kind !== 'literal') return expression;
    if (!expression.text.includes('${')) {
      const whole = written.reduce(withOriginsOf, expression);
      // A text that contains no option may contain an option's account, as the encryption context of a trail does.
      return whole === expression ? written.flatMap(accountOfArn).reduce(withOriginsOf, expression) : whole;
    }
    return collector.take(interpolate({ value: expression.text, span: service.span }, place));
  };
  const principals = statement.principals?.map((principal): PolicyPrincipal => {
    if (principal.kind === 'service') return { ...principal, host: filled(principal.host) };
    return principal.kind === 'aws' ? { ...principal, arn: filled(principal.arn) } : principal;
  });
  const conditions = statement.conditions.map((condition) => ({ ...condition, values: condition.values.map(filled) }));
  return collector.result({ ...statement, ...(principals && { principals }), conditions });
}
