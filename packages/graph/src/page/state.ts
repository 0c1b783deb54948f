/** The state of the page: the view that the user chose, the visible members, and the selection. Other modules only read it. */
import type { GraphData } from '../data.ts';
import type { Header } from '../matrix.ts';
import type { Member, Shown } from '../member.ts';
import type { Row } from '../scene.ts';
import { shownIn } from '../shown.ts';
import { everything, type View } from '../view.ts';
import { element } from './dom.ts';

/** A row of the drawing or of the table, by its id; or a line or a cell, by the ids of its two ends. */
type Selection = { readonly row: string } | { readonly from: string; readonly to: string };

/** The row of the selection, if it is a row, and the indexes of its edges. */
export interface Subject {
  readonly row: Row | Header | undefined;
  readonly edges: readonly number[];
  readonly title: string;
}

/** A way to show access: lines between boxes, or a table. */
interface Surface {
  draw(): void;
  row(id: string): Row | Header | undefined;
  /** Returns the groups to open so that a member gets a separate row inside its cluster. */
  groupsAround(member: Member): readonly string[];
  focus(id: string): void;
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

export function showOn(next: Surface) {
  surface = next;
  selection = undefined;
  see({});
}

export function choose(next: Selection | undefined) {
  // A row that disappeared when the view changed is no longer selected.
  const isGone = next !== undefined && 'row' in next && surface.row(next.row) === undefined;
  selection = isGone ? undefined : next;
  listener.onSelection(surface.mark());
}

/** Clears the selection; this is visible after the next drawing. */
export function deselect() {
  selection = undefined;
}
