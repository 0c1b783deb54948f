import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  missingValue,
  unclosedPlaceholder,
  unknownName,
  unknownPlaceholder,
  valuesMakeTooLong,
} from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { concatAll, type Expression, type Literal, literal, literalFrom } from '../ir/expression.ts';
import { piecesOf } from '../language/pieces-of-text.ts';
import type { Located, Named } from '../project/located.ts';
import type { Known, Place } from './place.ts';

/** Looks up a placeholder that the place itself does not define; `undefined` if it is unknown. */
export type PlaceholderLookup = (name: string) => Expression | undefined;

/**
 * Replaces `${account}`, `${region}`, `${partition}` and `${dnsSuffix}` in a text of the project, along with what else is known at the
 * place (`${environment}`, `${values.siem}`, `${account.audit}`, …), and reads `$${` as `${`. Any other placeholder goes to `lookup`.
 * Reports a placeholder that `lookup` does not know (KW2006), a value that the environment lacks (KW2030), an undeclared account (KW2003),
 * and a `${` that is never closed (KW2012).
 */
export function interpolate(
  text: Pick<Located<string>, 'value' | 'span'>,
  place: Place,
  lookup: PlaceholderLookup = () => undefined,
  placeholders: readonly string[] = [],
): Result<Expression> {
  // Most texts have no placeholders.
  if (!text.value.includes('${')) return { value: literal(text.value), diagnostics: [] };
  const collector = createCollector();
  const unknown = new Set<string>();
  const resolved = replacePlaceholders(text.value, (name) => {
    if (name === undefined) {
      collector.add(report(unclosedPlaceholder, text.span, {}));
      return undefined;
    }
    const filled = ofAws(place, name) ?? ofProject(place, name) ?? lookup(name);
    if (filled === undefined) unknown.add(name);
    return filled;
  });
  for (const name of unknown) collector.add(...standsForNothing(name, text, place, placeholders));
  if (resolved === undefined) collector.add(report(valuesMakeTooLong, text.span, { maximum: longestText }));
  return collector.result(resolved ?? literal(''));
}

/** Replaces placeholders in a policy file of AWS's own format: only the four that AWS knows; any other belongs to IAM and stays. */
export function interpolatePolicyFile(text: string, place: Place): Expression {
  if (!text.includes('${')) return literal(text);
  return replacePlaceholders(text, (name) => (name === undefined ? undefined : ofAws(place, name))) ?? literal('');
}

/**
 * Fills in everything that the project knows about a place in a text, and also returns the values that the text uses. `${account}` and the
 * like stay.
 */
export function writtenOut(
  text: string,
  place: Place,
): { readonly text: string; readonly values: readonly Named<string>[] } {
  if (!text.includes('${')) return { text, values: [] };
  const values = new Set<Named<string>>();
  const parts: string[] = [];
  let added = 0;
  for (const piece of piecesOf(text)) {
    const value = piece.kind === 'placeholder' ? valueAt(place, piece.name) : undefined;
    if (value !== undefined) values.add(value);
    added += value?.value.length ?? 0;
    // `interpolate` reports a text that is too long.
    if (added > longestText) return { text, values: [] };
    parts.push(piece.kind === 'placeholder' ? (ofProjectAt(place, piece.name)?.text ?? piece.text) : piece.text);
  }
  return { text: parts.join(''), values: [...values] };
}

/**
 * Applies a check to a text as it is, and with everything filled in that the project knows about the place. Problems caused only by a value
 * are reported at the value, with the text that uses it as a related span.
 */
export function problemsOf(
  text: Located<string>,
  place: Place,
  check: (written: Located<string>) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const { text: value, values } = writtenOut(text.value, place);
  const problems = value === text.value || values.length > 0 ? check(text) : check({ ...text, value });
  const [first, ...others] = values;
  if (first === undefined || problems.length > 0) return problems;
  const related = [
    { message: 'it is used here', span: text.span },
    ...others.map(({ name, span }) => ({ message: `with the value \`${name}\``, span })),
  ];
  return check({ ...text, value, span: first.span }).map((problem) => ({
    ...problem,
    related: [...problem.related, ...related],
  }));
}

const placeholdersOfAws = ['account', 'region', 'partition', 'dnsSuffix'] as const;
type PlaceholderOfAws = (typeof placeholdersOfAws)[number];

