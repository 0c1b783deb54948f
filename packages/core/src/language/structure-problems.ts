import type * as z from 'zod';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  badStructure,
  badText,
  missingKey,
  type OtherAlternative,
  unknownKey,
  valueNotAllowed,
  wordOfAnotherTool,
  wrongType,
} from '../diagnostics/language.ts';
import { createProblemList, problemLimit } from '../diagnostics/problem-list.ts';
import { nearest } from '../diagnostics/suggestion.ts';
import { zod } from '../schema/zod.ts';
import type { Span } from '../source/span.ts';
import { startsWithOtherSpace } from '../source/visible.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import type { Checked } from './checked.ts';
import { exampleOf } from './example.ts';
import { type Issue, issuesOf, oneOf } from './issues.ts';
import { reshaped } from './other-shapes.ts';
import { wordAmong } from './other-values.ts';
import { nearestWord, rewritten, translationOf } from './other-words.ts';
import { keySpanAt, type Path, spanAt, valueAt, writtenAt } from './paths.ts';
import {
  describeSchema,
  describeValue,
  hasOneValue,
  isStrict,
  knownKeys,
  listsItsValues,
  mappingsOf,
  schemaAt,
  textIn,
  unwrap,
  valuesOf,
} from './schema-walk.ts';
import { type Checking, foreignStatementAbove, indentationAbove } from './slips.ts';
import { written, writtenEntry } from './written.ts';

/** The problems of a parsed file: a diagnostic for every issue of the schema, at its value; `undefined` if the file is valid. */
export function structureProblems(schema: z.ZodType, parsed: Checked): readonly Diagnostic[] | undefined {
  const { issues, isAll } = issuesOf(schema, parsed);
  if (isAll && issues.length === 0) return undefined;
  const problems = createProblemList();
  const checking: Checking = { ...parsed, reported: new Set() };
  for (const issue of issues) {
    if (problems.isFull()) break;
    for (const diagnostic of explain(issue, [], schema, checking)) problems.add(diagnostic);
  }
  if (!isAll) problems.close(spanAt([], parsed));
  return problems.diagnostics;
}

/** The value with the issue. */
interface Subject {
  readonly path: Path;
  readonly span: Span | undefined;
  readonly value: unknown;
  readonly node: z.core.$ZodType | undefined;
  /** The schema of the mapping or list that contains the value. */
  readonly parent: z.core.$ZodType | undefined;
  /** What to write here in place of another tool's value of this property. */
  readonly ours: string | undefined;
}

/** Explains an issue. `base`: the path to the value that `schema` is for. */
function explain(issue: Issue, base: Path, schema: z.core.$ZodType, parsed: Checking): readonly Diagnostic[] {
  const slip = indentationAbove(issue, base, schema, parsed) ?? foreignStatementAbove(issue.path, base, schema, parsed);
  if (slip !== undefined) return slip;
  const path = [...base, ...issue.path];
  const value = valueAt(path, parsed.value);
  const node = schemaAt(schema, issue.path);
  const parent = schemaAt(schema, issue.path.slice(0, -1));
  const property = path.at(-1);
  const hasProperty = typeof property === 'string' && issue.path.length > 0;
  const ours =
    hasProperty && parent !== undefined && typeof value !== 'number' ? rewritten(property, value, parent) : undefined;
  const subject = { path, span: spanAt(path, parsed), value, node, parent, ours };
  return (
    explainMissing(issue, subject, parsed) ??
    explainOtherForm(issue, subject, parsed) ??
    explainByCode(issue, subject, parsed)
  );
}

/** Explains an issue about a YAML key that a mapping lacks; `undefined` for an issue about a value that is there. */
function explainMissing(
  { otherwise }: Issue,
  { path, node, parent }: Subject,
  parsed: Checked,
): readonly Diagnostic[] | undefined {
  const key = missingKeyAt(path, parsed);
  if (key === undefined) return undefined;
  const mapping = path.slice(0, -1);
  // If the mapping has the YAML key under another name, that name is reported instead.
  const inPlace = valueAt(mapping, parsed.value);
  if (parent !== undefined && isStrict(parent)) {
    if (hasOtherWords(inPlace, parent, key) || isMisspelt(inPlace, parent, key)) return [];
  }
  const example = exampleAt(path, node, parsed);
  // An example of the only possible value is enough.
  const isAll = node !== undefined && example !== undefined && hasOneValue(node);
  const expected = node === undefined ? 'a value' : isAll ? undefined : describeSchema(node);
  return [report(missingKey, keySpanAt(mapping, parsed), { key, expected, example, otherwise })];
}

