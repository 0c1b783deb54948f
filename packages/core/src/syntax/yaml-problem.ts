import type { YAMLException } from 'js-yaml';
import { conflictIn } from './merge-conflict.ts';
import { scanBefore } from './scan-before.ts';
import { startOfLine } from './start-of-line.ts';

/** js-yaml's problems in words for people who write keys, not parsers. */
const wordings: readonly { readonly when: RegExp; readonly reason: string; readonly advice: string }[] = [
  { when: /tab characters/, reason: 'a tab is used for indentation', advice: 'indent with spaces' },
  {
    when: /bad indentation of a mapping entry/,
    reason: 'this line does not fit the indentation, or a value has a `: ` in it',
    advice: 'align it with its neighbours, or put a value that contains `: ` in quotes',
  },
  {
    when: /bad indentation of a sequence entry/,
    reason: 'this list entry does not fit the indentation of its list',
    advice: 'align the dashes of a list',
  },
  {
    when: /end of the stream within a flow collection|missed comma|expected the node content/,
    reason: 'a `[` or `{` is not closed, or a comma is missing',
    advice: 'close it with `]` or `}`, and separate entries with commas',
  },
  {
    when: /within a (double|single) quoted scalar/,
    reason: 'a quoted text is not closed',
    advice: 'add the closing quotation mark',
  },
  {
    when: /unknown escape sequence|expected hexadecimal/,
    reason: 'a backslash sequence in double quotes is unknown',
    advice: 'use single quotes, or double the backslash',
  },
  {
    when: /deficient indentation/,
    reason: 'a quoted text, a `[` or a `{` is not closed before this line',
    advice: 'close it, or indent the lines that belong to it',
  },
  {
    when: /a line break is expected/,
    reason: 'a text of several lines has to start on the line after its `|` or `>`',
    advice: 'start the text on the next line',
  },
  {
    when: /name of an (alias|anchor) node/,
    reason: 'a value that starts with `*` or `&` is read as a YAML alias or anchor',
    advice: 'put it in quotes',
  },
  { when: /null byte/, reason: 'the text has a NUL character', advice: 'remove it' },
  { when: /non-printable/, reason: 'the text has a control character', advice: 'remove it' },
  {
    when: /nesting|depth/i,
    reason: 'mappings and lists are nested too deeply',
    advice: 'use fewer levels: the language needs no more than a dozen',
  },
  {
    when: /can not read a block mapping entry|implicit key/,
    reason: 'a `key: value` pair is broken here',
    advice: 'write every entry as `key: value`, and a value of several lines in quotes or after `|`',
  },
  {
    when: /document separator is expected/,
    reason: 'this text belongs to neither a YAML key nor a list',
    advice: 'indent it with spaces like its neighbours',
  },
];

interface YamlProblem {
  readonly offset: number;
  readonly reason: string;
  readonly advice: string;
}

/** The offset of a YAML error and its message. */
export function yamlProblem(error: YAMLException, text: string): YamlProblem {
  const last = Math.min(error.mark?.position ?? 0, Math.max(0, text.length - 1));
  // The position is the same whatever line endings the file has.
  const offset = text.startsWith('\r\n', last - 1) ? last - 1 : last;
  const first = text[last] ?? '';
  if (/bad indentation of a mapping entry/.test(error.reason) && '@`%,'.includes(first) && first !== '') {
    return { offset, reason: `a value cannot start with \`${first}\``, advice: 'put it in quotes' };
  }
  const special =
    conflict(text) ??
    heredoc(text) ??
    tab(error, text) ??
    unclosed(error, text) ??
    textAfterQuotes(error, text, offset) ??
    unquotedPlaceholder(error, text, offset) ??
    lineWithoutColon(error, text, offset) ??
    unquotedColon(error, text, offset) ??
    wrongIndentation(error, text, offset);
  if (special !== undefined) return special;
  const wording = wordings.find(({ when }) => when.test(error.reason));
  const { reason = `this is not YAML: ${error.reason}`, advice = 'correct it' } = wording ?? {};
  // js-yaml stops after the `*` or `&`.
  const isAfter = /name of an (alias|anchor) node/.test(error.reason) && !'*&'.includes(text[offset] ?? '');
  return { offset: isAfter ? offset - 1 : offset, reason, advice };
}

