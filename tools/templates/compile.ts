/**
 * Compiles Keywright's own Handlebars templates to JavaScript, which takes a tenth of the time that Handlebars' runtime takes. Supports
 * what these templates use: names and paths, `if`, `unless`, `each`, `with`, `@first` and partials. Everything else is refused.
 */
import Handlebars from 'handlebars';

/**
 * Returns the source text of an object with an entry for each file name. An entry has the `source` and `render`, a function of a view. The
 * text uses the exports of packages/core/src/emit/template-runtime.ts.
 */
export function compileTemplates(sources: Readonly<Record<string, string>>): string {
  const entries = Object.entries(sources).map(([file, source]) => {
    // `parse` has removed the blanks around everything that is alone on a line.
    const body = template(Handlebars.parse(source).body, { file, depth: 0 });
    return `  ${JSON.stringify(file)}: { source: ${JSON.stringify(source)}, render: (view0) => ${body} },\n`;
  });
  return `{\n${entries.join('')}}`;
}

/** A position in a template. */
interface Scope {
  readonly file: string;
  /** The number of enclosing blocks that have their own view. */
  readonly depth: number;
  /** The depth of the enclosing `each`. */
  readonly loop?: number;
}

function template(statements: readonly hbs.AST.Statement[], scope: Scope): string {
  return `\`${statements.map((statement) => part(statement, scope)).join('')}\``;
}

/**
 * The statements that a template can have. In the types of Handlebars, a part of a template is only the common base of these statements.
 */
type Statement =
  | (hbs.AST.ContentStatement & { readonly type: 'ContentStatement' })
  | (hbs.AST.MustacheStatement & { readonly type: 'MustacheStatement' })
  | (hbs.AST.PartialStatement & { readonly type: 'PartialStatement' })
  | (hbs.AST.BlockStatement & { readonly type: 'BlockStatement' });

function part(node: hbs.AST.Statement, scope: Scope): string {
  const statement = node as Statement; // other types reach the default case
  switch (statement.type) {
    case 'ContentStatement':
      return statement.value.replaceAll(/[\\`]|\$\{/g, '\\$&');
    case 'MustacheStatement':
      if (statement.params.length > 0 || statement.hash !== undefined) return refuse(statement, scope);
      return `\${${value(statement.path, scope)} ?? ''}`;
    case 'PartialStatement':
      if (statement.params.length > 0 || statement.hash !== undefined || statement.indent !== '')
        return refuse(statement, scope);
      if (statement.name.type !== 'PathExpression') return refuse(statement, scope);
      return `\${templates[${JSON.stringify(`_${originalOf(statement.name)}.hbs`)}].render(view${scope.depth})}`;
    case 'BlockStatement':
      return `\${${block(statement, scope)}}`;
    default:
      return refuse(node, scope);
  }
}

function originalOf(path: hbs.AST.Expression): unknown {
  return 'original' in path ? path.original : undefined;
}

function block(statement: hbs.AST.BlockStatement, scope: Scope): string {
  const { path, params, hash, program } = statement;
  // Absent if the block has no `else`.
  const inverse: hbs.AST.Program | undefined = statement.inverse;
  const [parameter, ...others] = params;
  if (parameter === undefined || others.length > 0) return refuse(statement, scope);
  if (hash !== undefined || program.blockParams !== undefined) return refuse(statement, scope);
  const subject = value(parameter, scope);
  const otherwise = inverse === undefined ? "''" : template(inverse.body, scope);
  const inner = { ...scope, depth: scope.depth + 1 };
  switch (originalOf(path)) {
    case 'if':
      return `holds(${subject}) ? ${template(program.body, scope)} : ${otherwise}`;
    case 'unless':
      return `holds(${subject}) ? ${otherwise} : ${template(program.body, scope)}`;
    case 'each': {
      const each = `(view${inner.depth}, first${inner.depth}) => ${template(program.body, { ...inner, loop: inner.depth })}`;
      return `repeat(${subject}, ${each}, () => ${otherwise})`;
    }
    case 'with':
      return `descend(${subject}, (view${inner.depth}) => ${template(program.body, inner)}, () => ${otherwise})`;
    default:
      return refuse(statement, scope);
  }
}

function value(expression: hbs.AST.Expression, scope: Scope): string {
  if (expression.type !== 'PathExpression') return refuse(expression, scope);
  const path = expression as hbs.AST.PathExpression; // the line above rules out anything else
  if (path.depth !== 0) return refuse(path, scope);
  if (path.data) {
    if (path.original !== '@first' || scope.loop === undefined) return refuse(path, scope);
    return `first${scope.loop}`;
  }
  return path.parts.reduce((from, name) => `named(${from}, ${JSON.stringify(name)})`, `view${scope.depth}`);
}

function refuse({ type, loc }: hbs.AST.Node, { file }: Scope): never {
  throw new Error(`${file}:${loc.start.line}: a built-in template cannot have this ${type}`);
}