/** Explains an issue about a value that would be right in another form: without quotes, in our words, as a list. */
function explainOtherForm(
  issue: Issue,
  { path, span, value, node, ours }: Subject,
  parsed: Checked,
): readonly Diagnostic[] | undefined {
  if (node === undefined) return undefined;
  const wrong = (found: string, advice: string) => [
    report(wrongType, span, { expected: describeSchema(node), found, advice }),
  ];
  const bare = withoutQuotes(value);
  if (bare !== undefined && zod().safeParse(node, bare).success)
    return wrong(`"${value}" in quotes, which is text`, `take the quotes off: ${bare}`);
  if (ours !== undefined && issue.code !== 'invalid_value')
    return wrong(shown(value) || describeValue(value), `write \`${String(path.at(-1))}: ${ours}\``);
  if (!['invalid_type', 'invalid_union', 'invalid_value'].includes(issue.code)) return undefined;
  const inShape = writtenAs(path, reshaped(value, node), parsed);
  return inShape === undefined ? undefined : wrong(describeValue(value), `write \`${inShape}\``);
}

function explainByCode(
  issue: Issue,
  { path, span, value, node, parent, ours }: Subject,
  parsed: Checking,
): readonly Diagnostic[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, problemLimit + 1).map((key) => unknownKeyAt(key, value, node, span, parsed));
    case 'invalid_union':
      return node === undefined ? [] : explainUnion(issue, path, node, parsed);
    case 'invalid_key':
      return issue.issues.map((inner: Issue) => {
        const keySpan = keySpanAt(path, parsed);
        // The form of the key is right, so an example would not help.
        if (inner.code === 'custom')
          return report(badStructure, keySpan, { problem: inner.message, shape: 'a key', example: undefined });
        const example = inner.instead?.value ?? keyExample(parent);
        return report(badText, keySpan, { problem: inner.message, found: '', example });
      });
    case 'invalid_type':
      return [
        wrongTypeAt(node === undefined ? issue.expected : describeSchema(node), path, parsed, node, issue.otherwise),
      ];
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (typeof value === 'object')
        return [wrongTypeAt(node === undefined ? values.join(' or ') : describeSchema(node), path, parsed, node)];
      // The message of a literal explains more than its only allowed value would.
      if (values.length === 1 && issue.message !== oneOf(values))
        return [report(badText, span, { problem: issue.message, found: shown(value), example: undefined })];
      // An element of a list has no property, and so no `ours`.
      const word = ours ?? (typeof value === 'string' ? wordAmong(value, values) : undefined);
      return [report(valueNotAllowed, span, { found: String(value), values, ours: word })];
    }
    case 'custom':
      // If the mapping has the missing YAML key under another tool's word or misspelt, that word is reported instead.
      if (node !== undefined && isMapping(value) && (hasOtherWords(value, node) || isMisspelt(value, node))) return [];
      if (node !== undefined && typeof value === 'string')
        return [report(badStructure, span, { problem: issue.message, example: exampleAt(path, textIn(node), parsed) })];
      return [report(badStructure, span, { problem: issue.message, ...shapeOf(node, parsed) })];
    default: {
      const form = node && aboutText(issue) ? textIn(node) : node;
      const instead =
        issue.instead &&
        writtenAs([...path.slice(0, -1), issue.instead.under ?? path.at(-1) ?? ''], issue.instead.value, parsed);
      const example = instead ?? (issue.showsForm ? undefined : exampleAt(path, form, parsed));
      return [report(badText, span, { problem: issue.message, found: shown(value), example })];
    }
  }
}

function aboutText(issue: Issue): boolean {
  return issue.code === 'invalid_format' || ('origin' in issue && issue.origin === 'string');
}

/** The number or truth value that a text would be without quotes; `undefined` if it would be text. */
function withoutQuotes(value: unknown): number | boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

function missingKeyAt(path: Path, parsed: Checked): string | undefined {
  const key = path.at(-1);
  const container = valueAt(path.slice(0, -1), parsed.value);
  return typeof key === 'string' && isMapping(container) && !(key in container) ? key : undefined;
}

