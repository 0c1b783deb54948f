/**
 * Compiles our own Handlebars templates to JavaScript, which takes a tenth of the time that Handlebars' runtime does. Knows what they
 * are made of: names and paths, `if`, `unless`, `each`, `with`, `@first` and partials. Anything else is refused.
 */
import Handlebars from 'handlebars';

/**
 * The text of an object by file name, of each the `source` and `render`, a function of a view. It uses what
 * packages/core/src/emit/template-runtime.ts exports.
 */
export function compileTemplates(sources) {
  const entries = Object.entries(sources).map(([file, source]) => {
    // `parse` has taken out the blanks around what stands on a line by itself.
    const body = template(Handlebars.parse(source).body, { file, depth: 0 });
    return `  ${JSON.stringify(file)}: { source: ${JSON.stringify(source)}, render: (view0) => ${body} },\n`;
  });
  return `{\n${entries.join('')}}`;
}

/** `depth` counts the blocks with a view of their own. */
function template(statements, scope) {
  return `\`${statements.map((statement) => part(statement, scope)).join('')}\``;
}

function part(statement, scope) {
  switch (statement.type) {
    case 'ContentStatement':
      return statement.value.replaceAll(/[\\`]|\$\{/g, '\\$&');
    case 'MustacheStatement':
      if (statement.params.length > 0 || statement.hash !== undefined) return refuse(statement, scope);
      return `\${${value(statement.path, scope)} ?? ''}`;
    case 'PartialStatement':
      if (statement.params.length > 0 || statement.hash !== undefined || statement.indent !== '')
        return refuse(statement, scope);
      return `\${templates[${JSON.stringify(`_${statement.name.original}.hbs`)}].render(view${scope.depth})}`;
    case 'BlockStatement':
      return `\${${block(statement, scope)}}`;
    default:
      return refuse(statement, scope);
  }
}

function block(statement, scope) {
  const { path, params, hash, program, inverse } = statement;
  if (params.length !== 1 || hash !== undefined || program.blockParams !== undefined) return refuse(statement, scope);
  const subject = value(params[0], scope);
  const otherwise = inverse === undefined ? "''" : template(inverse.body, scope);
  const inner = { ...scope, depth: scope.depth + 1 };
  switch (path.original) {
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

function value(path, scope) {
  if (path.type !== 'PathExpression' || path.depth !== 0) return refuse(path, scope);
  if (path.data) {
    if (path.original !== '@first' || scope.loop === undefined) return refuse(path, scope);
    return `first${scope.loop}`;
  }
  return path.parts.reduce((from, name) => `named(${from}, ${JSON.stringify(name)})`, `view${scope.depth}`);
}

function refuse({ type, loc }, { file }) {
  throw new Error(`${file}:${loc.start.line}: a built-in template cannot have this ${type}`);
}