/** Explains an error caused by a merge conflict that Git left in the text. */
function conflict(text: string): YamlProblem | undefined {
  const offset = conflictIn(text);
  if (offset === undefined) return undefined;
  return {
    offset,
    reason: 'Git left a merge conflict here',
    advice: 'keep the right parts of both, and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`',
  };
}

/** A text of several lines as Terraform and shells write it. */
function heredoc(text: string): YamlProblem | undefined {
  const [line = '', before = '', start = '', word = ''] =
    /^([^#\n]*: +)(<<[-~]?["']?(\w+)["']?)[ \r]*$/m.exec(text) ?? [];
  if (start === '') return undefined;
  return {
    offset: text.indexOf(line) + before.length,
    reason: `\`${start}\` starts a text of several lines in Terraform and shells, but not in YAML`,
    advice: `write \`|\` instead, indent the text, and delete the line \`${word}\` after it`,
  };
}

/** A tab before or within brackets, which js-yaml takes for the indentation of their line. */
function tab({ reason, mark }: YAMLException, text: string): YamlProblem | undefined {
  if (!/deficient indentation/.test(reason)) return undefined;
  const end = mark?.position ?? 0;
  const offset = text.indexOf('\t', startOfLine(text, end));
  if (offset < 0 || offset >= end) return undefined;
  return { offset, reason: 'a tab is used where YAML needs spaces', advice: 'replace it with spaces' };
}

/** A quotation mark, bracket or brace without its counterpart. js-yaml notices at the end, or in a line that is not indented enough. */
function unclosed({ reason, mark }: YAMLException, text: string): YamlProblem | undefined {
  const end = mark?.position ?? 0;
  const isWrongSign = /missed comma|expected the node content/.test(reason) && /[\]}]/.test(text.charAt(end));
  if (!isWrongSign && !/deficient indentation|end of the (stream|document) within a/.test(reason)) return undefined;
  const { unclosed: opening } = scanBefore(text, end);
  if (opening === undefined) return undefined;
  const { offset, sign } = opening;
  const closing = sign === '[' ? ']' : sign === '{' ? '}' : sign;
  const advice = `close it with \`${closing}\``;
  if (text.slice(end).trim() === '') return { offset, reason: `this \`${sign}\` is never closed`, advice };
  const line = lineOf(text, end);
  if (isWrongSign)
    return { offset, reason: `this \`${sign}\` is not closed before the \`${text[end]}\` in line ${line}`, advice };
  return {
    offset,
    reason: `this \`${sign}\` is not closed before line ${line}, which is not indented far enough to belong to it`,
    advice: `${advice}, or indent line ${line} further`,
  };
}

/** A quotation mark that ends a text in quotes too early, or much too late. */
function textAfterQuotes({ reason }: YAMLException, text: string, offset: number): YamlProblem | undefined {
  const canFollow =
    /bad indentation of a (mapping|sequence) entry|can not read a block|expected ':'|separator is expected|missed comma/;
  const { lastQuoted } = canFollow.test(reason) && text[offset] !== ':' ? scanBefore(text, offset) : {};
  if (lastQuoted === undefined) return undefined;
  const { start, end } = lastQuoted;
  const between = text.slice(end, offset);
  if (between.includes('\n') || (/missed comma/.test(reason) && between !== '')) return undefined;
  const sign = text[start];
  if (lineOf(text, start) < lineOf(text, end))
    return {
      offset: start,
      reason: `this \`${sign}\` is only closed in line ${lineOf(text, end)}`,
      advice: `close it with \`${sign}\` where its text ends`,
    };
  return {
    offset: end - 1,
    reason: `this \`${sign}\` ends a text in quotes, but more text follows`,
    advice: `put the whole value in one pair of quotes; write a \`${sign}\` within them as ${sign === '"' ? '`\\"`' : "`''`"}`,
  };
}

/** Explains an error caused by an unquoted placeholder in brackets or braces, where `{` starts a mapping even after `$`. */
function unquotedPlaceholder({ reason }: YAMLException, text: string, offset: number): YamlProblem | undefined {
  if (!/missed comma/.test(reason) || !text.startsWith('${', offset - 1)) return undefined;
  return {
    offset: offset - 1,
    reason: 'a text with a placeholder is not in quotes',
    advice: 'put the whole text in quotes: within `[ ]` and `{ }`, YAML takes its `{` for a mapping',
  };
}