/** Reports the problems of the alternative that was meant, guessed from the kind of the value and from its keys. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  node: z.core.$ZodType,
  parsed: Checking,
): readonly Diagnostic[] {
  const value = valueAt(path, parsed.value);
  const span = spanAt(path, parsed);
  const options = unionOptions(node);
  const branches = options.map((option, index) => ({ option, issues: issue.errors[index] ?? [] }));
  // When only one alternative is for values of this kind, zod leaves out the other alternatives and reports the issues of that alternative
  // itself.
  const fitting = branches.filter(({ issues }) => !issues.some(isAboutKind));
  const [first] = fitting;
  if (first === undefined) return [wrongTypeAt(describeSchema(node), path, parsed, node)];
  const values = listedValues(fitting.flatMap(({ issues }) => issues));
  if (values !== undefined) return explain({ ...values, path: [] }, path, node, parsed);
  const score = ({ option, issues }: (typeof branches)[number]) => 10 * sharedKeys(option, value) - issues.length;
  const best = fitting.reduce((one, other) => (score(other) > score(one) ? other : one), first);
  if (fitting.length > 1 && isMapping(value) && fitting.every(({ option }) => sharedKeys(option, value) === 0)) {
    const keys = Object.keys(value);
    if (keys.length === 0)
      return [
        report(wrongType, span, {
          expected: describeSchema(node),
          found: 'an empty mapping',
          advice: wantedAt(describeSchema(node), path, node, parsed),
        }),
      ];
    return keys.slice(0, problemLimit + 1).map((key) => unknownKeyAt(key, value, node, span, parsed));
  }
  if (typeof value === 'string' && fitting.length < branches.length && isUnlikeWords(value, best.issues))
    return [wrongTypeAt(describeSchema(node), path, parsed, node)];
  return best.issues.flatMap((inner) => explain(inner, path, best.option, parsed));
}

/** Whether the only issue of a text is that it is none of the listed words, and the text resembles none of them. */
function isUnlikeWords(text: string, issues: readonly Issue[]): boolean {
  const [issue, ...others] = issues;
  if (issue?.code !== 'invalid_value' || issue.path.length > 0 || others.length > 0) return false;
  const words = issue.values.map(String);
  // A message of the schema's own explains more.
  if (issue.message !== oneOf(words)) return false;
  return wordAmong(text, words) === undefined && nearest(text, words) === undefined;
}

/** The issue of a value that is in no list, with the values of all lists; `undefined` if there are other issues, or a single list. */
function listedValues(issues: readonly Issue[]): Issue | undefined {
  const lists = issues.flatMap((issue) => (issue.code === 'invalid_value' && issue.path.length === 0 ? [issue] : []));
  const [first] = lists;
  if (first === undefined || lists.length < 2 || lists.length < issues.length) return undefined;
  const values = lists.flatMap((list) => list.values);
  return { ...first, values, message: oneOf(values.map(String)) };
}

function isAboutKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_union' && issue.errors.every((errors) => errors.some(isAboutKind));
}

function unionOptions(node: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = unwrap(node)._zod as z.core.$ZodUnion['_zod']; // only a union has issues of this code
  return def.options;
}

/** The number of keys of a value that an alternative knows, including the words of other tools. */
function sharedKeys(option: z.core.$ZodType, value: unknown): number {
  if (!isMapping(value)) return 0;
  const properties = knownKeys(option);
  const entries = Object.entries(value).slice(0, problemLimit);
  return entries.filter(([key, inner]) => properties.includes(key) || translationOf(key, inner, option)?.isWhole)
    .length;
}

/** Reports a YAML key that a mapping of this schema does not have: a slip, or another tool's word for one of the mapping's keys. */
function unknownKeyAt(
  key: string,
  mapping: unknown,
  node: z.core.$ZodType | undefined,
  containerSpan: Span | undefined,
  parsed: Checked,
): Diagnostic {
  const span = (isMapping(mapping) ? parsed.locations.keySpan(mapping, key) : undefined) ?? containerSpan;
  if (node === undefined) return report(unknownKey, span, { key, known: [] });
  if (startsWithOtherSpace(key)) return report(unknownKey, span, { key, known: [] });
  const known = knownKeys(node);
  const value = isMapping(mapping) ? mapping[key] : undefined;
  const word = nearest(key, known) === undefined ? nearestWord(key) : undefined;
  const other = translationOf(key, value, node) ?? (word === undefined ? undefined : translationOf(word, value, node));
  if (other === undefined) {
    const present = isMapping(mapping) ? Object.keys(mapping) : [];
    return report(unknownKey, span, { key, known, alternative: otherAlternativeOf(key, present, node) });
  }
  return report(wordOfAnotherTool, span, { key, ours: other.ours, advice: other.advice });
}

/**
 * The other keys that the alternative with this key requires, and the present keys that it rules out. `undefined` if there is no such
 * alternative.
 */
