/** The environments of a stack, and its name in each. */
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Literal } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { stackNameText } from '../ir/stack-name.ts';
import type { StackDefinition } from '../language/stack.ts';
import { type Named, oneOrMore, property } from '../project/located.ts';
import type { EnvironmentSets } from './environment-sets.ts';

/**
 * The environments of a stack, each once, or twice if its name is written twice. A stack that names no environment has a single one without
 * a name. An unknown name is reported and becomes a placeholder environment: the stack stays, so that references to it are not reported
 * too. A group that has no environments yet adds none.
 */
export function collectEnvironments(
  definition: Named<StackDefinition>,
  sets: EnvironmentSets,
): Result<readonly Environment[]> {
  const collector = createCollector();
  const references = oneOrMore(property(definition, 'environment'));
  if (references.length === 0) return collector.result([{}]);
  const resolved = references.map((reference) => {
    const { value: set, diagnostics } = sets.find(reference);
    collector.add(...diagnostics);
    return { reference, set, exists: set !== undefined && diagnostics.length === 0 };
  });
  const written = resolved.flatMap(({ reference, set, exists }): readonly Environment[] => {
    if (set === undefined || !exists) return [{ name: reference.value }];
    return set.kind === 'name' ? [...set.environments.values()] : [];
  });
  const environments = new Set(written);
  const ofSets = resolved.flatMap(({ set }) => [...(set?.environments.values() ?? [])]);
  return collector.result([...written, ...new Set(ofSets.filter((environment) => !environments.has(environment)))]);
}

/** A stack's name in one of its environments: `security` if it names a single environment, otherwise `security-prod-eu`. */
export function deploymentName({ name, value }: Named<StackDefinition>, environment: string | undefined): string {
  return environment === value.environment ? name : `${name}-${environment}`;
}

/** The name of a stack as text with its origins. */
export function nameTextOf(stack: {
  readonly name: string;
  readonly definition: Named<StackDefinition>;
  readonly environment: Environment;
}): Literal {
  const { name, environment, definition } = stack;
  return stackNameText({ name, environment, ...(isOfSeveral(stack) && { definition: definition.name }) });
}

/** Whether a stack is written for a list of environments, a group or a pattern, even if that contains a single environment. */
export function isOfSeveral({
  name,
  definition,
}: {
  readonly name: string;
  readonly definition: Named<StackDefinition>;
}): boolean {
  return name !== definition.name;
}
