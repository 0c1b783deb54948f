import { parseEvents, YAMLException } from 'js-yaml';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badYaml } from '../diagnostics/source.ts';
import { createLineMap, type LineMap } from '../source/line-map.ts';
import type { SourceFile } from '../source/span.ts';
import { compose, type Dialect, type YamlText } from './compose.ts';
import { type Locations, locationsIn } from './locations.ts';
import { parseLooseLines } from './loose-lines.ts';
import { yamlProblem } from './yaml-problem.ts';

/** A file as plain values. Mappings have no prototype, so that no YAML key has a special meaning. */
export interface ParsedSource {
  readonly source: SourceFile;
  /** `undefined` if the file could not be parsed; `diagnostics` says why. */
  readonly value: unknown;
  readonly locations: Locations;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses YAML 1.2 (core schema, merge keys, only the custom tags of `dialect`), and so JSON too. With a dialect, lines
 * within brackets and quotes may have any indentation. Never throws.
 */
export function parseSource(source: SourceFile, dialect?: Dialect): ParsedSource {
  const lines = createLineMap(source.path, source.text);
  const yaml = readEvents(source, lines, dialect);
  if ('problem' in yaml) {
    const locations = locationsIn(source.text, lines, new WeakMap());
    return { source, value: undefined, locations, diagnostics: [yaml.problem] };
  }
  const { value, records, diagnostics } = compose(yaml, dialect);
  return { source, value, locations: locationsIn(yaml.text, yaml.lines, records), diagnostics };
}

function readEvents(
  { path, text }: SourceFile,
  lines: LineMap,
  dialect: Dialect | undefined,
): YamlText | { readonly problem: Diagnostic } {
  try {
    return { text, lines, events: parseEvents(text, { filename: path }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const loose = dialect && parseLooseLines(text);
    if (loose !== undefined) return { ...loose, lines: shiftedLines(lines, loose.offsetOf) };
    const { offset, ...problem } = yamlProblem(error, text);
    return { problem: report(badYaml, lines.span(offset, offset + 1), problem) };
  }
}

function shiftedLines(lines: LineMap, offsetOf: (offset: number) => number): LineMap {
  return { span: (start, end) => lines.span(offsetOf(start), offsetOf(end)) };
}
