/** Shows the YAML of a key, a principal or a statement. */
import type { SourceData } from '../data.ts';
import { element, make, makeButton } from './dom.ts';
import { data } from './state.ts';

export function sourceButton(source: SourceData) {
  const through = source.through === undefined ? '' : ` (${source.through})`;
  return makeButton('place', `${source.file}:${source.line}${through}`, () => showSource(source));
}

/** The number of lines of a file that are shown before and after the requested lines. */
const context = 300;

function showSource({ file, line, endLine }: SourceData) {
  const lines = data.sources?.[file] ?? [];
  const first = Math.max(1, line - context);
  const part = lines.slice(first - 1, endLine + context).map((text, index) => {
    const number = first + index;
    const isHere = number >= line && number <= endLine;
    return make('div', { 'data-line': String(number), class: isHere ? 'here' : undefined }, text);
  });
  element('source-title', HTMLElement).textContent = `${file}:${line}`;
  element('source-lines', HTMLElement).replaceChildren(...part);
  element('source', HTMLDialogElement).showModal();
  element('source-lines', HTMLElement).querySelector('.here')?.scrollIntoView({ block: 'center' });
}
