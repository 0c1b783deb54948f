/** The user's choices about what to see. */
import type { AccessData, EdgeData, GraphData, Grouping } from './data.ts';

export interface View {
  /** Account by account, or key by key. */
  readonly by: Grouping;
  /** Names, ARNs, aliases or environments must contain it; empty: any. */
  readonly text: string;
  /** Only this account's contents; empty: any. */
  readonly account: string;
  /** Only this capability; empty: any. */
  readonly can: string;
  /** The kinds of principals to show. */
  readonly kinds: readonly string[];
  /** Whether to show everyone who has access because a key trusts its own account. */
  readonly trust: boolean;
  /** Groups that the user opened or closed, by id. */
  readonly open: ReadonlyMap<string, boolean>;
  /** The maximum number of rows on a side; beyond it, groups are folded. */
  readonly limit: number;
}

/** More than these do not fit a screen. */
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
