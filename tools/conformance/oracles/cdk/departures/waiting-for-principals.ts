import { permissionsIn } from '../compare/views.ts';
import type { Departure } from './departure.ts';

/**
 * docs/semantics.md: KMS refuses a policy with a principal that does not exist yet, so the key's stack comes after the principal's stack.
 */
export const waitingForPrincipals: Departure = {
  name: 'a key policy that names a principal of another account or region waits for the principal’s stack',
  reason: 'the CDK waits only if it shares a value; KMS refuses a policy whose principal does not exist',
  matches(difference) {
    if (difference.kind !== 'presence' || difference.side !== 'ours') return false;
    const { comparison, of } = difference;
    return comparison.principals.some(({ stack, place, principal }) =>
      comparison.keys.some(
        (view) =>
          of === `${view.stack} depends on ${stack}` &&
          (view.place.account !== place.account || view.place.region !== place.region) &&
          [...permissionsIn(comparison.cdk, view.label).values()].some((named) => named.principal === principal),
      ),
    );
  },
  owed({ compared, keys, ours, principals }) {
    const edges = keys.flatMap((view) => {
      const named = new Set([...permissionsIn(ours, view.label).values()].map(({ principal }) => principal));
      return (
        principals
          .filter(({ stack, principal }) => stack !== view.stack && named.has(principal))
          // If two stacks give their roles the same name, only one of the stacks can be deployed.
          .filter(({ principal }) => principals.filter((other) => other.principal === principal).length === 1)
          .map(({ stack }) => `${view.stack} depends on ${stack}`)
      );
    });
    return [...new Set(edges)]
      .filter((edge) => compared.has(edge.split(' ')[0] ?? '') && !ours.facts.has(edge))
      .map((edge) => `${edge} is missing`);
  },
};
