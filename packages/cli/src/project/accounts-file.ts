import type { AccountDefinition } from '@keywright/core/language/environment';
import type { SourceFile, Span } from '@keywright/core/source/span';
import { isMapping, type Mapping } from '@keywright/core/syntax/is-mapping';
import type { Locations } from '@keywright/core/syntax/locations';
import { parseSource } from '@keywright/core/syntax/parse';
import type { AccountsFound, FoundAccount } from '@keywright/read-account';
import { type Edit, type EditedText, editedText } from './edited-text.ts';

export interface AccountsUpdate {
  /** The updated file; the same text if nothing changed. */
  readonly text: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Accounts of the file that are not in the organization. */
  readonly gone: readonly { readonly name: string; readonly id: string; readonly span: Span }[];
}

interface AccountsWanted extends Pick<AccountsFound, 'accounts' | 'groups'> {
  /** The regions that each added account gets. */
  readonly regions: readonly string[];
}

const heading = `# The accounts of the organization. \`keywright import organization\` adds accounts to this file, and keeps their groups that are
# organizational units. Everything else in it is yours, comments included.
`;

/**
 * Updates the `accounts:` of a file: adds accounts, and puts each account into the groups that the organization determines. Everything else
 * stays as written: names, regions, other groups, an existing purpose, comments, the order.
 *
 * @param file `undefined` if there is no file yet
 * @returns a problem if the file is not YAML, or its accounts are not a mapping
 */
export function updateAccounts(
  file: SourceFile | undefined,
  wanted: AccountsWanted,
): AccountsUpdate | { readonly problem: string } {
  if (file === undefined) return newFile(wanted);
  const present = readAccounts(file);
  if ('problem' in present) return present;
  const changes = present.entries.flatMap((entry) => {
    const account = wanted.accounts.find(({ id }) => id === entry.id);
    const edits = account === undefined ? [] : changesOf(entry, account, wanted.groups, present);
    return edits.length === 0 ? [] : [{ name: entry.name, edits }];
  });
  const added = addedTo(present, wanted);
  const { text, locations, accounts } = present;
  return {
    text: text.with([
      ...changes.flatMap(({ edits }) => edits),
      ...(added.length === 0 ? [] : [addition(linesOf(added), present)]),
    ]),
    added: added.map(([name]) => name),
    changed: changes.map(({ name }) => name),
    gone: present.entries.flatMap(({ name, id }) => {
      const span = locations.keySpan(accounts, name);
      return span === undefined || wanted.accounts.some((one) => one.id === id) ? [] : [{ name, id, span }];
    }),
  };
}

function newFile({ accounts, regions }: AccountsWanted): AccountsUpdate {
  const added = accounts.map((account): NamedAccount => [account.name, definitionOf(account, regions)]);
  const text = [heading, 'accounts:\n', ...linesOf(added).map((line) => `  ${line}\n`)].join('');
  return { text, added: added.map(([name]) => name), changed: [], gone: [] };
}

interface AccountsFile {
  readonly text: EditedText;
  readonly locations: Locations;
  /** The mapping of the file; an empty mapping if there is none. */
  readonly root: Mapping;
  /** The value of `accounts`; an empty mapping if there is none. */
  readonly accounts: Mapping;
  readonly entries: readonly AccountEntry[];
}

interface AccountEntry {
  readonly name: string;
  readonly id: string;
  readonly entry: Mapping;
}

function readAccounts(file: SourceFile): AccountsFile | { readonly problem: string } {
  const { value: root, locations, diagnostics } = parseSource(file);
  const [problem] = diagnostics;
  if (problem !== undefined) return { problem: `${file.path} cannot be read: ${problem.message}` };
  if (root !== null && root !== undefined && !isMapping(root)) return { problem: `${file.path} is not a mapping` };
  const accounts = root?.accounts ?? {};
  if (!isMapping(accounts)) return { problem: `\`accounts\` of ${file.path} is not a mapping` };
  const entries = Object.entries(accounts).flatMap(([name, entry]) => {
    if (!isMapping(entry)) return [];
    // An id without quotes is a number. `check` reports that, but here it means the same account.
    const id = typeof entry.id === 'string' ? entry.id : locations.writtenText(entry, 'id');
    return id === undefined ? [] : [{ name, entry, id }];
  });
  return { text: editedText(file.text), locations, root: root ?? {}, accounts, entries };
}

/** The accounts to add to a file, with names that are not in the file yet. */
function addedTo({ accounts, entries }: AccountsFile, wanted: AccountsWanted): readonly NamedAccount[] {
  const ids = new Set(entries.map(({ id }) => id));
  return wanted.accounts
    .filter(({ id }) => !ids.has(id))
    .map((account) => {
      const isTaken = Object.hasOwn(accounts, account.name);
      const name = isTaken ? `${account.name.slice(0, 34)}-${account.id}` : account.name;
      return [name, definitionOf(account, wanted.regions)];
    });
}

