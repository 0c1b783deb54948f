/** Runs the page: the user's choices change the view, and the changed view is drawn. All data is in the page; no server is contacted. */
import type { Grouping } from '../data.ts';
import { count } from '../words.ts';
import { showDetails } from './details.ts';
import { element } from './dom.ts';
import './filters.ts';
import { lineSurface } from './lines.ts';
import { matrixElement, tableSurface } from './matrix-table.ts';
import { choose, data, deselect, listen, see, shown, showOn } from './state.ts';
import { fitWindow, picture, zoomMiddle } from './window.ts';

listen({ onView: showCounts, onSelection: showDetails });

function showCounts() {
  const { keys, principals, edges } = shown.counts;
  const edgesText = `${edges} ${edges === 1 ? 'pair' : 'pairs'} of them with access`;
  element('counts', HTMLElement).textContent = `${count(keys, 'key')}, ${count(principals, 'principal')}, ${edgesText}`;
  element('empty', HTMLElement).hidden = keys + principals > 0;
}

document.addEventListener('keydown', (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !isTyping) {
    event.preventDefault();
    element('filtering', HTMLDetailsElement).open = true;
    element('text', HTMLInputElement).focus();
  } else if (event.key === 'Escape' && !isTyping && !element('source', HTMLDialogElement).open) choose(undefined);
});

element('in', HTMLElement).addEventListener('click', () => zoomMiddle(1.25));
element('out', HTMLElement).addEventListener('click', () => zoomMiddle(0.8));
element('fit', HTMLElement).addEventListener('click', fitWindow);

function group(by: Grouping) {
  deselect();
  see({ by, open: new Map() });
  fitWindow();
}

function showAs(name: string) {
  const isMatrix = name === 'matrix';
  matrixElement.hidden = !isMatrix;
  picture.toggleAttribute('hidden', isMatrix);
  for (const of of document.querySelectorAll('.of-lines')) of.toggleAttribute('hidden', isMatrix);
  for (const of of document.querySelectorAll('.of-matrix')) of.toggleAttribute('hidden', !isMatrix);
  showOn(isMatrix ? tableSurface : lineSurface);
  fitWindow();
}

function onChoice(id: string, choice: (value: string) => void) {
  element(id, HTMLFieldSetElement).addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement) choice(event.target.value);
  });
}

onChoice('by', (value) => group(value === 'key' ? 'key' : 'account'));
onChoice('as', showAs);
for (const choice of document.querySelectorAll<HTMLInputElement>('#by input'))
  choice.checked = choice.value === data.by;

// On a screen where lines would be too small to read, the table comes first and gets most of the space.
if (window.matchMedia('(max-width: 800px)').matches) {
  for (const id of ['filtering', 'meaning']) element(id, HTMLDetailsElement).open = false;
  for (const choice of document.querySelectorAll<HTMLInputElement>('#as input')) {
    choice.checked = choice.value === 'matrix';
  }
  showAs('matrix');
} else {
  showOn(lineSurface);
  fitWindow();
}
