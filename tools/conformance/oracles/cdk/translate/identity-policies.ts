import type { StackModel } from '@keywright/core/resolve/model';
import { listOf } from '../source/list.ts';
import { whoAre } from '../source/who.ts';
import { attributeIn } from './outputs.ts';
import { principalOf } from './principals.ts';
import { conditionsIn, textIn } from './text.ts';
import { entryFor, type Translation } from './translation.ts';

/** Adds the statements under `identityPolicies` of a stack to policies of the principals that they are attached to. */
export function addIdentityPolicies(stack: StackModel, translation: Translation): void {
  const { iam } = translation.library;
  const construct = entryFor(translation.stacks, stack);
  const texts = (list: string | readonly string[] | undefined) =>
    listOf(list).map((raw) => textIn(construct, raw, (placeholder) => attributeIn(placeholder, stack, translation)));
  for (const { attachTo, statements } of Object.values(stack.definition.value.identityPolicies ?? {})) {
    for (const who of whoAre([attachTo], stack, translation.source)) {
      const { principal } = principalOf(who, construct, translation);
      for (const { sid, effect, actions, notActions, resources, notResources, conditions } of statements) {
        const statement = new iam.PolicyStatement({
          ...(sid && { sid }),
          effect: effect === 'Deny' ? iam.Effect.DENY : iam.Effect.ALLOW,
          ...(actions !== undefined && { actions: [...listOf(actions)] }),
          ...(notActions !== undefined && { notActions: [...listOf(notActions)] }),
          ...(notResources === undefined ? { resources: texts(resources) } : { notResources: texts(notResources) }),
          conditions: conditionsIn(construct, conditions),
        });
        principal.addToPrincipalPolicy(statement);
      }
    }
  }
}
