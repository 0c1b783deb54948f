import { Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { type ParsedSource, parseSource } from '@keywright/core/syntax/parse';
import { readTheState } from '../advice.ts';
import type { HclValue } from './value.ts';

/**
 * Returns the value of a YAML text for `yamldecode`; `undefined` if it is not YAML. Terraform reads YAML 1.1, where words such as `yes`,
 * dates and some numbers without quotes have another meaning; such values are unknown.
 */
export function valueOfYaml(text: string): HclValue | undefined {
  const parsed = parseSource({ path: 'yaml', text });
  if (parsed.diagnostics.length > 0 || parsed.value === undefined) return undefined;
  return valueIn(parsed, text.split(/\r\n|\n|\r/), parsed.value);
}

const ambiguous = /^([+-]?[\d.][\d_.:xob-]*.*|[yn~]|yes|no|on|off|=|<<)$/i;

function valueIn({ locations }: ParsedSource, lines: readonly string[], whole: unknown): HclValue {
  const isPlain = (span: { readonly line: number; readonly column: number } | undefined) =>
    span !== undefined && !/^["'|>!]/.test(lines[span.line - 1]?.slice(span.column - 1) ?? '');
  const unclear = (written: string) =>
    new Unknown(`Terraform may read ${written} in YAML as something else`, `put it in quotes, or ${readTheState}`);
  const valueAt = (container: object, key: string | number): HclValue => {
    const value: unknown = (container as Readonly<Record<string | number, unknown>>)[key];
    if (Array.isArray(value)) return value.map((_, index) => valueAt(value, index));
    if (isMapping(value)) return mapOf(value);
    if (typeof value === 'number') {
      const written = locations.writtenText(container, key);
      return written === undefined || written === String(value) ? value : unclear(written);
    }
    if (typeof value === 'string')
      return ambiguous.test(value) && isPlain(locations.valueSpan(container, key)) ? unclear(value) : value;
    return typeof value === 'boolean' ? value : null;
  };
  const mapOf = (mapping: Readonly<Record<string, unknown>>): HclValue => {
    const names = Object.keys(mapping);
    const odd = names.find((name) => ambiguous.test(name) && isPlain(locations.keySpan(mapping, name)));
    return odd === undefined ? new Map(names.map((name) => [name, valueAt(mapping, name)])) : unclear(odd);
  };
  return Array.isArray(whole) || isMapping(whole) ? valueAt([whole], 0) : unclear('a single value');
}
