import { createLineMap } from '../source/line-map.ts';
import type { SourceFile, Span } from '../source/span.ts';

/** The range of a value in a text: offsets in UTF-16 code units, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Member {
  readonly key: string;
  readonly value: Range;
}

/** Thrown for invalid or truncated JSON. */
export class JsonProblem extends Error {
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(problem);
    this.offset = offset;
  }
}

/**
 * Reads JSON in place, so that only requested parts become values: a state of hundreds of megabytes has few KMS keys.
 * Skipped parts are checked only for matching brackets and closed strings. Not recursive.
 */
export interface JsonText {
  /** The range of the file's value if it is an array, and its members if it is an object. Only white space may follow the value. */
  root(): { readonly array?: Range; readonly members: ReadonlyMap<string, Range>; readonly start: number };
  /** The members of an object in order; a `JsonProblem` for anything else. */
  members(range: Range): IterableIterator<Member>;
  /** The elements of an array in order, none without a range; a `JsonProblem` for anything else. */
  elements(range: Range | undefined): IterableIterator<Range>;
  /** The member at a path of keys inside an object; `undefined` if a step leads to no member, or is not in an object. */
  member(range: Range | undefined, ...path: readonly string[]): Range | undefined;
  kindOf(range: Range): 'object' | 'array' | 'scalar';
  /** The value at a path of keys; `undefined` if nothing is there. */
  value(range: Range | undefined, ...path: readonly string[]): unknown;
  span(range: Range): Span;
}

export function createJsonText(file: SourceFile): JsonText {
  const { text } = file;
  const lines = createLineMap(file.path, text);
  const { afterSpace, expect, endOfText, endOf } = createScanner(text);

  const valueAt = ({ start, end }: Range): unknown => {
    try {
      return JSON.parse(text.slice(start, end));
    } catch {
      throw new JsonProblem('it is not JSON', start);
    }
  };

  function* elements(range: Range | undefined): IterableIterator<Range> {
    if (range === undefined) return;
    let at = afterSpace(expect('[', range.start));
    if (text.charAt(at) === ']') return;
    for (;;) {
      const element = { start: at, end: endOf(at) };
      yield element;
      at = afterSpace(element.end);
      if (text.charAt(at) === ']') return;
      at = afterSpace(expect(',', at));
    }
  }

  function* membersOf(range: Range): IterableIterator<Member> {
    let at = afterSpace(expect('{', range.start));
    if (text.charAt(at) === '}') return;
    for (;;) {
      expect('"', at);
      const key = { start: at, end: endOfText(at) };
      const start = afterSpace(expect(':', afterSpace(key.end)));
      const element = { start, end: endOf(start) };
      yield { key: String(valueAt(key)), value: element };
      at = afterSpace(element.end);
      if (text.charAt(at) === '}') return;
      at = afterSpace(expect(',', at));
    }
  }

  const memberNamed = (range: Range, key: string): Range | undefined => {
    if (kindOf(range) !== 'object') return undefined;
    for (const member of membersOf(range)) if (member.key === key) return member.value;
    return undefined;
  };
  const member: JsonText['member'] = (range, ...path) => path.reduce((at, key) => at && memberNamed(at, key), range);

  const kindOf = ({ start }: Range) => {
    const first = text.charAt(start);
    return first === '{' ? 'object' : first === '[' ? 'array' : 'scalar';
  };

  return {
    root() {
      const start = afterSpace(text.startsWith('\ufeff') ? 1 : 0);
      const whole = { start, end: text.length };
      const isObject = kindOf(whole) === 'object';
      const members = new Map<string, Range>();
      let end = start + 1;
      if (isObject) {
        for (const { key, value } of membersOf(whole)) {
          members.set(key, value);
          end = value.end;
        }
        end = expect('}', afterSpace(end));
      } else end = endOf(start);
      const rest = afterSpace(end);
      if (rest < text.length) throw new JsonProblem('something follows its end', rest);
      return { members, start, ...(kindOf(whole) === 'array' && { array: { start, end } }) };
    },
    members: membersOf,
    elements,
    member,
    kindOf,
    value(range, ...path) {
      const at = member(range, ...path);
      return at && valueAt(at);
    },
    span: ({ start, end }) => lines.span(start, end),
  };
}

/** Finds where the parts of a JSON text end. */
function createScanner(text: string) {
  const space = /[ \t\r\n]*/y;
  const afterSpace = (offset: number): number => {
    space.lastIndex = offset;
    space.test(text);
    return space.lastIndex;
  };
  const expect = (sign: string, offset: number): number => {
    if (offset >= text.length) throw new JsonProblem('it ends in the middle', text.length);
    if (text.charAt(offset) !== sign) throw new JsonProblem(`there is no ${sign} here`, offset);
    return offset + 1;
  };
  const endOfText = (offset: number): number => {
    for (let at = offset + 1; ; at += 1) {
      at = text.indexOf('"', at);
      if (at < 0) throw new JsonProblem('it ends in the middle', text.length);
      let slashes = 0;
      while (text.charAt(at - 1 - slashes) === '\\') slashes += 1;
      if (slashes % 2 === 0) return at + 1;
    }
  };
  const endOf = (offset: number): number => {
    const first = text.charAt(offset);
    if (first === '"') return endOfText(offset);
    if (first !== '{' && first !== '[') {
      const scalar = /[^\s,:{}[\]"]*/y;
      scalar.lastIndex = offset;
      const [written = ''] = scalar.exec(text) ?? [];
      if (written === '')
        throw new JsonProblem(offset >= text.length ? 'it ends in the middle' : 'there is no value here', offset);
      return offset + written.length;
    }
    let depth = 0;
    const signs = /["[\]{}]/g;
    for (let at = offset; ; at = signs.lastIndex) {
      signs.lastIndex = at;
      const match = signs.exec(text);
      if (match === null) throw new JsonProblem('it ends in the middle', text.length);
      const [sign] = match;
      if (sign === '"') signs.lastIndex = endOfText(match.index);
      else {
        depth += sign === '{' || sign === '[' ? 1 : -1;
        if (depth === 0) return signs.lastIndex;
      }
    }
  };
  return { afterSpace, expect, endOfText, endOf };
}