/** Explains an error caused by a line without `: `, which YAML joins with the next one. js-yaml notices the error in the next line. */
function lineWithoutColon({ reason }: YAMLException, text: string, offset: number): YamlProblem | undefined {
  if (!/can not read a block mapping entry|bad indentation of a mapping entry|expected ':' after/.test(reason))
    return undefined;
  const end = text[offset] === ':' ? text.lastIndexOf('\n', offset) : offset;
  const before = text.slice(0, Math.max(end, 0)).trimEnd();
  const [line = '', above = ''] = before.split('\n').reverse();
  const word = line.trimStart();
  const [, sign] = /: +([|>])[-+\d]*\s*$/.exec(above) ?? [];
  if (sign !== undefined)
    return {
      offset: before.length - word.length,
      reason: `the text after \`${sign}\` is not indented further than the YAML key of the \`${sign}\``,
      advice: 'indent every line of the text further',
    };
  const indentation = line.length - word.length;
  const isDeeper = indentationAt(text, offset) > indentation;
  if (/^-[\w"'*]/.test(word) && !/bad indentation/.test(reason))
    return {
      offset: before.length - word.length,
      reason: 'nothing separates this dash from its entry',
      advice: `write a space after the dash: \`- ${word.slice(1)}\``,
    };
  if (!/^[\w.$]/.test(word) || /:(\s|$)/.test(word) || (/bad indentation/.test(reason) && !isDeeper)) return undefined;
  return {
    offset: before.length - word.length,
    reason: 'this line has no colon that is followed by a space or a line end',
    advice: 'write `key: value`, and a value of several lines in quotes or after `|`',
  };
}

/** Explains an error caused by a second `: ` in a line. js-yaml stops at its colon. */
function unquotedColon({ reason }: YAMLException, text: string, offset: number): YamlProblem | undefined {
  if (!/bad indentation of a mapping entry/.test(reason) || text[offset] !== ':') return undefined;
  const [, start = '', value] = /^(\s*(?:- +)*[^\s:]+:\s+)([^"'[{|>&*!].*)$/.exec(lineBefore(text, offset)) ?? [];
  if (value === undefined) return undefined;
  return {
    offset: startOfLine(text, offset) + start.length,
    reason: 'this value has a `: ` in it, which starts a value of its own',
    advice: 'put the whole value in quotes',
  };
}

/** Explains an error caused by a line that is indented further than the line before it, although that line has a value. */
function wrongIndentation({ reason }: YAMLException, text: string, offset: number): YamlProblem | undefined {
  const start = startOfLine(text, offset);
  // js-yaml stops at the first character of the line, or at the colon after its key.
  const isAtKey = text[offset] === ':' || text.slice(start, offset).trim() === '';
  if (!/bad indentation of a mapping entry/.test(reason) || !isAtKey) return undefined;
  const before = text
    .slice(0, start)
    .split('\n')
    .findLast((line) => !/^\s*(#|$)/.test(line));
  if (before === undefined) return undefined;
  const indentation = indentationAt(text, offset);
  const wanted = before.length - before.trimStart().length + (/^\s*((?:- +)*)/.exec(before)?.[1] ?? '').length;
  if (indentation < wanted)
    return {
      offset: start + indentation,
      reason: 'this line is indented less than the line before it, and no earlier line has this indentation',
      advice: `indent it by ${spaces(wanted)}, like the line before it, or as far as an earlier line`,
    };
  if (indentation === wanted) return undefined;
  return {
    offset: start + indentation,
    reason: 'this line is indented further than the line before it, which has a value already',
    advice: `indent it by ${spaces(wanted)}, like the line before it, or indent that line by ${spaces(indentation)} too`,
  };
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function lineBefore(text: string, offset: number): string {
  return text.slice(startOfLine(text, offset), offset);
}

function indentationAt(text: string, offset: number): number {
  const line = text.slice(startOfLine(text, offset));
  return line.length - line.trimStart().length;
}
