import type { Comparison } from './comparison.ts';
import type { Difference, Side } from './difference.ts';
import { permissionsOf } from './policy.ts';

/** Returns all differences between the two sides. Order does not matter: nothing that is compared has an order in CloudFormation or IAM. */
export function compare(comparison: Comparison): readonly Difference[] {
  return [...comparePolicies(comparison), ...compareProperties(comparison), ...compareFacts(comparison)];
}

function comparePolicies(comparison: Comparison): readonly Difference[] {
  const { ours, cdk, compared } = comparison;
  return union(ours.policies.keys(), cdk.policies.keys()).flatMap((label): readonly Difference[] => {
    const [own, other] = [ours.policies.get(label), cdk.policies.get(label)];
    const owner = own?.owner ?? other?.owner;
    if (owner === undefined || !compared.has(owner.stack)) return [];
    const [ownStatements, otherStatements] = [own?.statements ?? [], other?.statements ?? []];
    const [ownPermissions, otherPermissions] = [permissionsOf(ownStatements), permissionsOf(otherStatements)];
    const only = (side: Side, these: typeof ownPermissions, those: typeof ownPermissions) =>
      [...these]
        .filter(([text]) => !those.has(text))
        .map(([, permission]): Difference => ({ kind: 'permission', owner, side, permission, comparison }));
    const permissions = [
      ...only('ours', ownPermissions, otherPermissions),
      ...only('cdk', otherPermissions, ownPermissions),
    ];
    if (permissions.length > 0 || sameStatements(ownStatements, otherStatements)) return permissions;
    return [{ kind: 'grouping', owner, ours: ownStatements, cdk: otherStatements, comparison }];
  });
}

function sameStatements(these: readonly object[], those: readonly object[]): boolean {
  const texts = (statements: readonly object[]) => statements.map((statement) => JSON.stringify(statement)).sort();
  return JSON.stringify(texts(these)) === JSON.stringify(texts(those));
}

function compareProperties(comparison: Comparison): readonly Difference[] {
  const { ours, cdk, compared } = comparison;
  return union(ours.properties.keys(), cdk.properties.keys()).flatMap((of): readonly Difference[] => {
    const [own, other] = [ours.properties.get(of), cdk.properties.get(of)];
    const stack = own?.stack ?? other?.stack ?? '';
    if (!compared.has(stack)) return [];
    if (own === undefined || other === undefined) {
      return [{ kind: 'presence', of, side: own === undefined ? 'cdk' : 'ours', comparison }];
    }
    return union(own.values.keys(), other.values.keys()).flatMap((property): readonly Difference[] => {
      const [value, otherValue] = [own.values.get(property), other.values.get(property)];
      if (value === otherValue) return [];
      return [{ kind: 'property', of, property, ours: value, cdk: otherValue, comparison }];
    });
  });
}

function compareFacts(comparison: Comparison): readonly Difference[] {
  const { ours, cdk, compared } = comparison;
  return union(ours.facts, cdk.facts).flatMap((of): readonly Difference[] => {
    const [stack = ''] = of.split(' ');
    if (!compared.has(stack) || (ours.facts.has(of) && cdk.facts.has(of))) return [];
    return [{ kind: 'presence', of, side: ours.facts.has(of) ? 'ours' : 'cdk', comparison }];
  });
}

function union(these: Iterable<string>, those: Iterable<string>): readonly string[] {
  return [...new Set([...these, ...those])];
}
