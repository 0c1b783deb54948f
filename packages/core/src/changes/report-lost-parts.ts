/** Reports replicas and aliases that keys no longer have, and targets that stacks are no longer generated for. */
import { groupBy } from '../collections/group-by.ts';
import { aliasGone, replicaGone, targetGone } from '../diagnostics/changes.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { withoutAliasPrefix } from '../kms/alias-prefix.ts';
import { writtenAliasName } from '../resolve/alias-names.ts';
import { keysIn, type LostAlias, type LostReplica, type LostTarget } from './lost.ts';
import { definitionOf, type Situation } from './lost-situation.ts';
import { entriesFor } from './removal-entries.ts';

export function targetsGone(lost: readonly LostTarget[], { deployments }: Situation): readonly Diagnostic[] {
  const identity = ({ known, target }: LostTarget) =>
    JSON.stringify([deployments.get(known.name)?.definition, target.name]);
  const all = groupBy(lost, identity);
  return lost.flatMap((one) => {
    const { known, target } = one;
    const { definition = known.name, span } = deployments.get(known.name) ?? {};
    const keys = (all.get(identity(one)) ?? []).flatMap((other) => keysIn(other.known.resources));
    // All other tools act on the new outputs, not on what is deployed.
    const which = keys.length > 0 && target.removesAsDeployed ? keys : [{ removal: 'retain' as const }];
    const removed = entriesFor(`target: ${target.name}`, which);
    const parameters = { stack: known.name, definition, target: target.name, title: target.title, removed };
    return inStack(known, [report(targetGone, span, parameters)]);
  });
}

export function replicasGone(lost: readonly LostReplica[], { deployments, stacks }: Situation): readonly Diagnostic[] {
  // A stack in several environments has a replica in each of them. Only the region identifies all of these replicas. It also distinguishes
  // a replica from the present one in an environment that has another region now.
  const placeOf = ({ stack, key, replica: { environment, region } }: LostReplica) => {
    const now = stacks.get(stack);
    const isReplaced = now?.resources.some(
      (one) => one.kind === 'replicaKey' && one.name === key && one.environmentName === environment,
    );
    return now?.definition === undefined && !isReplaced ? environment : region;
  };
  const identity = (one: LostReplica) =>
    JSON.stringify([deployments.get(one.stack)?.definition, one.key, placeOf(one)]);
  const all = groupBy(lost, identity);
  return lost.flatMap((one) => {
    const { stack, key, span } = one;
    const { definition = stack } = deployments.get(stack) ?? {};
    const place = placeOf(one);
    const everywhere = all.get(identity(one)) ?? [];
    const removed = entriesFor(
      `key: ${key}, replica: ${place}`,
      everywhere.map(({ replica }) => replica),
    );
    return inStack({ name: stack }, [report(replicaGone, span, { stack, definition, key, place, removed })]);
  });
}

/**
 * Reports aliases that are gone. Aliases whose text now gives another name are reported once for each definition, however many environments
 * the definition has.
 */
export function aliasesGone(lost: readonly LostAlias[], context: Situation): readonly Diagnostic[] {
  const definitionFor = ({ stack }: LostAlias) => definitionOf(stack, context);
  const entriesOf = (aliases: readonly LostAlias[]) => {
    const written = new Set(aliases.map(({ alias }) => withoutAliasPrefix(writtenAliasName(alias.id))));
    // Without quotes, YAML would read a brace as the start of a mapping.
    const texts = [...written].sort().map((text) => (text.includes('{') ? `"${text}"` : text));
    return texts.map((text) => `{ alias: ${text}, then: destroy }`).join(', ');
  };
  const gone = lost.filter(({ now }) => now === undefined);
  const renamed = groupBy(
    lost.filter(({ now }) => now !== undefined),
    definitionFor,
  );
  return [
    ...gone.flatMap((one) => {
      const { stack, alias, key, span } = one;
      const written = withoutAliasPrefix(writtenAliasName(alias.id));
      const parameters = { stack, definition: definitionFor(one), alias: written, key, removed: entriesOf([one]) };
      return inStack({ name: stack }, [report(aliasGone, span, parameters)]);
    }),
    ...[...renamed].map(([definition, all]) => {
      const [{ alias, now = '', stack, key, span }] = all;
      const names = { alias: withoutAliasPrefix(alias.alias), now: withoutAliasPrefix(now), count: all.length };
      const parameters = { stack, definition, key, ...names, removed: entriesOf(all) };
      return { ...report(aliasGone, span, parameters), stacks: [...new Set(all.map((one) => one.stack))] };
    }),
  ];
}
