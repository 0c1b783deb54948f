import { parse } from '@cdktn/hcl2json';

/** The arguments of a block as plain JSON values. Nested blocks are lists of objects. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A `.tf` file as hcl2json reads it. */
export interface ReadModule {
  /** By address, such as `aws_kms_key.orders`. A policy is the document in `jsonencode`, not its text. */
  readonly resources: ReadonlyMap<string, Arguments>;
  /** By address, such as `data.aws_region.current`. */
  readonly data: ReadonlyMap<string, Arguments>;
  readonly outputs: ReadonlyMap<string, unknown>;
  /** The arguments of `module` blocks, by name. */
  readonly modules: ReadonlyMap<string, Arguments>;
  /** The arguments of `variable` blocks, by name. */
  readonly variables: ReadonlyMap<string, Arguments>;
}

/**
 * Reads a file that this emitter wrote, with hcl2json. Strings are returned without escapes. `resolve` returns the value of a reference in
 * a string, such as `aws_kms_key.orders.arn`. `resolve` gets the data sources, in which references are unresolved. By default, references
 * stay as `${aws_kms_key.orders.arn}`. Literal text can look the same, so pass `resolve` to tell references from text. Rejects if the file
 * is not HCL.
 */
export async function readModule(
  text: string,
  resolve: (reference: string, data: ReadModule['data']) => string | number = unresolved,
): Promise<ReadModule> {
  const { marked, unmark } = markSigns(text);
  const parsed = await parse('module.tf', marked);
  const encodings = await parseEncodings(parsed);
  const reader = (meaningOf: (reference: string) => string | number) => {
    const evaluate = (value: unknown): unknown => {
      if (typeof value === 'string') {
        const encoded = encodings.get(value);
        return encoded === undefined ? templateValue(value, meaningOf, unmark) : evaluate(encoded);
      }
      if (Array.isArray(value)) return value.map(evaluate);
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [String(templateValue(key, meaningOf, unmark)), evaluate(inner)]),
      );
    };
    const blocks = (group: unknown, prefix: string) =>
      new Map(
        Object.entries(isObject(group) ? group : {}).map(
          ([name, block]) => [prefix + name, evaluate(onlyOf(block, prefix + name))] as const,
        ),
      );
    const byType = (group: unknown, prefix: string) => {
      const types = Object.entries(isObject(group) ? group : {});
      const read = types.map(([type, named]) => blocks(named, `${prefix}${type}.`));
      return new Map(read.flatMap((found) => [...found]).map(([address, block]) => [address, asArguments(block)]));
    };
    return { blocks, byType };
  };
  const data = reader(unresolved).byType(parsed.data, 'data.');
  const { blocks, byType } = reader((reference) => resolve(reference, data));
  const outputs = blocks(parsed.output, '');
  return {
    resources: byType(parsed.resource, ''),
    data,
    outputs: new Map([...outputs].map(([name, block]) => [name, asArguments(block).value])),
    modules: new Map([...blocks(parsed.module, '')].map(([name, block]) => [name, asArguments(block)])),
    variables: new Map([...blocks(parsed.variable, '')].map(([name, block]) => [name, asArguments(block)])),
  };
}

/**
 * Replaces two escapes by characters that do not occur in the text, before it is parsed. hcl2json undoes `\u0024` but not `$${`. So a `$`
 * before an interpolation would be returned as if it escaped the interpolation.
 */
function markSigns(text: string): { readonly marked: string; readonly unmark: (text: string) => string } {
  const free: string[] = [];
  for (let code = 0xe000; free.length < 2; code += 1) {
    const character = String.fromCharCode(code);
    if (!text.includes(character) && !text.includes(`\\u${code.toString(16)}`)) free.push(character);
  }
  const [dollar = '', percent = ''] = free;
  return {
    // Also matches escaped backslashes. Otherwise the second backslash of `\\u0024` would count as the start of an escape.
    marked: text.replaceAll(/\\(\\|u0024|u0025)/g, (escaped, what: string) =>
      what === '\\' ? escaped : what === 'u0024' ? dollar : percent,
    ),
    unmark: (value) => value.replaceAll(dollar, '$').replaceAll(percent, '%'),
  };
}

/** Returns the value of a template: text, or the value of a single reference. */
function templateValue(
  template: string,
  resolve: (reference: string) => string | number,
  unmark: (text: string) => string,
): string | number {
  const [, alone] = /^\$\{([^}]*)\}$/.exec(template) ?? [];
  if (alone !== undefined) return resolve(alone);
  const parts = template.split(/(\$\$\{|%%\{|\$\{[^}]*\})/);
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return unmark(part);
      return part.startsWith('${') ? resolve(part.slice(2, -1)) : part.slice(1);
    })
    .join('');
}

const unresolved = (reference: string) => `\${${reference}}`;

/** Maps each `jsonencode` call, as the text that hcl2json returns for it, to the value in the call. All values are parsed at once. */
async function parseEncodings(parsed: unknown): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, string>();
  const visit = (value: unknown): void => {
    const [whole, encoded] = typeof value === 'string' ? (/^\$\{jsonencode\((.*)\)\}$/s.exec(value) ?? []) : [];
    if (whole !== undefined && encoded !== undefined) found.set(whole, encoded);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(parsed);
  if (found.size === 0) return found;
  const lines = [...found.values()].map((encoded, index) => `value${index} = ${encoded}\n`);
  const { locals } = await parse('expressions.tf', `locals {\n${lines.join('')}}\n`);
  const values = asArguments(onlyOf(locals, 'locals'));
  return new Map([...found.keys()].map((whole, index) => [whole, values[`value${index}`]]));
}

/** Returns the only block. hcl2json returns a list of the blocks with the same labels; a module with two of these is invalid. */
function onlyOf(blocks: unknown, what: string): unknown {
  if (!Array.isArray(blocks) || blocks.length !== 1) throw new Error(`not one block ${what}`);
  return blocks[0];
}

function asArguments(block: unknown): Arguments {
  if (!isObject(block)) throw new Error('not a block');
  return block;
}

function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
