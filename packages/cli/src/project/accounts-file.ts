import type { AccountDefinition } from '@keywright/core/language/environment';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';

/** An account as the organization has it. */
export interface AccountWanted {
  /** Its name in the file, if the file does not have the account yet. */
  readonly name: string;
  readonly id: string;
  /** Its groups, limited to those that the organization determines. */
  readonly groups: readonly string[];
  readonly purpose?: NonNullable<AccountDefinition['purpose']>;
}

export interface AccountsUpdate {
  /** The updated file; the same text if nothing changed. */
  readonly text: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Accounts of the file that are not in the organization. */
  readonly gone: readonly { readonly name: string; readonly id: string; readonly span: Span }[];
}

export interface AccountsWanted {
  readonly accounts: readonly AccountWanted[];
  /** The groups that the organization decides about. */
  readonly groups: ReadonlySet<string>;
  /** The regions of added accounts. */
  readonly regions: readonly string[];
}

/** A replacement of text. Offsets are those of the old text. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The start of a new file. */
const heading = `# The accounts of the organization. \`keywright import organization\` adds accounts to this file, and keeps their groups that are
# organizational units. Everything else in it is yours, comments included.
`;

/**
 * Updates the `accounts:` of a file: adds accounts, and puts each into the groups that the organization determines. Everything else stays
 * as written: names, regions, other groups, an existing purpose, comments, the order.
 *
 * @param file `undefined` if there is no file yet
 * @returns a problem if the file is not YAML, or its accounts are not a mapping
 */
export function updateAccounts(
  file: SourceFile | undefined,
  wanted: AccountsWanted,
): AccountsUpdate | { readonly problem: string } {
  if (file === undefined) {
    const added = wanted.accounts.map((account) => [account.name, definitionOf(account, wanted.regions)] as const);
    const text = [heading, 'accounts:\n', ...linesOf(added).map((line) => `  ${line}\n`)].join('');
    return { text, added: added.map(([name]) => name), changed: [], gone: [] };
  }
  const { value, locations, diagnostics } = parseSource(file);
  const [problem] = diagnostics;
  if (problem !== undefined) return { problem: `${file.path} cannot be read: ${problem.message}` };
  if (value !== null && value !== undefined && !isMapping(value)) return { problem: `${file.path} is not a mapping` };
  const { accounts: present } = value ?? {};
  if (present !== undefined && present !== null && !isMapping(present)) {
    return { problem: `\`accounts\` of ${file.path} is not a mapping` };
  }
  const entries = Object.entries(present ?? {}).flatMap(([name, entry]) => {
    if (!isMapping(entry)) return [];
    // Without quotes it is a number, which `check` reports; it is the same account.
    const id = typeof entry.id === 'string' ? entry.id : locations.writtenText(entry, 'id');
    return id === undefined ? [] : [{ name, entry, id }];
  });
  const text = createText(file.text);
  const edits: Edit[] = [];
  const changed: string[] = [];
  for (const { name, entry, id } of entries) {
    const account = wanted.accounts.find((one) => one.id === id);
    if (account === undefined) continue;
    const more = changesOf(entry, account, wanted.groups);
    if (Object.keys(more).length === 0) continue;
    changed.push(name);
    const whole = locations.spanOf(entry);
    const fresh: string[] = [];
    for (const [property, written] of Object.entries(more)) {
      const old = locations.valueSpan(entry, property);
      if (old === undefined) fresh.push(`${property}: ${flow(written)}`);
      else edits.push({ ...text.range(old), text: flow(written) });
    }
    if (whole !== undefined && fresh.length > 0) edits.push(insertion(fresh, whole, entry));
  }
  const ids = new Set(entries.map(({ id }) => id));
  const names = new Set(Object.keys(present ?? {}));
  const added = wanted.accounts
    .filter(({ id }) => !ids.has(id))
    .map((account) => {
      const name = names.has(account.name) ? `${account.name.slice(0, 34)}-${account.id}` : account.name;
      return [name, definitionOf(account, wanted.regions)] as const;
    });
  if (added.length > 0) edits.push(additions(linesOf(added)));
  const missing = entries.flatMap(({ name, id }) => {
    const span = locations.keySpan(present ?? {}, name);
    return span === undefined || wanted.accounts.some((one) => one.id === id) ? [] : [{ name, id, span }];
  });
  return { text: text.with(edits), added: added.map(([name]) => name), changed, gone: missing };

  /** Adds properties to a mapping in brackets, or on lines of their own after that of the id. */
  function insertion(properties: readonly string[], whole: Span, entry: Mapping): Edit {
    const { start, end } = text.range(whole);
    if (text.at(start) === '{') {
      return intoBrackets(start, end, properties.join(', '));
    }
    const key = locations.keySpan(entry, 'id');
    const value = locations.valueSpan(entry, 'id');
    const line = text.endOfLine(value === undefined ? end : text.range(value).end);
    const indent = ' '.repeat((key?.column ?? 1) - 1);
    return { start: line, end: line, text: properties.map((one) => `\n${indent}${one}`).join('') };
  }

  /** Adds text at the end of a mapping in brackets; at its start if a comment might precede the end. */
  function intoBrackets(start: number, end: number, more: string): Edit {
    const content = text.slice(start, end - 1).trimEnd();
    if (content.includes('#')) return { start: start + 1, end: start + 1, text: ` ${more},` };
    const at = start + content.length;
    return { start: at, end: at, text: content.endsWith(',') ? ` ${more}` : `, ${more}` };
  }

  /** Adds accounts after the last one of the section, or in a new section. */
  function additions(lines: readonly string[]): Edit {
    const indented = (column: number) => lines.map((line) => `\n${' '.repeat(column)}${line}`).join('');
    const section = present === undefined || present === null ? undefined : locations.spanOf(present);
    const [last] = Object.keys(present ?? {}).slice(-1);
    if (section === undefined || last === undefined) {
      const key = isMapping(value) ? locations.keySpan(value, 'accounts') : undefined;
      if (key !== undefined) {
        // `accounts:` with nothing or `{}` after it.
        const { end } = text.range(section ?? key);
        const colon = section === undefined ? end + 1 : text.range(key).end + 1;
        return { start: colon, end: section === undefined ? colon : end, text: indented(2) };
      }
      const start = text.length;
      const gap = start === 0 || text.at(start - 1) === '\n' ? '' : '\n';
      return { start, end: start, text: `${gap}accounts:${indented(2)}\n` };
    }
    const { start, end } = text.range(section);
    if (text.at(start) === '{') {
      return intoBrackets(start, end, lines.join(', '));
    }
    const column = (locations.keySpan(present ?? {}, last)?.column ?? 3) - 1;
    const valueEnd = locations.valueSpan(present ?? {}, last);
    const line = text.endOfLine(valueEnd === undefined ? end : text.endOfContent(text.range(valueEnd).end));
    return { start: line, end: line, text: indented(column) };
  }
}

