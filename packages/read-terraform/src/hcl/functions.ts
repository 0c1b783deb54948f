import { posix } from 'node:path';
import { Unknown } from '@keywright/core/reading/source-value';
import { hasMark } from './marks.ts';
import {
  asText,
  elementsOf,
  HclSet,
  type HclValue,
  isList,
  numberOf,
  plainOf,
  setOf,
  unified,
  unknownIn,
  valueFrom,
} from './value.ts';
import { valueOfYaml } from './yaml.ts';

/** A Terraform function; `undefined` for unsupported arguments. No argument is unknown as a whole. */
type HclFunction = (args: readonly HclValue[]) => HclValue | undefined;

function ofTexts(make: (...texts: readonly string[]) => HclValue | undefined): HclFunction {
  return (args) => {
    const texts = args.map(asText);
    // A part that does not exist yet is unknown.
    return texts.every((text) => text !== undefined && !hasMark(text)) ? make(...(texts as string[])) : undefined; // all are text
  };
}

function ofElements(make: (elements: readonly HclValue[]) => HclValue | undefined): HclFunction {
  return ([value = null]) => {
    const elements = elementsOf(value);
    return elements && make(elements);
  };
}

const key = (value: HclValue) => JSON.stringify(plainOf(value));

/** An unknown element makes an element's index or presence unknown too. */
function whenKnown(call: HclFunction): HclFunction {
  return (args) => args.map(unknownIn).find((unknown) => unknown !== undefined) ?? call(args);
}

/** Whether a value, at any depth, is or names something that only the deployment decides. */
function isOpen(value: HclValue): boolean {
  return hasMark(key(value));
}

/** Two values that look different may be equal once they are deployed. */
const undecided = new Unknown(
  'it compares with something that only the deployment decides',
  'name the account and region with `--account` and `--region`, or read the state after `terraform apply`',
);

function contains(list: HclValue, value: HclValue): HclValue | undefined {
  const elements = elementsOf(list);
  if (elements === undefined) return undefined;
  if (elements.some((each) => key(each) === key(value))) return true;
  return elements.length > 0 && (isOpen(value) || isOpen(list)) ? undecided : false;
}

function lookup(map: HclValue, name: HclValue, otherwise: HclValue | undefined): HclValue | undefined {
  if (!(map instanceof Map)) return undefined;
  const text = asText(name) ?? '';
  const value = map.get(text);
  if (value !== undefined) return value;
  return map.size > 0 && (hasMark(text) || [...map.keys()].some(hasMark)) ? undecided : otherwise;
}

function setsubtract(all: HclValue, without: HclValue): HclValue {
  const removed = elementsOf(without) ?? [];
  const names = new Set(removed.map(key));
  const left = (elementsOf(all) ?? []).filter((each) => !names.has(key(each)));
  return left.length > 0 && removed.length > 0 && (removed.some(isOpen) || left.some(isOpen)) ? undecided : setOf(left);
}

const text: HclFunction = ([value = null]) => (value === null ? null : asText(value));

