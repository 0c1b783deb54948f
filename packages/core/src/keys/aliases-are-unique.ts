import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { aliasTwice } from '../diagnostics/keys.ts';
import type { AliasModel, StackModel } from '../resolve/model.ts';

/**
 * An alias is unique in its account and region, across stacks. A stack without an environment is compared only with
 * itself: it may be deployed anywhere.
 */
export function aliasesAreUnique(stacks: readonly StackModel[]): readonly Diagnostic[] {
  const owners = new Map<string, AliasModel>();
  return stacks.flatMap((stack) =>
    aliasesOf(stack).flatMap((alias): readonly Diagnostic[] => {
      const { account = stack.name, region = '' } = alias.environment;
      const place = `${account}/${region}/${alias.aliasName}`;
      const owner = owners.get(place);
      if (owner === undefined) {
        owners.set(place, alias);
        return [];
      }
      const where =
        alias.environment.account === undefined ? `stack \`${stack.name}\`` : `account ${account}, ${region}`;
      const related = [{ message: 'it is claimed here first', span: owner.source.span }];
      const problem = report(aliasTwice, alias.source.span, { aliasName: alias.aliasName, place: where }, related);
      return inStack(stack, [problem]);
    }),
  );
}

/** Every alias that a stack creates. */
export function aliasesOf(stack: StackModel): readonly AliasModel[] {
  const ofKeys = [...stack.keys.values()].flatMap((key) => [key, ...key.replicas]).flatMap((key) => key.aliases);
  return [...ofKeys, ...[...stack.imports.values()].flatMap((imported) => imported.aliases)];
}
