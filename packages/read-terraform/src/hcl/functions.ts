import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { isList } from '@keywright/core/collections/is-list';
import { Unknown } from '@keywright/core/reading/source-value';
import { cidrhost, cidrnetmask, cidrsubnet, cidrsubnets } from './addresses.ts';
import { rowsOfCsv } from './csv.ts';
import { hasMark } from './marks.ts';
import { groupsOf, regularExpression, replaced } from './regular-expression.ts';
import {
  asText,
  elementsOf,
  HclFailure,
  HclSet,
  type HclValue,
  numberOf,
  plainOf,
  setOf,
  unified,
  unknownIn,
  valueFrom,
} from './value.ts';
import { valueOfYaml } from './yaml.ts';

/** A Terraform function; returns `undefined` for unsupported arguments. No argument is unknown as a whole. */
type HclFunction = (args: readonly HclValue[]) => HclValue | undefined;

function ofTexts(make: (...texts: readonly string[]) => HclValue | undefined): HclFunction {
  return (args) => {
    const texts = args.map(asText);
    // A text with a mark has a part that is not known yet, so the result is unknown.
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

/** Makes the result of a function unknown if anything in an argument is unknown. */
function whenKnown(call: HclFunction): HclFunction {
  return (args) => args.map(unknownIn).find((unknown) => unknown !== undefined) ?? call(args);
}

/** Whether a value contains, at any depth, a value that only the deployment decides. */
function isOpen(value: HclValue): boolean {
  return hasMark(key(value));
}

/** Two values that look different may be equal once they are deployed. */
const undecided = new Unknown(
  'it compares with a value that is known only at deployment',
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
    // Go also escapes HTML's special characters and two line separators.
    whenKnown(([value = null]) =>
      JSON.stringify(plainOf(value)).replaceAll(
        /[<>&\u2028\u2029]/g,
        (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    ),
  ],
  [
    'jsondecode',
    // Marks do not disturb the parser: a mark replaces a value without quotes, such as an account id, and occurs only inside a text.
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
  ['csvdecode', ofTexts((csv = '') => rowsOfCsv(csv))],
  ['cidrsubnet', ofNetwork((network, more = 0, number = 0) => cidrsubnet(network, more, number))],
  ['cidrsubnets', ofNetwork(cidrsubnets)],
  ['cidrhost', ofNetwork((network, number = 0) => cidrhost(network, number))],
  ['cidrnetmask', ofNetwork(cidrnetmask)],
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
  // Like Go's `strings.Title`: a letter after a space or a sign becomes upper case.
  ['title', ofTexts((whole = '') => whole.replaceAll(/(?<![\p{L}\p{N}_])\p{L}/gu, (start) => start.toUpperCase()))],
  [
    'substr',
    ([whole = null, from = null, count = null]) =>
      typeof whole === 'string' && !hasMark(whole) && typeof from === 'number' && typeof count === 'number'
        ? substring([...whole], from, count)
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
  // Go converts each character separately, so `ß` stays.
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
  ['replace', ofTexts(replace)],
  [
    'regex',
    ofTexts((pattern = '', whole = '') => {
      const expression = regularExpression(pattern, whole.length, '');
      const match = expression?.exec(whole);
      if (match === null)
        return new HclFailure(new Unknown('the pattern of regex matches nothing', 'correct the module'));
      return match && groupsOf(match);
    }),
  ],
  [
    'regexall',
    ofTexts((pattern = '', whole = '') => {
      const expression = regularExpression(pattern, whole.length, 'g');
      if (expression === undefined || matchesNothing(expression)) return undefined;
      const groups = [...whole.matchAll(expression)].map(groupsOf);
      return groups.every((each) => each !== undefined) ? groups : undefined;
    }),
  ],
  ...['md5', 'sha1', 'sha256', 'sha512'].map((name): readonly [string, HclFunction] => [
    name,
    ofTexts((whole = '') => createHash(name).update(whole).digest('hex')),
  ]),
  ...['sha256', 'sha512'].map((name): readonly [string, HclFunction] => [
    `base64${name}`,
    ofTexts((whole = '') => createHash(name).update(whole).digest('base64')),
  ]),
  ['strrev', ofTexts((whole = '') => [...whole].reverse().join(''))],
  ['urlencode', ofTexts((whole = '') => new URLSearchParams([['', whole]]).toString().slice(1))],
  [
    'indent',
    ([spaces = null, whole = null]) =>
      typeof spaces === 'number' && spaces >= 0 && typeof whole === 'string'
        ? whole.replaceAll('\n', `\n${' '.repeat(Math.min(spaces, 1000))}`)
        : undefined,
  ],
  ['sum', whenKnown(ofElements((elements) => (elements.length === 0 ? undefined : total(elements))))],
  ['signum', ofNumbers((number = 0) => Math.sign(number))],
  ['pow', ofNumbers((number = 0, power = 0) => number ** power)],
  [
    'parseint',
    ([digits = null, base = null]) => {
      const whole = asText(digits) ?? '';
      if (typeof base !== 'number' || base < 2 || base > 36 || !/^-?[0-9a-z]+$/i.test(whole)) return undefined;
      const number = Number.parseInt(whole, base);
      return Number.isSafeInteger(number) && number.toString(base) === whole.toLowerCase() ? number : undefined;
    },
  ],
  [
    'transpose',
    whenKnown(([map = null]) => {
      if (!(map instanceof Map) || isOpen(map)) return undefined;
      const turned = new Map<string, readonly HclValue[]>();
      for (const [name, names] of [...map].sort(([one], [other]) => (one < other ? -1 : 1)))
        for (const each of elementsOf(names) ?? [])
          turned.set(asText(each) ?? '', [...(turned.get(asText(each) ?? '') ?? []), name]);
      return turned;
    }),
  ],
  ['issensitive', whenKnown(() => false)],
  [
    'provider::aws::arn_parse',
    ofArn(([, partition = '', service = '', region = '', account = '', resource = '']) => {
      return new Map([
        ['partition', partition],
        ['service', service],
        ['region', region],
        ['account_id', account],
        ['resource', resource],
      ]);
    }),
  ],
  [
    'provider::aws::arn_build',
    (args) => {
      const parts = args.map(asText);
      return parts.length === 5 && parts.every((part) => part !== undefined) ? ['arn', ...parts].join(':') : undefined;
    },
  ],
  [
    'provider::aws::trim_iam_role_path',
    ofArn((parts, arn) => {
      const [kind, ...names] = (parts[5] ?? '').split('/');
      return kind === 'role' && parts[2] === 'iam' ? [...parts.slice(0, 5), `role/${names.at(-1)}`].join(':') : arn;
    }),
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
  ['dirname', ofTexts((path = '') => posix.dirname(path.endsWith('/') ? `${path}x` : path))],
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
      // Once it is deployed, an earlier element may turn out to be equal to the value too.
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

/** A part between slashes is a regular expression. Source: Terraform, "replace Function". */
function replace(whole = '', part = '', by = ''): string | undefined {
  if (!/^\/.*\/$/s.test(part) || part.length < 2) return whole.replaceAll(part, () => by);
  const expression = regularExpression(part.slice(1, -1), whole.length, 'g');
  return expression === undefined || matchesNothing(expression) ? undefined : replaced(whole, expression, by);
}

/** Whether an expression matches empty text. If so, Go and JavaScript find different matches. */
function matchesNothing(expression: RegExp): boolean {
  return ''.search(expression) === 0;
}

function total(elements: readonly HclValue[]): number | undefined {
  const numbers = elements.map(numberOf);
  return numbers.every((each) => each !== undefined) ? numbers.reduce((sum, each) => sum + each, 0) : undefined;
}

/** Returns a function of an ARN. A part of the ARN, such as the account, may depend on the deployment. */
function ofArn(make: (parts: readonly string[], arn: string) => HclValue): HclFunction {
  return ([value = null]) => {
    const arn = asText(value) ?? '';
    const [, ...parts] = /^(arn):([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/s.exec(arn) ?? [];
    return parts.length === 6 ? make(parts, arn) : undefined;
  };
}

function ofNumbers(make: (...numbers: readonly number[]) => HclValue | undefined): HclFunction {
  return (args) => {
    const numbers = args.map(numberOf);
    return numbers.every((each) => each !== undefined) ? make(...(numbers as number[])) : undefined; // all are numbers
  };
}

function ofNetwork(make: (network: string, ...numbers: readonly number[]) => HclValue | undefined): HclFunction {
  return ([network = null, ...args]) => {
    const numbers = args.map(numberOf);
    return typeof network === 'string' && numbers.every((each) => each !== undefined)
      ? make(network, ...(numbers as number[])) // all are numbers
      : undefined;
  };
}

/** Converts the elements to one type, as in a list or set; `undefined` if they have no type in common. */
function ofOneType(elements: readonly HclValue[]): readonly HclValue[] | undefined {
  const all = unified(elements);
  const kinds = new Set(all.flatMap((each) => (each === null || each instanceof Unknown ? [] : typeof each)));
  return kinds.size > 1 ? undefined : all;
}

function orNothing<In, Out>(value: In | undefined, make: (value: In) => Out): Out | undefined {
  return value === undefined ? undefined : make(value);
}

/** Returns part of a text. A negative start counts from the end; a negative length means the rest. */
function substring(signs: readonly string[], from: number, count: number): string {
  const start = from < 0 ? Math.max(0, signs.length + from) : from;
  return signs.slice(start, count < 0 ? undefined : start + count).join('');
}

/** Returns at most 1024 numbers, as Terraform does. */
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

const verb = /%(?:%|([-+ 0]*)(\d*)(?:\.(\d+))?(?:\[(\d+)\])?([svdqtxXf]))/g;

/**
 * Evaluates `format`. Supports the verbs for text, booleans and numbers, with widths and argument numbers. Source: Terraform, "format
 * Function".
 */
function format(pattern: string | undefined, args: readonly HclValue[]): string | undefined {
  if (pattern === undefined || pattern.replaceAll(verb, '').includes('%')) return undefined;
  if (args.some((each) => each instanceof Unknown)) return undefined;
  const used = new Set<number>();
  let isWrong = false;
  let next = 0;
  const text = pattern.replaceAll(verb, (whole, flags = '', width = '', precision, position, letter: string) => {
    if (whole === '%%') return '%';
    next = position === undefined ? next + 1 : Number(position);
    used.add(next);
    const value = args[next - 1];
    const shown = value === undefined ? undefined : shownAs(letter, value, { flags, precision });
    // The length of a value that only the deployment decides is unknown.
    isWrong ||= shown === undefined || Number(width) > 1000 || (Number(width) > 0 && hasMark(shown));
    return shown === undefined || isWrong ? '' : padded(shown, flags, Number(width));
  });
  // Every argument has to be used, unless the pattern numbers the arguments.
  return isWrong || (!pattern.includes('[') && used.size !== args.length) ? undefined : text;
}

function shownAs(
  letter: string,
  value: HclValue,
  { flags, precision }: { readonly flags: string; readonly precision: string | undefined },
): string | undefined {
  const plain = asText(value);
  switch (letter) {
    case 's':
      return precision === undefined ? plain : undefined;
    case 'v':
      if (precision !== undefined) return undefined;
      return plain ?? (unknownIn(value) === undefined ? JSON.stringify(plainOf(value)) : undefined);
    case 'q':
      return plain === undefined || hasMark(plain) ? undefined : JSON.stringify(plain);
    case 't':
      return plain === 'true' || plain === 'false' ? plain : undefined;
    default: {
      const number = numberOf(value);
      if (number === undefined) return undefined;
      const sign = flags.includes('+') && number >= 0 ? '+' : '';
      if (letter === 'f') return sign + number.toFixed(Number(precision ?? 6));
      if (!Number.isInteger(number) || precision !== undefined) return undefined;
      const digits = number.toString(letter === 'd' ? 10 : 16);
      return sign + (letter === 'X' ? digits.toUpperCase() : digits);
    }
  }
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !/^[+-]?\d/.test(text)) return text.padStart(width);
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  return sign + digits.padStart(width - sign.length, '0');
}
