import { claimedByOneLine, isOneLine, type NameClaim, reportClaim } from '../diagnostics/claimed-twice.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { aliasTwice } from '../diagnostics/keys.ts';
import { onlyTheReplica } from '../diagnostics/only-the-replica.ts';
import type { AliasModel, KeyModel, StackModel } from '../resolve/model.ts';
import { replicasWithRegions } from './replicas-are-possible.ts';

interface Claim extends NameClaim {
  readonly alias: AliasModel;
  readonly stack: StackModel;
  /** The key or replica that has the alias; absent for an imported key. */
  readonly key?: KeyModel;
}

/**
 * An alias is unique in its account and region, across stacks. A stack without an environment is compared only with itself, since it may be
 * deployed anywhere.
 */
export function aliasesAreUnique(stacks: readonly StackModel[]): readonly Diagnostic[] {
  const owners = new Map<string, Claim>();
  return stacks.flatMap((stack) =>
    claimsOf(stack).flatMap((claim): readonly Diagnostic[] => {
      const { alias } = claim;
      const { account = stack.name, region = '' } = alias.environment;
      const address = `${account}/${region}/${alias.aliasName}`;
      const owner = owners.get(address);
      if (owner === undefined) {
        owners.set(address, claim);
        return [];
      }
      const where =
        alias.environment.account === undefined ? `stack \`${stack.name}\`` : `account ${account}, ${region}`;
      const parameters = { aliasName: alias.aliasName, place: where, advice: adviceOn(claim, owner) };
      return [reportClaim(aliasTwice, claim, owner, parameters)];
    }),
  );
}

/** Every alias that a stack creates, except those for replicas that cannot be in their region. */
function claimsOf(stack: StackModel): readonly Claim[] {
  const keys = [...stack.keys.values()].flatMap((key) => [key, ...replicasWithRegions(key)]);
  return [
    ...keys.flatMap((key) => key.aliases.map((alias) => ({ alias, stack, key, span: alias.source.span }))),
    ...[...stack.imports.values()].flatMap(({ aliases }) =>
      aliases.map((alias) => ({ alias, stack, span: alias.source.span })),
    ),
  ];
}

/**
 * The advice about two claims of one name. If both stacks are of one definition, one claim may be for a key, and the other for a replica of
 * the same key.
 */
function adviceOn(claim: Claim, other: Claim): string {
  const { alias, stack, key } = claim;
  const { region } = alias.environment;
  const isSame = stack.definition.name === other.stack.definition.name && key?.name === other.key?.name;
  if (isSame && key !== undefined && key.kind !== other.key?.kind && region !== undefined)
    return onlyTheReplica(key.name, region);
  return isOneLine(claim, other) ? claimedByOneLine : 'remove one of them, or rename it';
}
