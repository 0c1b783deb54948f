/** What somebody chose to see. */
import type { AccessData, EdgeData, GraphData, Grouping } from './data.ts';

export interface View {
  /** Account by account, or key by key. */
  readonly by: Grouping;
  /** Names, ARNs, aliases or environments have to contain it; empty: any. */
  readonly text: string;
  /** Only what is in this account; empty: any. */
  readonly account: string;
  /** Only this capability; empty: any. */
  readonly can: string;
  /** The kinds of principals to show. */
  readonly kinds: readonly string[];
  /** Whether to show everyone who has access because a key trusts its own account. */
  readonly trust: boolean;
  /** Groups that somebody opened or closed, by id. */
  readonly open: ReadonlyMap<string, boolean>;
  /** How many rows a side may have before groups are folded. */
  readonly limit: number;
}

/** More than these do not fit a screen. */
export const mostRows = 44;

export const allKinds = ['role', 'user', 'group', 'account', 'service', 'organization', 'anyone'];

/** The surest first. */
export const certainties: readonly AccessData['certainty'][] = ['allowed', 'depends', 'shared', 'trust'];

export function everything({ by }: Pick<GraphData, 'by'>): View {
  return { by, text: '', account: '', can: '', kinds: allKinds, trust: false, open: new Map(), limit: mostRows };
}

/** The access of an edge that is shown in a view. */
export function accessOf(data: GraphData, edge: EdgeData | undefined, view: View): readonly AccessData[] {
  const access = (edge?.access ?? []).flatMap((index) => data.access[index] ?? []);
  return access.filter(
    ({ can, certainty }) => (view.can === '' || view.can === can) && (view.trust || certainty !== 'trust'),
  );
}
