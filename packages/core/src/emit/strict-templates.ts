import type Handlebars from 'handlebars';

type Engine = ReturnType<typeof Handlebars.create>;

/** The extension points of Handlebars' template compiler, which its types leave out. */
interface TemplateCompiler {
  compiler: unknown;
  readonly source: {
    readonly currentLocation?: { readonly start: { readonly line: number; readonly column: number } };
  };
  nameLookup(parent: unknown, name: string, type: string): unknown;
}

/** The name under which compiled templates find the lookup function; no template can use it. */
const lookupHelper = 'own property';

/**
 * Makes a missing name an error wherever a template uses it. Handlebars' own strict mode only checks names that are printed. In blocks, in
 * arguments and where a name is computed, it treats a missing name as nothing. In a list, it also finds the names that every list inherits.
 * Source: Handlebars, "Compiler API", `nameLookup`.
 */
export function makeStrict(engine: Engine): void {
  const extensible = engine as unknown as { JavaScriptCompiler: new () => TemplateCompiler }; // see TemplateCompiler
  class StrictCompiler extends extensible.JavaScriptCompiler {
    override nameLookup(parent: unknown, name: string, type: string): unknown {
      if (type !== 'context' && type !== 'data') return super.nameLookup(parent, name, type);
      const { line, column } = this.source.currentLocation?.start ?? { line: 0, column: 0 };
      const call = `helpers[${JSON.stringify(lookupHelper)}]`;
      return [call, '(', parent, `, ${JSON.stringify(name)}, `, JSON.stringify(`${line}:${column}`), ', {})'];
    }
  }
  // Handlebars compiles a block with a nested compiler, which it creates from this property.
  StrictCompiler.prototype.compiler = StrictCompiler;
  extensible.JavaScriptCompiler = StrictCompiler;
  engine.registerHelper(lookupHelper, (holder: unknown, name: string, position: string) =>
    ownProperty(holder, name, position),
  );
  engine.registerHelper('lookup', (holder: unknown, name: unknown) => ownProperty(holder, String(name)));
}

function ownProperty(holder: unknown, name: string, position?: string): unknown {
  const at = position === undefined ? '' : ` - ${position}`;
  if (holder === null || holder === undefined)
    throw new Error(`there is no \`${name}\`, because its holder has no value${at}`);
  if (typeof holder !== 'object') throw new Error(`there is no \`${name}\` in a text${at}`);
  if (!Object.hasOwn(holder, name)) throw new Error(`there is no \`${name}\`${at}`);
  return (holder as Readonly<Record<string, unknown>>)[name]; // checked above
}

/** The named arguments of Handlebars' helpers. A partial accepts any named argument: its template can use the name. */
const namedArguments: Readonly<Record<string, readonly string[]>> = { if: ['includeZero'], unless: ['includeZero'] };

/** The named arguments that a parsed template passes to helpers that do not accept them, as `argument of helper`. */
export function unknownArguments(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(unknownArguments);
  const nested = Object.values(node).flatMap(unknownArguments);
  if (!('hash' in node && 'path' in node)) return nested;
  const { hash, path } = node as { hash?: { pairs: readonly { key: string }[] }; path: { original?: unknown } }; // a helper call
  const helper = String(path.original);
  const allowed = Object.hasOwn(namedArguments, helper) ? namedArguments[helper] : [];
  const useless = (hash?.pairs ?? []).filter(({ key }) => !allowed?.includes(key));
  return [...useless.map(({ key }) => `\`${key}\` of \`${helper}\``), ...nested];
}
