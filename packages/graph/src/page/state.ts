/** What the page shows: the view that the user chose, its visible members, and the selection. Data only flows from here. */
import type { GraphData } from '../data.ts';
import type { Header } from '../matrix.ts';
import type { Member, Shown } from '../member.ts';
import type { Row } from '../scene.ts';
import { shownIn } from '../shown.ts';
import { everything, type View } from '../view.ts';
import { element } from './dom.ts';

/** A row of the drawing or of the table by its id, or a line or a cell by the ids of its ends. */
type Selection = { readonly row: string } | { readonly from: string; readonly to: string };

/** What the selection is about: the row, if it is one, and the edges by their indexes. */
export interface Subject {
  readonly row: Row | Header | undefined;
  readonly edges: readonly number[];
  readonly title: string;
}

/** A way to show access: lines between boxes, or a table. */
interface Surface {
  draw(): void;
  row(id: string): Row | Header | undefined;
  /** The groups to open for a member to have a row of its own, inside its cluster. */
  groupsAround(member: Member): readonly string[];
  focus(id: string): void;
  /** Marks what is selected. */
  mark(): Subject;
}

interface Listener {
  readonly onView: () => void;
  readonly onSelection: (subject: Subject) => void;
}

export const data: GraphData = JSON.parse(element('data', HTMLScriptElement).text);

export let view: View = everything(data);
export let shown: Shown;
export let surface: Surface;
export let selection: Selection | undefined;

let listener: Listener;

export function listen(next: Listener) {
  listener = next;
}

/** Changes the view, and draws it. */
export function see(change: Partial<View>) {
  view = { ...view, ...change };
  shown = shownIn(data, view);
  listener.onView();
  surface.draw();
  choose(selection);
}

export function open(groups: readonly string[], isOpen = true) {
  see({ open: new Map([...view.open, ...groups.map((group) => [group, isOpen] as const)]) });
}

/** Shows the same view in another way. */
export function showOn(next: Surface) {
  surface = next;
  selection = undefined;
  see({});
}

export function choose(next: Selection | undefined) {
  // A row that disappeared with a change of the view is no longer selected.
  const isGone = next !== undefined && 'row' in next && surface.row(next.row) === undefined;
  selection = isGone ? undefined : next;
  listener.onSelection(surface.mark());
}

/** Selects nothing from the next drawing on. */
export function deselect() {
  selection = undefined;
}
