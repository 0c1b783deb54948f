import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/diagnostic.ts';
import { templateFails } from '../diagnostics/target.ts';
import { makeStrict, unknownArguments } from './strict-templates.ts';
import type { BuiltInTemplates } from './template-runtime.ts';

export interface Renderer {
  /** The text; empty if the template failed, with the reason in `diagnostics`. */
  render(template: string, view: object): string;
  /** The problems found so far in a team's templates. */
  readonly diagnostics: readonly Diagnostic[];
}

type TemplateFunction = (view: object, options: object) => string;

// Views are plain data, so no template needs a prototype; Handlebars refuses access by default.
const runtimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;
// `assumeObjects` looks names up without first checking for an object: see `makeStrict`.
const compileOptions = { assumeObjects: true, noEscape: true, knownHelpersOnly: true } as const;

/**
 * A renderer for the templates of one target. `builtIn`: templates compiled beforehand. `overrides`: a team's own templates, which replace
 * built-in templates of the same name. An invalid template becomes diagnostic KW4001 rather than an exception.
 */
export function createRenderer(
  target: string,
  builtIn: BuiltInTemplates,
  overrides: Readonly<Record<string, string>>,
): Renderer {
  // Loading Handlebars takes longer than rendering a whole project, and only a team's own templates need it.
  if (Object.keys(overrides).length > 0) return createOwnRenderer(target, builtIn, overrides);
  return { diagnostics: [], render: (template, view) => builtIn[template]?.render(view) ?? '' };
}

/** A renderer that compiles all templates of the target with Handlebars, because they include each other. */
function createOwnRenderer(
  target: string,
  builtIn: BuiltInTemplates,
  overrides: Readonly<Record<string, string>>,
): Renderer {
  const overridden = Object.keys(overrides);
  const engine = createRequire(import.meta.url)('handlebars') as typeof Handlebars;
  const handlebars = engine.create();
  makeStrict(handlebars);
  const diagnostics: Diagnostic[] = [];
  const functions = new Map<string, TemplateFunction>();

  const fail = (failed: string, thrown: unknown) => {
    const [template, error] = thrown instanceof PartialFailure ? [thrown.file, thrown.cause] : [failed, thrown];
    diagnostics.push(report(templateFails, undefined, { target, template, reason: reasonOf(error) }));
  };
  const define = (file: string, make: TemplateFunction) => {
    functions.set(file, make);
    if (!file.startsWith('_')) return;
    // If a built-in partial fails, the template that includes it is the cause.
    const isOwn = overrides[file] !== undefined;
    const partial: TemplateFunction = (view, options) => {
      try {
        return make(view, options);
      } catch (error) {
        const isLocated = !isOwn || error instanceof PartialFailure || error instanceof RangeError;
        throw isLocated ? error : new PartialFailure(file, error);
      }
    };
    handlebars.registerPartial(file.slice(1, -'.hbs'.length), partial as Handlebars.Template);
  };

  for (const [file, { source }] of Object.entries(builtIn)) {
    if (overrides[file] === undefined) define(file, handlebars.compile(source, compileOptions));
  }
  for (const file of overridden) {
    if (builtIn[file] === undefined) {
      fail(
        file,
        new Error(`there is no template of this name; the names are ${Object.keys(builtIn).sort().join(', ')}`),
      );
      continue;
    }
    try {
      // Line endings are normalised, so that outputs do not depend on the checkout.
      const source = (overrides[file] ?? '').replaceAll('\r\n', '\n');
      const parsed = handlebars.parse(source);
      const [word] = refusedNames(parsed);
      if (word !== undefined) throw new Error(`\`${word}\` cannot be used in a template`);
      const [argument] = unknownArguments(parsed);
      if (argument !== undefined) throw new Error(`there is no argument ${argument}`);
      define(file, handlebars.compile(source, compileOptions));
    } catch (error) {
      fail(file, error);
      // Templates that include the invalid template are not at fault.
      define(file, () => '');
    }
  }

  return {
    diagnostics,
    render(template, view) {
      try {
        return functions.get(template)?.(view, runtimeOptions) ?? '';
      } catch (error) {
        fail(template, error);
        return '';
      }
    },
  };
}

/** A failure in a partial, with the partial's file, thrown through the templates that include the partial. */
class PartialFailure extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(undefined, { cause });
    this.file = file;
  }
}

/**
 * Names that every object inherits (Handlebars silently renders these as nothing), and internal helpers of Handlebars (`log` prints to the
 * terminal).
 */
const refusedWords: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  'log',
  'helperMissing',
  'blockHelperMissing',
];

function refusedNames(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(refusedNames);
  const parts = 'type' in node && node.type === 'PathExpression' && 'parts' in node ? node.parts : [];
  const names = Array.isArray(parts) ? parts.filter((part) => refusedWords.includes(part)) : [];
  return [...names, ...Object.values(node).flatMap(refusedNames)];
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'its partials include each other without end';
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(
    /^You specified knownHelpersOnly, but used the unknown helper (\S+)/,
    'there is no helper `$1`',
  );
}
