/**
 * Reduces a program to what can matter to some of its keys. It drops the policies, aliases and KMS grants of other keys, and removes other
 * keys from the resources of identity policies. Questions about the remaining keys have the same answers, and with ten thousand keys the
 * picture is built in a fraction of the time.
 */
import type { Expression } from '@keywright/core/ir/expression';
import type { Statement } from '@keywright/core/ir/policy';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { resolveValues } from '../build/resolve-values.ts';
import type { PlacedKey } from './keys-in-question.ts';

export function programAbout(program: Program, keys: readonly PlacedKey[]): Program {
  const values = resolveValues(program);
  const keyResources = new Set<Resource>(keys.map(({ resource }) => resource));
  /** Whether an expression names only keys that the question is not about. Any other expression may mean any key. */
  const namesAnother = (expression: Expression, stack: Stack): boolean => {
    const target = values.resourceOf(expression, stack)?.resource;
    return (target?.kind === 'key' || target?.kind === 'replicaKey') && !keyResources.has(target);
  };
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.flatMap((resource): readonly Resource[] => {
      switch (resource.kind) {
        case 'key':
        case 'replicaKey':
          return [keyResources.has(resource) ? resource : { ...resource, policy: { statements: [] } }];
        case 'alias':
          return namesAnother(resource.target, stack) ? [] : [resource];
        case 'kmsGrant':
          return namesAnother(resource.key, stack) ? [] : [resource];
        case 'identityPolicy': {
          const statements = resource.document.statements.flatMap((statement) =>
            narrow(statement, stack, namesAnother),
          );
          return [{ ...resource, document: { statements } }];
        }
        default:
          return [resource];
      }
    }),
  }));
  return { ...program, stacks };
}

/** A statement without the resources that are other keys; no statement if no other resource remains. */
function narrow(
  statement: Statement,
  stack: Stack,
  namesAnother: (expression: Expression, stack: Stack) => boolean,
): readonly Statement[] {
  const resources = statement.resources?.filter((resource) => !namesAnother(resource, stack));
  if (resources === undefined || resources.length === statement.resources?.length) return [statement];
  return resources.length === 0 ? [] : [{ ...statement, resources }];
}
