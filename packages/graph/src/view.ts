/** The user's choices about what to see. */
import type { AccessData, EdgeData, GraphData, Grouping } from './data.ts';

export interface View {
  readonly by: Grouping;
  /** If not empty, only names, ARNs, aliases or environments with this text are shown. */
  readonly text: string;
  /** If not empty, only this account's contents are shown. */
  readonly account: string;
  /** If not empty, only this capability is shown. */
  readonly can: string;
  readonly kinds: readonly string[];
  /** Whether to show everyone who has access only because a key trusts its own account. */
  readonly trust: boolean;
  /** Groups that the user opened or closed, by id. */
  readonly open: ReadonlyMap<string, boolean>;
  /** The maximum number of rows on a side. With more rows, groups are folded. */
  readonly limit: number;
}

/** The number of rows that fit on a screen. */
export const mostRows = 44;

export const allKinds = ['role', 'user', 'group', 'account', 'service', 'organization', 'anyone'];

/** The most certain first. */
export const certainties: readonly AccessData['certainty'][] = ['allowed', 'depends', 'shared', 'trust'];

export function everything({ by }: Pick<GraphData, 'by'>): View {
  return { by, text: '', account: '', can: '', kinds: allKinds, trust: false, open: new Map(), limit: mostRows };
}

/** Returns the access of an edge that a view shows. */
export function accessOf(data: GraphData, edge: EdgeData | undefined, view: View): readonly AccessData[] {
  const access = (edge?.access ?? []).flatMap((index) => data.access[index] ?? []);
  return access.filter(
    ({ can, certainty }) => (view.can === '' || view.can === can) && (view.trust || certainty !== 'trust'),
  );
}
