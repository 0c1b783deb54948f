/** Converts regular expressions of Terraform, which are RE2's. Source: github.com/google/re2/wiki/Syntax. */

/** The maximum number of steps that a match may take, as an estimate. */
const mostSteps = 1e8;

/**
 * Converts a pattern of RE2 to JavaScript; `undefined` if JavaScript lacks a feature that it uses, or if it could take too long on a text
 * of this length.
 */
export function regularExpression(pattern: string, length: number, flags: string): RegExp | undefined {
  const source = translated(pattern);
  if (source === undefined || mayTakeLong(source.text, length)) return undefined;
  try {
    return new RegExp(source.text, `${flags}u${source.flags}`);
  } catch {
    return undefined;
  }
}

/**
 * Returns the result of a match: the text, a list of its unnamed groups, or a map of its named groups; `undefined` if it has both kinds of
 * groups. Source: Terraform, "regex Function".
 */
export function groupsOf(
  match: RegExpExecArray | RegExpMatchArray,
): string | readonly (string | null)[] | ReadonlyMap<string, string | null> | undefined {
  const [whole, ...groups] = match;
  const named = Object.entries(match.groups ?? {});
  if (groups.length === 0) return whole ?? '';
  const values = groups.map((group: string | undefined) => group ?? null);
  if (named.length === 0) return values;
  if (named.length !== groups.length) return undefined;
  return new Map(named.map(([name, group]: readonly [string, string | undefined]) => [name, group ?? null]));
}

/** Replaces each match. In the replacement, `$1`, `${1}` and `${name}` mean groups. Source: Go, `Regexp.Expand`. */
export function replaced(text: string, expression: RegExp, by: string): string {
  return [...text.matchAll(expression)].reduceRight((all, match) => {
    const inserted = by.replaceAll(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_, plain?: string, braced?: string) => {
      const name = plain ?? braced;
      if (name === undefined) return '$';
      return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
    });
    return all.slice(0, match.index) + inserted + all.slice(match.index + match[0].length);
  }, text);
}

const classes: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'],
  ['alpha', 'A-Za-z'],
  ['digit', '0-9'],
  ['lower', 'a-z'],
  ['upper', 'A-Z'],
  ['space', '\\t\\n\\v\\f\\r '],
  ['word', '0-9A-Za-z_'],
  ['xdigit', '0-9A-Fa-f'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
]);

function translated(pattern: string): { readonly text: string; readonly flags: string } | undefined {
  const [, flags = '', body = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(pattern) ?? [];
  let text = '';
  let isInClass = false;
  const token = /\\.|\[:\w+:\]|\[\^?\]?|\{\d+(?:,\d*)?\}|\(\?P?<(?=\w)|\(\?:|\(\?|./gsu;
  for (const [part] of body.matchAll(token)) {
    if (part.startsWith('\\')) {
      const sign = part.slice(1);
      if (sign === 'A' || sign === 'z') text += sign === 'A' ? '^' : '$';
      // Keeps only escapes that change something: JavaScript refuses other escapes.
      else if (/[\^$\\.*+?()[\]{}|/dDwWsSbBnrtfv]/.test(sign) || (isInClass && sign === '-')) text += part;
      else if (/[a-zA-Z0-9]/.test(sign)) return undefined;
      else text += sign;
    } else if (part.startsWith('[:')) {
      const signs = classes.get(part.slice(2, -2));
      if (!isInClass || signs === undefined) return undefined;
      text += signs;
    } else if (isInClass) {
      text += part.replaceAll('[', '\\[');
      isInClass = !part.endsWith(']');
    } else if (part.startsWith('[')) {
      // A closing bracket at the start of a class is part of the class.
      text += part.endsWith(']') ? `${part.slice(0, -1)}\\]` : part;
      isInClass = true;
    } else if (part === '(?P<' || part === '(?<') text += '(?<';
    else if (part === '(?') return undefined;
    else text += /^[{}\]]$/.test(part) ? `\\${part}` : part;
  }
  return { text, flags };
}

/** Whether matching may take too long: a repeated group contains a repetition or alternatives, or there are too many repetitions. */
function mayTakeLong(source: string, length: number): boolean {
  const bare = source.replaceAll(/\\[\s\S]/g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  let rest = bare;
  for (let before = ''; before !== rest; ) {
    before = rest;
    if (/\([^()]*(?:[*+|]|\{\d+,)[^()]*\)(?:[*+]|\{)/.test(rest)) return true;
    // Replaces each innermost group by its contents.
    rest = rest.replaceAll(/\((?:\?[:=!]|\?<\w+>)?([^()]*)\)/g, '$1');
  }
  const repetitions = bare.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  let steps = 1;
  for (let count = 1; count <= repetitions; count += 1) steps *= Math.max(1, length / count);
  return steps > mostSteps;
}
