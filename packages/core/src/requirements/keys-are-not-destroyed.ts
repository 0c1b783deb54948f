/** No `removed` in a team's file destroys a key that a requirement retains. */

import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import { destroyedKey } from '../diagnostics/requirements.ts';
import type { RemovedDefinition } from '../language/change.ts';
import { elements, type Located, property } from '../project/located.ts';
import type { Model, RequirementModel, StackModel } from '../resolve/model.ts';

/**
 * Reports keys that a file without authority over the project destroys, although a requirement may retain them. Only the names of a removed
 * key and its stack are known, so the spec, usage and tags under `of` do not count.
 */
export function keysAreNotDestroyed(model: Model, requirement: RequirementModel): readonly Diagnostic[] {
  const { stacks, environments, trustedFiles } = model;
  const { definition } = requirement;
  if (definition.value.removal !== 'retain') return [];
  const regions = new Set([...environments.all.values()].map(({ region }) => region));
  const destroyed = stacks.flatMap((stack) =>
    destroyedBy(stack)
      .filter((entry) => !trustedFiles.has(entry.span.file))
      .filter((entry) => mayBeRetained(entry, stack, requirement, regions) && !isExcepted(entry, stack, requirement))
      .map((entry) => {
        const { name, value } = definition;
        const what = { what: labelOf(entry.value), requirement: name, because: value.because };
        const requirementSpan = property(definition, 'removal')?.span ?? definition.nameSpan;
        return report(destroyedKey, entry.span, what, [
          { message: `what \`${name}\` requires`, span: requirementSpan },
        ]);
      }),
  );
  // A stack in several environments is reported once.
  return eachOnce(destroyed);
}

/** Whether an exception of a requirement covers a key that is destroyed. */
export function isForDestroyed({ stacks }: Model, exception: string): boolean {
  return stacks.some((stack) => destroyedBy(stack).some(({ value }) => nameOf(value, stack) === exception));
}

function destroyedBy({ definition }: StackModel): readonly Located<RemovedDefinition>[] {
  // Aliases do not count: they are not keys.
  return elements(property(definition, 'removed')).filter(
    ({ value }) => value.then === 'destroy' && value.alias === undefined,
  );
}

function mayBeRetained(
  { value: { key, replica, environment, stack: other } }: Located<RemovedDefinition>,
  stack: StackModel,
  { mayHoldFor }: RequirementModel,
  regions: ReadonlySet<string | undefined>,
): boolean {
  // The name of another stack may contain the name of an environment, so nothing about the key is certain.
  if (other !== undefined) return mayHoldFor({});
  // A replica named by region can be in any environment of that region.
  const environmentName =
    regions.has(replica) && replica !== undefined ? undefined : (replica ?? environment ?? stack.environment.name);
  return mayHoldFor({
    stack: stack.definition.name,
    ...(key !== undefined && { key }),
    ...(environmentName !== undefined && { environment: environmentName }),
  });
}

function isExcepted(
  { value }: Located<RemovedDefinition>,
  stack: StackModel,
  { exceptions }: RequirementModel,
): boolean {
  return exceptions.some(({ definition }) => definition.value.key === nameOf(value, stack));
}

function nameOf({ key }: RemovedDefinition, { definition }: StackModel): string | undefined {
  return key === undefined ? undefined : `${definition.name}.${key}`;
}

function labelOf({ key, replica, target, environment, stack }: RemovedDefinition): string {
  if (key !== undefined)
    return replica === undefined ? `the key \`${key}\`` : `the replica of \`${key}\` in \`${replica}\``;
  if (target !== undefined) return `the keys of the target \`${target}\``;
  if (environment !== undefined) return `the keys in \`${environment}\``;
  return `the keys of the stack \`${stack}\``;
}