/** The supported functions, by name. Source: Terraform, "Built-in functions". */
export const functions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>([
  [
    'jsonencode',
    // Go escapes signs of HTML and two line ends too.
    whenKnown(([value = null]) =>
      JSON.stringify(plainOf(value)).replaceAll(
        /[<>&\u2028\u2029]/g,
        (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    ),
  ],
  [
    'jsondecode',
    // A value of the deployment, such as an account id, is part of a text and contains no quotes.
    ([json = null]) => {
      if (typeof json !== 'string') return undefined;
      try {
        return valueFrom(JSON.parse(json));
      } catch {
        return undefined;
      }
    },
  ],
  ['tostring', text],
  [
    'tonumber',
    ([value = null]) =>
      typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
        ? Number(value)
        : typeof value === 'number'
          ? value
          : undefined,
  ],
  [
    'tobool',
    ([value = null]) =>
      value === 'true' ? true : value === 'false' ? false : typeof value === 'boolean' ? value : undefined,
  ],
  ['yamldecode', ofTexts((yaml = '') => valueOfYaml(yaml))],
  ['tolist', ofElements(ofOneType)],
  ['toset', whenKnown(ofElements((elements) => orNothing(ofOneType(elements), setOf)))],
  [
    'tomap',
    ([value = null]) =>
      value instanceof Map
        ? orNothing(
            ofOneType([...value.values()]),
            (values) => new Map([...value.keys()].map((name, at) => [name, values[at] ?? null])),
          )
        : undefined,
  ],
  ['nonsensitive', ([value = null]) => value],
  ['sensitive', () => new Unknown('it is marked as sensitive', 'leave this resource to Terraform')],
  ['concat', (args) => (args.every(isList) ? args.flat() : undefined)],
  [
    'merge',
    (args) =>
      args.every((each) => each instanceof Map || each === null)
        ? new Map(args.flatMap((each) => (each instanceof Map ? [...each] : [])))
        : undefined,
  ],
  [
    'length',
    ([value = null]) => (typeof value === 'string' && !hasMark(value) ? [...value].length : elementsOf(value)?.length),
  ],
  ['contains', whenKnown(([list = null, value = null]) => contains(list, value))],
  ['lookup', ([map = null, name = null, otherwise]) => lookup(map, name, otherwise)],
  ['keys', ([map = null]) => (map instanceof Map ? [...map.keys()].sort() : undefined)],
  [
    'values',
    ([map = null]) =>
      map instanceof Map
        ? [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)
        : undefined,
  ],
  [
    'element',
    ([list = null, index = null]) =>
      isList(list) && typeof index === 'number' && list.length > 0 && index >= 0
        ? list[index % list.length]
        : undefined,
  ],
  ['flatten', ofElements((elements) => elements.flatMap(flat))],
  [
    'distinct',
    whenKnown(ofElements((elements) => [...new Map(unified(elements).map((each) => [key(each), each])).values()])),
  ],
  ['compact', whenKnown(ofElements((elements) => elements.filter((each) => each !== null && each !== '')))],
  ['coalesce', (args) => unified(args).find((each) => each !== null && each !== '')],
  ['coalescelist', (args) => args.find((each) => (elementsOf(each)?.length ?? 0) > 0)],
  ['one', ofElements((elements) => (elements.length > 1 ? undefined : (elements[0] ?? null)))],
  ['reverse', ofElements((elements) => [...elements].reverse())],
  [
    'sort',
    whenKnown(
      ofElements((elements) => {
        const texts = elements.map(asText);
        return texts.every((each) => each !== undefined) ? [...texts].sort() : undefined;
      }),
    ),
  ],
  ['setunion', whenKnown((args) => setOf(unified(args.flatMap((each) => elementsOf(each) ?? []))))],
  ['setsubtract', whenKnown(([all = null, without = null]) => setsubtract(all, without))],
  [
    'zipmap',
    ([names = null, values = null]) =>
      isList(names) && isList(values) && names.length === values.length
        ? new Map(names.map((name, index) => [asText(name) ?? '', values[index] ?? null]))
        : undefined,
  ],
  [
    'join',
    ([separator = null, list = null]) => {
      const texts = elementsOf(list)?.map((each) => (each instanceof Unknown ? each : asText(each)));
      const unknown = texts?.find((each) => each instanceof Unknown);
      return unknown ?? (texts?.every((each) => each !== undefined) ? texts.join(asText(separator)) : undefined);
    },
  ],
  // Go's `strings.Title`: a letter after a space or a sign.
  ['title', ofTexts((whole = '') => whole.replaceAll(/(?<![\p{L}\p{N}_])\p{L}/gu, (start) => start.toUpperCase()))],
  [
    'substr',
    ([whole = null, from = null, count = null]) =>
      typeof whole === 'string' && !hasMark(whole) && typeof from === 'number' && typeof count === 'number' && from >= 0
        ? [...whole].slice(from, count < 0 ? undefined : from + count).join('')
        : undefined,
  ],
  ['chomp', ofTexts((whole = '') => whole.replace(/[\r\n]+$/, ''))],
  [
    'slice',
    ([list = null, from = null, to = null]) =>
      isList(list) && typeof from === 'number' && typeof to === 'number' && from >= 0 && from <= to && to <= list.length
        ? list.slice(from, to)
        : undefined,
  ],
  ['alltrue', whenKnown(ofElements((elements) => every(elements, true)))],
  ['anytrue', whenKnown(ofElements((elements) => !every(elements, false)))],
  [
    'setintersection',
    whenKnown(([first = null, ...others]) => {
      const matches = (elementsOf(first) ?? []).map((each) => others.map((other) => contains(other, each)));
      if (matches.flat().some((each) => each === undefined || each instanceof Unknown)) return undecided;
      return setOf((elementsOf(first) ?? []).filter((_, index) => matches[index]?.every((each) => each === true)));
    }),
  ],
  [
    'formatlist',
    ([pattern = null, ...args]) => {
      const lists = args.map((each) => (isList(each) || each instanceof HclSet ? elementsOf(each) : undefined));
      const lengths = new Set(lists.flatMap((each) => each?.length ?? []));
      const [length] = lengths;
      if (length === undefined || lengths.size > 1) return undefined;
      const texts = Array.from({ length }, (_, index) =>
        format(
          asText(pattern),
          args.map((each, at) => (lists[at] === undefined ? each : (lists[at][index] ?? null))),
        ),
      );
      return texts.every((each) => each !== undefined) ? texts : undefined;
    },
  ],
  ['split', ofTexts((separator = '', whole = '') => whole.split(separator))],
  ['lower', ofTexts((whole = '') => whole.toLowerCase())],
  // Go converts each character by itself: `ß` stays.
  [
    'upper',
    ofTexts((whole = '') =>
      [...whole].map((each) => (each.toUpperCase().length > each.length ? each : each.toUpperCase())).join(''),
    ),
  ],
  ['trimspace', ofTexts((whole = '') => whole.trim())],
  ['trimprefix', ofTexts((whole = '', start = '') => (whole.startsWith(start) ? whole.slice(start.length) : whole))],
  [
    'trimsuffix',
    ofTexts((whole = '', end = '') => (end !== '' && whole.endsWith(end) ? whole.slice(0, -end.length) : whole)),
  ],
  ['startswith', ofTexts((whole = '', start = '') => whole.startsWith(start))],
  ['endswith', ofTexts((whole = '', end = '') => whole.endsWith(end))],
  [
    'replace',
    ofTexts((whole = '', part = '', by = '') => (/^\/.*\/$/.test(part) ? undefined : whole.replaceAll(part, () => by))),
  ],
  ['format', ([pattern = null, ...args]) => format(asText(pattern), args)],
  ['range', ofNumbers((...numbers) => range(numbers))],
  ['min', ofNumbers((...numbers) => (numbers.length === 0 ? undefined : Math.min(...numbers)))],
  ['max', ofNumbers((...numbers) => (numbers.length === 0 ? undefined : Math.max(...numbers)))],
  ['abs', ofNumbers((number = 0) => Math.abs(number))],
  ['ceil', ofNumbers((number = 0) => Math.ceil(number))],
  ['floor', ofNumbers((number = 0) => Math.floor(number))],
  ['strcontains', ofTexts((whole = '', part = '') => whole.includes(part))],
  [
    'trim',
    ofTexts((whole = '', signs = '') => {
      const all = [...whole];
      const isKept = (sign: string) => !signs.includes(sign);
      return all
        .slice(all.findIndex(isKept) < 0 ? all.length : all.findIndex(isKept), all.findLastIndex(isKept) + 1)
        .join('');
    }),
  ],
  ['basename', ofTexts((path = '') => (path === '' ? '.' : posix.basename(path)))],
  ['dirname', ofTexts((path = '') => posix.dirname(path))],
  ['base64encode', ofTexts((whole = '') => Buffer.from(whole).toString('base64'))],
  [
    'base64decode',
    ofTexts((whole = '') => {
      const bytes = Buffer.from(whole, 'base64');
      const decoded = bytes.toString();
      return bytes.toString('base64') === whole && Buffer.from(decoded).equals(bytes) ? decoded : undefined;
    }),
  ],
  [
    'index',
    whenKnown(([list = null, value = null]) => {
      if (!isList(list) || contains(list, value) !== true) return undefined;
      const at = list.findIndex((each) => key(each) === key(value));
      // An earlier element may turn out to be equal once it is deployed.
      return list.slice(0, at).some(isOpen) || (at > 0 && isOpen(value)) ? undecided : at;
    }),
  ],
  [
    'setproduct',
    whenKnown((args) => {
      const lists = args.map(elementsOf);
      if (args.length < 2 || !lists.flat().every((each) => typeof each === 'string')) return undefined;
      if (lists.reduce((size, list) => size * (list?.length ?? 0), 1) > 100_000) return undefined;
      const rows = lists.reduce<readonly (readonly HclValue[])[]>(
        (before, list = []) => before.flatMap((row) => list.map((each) => [...row, each])),
        [[]],
      );
      return args.some((each) => each instanceof HclSet) ? setOf(rows) : rows;
    }),
  ],
  [
    'chunklist',
    ([list = null, size = null]) =>
      isList(list) && typeof size === 'number' && Number.isInteger(size) && size > 0
        ? Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
        : undefined,
  ],
  [
    'matchkeys',
    whenKnown(([values = null, names = null, wanted = null]) => {
      if (!isList(values) || !isList(names) || values.length !== names.length) return undefined;
      const matches = names.map((name) => contains(wanted, name));
      if (matches.some((each) => typeof each !== 'boolean')) return undecided;
      return values.filter((_, at) => matches[at] === true);
    }),
  ],
]);

function ofNumbers(make: (...numbers: readonly number[]) => HclValue | undefined): HclFunction {
  return (args) => {
    const numbers = args.map(numberOf);
    return numbers.every((each) => each !== undefined) ? make(...(numbers as number[])) : undefined; // all are numbers
  };
}

/** The elements converted to one type, as in a list or set; `undefined` if they have no type in common. */
function ofOneType(elements: readonly HclValue[]): readonly HclValue[] | undefined {
  const all = unified(elements);
  const kinds = new Set(all.flatMap((each) => (each === null || each instanceof Unknown ? [] : typeof each)));
  return kinds.size > 1 ? undefined : all;
}

function orNothing<In, Out>(value: In | undefined, make: (value: In) => Out): Out | undefined {
  return value === undefined ? undefined : make(value);
}

/** At most 1024 numbers, as in Terraform. */
function range(numbers: readonly number[]): HclValue | undefined {
  const [from = 0, to = 0, given] = numbers.length === 1 ? [0, ...numbers] : numbers;
  const step = given ?? (to < from ? -1 : 1);
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (numbers.length < 1 || numbers.length > 3 || step === 0 || length > 1024) return undefined;
  return Array.from({ length }, (_, at) => from + at * step);
}

function every(elements: readonly HclValue[], flag: boolean): boolean {
  return elements.every((each) => each === flag || each === String(flag));
}

function flat(value: HclValue): readonly HclValue[] {
  return isList(value) || value instanceof HclSet ? (elementsOf(value) ?? []).flatMap(flat) : [value];
}

/** Supports `%s`, `%d`, `%v` and `%%`. */
function format(pattern: string | undefined, args: readonly HclValue[]): string | undefined {
  if (pattern === undefined || pattern.replaceAll(/%[sdv%]/g, '').includes('%')) return undefined;
  if (args.some((each) => each instanceof Unknown)) return undefined;
  const texts = args.map(asText);
  let next = 0;
  const text = pattern.replaceAll(/%([sdv%])/g, (_, verb: string) => {
    if (verb === '%') return '%';
    next += 1;
    return texts[next - 1] ?? '';
  });
  return next === texts.length && texts.every((each) => each !== undefined) ? text : undefined;
}