function definitionOf({ id, groups, purpose }: AccountWanted, regions: readonly string[]): AccountDefinition {
  return {
    id,
    ...(regions.length > 0 && { regions: [...regions] }),
    ...(purpose !== undefined && { purpose }),
    ...(groups.length > 0 && { groups: [...groups] }),
  };
}

function linesOf(accounts: readonly (readonly [string, AccountDefinition])[]): readonly string[] {
  return accounts.map(([name, definition]) => `${name}: ${flow(definition)}`);
}

/** The changes to an account that the file already has. */
function changesOf(entry: Mapping, { groups, purpose }: AccountWanted, decided: ReadonlySet<string>): Mapping {
  const existing = Array.isArray(entry.groups) ? entry.groups : [];
  const kept = existing.filter((group) => !decided.has(group) || groups.includes(group));
  const next = [...kept, ...groups.filter((group) => !kept.includes(group))];
  const isOther = next.length !== existing.length || kept.length !== existing.length;
  const canSay = entry.groups === undefined || Array.isArray(entry.groups);
  return {
    ...(purpose !== undefined && entry.purpose === undefined && { purpose }),
    ...(isOther && canSay && { groups: next }),
  };
}

/** A value on one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMapping(value)) {
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${name}: ${flow(inner)}`)
      .join(', ')} }`;
  }
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(String(value)) ? String(value) : JSON.stringify(value);
}

/** The end of the bracket that opens at a position; `undefined` if none opens there. */
function closingBracket(text: string, start: number): number | undefined {
  if (!'{['.includes(text.charAt(start) || ' ')) return undefined;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const rest = text.slice(at - 1, at + 1);
    const quoted = /^[\s{[,:]["']/.test(rest) ? quotedText(text, at) : undefined;
    if (quoted !== undefined) at = quoted;
    else if (/^\s#/.test(rest)) at = endOfLine(text, at);
    else if ('{['.includes(text.charAt(at))) depth += 1;
    else if ('}]'.includes(text.charAt(at))) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The position of the last character of a quoted text. */
function quotedText(text: string, start: number): number | undefined {
  const pattern = text.charAt(start) === '"' ? /"(?:[^"\\]|\\.)*"/sy : /'(?:[^']|'')*'/y;
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex - 1 : undefined;
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  const line = end < 0 ? text.length : end;
  return text.charAt(line - 1) === '\r' ? line - 1 : line;
}

/** Access to a text by lines and columns. */
function createText(text: string) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number) => (starts[line - 1] ?? text.length) + column - 1;
  return {
    length: text.length,
    at: (position: number) => text.charAt(position),
    slice: (start: number, end: number) => text.slice(start, end),
    range(span: Span) {
      const start = offset(span.line, span.column);
      // A span of something in brackets ends with the last value in them.
      return { start, end: closingBracket(text, start) ?? offset(span.endLine, span.endColumn) };
    },
    endOfLine: (position: number) => endOfLine(text, position),
    /** The end of the text before a position, without white space: a block ends where the next one starts. */
    endOfContent: (position: number) => text.slice(0, position).trimEnd().length,
    with: (edits: readonly Edit[]) =>
      [...edits]
        .sort((one, other) => other.start - one.start)
        .reduce((current, { start, end, text: more }) => current.slice(0, start) + more + current.slice(end), text),
  };
}
