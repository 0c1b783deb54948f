import { posix } from 'node:path';
import { Unknown } from '@keywright/core/reading/source-value';
import { createLineMap } from '@keywright/core/source/line-map';
import type { SourceFile } from '@keywright/core/source/span';
import { hasMark } from './marks.ts';
import { parseTemplate } from './parse.ts';
import type { Scope } from './scope.ts';
import { type HclExpression, HclProblem } from './syntax.ts';
import { asText, type HclValue, setOf } from './value.ts';

/** A function that reads a file or a template; returns `undefined` for unsupported arguments. Its first argument is text. */
type FileFunction = (text: string, args: readonly HclValue[], call: Call) => HclValue | undefined;

interface Call {
  readonly scope: Scope;
  readonly evaluate: (expression: HclExpression, scope: Scope) => HclValue;
  readonly unread: (why: string) => Unknown;
}

/** The supported functions of files and templates, by name. Source: Terraform, "Built-in functions"; compared with Terraform 1.11. */
export const fileFunctions: ReadonlyMap<string, FileFunction> = new Map<string, FileFunction>([
  [
    'file',
    (path, _, call) => {
      const file = fileAt(path, call);
      return file instanceof Unknown ? file : file.text;
    },
  ],
  [
    'templatefile',
    (path, [names = null], call) => {
      const file = fileAt(path, call);
      return file instanceof Unknown ? file : filled(file, names, call);
    },
  ],
  ['templatestring', (text, [names = null], call) => filled({ path: 'templatestring', text }, names, call)],
  ['fileexists', (path, _, { scope }) => scope.files.exists(path)],
  [
    'fileset',
    (folder, [pattern = null], { scope }) => {
      const matcher = typeof pattern === 'string' ? matcherOf(pattern) : undefined;
      const paths = matcher && scope.files.below(folder, matcher.depth);
      return matcher && paths && setOf(paths.filter((path) => matcher.expressions.some((each) => each.test(path))));
    },
  ],
  ['abspath', (path, _, { scope }) => scope.files.absolute(path)],
]);

/** Calls a file function with at least one argument, none of them unknown as a whole. */
export function callOnFiles(
  made: FileFunction,
  [first = null, ...others]: readonly HclValue[],
  call: Call,
): HclValue | undefined {
  const text = asText(first);
  if (text === undefined) return undefined;
  return hasMark(text) && made !== fileFunctions.get('templatestring')
    ? call.unread('the name of a file depends on the deployment')
    : made(text, others, call);
}

function fileAt(path: string, { scope, unread }: Call): SourceFile | Unknown {
  const file = scope.files.text(path);
  if ('problem' in file) return unread(file.problem);
  return hasMark(file.text) ? unread(`${path} has characters of private use`) : file;
}

function filled({ path, text }: SourceFile, names: HclValue, { scope, evaluate, unread }: Call): HclValue | undefined {
  if (!(names instanceof Map)) return undefined;
  const lines = createLineMap(path, text);
  try {
    return evaluate(parseTemplate(text), {
      ...scope,
      get: (name) => names.get(name),
      location: (at) => `${path}:${lines.span(at, at).line}`,
    });
  } catch (error) {
    if (!(error instanceof HclProblem)) throw error;
    return unread(`${path} is not a template that can be read: ${error.message}`);
  }
}

/**
 * Returns expressions for the paths that a pattern matches, and the number of folders in the deepest of these paths; `undefined` for a
 * pattern with classes or escapes.
 */
function matcherOf(pattern: string): { readonly expressions: readonly RegExp[]; readonly depth: number } | undefined {
  if (/[[\]\\]/.test(pattern)) return undefined;
  const patterns = alternatives(pattern)?.map((each) => posix.normalize(each).split('/'));
  if (patterns === undefined || patterns.some((steps) => steps.includes('..') || steps[0] === '')) return undefined;
  return {
    expressions: patterns.map((steps) => new RegExp(`^${steps.map(stepPattern).join('')}$`, 'su')),
    depth: Math.max(...patterns.map((steps) => (steps.includes('**') ? Number.POSITIVE_INFINITY : steps.length - 1))),
  };
}

/** `**` matches any number of folders or, at the end, everything below. */
function stepPattern(step: string, at: number, { length }: readonly string[]): string {
  const isLast = at === length - 1;
  if (step === '**') return isLast ? '.+' : '(?:[^/]+/)*';
  const signs = step.replaceAll(/\*+|\?|[^\w*?]/g, (sign) =>
    sign.startsWith('*') ? '[^/]*' : sign === '?' ? '[^/]' : `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  );
  return isLast ? signs : `${signs}/`;
}

const mostAlternatives = 100;

/** Returns the patterns that a pattern with braces expands to; `undefined` if braces are nested or there are too many patterns. */
function alternatives(pattern: string): readonly string[] | undefined {
  const [, before = '', inner = '', after = ''] = /^([^{}]*)\{([^{}]*)\}(.*)$/s.exec(pattern) ?? [];
  if (before + inner + after === '') return /[{}]/.test(pattern) ? undefined : [pattern];
  const rest = alternatives(after);
  const all = rest && inner.split(',').flatMap((each) => rest.map((end) => before + each + end));
  return all && all.length <= mostAlternatives ? all : undefined;
}
