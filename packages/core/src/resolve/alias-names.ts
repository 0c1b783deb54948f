import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badAliasName, reservedAlias } from '../diagnostics/keys.ts';
import { needsKnownEnvironment } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { joinedText, type Literal, literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { withAliasPrefix, withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { limits } from '../kms/limits.ts';
import type { AliasDefinition } from '../language/key.ts';
import { type Located, property, retyped } from '../project/located.ts';
import { fillKeyName, interpolate, writtenOut } from './interpolate.ts';
import type { AliasModel } from './model.ts';
import type { Place } from './place.ts';

/** The name of an alias with its prefix, as written in the YAML except for `${key}`. `id`: the id that `resolveAliases` gives the alias. */
export function writtenAliasName(id: string): string {
  return withAliasPrefix(id.split('/').slice(2).join('/'));
}

/** Whether KMS accepts this alias name, prefix included. Source: AWS KMS API reference, CreateAlias, AliasName. */
function isAliasName(aliasName: string): boolean {
  return /^alias\/[a-zA-Z0-9/_-]+$/.test(aliasName) && aliasName.length <= limits.aliasNameCharacters;
}

/** The name of an existing alias, possibly one of AWS's own. Reports a name that cannot exist (KW3007). */
export function existingAliasName(name: Located<string>, place: Place): Result<Literal> {
  const { value, diagnostics } = aliasNameAt(name, place, isPossible);
  return { value: value ?? literal(withAliasPrefix(name.value)), diagnostics };
}

/**
 * Resolves the aliases of a key or an import. `holder` makes their ids unique: `orders`, `orders@prod-us`, `imports.shared`. A name that
 * KMS would refuse, or that is not known, is reported and left out.
 */
export function resolveAliases(
  definitions: readonly Located<AliasDefinition>[],
  holder: string,
  keyName: string,
  environment: Environment,
  place: Place,
): Result<readonly AliasModel[]> {
  const collector = createCollector();
  const aliases = definitions.flatMap((source) => {
    const { value } = source;
    const name =
      typeof value === 'string'
        ? retyped(source, value)
        : (property(retyped(source, value), 'name') ?? retyped(source, value.name));
    const nameText = collector.take(aliasNameAt({ ...name, span: source.span }, place, isOwnName));
    if (nameText === undefined) return [];
    const aliasName = nameText.text;
    // The id leaves out the values of an environment, so that names made from the alias are the same in every environment; see
    // `writtenAliasName`.
    const written = withAliasPrefix(fillKeyName(name.value, place));
    const id = `alias/${holder}/${withoutAliasPrefix(written)}`;
    const names = typeof value === 'string' ? {} : (value.names ?? {});
    return { id, aliasName, nameText, ...(written !== aliasName && { written }), keyName, environment, names, source };
  });
  return collector.result(aliases);
}

type Check = (written: Located<string>) => readonly Diagnostic[];

/** The name of an alias at a place; `undefined`, with a diagnostic, if it is invalid or unknown there. */
function aliasNameAt(name: Located<string>, place: Place, check: Check): Result<Literal | undefined> {
  const collector = createCollector();
  const expression = collector.take(interpolate(name, place));
  if (collector.diagnostics.length > 0) return collector.result(undefined);
  if (expression.kind !== 'literal') {
    const what = `the alias name \`${name.value}\``;
    collector.add(report(needsKnownEnvironment, name.span, { what }));
    return collector.result(undefined);
  }
  const aliasName = withAliasPrefix(expression.text);
  if (check({ ...name, value: aliasName }).length === 0) {
    const prefix = aliasName.slice(0, aliasName.length - expression.text.length);
    return collector.result(joinedText([literal(prefix), expression]));
  }
  const plain = withAliasPrefix(name.value.replaceAll(/\$\{[^}]*\}/g, 'x'));
  const isValueToBlame = check({ ...name, value: plain }).length === 0;
  const [value] = isValueToBlame ? writtenOut(name.value, place).values : [];
  const related = value === undefined ? [] : [{ message: 'it is used here', span: name.span }];
  const problems = check({ ...name, value: aliasName, span: value?.span ?? name.span });
  collector.add(...problems.map((problem) => ({ ...problem, related: [...problem.related, ...related] })));
  return collector.result(undefined);
}

function isPossible({ value: aliasName, span }: Located<string>): readonly Diagnostic[] {
  const maximum = limits.aliasNameCharacters;
  return isAliasName(aliasName) ? [] : [report(badAliasName, span, { aliasName, maximum })];
}

function isOwnName(name: Located<string>): readonly Diagnostic[] {
  const { value: aliasName, span } = name;
  return aliasName.startsWith('alias/aws/') && isAliasName(aliasName)
    ? [report(reservedAlias, span, { aliasName })]
    : isPossible(name);
}
