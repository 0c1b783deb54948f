/** The user's choices about what to see. */
import type { AccessData, EdgeData, GraphData, Grouping } from './data.ts';

export interface View {
  readonly by: Grouping;
  /** Shows only what has this text in a name, ARN, alias or environment; empty: everything. */
  readonly text: string;
  /** Shows only this account's contents; empty: all. */
  readonly account: string;
  /** Shows only this capability; empty: all. */
  readonly can: string;
  readonly kinds: readonly string[];
  /** Whether to show everyone who has access only because a key trusts its own account. */
  readonly trust: boolean;
  /** Groups that the user opened or closed, by id. */
  readonly open: ReadonlyMap<string, boolean>;
  /** The greatest number of rows on a side; beyond it, groups are folded. */
  readonly limit: number;
}

/** More rows than this do not fit on a screen. */
export const mostRows = 44;

export const allKinds = ['role', 'user', 'group', 'account', 'service', 'organization', 'anyone'];

/** The most certain first. */
export const certainties: readonly AccessData['certainty'][] = ['allowed', 'depends', 'shared', 'trust'];

export function everything({ by }: Pick<GraphData, 'by'>): View {
  return { by, text: '', account: '', can: '', kinds: allKinds, trust: false, open: new Map(), limit: mostRows };
}

/** The access of an edge that a view shows. */
export function accessOf(data: GraphData, edge: EdgeData | undefined, view: View): readonly AccessData[] {
  const access = (edge?.access ?? []).flatMap((index) => data.access[index] ?? []);
  return access.filter(
    ({ can, certainty }) => (view.can === '' || view.can === can) && (view.trust || certainty !== 'trust'),
  );
}
