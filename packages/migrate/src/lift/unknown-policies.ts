import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Draft } from './draft/draft.ts';

/**
 * Writes each unknown policy of a draft as a file that does not exist yet. `files` has the paths of these files, by the Sid of the
 * statement that stands in for a policy. Throws if such a statement is not the only statement of a policy.
 */
export function namingUnknownPolicies(draft: Draft, files: ReadonlyMap<string, string>): Draft {
  const isStandIn = (value: unknown): value is { readonly sid: string } =>
    isMapping(value) && typeof value.sid === 'string' && files.has(value.sid);
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isMapping(value)) return value;
    if (isStandIn(value)) throw new Error(`${value.sid} is in a policy with more`);
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const [only] = Array.isArray(inner) ? (inner as readonly unknown[]) : [];
        const isAlone = name === 'policy' && Array.isArray(inner) && inner.length === 1 && isStandIn(only);
        return [name, isAlone ? { file: files.get(only.sid) } : walk(inner)];
      }),
    );
  };
  return walk(draft) as Draft; // the same shape, since the path of a file may stand in place of a policy
}
