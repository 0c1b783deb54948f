import { HclProblem } from './syntax.ts';

/** The maximum nesting of expressions and blocks. */
const deepest = 200;

const spaces = /(?:[ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/y;
const spacesAndLineEnds = /(?:[ \t\r\n]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/y;

/** A parser's position in a text in HCL's native syntax. Patterns have to be sticky. */
export class Cursor {
  readonly text: string;
  at: number;
  #depth = 0;
  /** Whether a line end ends an expression: not within parentheses or brackets. */
  #endsAtLine = true;

  constructor(text: string) {
    this.text = text;
    this.at = text.startsWith('\ufeff') ? 1 : 0;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character at the position; empty at the end. */
  get character(): string {
    return this.text.charAt(this.at);
  }

  fail(problem: string, offset = this.at): never {
    throw new HclProblem(problem, offset);
  }

  /** Fails because a sign or construct is missing or, at the end of the text, because the text ends too early. */
  lacks(problem: string): never {
    return this.fail(this.isAtEnd ? 'it ends in the middle' : problem);
  }

  nested<Value>(read: () => Value): Value {
    this.#depth += 1;
    if (this.#depth > deepest) this.fail('it is nested too deeply');
    const value = read();
    this.#depth -= 1;
    return value;
  }

  within<Value>(endsAtLine: boolean, read: () => Value): Value {
    const before = this.#endsAtLine;
    this.#endsAtLine = endsAtLine;
    const value = read();
    this.#endsAtLine = before;
    return value;
  }

  startsWith(sign: string): boolean {
    return this.text.startsWith(sign, this.at);
  }

  peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  /** Moves past a match and returns it; `undefined` if there is none. */
  read(pattern: RegExp): string | undefined {
    const match = this.peek(pattern);
    if (match !== undefined) this.at += match.length;
    return match;
  }

  /** Skips spaces and comments, and also line ends where these have no meaning. */
  skip(lines = !this.#endsAtLine): void {
    while (this.read(lines ? spacesAndLineEnds : spaces) !== undefined);
  }

  sees(sign: string): boolean {
    this.skip();
    return this.startsWith(sign);
  }

  takes(sign: string): boolean {
    if (!this.sees(sign)) return false;
    this.at += sign.length;
    return true;
  }

  expect(sign: string): void {
    if (!this.takes(sign)) this.lacks(`there is no ${sign} here`);
  }

  identifier(): string | undefined {
    this.skip();
    return this.read(/[\p{L}_][\p{L}\p{N}_-]*/uy);
  }
}
