import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { aliasTwice } from '../diagnostics/keys.ts';
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
      const place = `${account}/${region}/${alias.aliasName}`;
      const owner = owners.get(place);
      if (owner === undefined) {
        owners.set(place, claim);
        return [];
      }
      const where =
        alias.environment.account === undefined ? `stack \`${stack.name}\`` : `account ${account}, ${region}`;
      const related = [{ message: 'it is claimed here first', span: owner.alias.source.span }];
      const replicated = replicatedInto(claim, owner);
      const parameters = { aliasName: alias.aliasName, place: where, ...(replicated && { replicated }) };
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

/** The key that a stack both creates in a region and replicates into it from another one. */
function replicatedInto(one: Claim, other: Claim): { readonly key: string; readonly region: string } | undefined {
  const { region } = one.alias.environment;
  const isSame = one.stack.definition.name === other.stack.definition.name && one.key?.name === other.key?.name;
  return isSame && one.key?.kind !== other.key?.kind && one.key !== undefined && region !== undefined
    ? { key: one.key.name, region }
    : undefined;
}
