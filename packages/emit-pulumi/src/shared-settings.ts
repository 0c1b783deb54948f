/**
 * `Pulumi.<environment>.yaml` has the settings that Keywright generates, and also settings that Pulumi and people add: secrets, a salt and
 * more.
 */
import type { SharedFormat, SharedPart } from '@keywright/core/emit/emitter';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { parseSource } from '@keywright/core/syntax/parse';

/** Keywright owns those entries under `config` that it generates. Others may write further entries. */
export const sharedSettings: SharedFormat = {
  partIn: (generated) => {
    const settings = takenApart(generated);
    const names = namesOf(settings);
    return { names, part: partOf(settings?.values ?? {}, names) };
  },
  partOf: (text, names) => {
    const values = configIn(text);
    return values && partOf(values, names);
  },
  merged: (text, generated, former) => {
    const settings = takenApart(generated);
    const merged = settings && merge(settings, text, former);
    const names = [...namesOf(settings), ...former];
    return merged !== undefined && isMerged(merged, text, generated, names) ? merged : undefined;
  },
};

/** The result of `partIn` for a file with these settings. */
export function partWith(values: Readonly<Record<string, unknown>>): SharedPart {
  const names = Object.keys(values);
  return { names, part: partOf(values, names) };
}

function namesOf(settings: Settings | undefined): readonly string[] {
  return settings?.entries.flatMap(({ name }) => name ?? []) ?? [];
}

function partOf(values: Settings['values'], names: readonly string[]): string {
  return JSON.stringify([...names].sort().map((name) => [name, values[name]]));
}

/** A settings file in three parts: the lines before the entries under `config`, the entries, and the lines after them. */
interface Settings {
  /** The values of the entries, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly before: readonly string[];
  readonly entries: readonly Entry[];
  readonly after: readonly string[];
}

/** A setting with all its lines. All other lines, such as comments, form entries without a name. */
interface Entry {
  readonly name?: string;
  readonly lines: readonly string[];
}

function merge(generated: Settings, text: string, former: readonly string[]): string | undefined {
  const settings = takenApart(text);
  if (settings === undefined) return undefined;
  const ownEntries = new Map(generated.entries.map((entry) => [entry.name, entry]));
  const [ours, theirs] = [generated.values, settings.values];
  const kept = settings.entries.flatMap((entry): readonly Entry[] => {
    const { name } = entry;
    if (name === undefined) return [entry];
    const wanted = ownEntries.get(name);
    if (wanted === undefined) return former.includes(name) ? [] : [entry];
    return [JSON.stringify(ours[name]) === JSON.stringify(theirs[name]) ? entry : wanted];
  });
  const there = new Set(kept.map(({ name }) => name));
  const added = generated.entries.filter(({ name }) => name !== undefined && !there.has(name));
  const last = kept.findLastIndex(({ name }) => name !== undefined && ownEntries.has(name));
  const entries = [...kept.slice(0, last + 1), ...added, ...kept.slice(last + 1)];
  const before =
    entries.length > 0
      ? settings.before.map((line) => line.replace(/^config:\s*\{\s*\}\s*$/, 'config:'))
      : settings.before;
  return [...before, ...entries.flatMap(({ lines }) => lines), ...settings.after].join('\n');
}

/**
 * Whether a merged text has everything that was generated, and also everything else that the text had: settings with other names, and
 * everything outside `config`.
 */
function isMerged(merged: string, text: string, content: string, names: readonly string[]): boolean {
  const [after, before, generated] = [merged, text, content].map(mappingIn);
  if (after === undefined || before === undefined || generated === undefined) return false;
  const others = ({ config, ...rest }: Readonly<Record<string, unknown>>) => {
    const settings = Object.entries(isMapping(config) ? config : {}).filter(([name]) => !names.includes(name));
    return JSON.stringify([rest, settings]);
  };
  const ownConfig = Object.entries(isMapping(generated.config) ? generated.config : {});
  const settings = isMapping(after.config) ? after.config : {};
  return (
    others(after) === others(before) &&
    ownConfig.every(([name, value]) => JSON.stringify(settings[name]) === JSON.stringify(value))
  );
}

function mappingIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const { value, diagnostics } = parseSource({ path: 'Pulumi.yaml', text });
  return diagnostics.length === 0 && isMapping(value) ? value : undefined;
}

function configIn(text: string): Readonly<Record<string, unknown>> | undefined {
  const mapping = mappingIn(text);
  if (mapping === undefined) return undefined;
  const { config } = mapping;
  if (config === undefined || config === null) return {};
  return isMapping(config) ? config : undefined;
}

/**
 * Splits a file into its parts; `undefined` if its form differs from Pulumi's own, in which `config` has a line for the name of each
 * setting.
 */
function takenApart(text: string): Settings | undefined {
  const config = configIn(text);
  if (config === undefined) return undefined;
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^config:\s*(?:\{\s*\}\s*)?(?:#.*)?$/.test(line));
  if (start < 0) {
    if (Object.keys(config).length > 0) return undefined;
    const whole = text === '' || text.endsWith('\n') ? lines.slice(0, -1) : lines;
    return { values: config, before: [...whole, 'config:'], entries: [], after: [''] };
  }
  const rest = lines.slice(start + 1);
  const length = rest.findIndex((line) => /^[^\s#]/.test(line));
  const block = length < 0 ? rest : rest.slice(0, length);
  // Blank lines and comments are part of the entry that follows them.
  let end = block.length;
  while (end > 0 && /^\s*$|^#/.test(block[end - 1] ?? '')) end -= 1;
  const entries = entriesOf(block.slice(0, end));
  const names = entries?.flatMap(({ name }) => name ?? []);
  if (entries === undefined || JSON.stringify(names) !== JSON.stringify(Object.keys(config))) return undefined;
  const after = [...block.slice(end), ...rest.slice(block.length)];
  return { values: config, before: lines.slice(0, start + 1), entries, after };
}

/** The line with a setting's name is indented by two more blanks than `config`. */
function entriesOf(lines: readonly string[]): readonly Entry[] | undefined {
  const entries: { name?: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, double, single, plain] = /^ {2}(?:"([^"\\]+)"|'([^']+)'|([^\s"'#-][^\s]*)):(?:\s|$)/.exec(line) ?? [];
    const name = double ?? single ?? plain;
    const last = entries.at(-1);
    if (name !== undefined) entries.push({ name, lines: [line] });
    else if (/^ {2}#/.test(line)) entries.push({ lines: [line] });
    else if (/^(?:\s*$| {3,}| {2}- )/.test(line) && last !== undefined) last.lines.push(line);
    else return undefined;
  }
  return entries;
}
