import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { aliasTwice } from '../diagnostics/keys.ts';
import { onlyTheReplica } from '../diagnostics/only-the-replica.ts';
import type { AliasModel, KeyModel, StackModel } from '../resolve/model.ts';
import { isInRegionOfPrimary } from './replicas-are-possible.ts';

interface Claim {
  readonly alias: AliasModel;
  readonly stack: StackModel;
  /** The key or replica that has it; absent for an imported key. */
  readonly key?: KeyModel;
}

/**
 * An alias is unique in its account and region, across stacks. A stack without an environment is compared only with
 * itself: it may be deployed anywhere.
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
      const related = [{ message: 'it is claimed here first', span: owner.alias.source.span }];
      const parameters = { aliasName: alias.aliasName, place: where, advice: adviceOn(claim, owner) };
      return inStack(stack, [report(aliasTwice, alias.source.span, parameters, related)]);
    }),
  );
}

/** Every alias that a stack creates, without those of replicas that cannot be where they are. */
function claimsOf(stack: StackModel): readonly Claim[] {
  const keys = [...stack.keys.values()].flatMap((key) => [
    key,
    ...key.replicas.filter((replica) => !isInRegionOfPrimary(replica, key)),
  ]);
  return [
    ...keys.flatMap((key) => key.aliases.map((alias) => ({ alias, stack, key }))),
    ...[...stack.imports.values()].flatMap(({ aliases }) => aliases.map((alias) => ({ alias, stack }))),
  ];
}

/** What to do about two claims. They can be those of a key and of its replica from another region, in stacks of one definition. */
function adviceOn({ alias, stack, key }: Claim, other: Claim): string {
  const { region } = alias.environment;
  const isSame = stack.definition.name === other.stack.definition.name && key?.name === other.key?.name;
  return isSame && key !== undefined && key.kind !== other.key?.kind && region !== undefined
    ? onlyTheReplica(key.name, region)
    : 'remove one of them, or rename it';
}
