import { concatAll, type Expression, literal, type Pseudo } from '@keywright/core/ir/expression';

/**
 * Makes marks: texts in place of values that only a deployment decides, such as the account or the ARN of a key that does not exist yet.
 * With marks, a module can be evaluated. A mark is a number between two characters for private use in Unicode, which no file may contain.
 */
export interface Marks {
  /** Returns the mark of a resource's attribute; always the same text for the same attribute. */
  of(address: string, attribute: string): string;
  /** Returns the address of the resource whose attribute a mark replaces. */
  addressOf(mark: string): string | undefined;
  pseudo(name: Pseudo['name']): string;
  /** Sets the meaning of an attribute's mark for a stack that does not contain the resource. */
  define(mark: string, text: string): void;
  /** Returns the meaning of a mark that is not an attribute of a resource in the stack. */
  expressionOf(mark: string): Expression | undefined;
}

const [open, close] = ['\ue000', '\ue001'];

export const markPattern = `${open}\\d+${close}`;

export function hasMark(text: string): boolean {
  return text.includes(open) || text.includes(close);
}

export function createMarks(): Marks {
  const byName = new Map<string, string>();
  const addresses = new Map<string, string>();
  const expressions = new Map<string, Expression>();
  const mark = (name: string): string => {
    const token = byName.get(name) ?? `${open}${byName.size}${close}`;
    byName.set(name, token);
    return token;
  };
  return {
    of(address, attribute) {
      const text = mark(`${attribute} of ${address}`);
      addresses.set(text, address);
      return text;
    },
    addressOf: (text) => addresses.get(text),
    pseudo(name) {
      const text = mark(name);
      expressions.set(text, { kind: 'pseudo', name });
      return text;
    },
    define(defined, text) {
      const parts: Expression[] = [];
      let last = 0;
      for (const { 0: token, index } of text.matchAll(new RegExp(markPattern, 'g'))) {
        const expression = expressions.get(token);
        if (expression === undefined) return;
        parts.push(literal(text.slice(last, index)), expression);
        last = index + token.length;
      }
      expressions.set(defined, concatAll([...parts, literal(text.slice(last))]));
    },
    expressionOf: (text) => expressions.get(text),
  };
}

/** Defines the mark of a principal's ARN as text, for stacks without that principal. Does nothing if the principal's name is unknown. */
export function nameArn(
  marks: Marks,
  { address, type }: { readonly address: string; readonly type: string },
  { name, path = '/' }: { readonly name?: unknown; readonly path?: unknown },
  account: string,
): void {
  if (!/^aws_iam_(role|user|group)$/.test(type)) return;
  if (typeof name !== 'string' || typeof path !== 'string' || hasMark(name)) return;
  const kind = type.slice('aws_iam_'.length);
  const root = `arn:${marks.pseudo('partition')}:iam::${account}`;
  marks.define(marks.of(address, 'arn'), `${root}:${kind}${path}${name}`);
}
