import { existsSync, readFileSync } from 'node:fs';
import { otherWords } from '@keywright/core/language/words-of-other-tools';
import { catalogue } from '../../packages/cli/src/catalogue.ts';
import { commandDetails, commandsTable } from './commands.ts';
import { diagnosticsTable } from './diagnostics-pages.ts';
import { cell, fenced, table } from './markdown.ts';

const insertPattern = /(<!-- insert: (.+?) -->\n)([\s\S]*?)(<!-- end insert -->)/g;
const fenceOf: Readonly<Record<string, string>> = { yaml: 'yaml', json: 'json', tf: 'hcl', ts: 'ts' };

/** A page with its insertions filled in, and what is wrong with them. */
export interface FilledPage {
  readonly text: string;
  readonly problems: readonly string[];
}

/** Generates everything between `<!-- insert: … -->` and `<!-- end insert -->` on a hand-written page again. */
export function withInsertions(page: string): FilledPage {
  const problems: string[] = [];
  const text = readFileSync(page, 'utf8').replaceAll(insertPattern, (whole, start, what, _, end) => {
    const inserted = insertion(what, page);
    if ('problem' in inserted) {
      problems.push(`${page}: ${inserted.problem}`);
      return whole;
    }
    return `${start}\n${inserted.text}\n\n${end}`;
  });
  return { text, problems };
}

type Insertion = { readonly text: string } | { readonly problem: string };

function insertion(what: string, page: string): Insertion {
  const [kind, ...words] = what.split(' ');
  switch (kind) {
    case 'commands':
      return { text: commandsTable() };
    case 'command':
      return { text: commandDetails(words) };
    case 'rules':
      return { text: rulesTable() };
    case 'words':
      return { text: wordsTable() };
    case 'file':
      return fileExcerpt(words.join(' '));
    default:
      throw new Error(`${page}: there is nothing to insert for ${what}`);
  }
}

function rulesTable(): string {
  const rules = catalogue.filter(({ code }) => code.startsWith('KW7'));
  return diagnosticsTable(rules, ['rule', 'severity', 'finds'], 'diagnostics/');
}

function wordsTable(): string {
  const rows = otherWords.map(({ ours, words, example }) => {
    const listed = words.map((word) => `\`${word}\``).join(', ');
    return `| ${cell(listed)} | \`${ours}\` | ${cell(`\`${example[0]}\` → \`${example[1]}\``)} |`;
  });
  return table(['elsewhere', 'here', 'for example'], rows);
}

/**
 * Returns the lines of a file for `path` or `path from "…" to "…"`: from the first line with the first text, up to the next line with the
 * second text.
 */
function fileExcerpt(what: string): Insertion {
  const [, path, from, to] = /^(\S+)(?: from "(.+?)")?(?: to "(.+?)")?$/.exec(what) ?? [];
  if (path === undefined || !existsSync(path))
    return {
      problem: `${path ?? what} does not exist; the examples are built with UPDATE=1, see docs/contributing.md`,
    };
  const lines = readFileSync(path, 'utf8').split('\n');
  const start = from === undefined ? 0 : lines.findIndex((line) => line.includes(from));
  const end = to === undefined ? lines.length : lines.findIndex((line, at) => at > start && line.includes(to));
  if (start < 0 || end < 0) return { problem: `${path} has no excerpt ${what}` };
  return { text: fenced(fenceOf[path.split('.').at(-1) ?? ''] ?? '', lines.slice(start, end).join('\n')) };
}