/**
 * A text with `${account}` and the like replaced by what `textFor` returns; placeholders for which it returns
 * `undefined`, and everything else, stay as written.
 */
export function fillOfAws(text: string, textFor: (name: PlaceholderOfAws) => string | undefined): string {
  return fill(text, (placeholder) => {
    const name = placeholdersOfAws.find((one) => one === placeholder);
    return name && textFor(name);
  });
}

/**
 * A text with `${key}` replaced by the name of the place's key, which is the same in every environment; everything else stays as written.
 */
export function fillKeyName(text: string, { names }: Pick<Known, 'names'>): string {
  return fill(text, (placeholder) => (placeholder === 'key' ? names.key?.text : undefined));
}

function fill(text: string, textFor: (placeholder: string) => string | undefined): string {
  if (!text.includes('${')) return text;
  return [...piecesOf(text)]
    .map((piece) => (piece.kind === 'placeholder' ? textFor(piece.name) : undefined) ?? piece.text)
    .join('');
}

function ofAws(place: Place, name: string): Expression | undefined {
  const placeholder = placeholdersOfAws.find((one) => one === name);
  return placeholder && place[placeholder];
}

function ofProject(place: Place, name: string): Expression | undefined {
  const projectText = ofProjectAt(place, name);
  if (projectText !== undefined) return projectText;
  // If no particular environment reads the text, a value has a name but no text.
  return place.values.byName.has(afterPrefix('values.', name) ?? '') ? literal(`\${${name}}`) : undefined;
}

function ofProjectAt(place: Place, name: string): Literal | undefined {
  const { names, accounts, literalOf = literalFrom } = place;
  if (Object.hasOwn(names, name)) return names[name as keyof Place['names']]; // checked by hasOwn
  const account = afterPrefix('account.', name);
  const value = account === undefined ? valueAt(place, name) : undefined;
  if (value !== undefined) return literalOf(`values.${value.name}`, value.value);
  const id = accounts.get(account ?? '')?.id;
  return id === undefined ? undefined : literal(id);
}

function valueAt({ values }: Place, name: string): Named<string> | undefined {
  const value = afterPrefix('values.', name);
  return value === undefined ? undefined : values.byName.get(value);
}

function afterPrefix(prefix: string, name: string): string | undefined {
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

function standsForNothing(
  name: string,
  { span }: Pick<Located<string>, 'span'>,
  place: Place,
  placeholders: readonly string[],
): readonly Diagnostic[] {
  const value = afterPrefix('values.', name);
  if (value !== undefined) {
    const { lacking, known: names } = place.values;
    const environments = lacking(value);
    // It was already reported that the environment is not in the project.
    if (environments.length === 0 && Object.hasOwn(place.names, 'environment')) return [];
    return [report(missingValue, span, { name: value, environments, known: [...names] })];
  }
  const account = afterPrefix('account.', name);
  if (account !== undefined) {
    return [report(unknownName, span, { kind: 'account', name: account, candidates: [...place.accounts.keys()] })];
  }
  const names = [...placeholdersOfAws, ...Object.keys(place.names), 'values.<name>', 'account.<name>', ...placeholders];
  return [report(unknownPlaceholder, span, { placeholder: name, known: names })];
}

/** Longer than any text that AWS accepts. */
const longestText = 32_768;

/**
 * Replaces placeholders; those for which `resolvePlaceholder` returns `undefined` stay. For an unclosed `${`, `resolvePlaceholder` is
 * called with `undefined`. Returns `undefined` if values make the text too long.
 */
function replacePlaceholders(
  text: string,
  resolvePlaceholder: (name: string | undefined) => Expression | undefined,
): Expression | undefined {
  const parts: Expression[] = [];
  let added = 0;
  for (const piece of piecesOf(text)) {
    if (piece.kind === 'unclosed') resolvePlaceholder(undefined);
    const value = piece.kind === 'placeholder' ? resolvePlaceholder(piece.name) : undefined;
    if (value?.kind === 'literal' && piece.text.startsWith('${values.')) added += value.text.length;
    if (added > longestText) return undefined;
    parts.push(value ?? literal(piece.kind === 'escape' ? '${' : piece.text));
  }
  return concatAll(parts);
}
