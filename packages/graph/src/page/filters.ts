/** The form that limits what is shown, and the buttons that fold and unfold all of it. */
import { rowId } from '../member.ts';
import { allKinds } from '../view.ts';
import { accountTitle } from '../words.ts';
import { element, make } from './dom.ts';
import { data, see, shown } from './state.ts';
import { fitWindow } from './window.ts';

const text = element('text', HTMLInputElement);
const account = element('account', HTMLSelectElement);
const can = element('can', HTMLSelectElement);
const trust = element('trust', HTMLInputElement);
const filters = element('filters', HTMLFormElement);

const accounts = [...new Set(data.places.map((place) => place.account))].sort();
account.append(...accounts.map((name) => make('option', { value: name }, accountTitle(name, data.accountNames))));
const words = [...new Set(data.access.map((one) => one.can))];
// The legend has only the letters that occur.
for (const entry of document.querySelectorAll<HTMLElement>('.legend [data-can]')) {
  entry.hidden = !words.some((word) => word === entry.dataset.can);
}
can.append(...words.map((word) => make('option', { value: word }, word)));
const kindsPresent = allKinds.filter((kind) => data.principals.some((principal) => principal.kind === kind));
const kindBoxes = kindsPresent.map((kind) => {
  const box = make('input', { type: 'checkbox', value: kind, checked: '' });
  element('kinds', HTMLElement)
    .querySelector('fieldset')
    ?.append(make('label', {}, box, kind));
  return box;
});

function toggleAll(isOpen: boolean) {
  const groups = [...shown.keys, ...shown.principals].flatMap((member) => {
    const cluster = `${member.side}:${member.cluster}`;
    return [cluster, `${cluster}/${member.home}`, `same:${cluster}/${rowId(member)}`];
  });
  see({ open: new Map(groups.map((id) => [id, isOpen])) });
  fitWindow();
}

function filter() {
  const kinds = kindBoxes.filter((box) => box.checked).map((box) => box.value);
  // Filters change how many rows fit, so groups fold and unfold automatically again.
  see({ text: text.value, account: account.value, can: can.value, trust: trust.checked, kinds, open: new Map() });
  fitWindow();
}

filters.addEventListener('input', filter);
filters.addEventListener('submit', (event) => event.preventDefault());
// The browser raises the event before it resets the fields.
filters.addEventListener('reset', () => setTimeout(filter));
element('reset', HTMLElement).addEventListener('click', () => filters.reset());
element('unfold', HTMLElement).addEventListener('click', () => toggleAll(true));
element('fold', HTMLElement).addEventListener('click', () => toggleAll(false));