function changesOf(
  { entry }: AccountEntry,
  account: FoundAccount,
  decided: ReadonlySet<string>,
  file: AccountsFile,
): readonly Edit[] {
  const { text, locations } = file;
  const properties = Object.entries(changedProperties(entry, account, decided));
  const replaced = properties.flatMap(([property, value]) => {
    const old = locations.valueSpan(entry, property);
    return old === undefined ? [] : [{ ...text.range(old), text: flow(value) }];
  });
  const fresh = properties.filter(([property]) => locations.valueSpan(entry, property) === undefined);
  const whole = locations.spanOf(entry);
  if (whole === undefined || fresh.length === 0) return replaced;
  const lines = fresh.map(([property, value]) => `${property}: ${flow(value)}`);
  return [...replaced, insertion(lines, whole, entry, file)];
}

/** Adds properties to a mapping: inside its brackets or, without brackets, on new lines after the line of the id. */
function insertion(
  properties: readonly string[],
  whole: Span,
  entry: Mapping,
  { text, locations }: AccountsFile,
): Edit {
  const { start, end } = text.range(whole);
  if (text.at(start) === '{') return intoBrackets(text, start, end, properties.join(', '));
  const key = locations.keySpan(entry, 'id');
  const value = locations.valueSpan(entry, 'id');
  const line = text.endOfLine(value === undefined ? end : text.range(value).end);
  const indent = ' '.repeat((key?.column ?? 1) - 1);
  return { start: line, end: line, text: properties.map((one) => `\n${indent}${one}`).join('') };
}

/** Adds accounts after the last account of the section, or in a new section. */
function addition(lines: readonly string[], file: AccountsFile): Edit {
  const { text, locations, accounts } = file;
  const section = locations.spanOf(accounts);
  const [last] = Object.keys(accounts).slice(-1);
  if (section === undefined || last === undefined) return firstAccounts(lines, section, file);
  const { start, end } = text.range(section);
  if (text.at(start) === '{') return intoBrackets(text, start, end, lines.join(', '));
  const column = (locations.keySpan(accounts, last)?.column ?? 3) - 1;
  const value = locations.valueSpan(accounts, last);
  const line = text.endOfLine(value === undefined ? end : text.endOfContent(text.range(value).end));
  return { start: line, end: line, text: indented(lines, column) };
}

/** Adds accounts to an empty section, or in a new section at the end of the file. */
function firstAccounts(
  lines: readonly string[],
  section: Span | undefined,
  { text, locations, root }: AccountsFile,
): Edit {
  const key = locations.keySpan(root, 'accounts');
  if (key === undefined) {
    const start = text.length;
    const gap = start === 0 || text.at(start - 1) === '\n' ? '' : '\n';
    return { start, end: start, text: `${gap}accounts:${indented(lines, 2)}\n` };
  }
  // `accounts:` with nothing or `{}` after it.
  const start = text.range(key).end + 1;
  return { start, end: section === undefined ? start : text.range(section).end, text: indented(lines, 2) };
}

function indented(lines: readonly string[], column: number): string {
  return lines.map((line) => `\n${' '.repeat(column)}${line}`).join('');
}

/** Adds text inside brackets: at the end, or at the start if there may be a comment before the end. */
function intoBrackets(text: EditedText, start: number, end: number, more: string): Edit {
  const content = text.slice(start, end - 1).trimEnd();
  if (content.includes('#')) return { start: start + 1, end: start + 1, text: ` ${more},` };
  const at = start + content.length;
  return { start: at, end: at, text: content.endsWith(',') ? ` ${more}` : `, ${more}` };
}

type NamedAccount = readonly [name: string, definition: AccountDefinition];

function definitionOf({ id, groups, purpose }: FoundAccount, regions: readonly string[]): AccountDefinition {
  return {
    id,
    ...(regions.length > 0 && { regions: [...regions] }),
    ...(purpose !== undefined && { purpose }),
    ...(groups.length > 0 && { groups: [...groups] }),
  };
}

function linesOf(accounts: readonly NamedAccount[]): readonly string[] {
  return accounts.map(([name, definition]) => `${name}: ${flow(definition)}`);
}

function changedProperties(entry: Mapping, { groups, purpose }: FoundAccount, decided: ReadonlySet<string>): Mapping {
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

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isMapping(value)) {
    return `{ ${Object.entries(value)
      .map(([name, inner]) => `${name}: ${flow(inner)}`)
      .join(', ')} }`;
  }
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(String(value)) ? String(value) : JSON.stringify(value);
}
