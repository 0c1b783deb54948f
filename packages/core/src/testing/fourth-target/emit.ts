import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerComment, sourceComment } from '../../emit/comment.ts';
import type { Emitter } from '../../emit/emitter.ts';
import { inReadingOrder } from '../../emit/reading-order.ts';
import { explicitDependencies, resourceIn } from '../../emit/references.ts';
import { type Computed, policy, printerOf, type RowValue, written } from '../../emit/rows.ts';
import { createRenderer } from '../../emit/templates.ts';
import { escapeUnseen, spelledOut } from '../../emit/unseen.ts';
import type { Stack } from '../../ir/program.ts';
import { compiledTemplates } from '../compiled-templates.ts';
import { outputs, section } from './names.ts';
import { rowsOf } from './rows.ts';

const folder = join(import.meta.dirname, 'templates');
const templates = compiledTemplates(
  Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
);

export const emitter: Emitter<object> = {
  namesIn: (content) => [...content.matchAll(/^\[([^\]]+)\]$/gm)].map(([, name = '']) => name),
  emitStack(stack, { generator, templates: overrides }) {
    const renderer = createRenderer('ini', templates, overrides);
    const content = renderer.render('stack.ini.hbs', stackView(stack, generator));
    return { files: [{ path: `ini/${stack.name}.ini`, content }], diagnostics: renderer.diagnostics };
  },
  printPolicy: (document, _, stack) => printerIn(stack)(policy(document)),
  commentMark: '#',
};

function stackView(stack: Stack, generator: string) {
  const print = printerIn(stack);
  return {
    header: headerComment(generator),
    resources: inReadingOrder(stack.resources).map((resource) => ({
      source: sourceComment(resource, stack),
      section: section(resource, stack),
      rows: written(rowsOf(resource)).map(([name, value]) => ({ name, value: print(value) })),
      needs: explicitDependencies(resource).map((id) => section(resourceIn(stack, id), stack)),
    })),
    outputs: outputs.of(stack).map(({ name, value }) => ({ name, value: print(value) })),
  };
}

function printerIn(stack: Stack): (value: RowValue) => string {
  const quote = (text: string) => escapeUnseen(JSON.stringify(text), spelledOut);
  return printerOf<string>({
    text: quote,
    scalar: String,
    code: (text) => text,
    expression: (expression) => (expression.kind === 'literal' ? quote(expression.text) : shown(expression, stack)),
    list: (items) => `[${items.join(', ')}]`,
    object: (entries) => `{${entries.map(([key, value]) => `${quote(key)}: ${value}`).join(', ')}}`,
    statement: (object) => object,
    policy: (object) => object,
  });
}

function shown(expression: Computed, stack: Stack): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'concat':
      return `<${expression.parts.map((part) => shown(part, stack)).join('')}>`;
    case 'pseudo':
    case 'parameter':
      return `<${expression.name}>`;
    case 'crossStack':
      return `<${expression.stack} ${expression.export}>`;
    case 'reference':
      return `<${section(resourceIn(stack, expression.resource), stack)} ${expression.attribute}>`;
  }
}