function otherAlternativeOf(
  key: string,
  present: readonly string[],
  node: z.core.$ZodType,
): OtherAlternative | undefined {
  const alternatives = mappingsOf(node).filter(({ required, keys }) => keys.includes(key) && required.length > 0);
  const shared = ({ keys }: (typeof alternatives)[number]) => present.filter((name) => keys.includes(name)).length;
  const [best] = [...alternatives].sort((one, other) => shared(other) - shared(one));
  if (best === undefined) return undefined;
  const beside = best.required.filter((name) => name !== key);
  return { beside, not: present.filter((name) => !best.keys.includes(name)).slice(0, problemLimit) };
}

/** Whether a mapping has another tool's word for `ours` or, without `ours`, for anything. */
function hasOtherWords(mapping: unknown, node: z.core.$ZodType, ours?: string): boolean {
  if (!isMapping(mapping)) return false;
  const entries = Object.entries(mapping).slice(0, problemLimit);
  return entries.some(([key, value]) => {
    const translation = translationOf(key, value, node);
    return (
      translation !== undefined &&
      (ours === undefined || translation.ours === ours || translation.insteadOf?.includes(ours) === true)
    );
  });
}

/** Whether a mapping has an unknown key for which a message suggests `ours` or, without `ours`, any key. */
function isMisspelt(mapping: unknown, node: z.core.$ZodType, ours?: string): boolean {
  if (!isMapping(mapping)) return false;
  const known = knownKeys(node);
  const unknown = Object.keys(mapping).filter((key) => !known.includes(key));
  return unknown.slice(0, problemLimit).some((key) => {
    const meant = nearest(key, known);
    return ours === undefined ? meant !== undefined : key.startsWith(`${ours}:`) || meant === ours;
  });
}

function wrongTypeAt(
  expected: string,
  path: Path,
  parsed: Checked,
  node: z.core.$ZodType | undefined,
  otherwise?: string,
): Diagnostic {
  const value = valueAt(path, parsed.value);
  const span = spanAt(path, parsed);
  if ((typeof value === 'number' || typeof value === 'boolean') && node !== undefined && textIn(node) !== undefined) {
    const text = writtenAt(path, parsed) ?? String(value);
    const found = `${text}, which YAML reads as ${describeValue(value)}`;
    const isRight = zod().safeParse(node, text).success;
    const advice = isRight ? `put it in quotes: "${text}"` : wantedAt(expected, path, node, parsed);
    return report(wrongType, span, { expected, found, advice });
  }
  const isNothing = value === null || value === undefined;
  const found = isNothing ? 'nothing' : describeValue(value);
  const name = path.at(-1);
  const isAccepted = (other: unknown) => node !== undefined && zod().safeParse(node, other).success;
  // Users write `orders:` for a key without properties; `rotation:` is more likely to lack `true`.
  const canBeEmpty = isNothing && isAccepted({}) && !isAccepted(true);
  const advice =
    canBeEmpty && typeof name === 'string' ? `write \`${name}: {}\`` : wantedAt(expected, path, node, parsed);
  return report(wrongType, span, {
    expected,
    found,
    advice: otherwise === undefined ? advice : `${advice}; ${otherwise}`,
  });
}

function wantedAt(expected: string, path: Path, node: z.core.$ZodType | undefined, parsed: Checked): string {
  if (node !== undefined && listsItsValues(node)) return `write ${valuesOf(node)}`;
  const example = exampleAt(path, node, parsed);
  return example === undefined ? `write ${expected}` : `write ${expected}, such as \`${example}\``;
}

/** An example of the value at a path, as it is written there: under its key, or as an element of a list. */
function exampleAt(path: Path, node: z.core.$ZodType | undefined, parsed: Checked): string | undefined {
  return node === undefined ? undefined : writtenAs(path, exampleOf(node), parsed);
}

/** A value as written at a path; `undefined` for none, and for one that is too long to read. */
function writtenAs(path: Path, value: unknown, { source }: Checked): string | undefined {
  if (value === undefined) return undefined;
  const key = path.at(-1);
  if (source.path.endsWith('.json'))
    return typeof key === 'string' ? `"${key}": ${JSON.stringify(value)}` : JSON.stringify(value);
  return typeof key === 'string' ? writtenEntry(key, value) : written(value);
}

function keyExample(mapping: z.core.$ZodType | undefined): string | undefined {
  const [key] = Object.keys((mapping === undefined ? undefined : exampleOf(mapping)) ?? {});
  return key;
}

function shapeOf(node: z.core.$ZodType | undefined, parsed: Checked) {
  if (node === undefined) return { shape: 'a value', example: undefined };
  return { shape: describeSchema(node), example: exampleAt([], node, parsed) };
}

function shown(value: unknown): string {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return '';
  const text = String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}
