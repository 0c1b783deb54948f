import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { ambiguousStack, stackNotInEnvironment, unknownName } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';
import type { Located } from '../project/located.ts';
import type { StackModel } from './model.ts';
import { describeEnvironment } from './place.ts';
import type { Scope } from './scope.ts';

/** How something names a stack. */
export interface StackReference {
  readonly stack: Located<string>;
  /** The environment of that stack, where the reference names one. */
  readonly environment: Located<string> | undefined;
  /** The whole reference, as messages show it. */
  readonly text: string;
  /** The same reference with an environment. */
  readonly form: (stack: string, environment: string) => string;
}

/**
 * The stack that a reference means, seen from another one: the one in the environment that it names; without that the only one
 * of the name, or the one in the same environment. No such stack or environment is KW2003, a stack that is not in that environment
 * KW2023, several stacks without one in the same environment KW2005.
 */
export function findStack(
  { stack: { value: name, span }, environment, text, form }: StackReference,
  from: Pick<StackModel, 'environment'>,
  { byDefinition, project: { environments }, stacks }: Scope,
): Result<StackModel | undefined> {
  const formIn = (instance: StackModel) => form(instance.definition.name, instance.environment.name ?? '');
  const instances = byDefinition.get(name) ?? [];
  const [only] = instances;
  if (only === undefined) {
    const candidates = [...new Set(stacks.map((stack) => stack.definition.name))];
    // The outputs have the names of instances, which are not those of the YAML.
    const instance = stacks.find((stack) => stack.name === name);
    const parameters = { kind: 'stack', name, candidates, form: instance && formIn(instance) };
    return nothing(report(unknownName, span, parameters));
  }
  const has = instances.flatMap((stack) => stack.environment.name ?? []);
  if (environment !== undefined) {
    const found = instances.find((stack) => stack.environment.name === environment.value);
    if (found !== undefined) return { value: found, diagnostics: [] };
    const parameters = { stack: name, environment: environment.value, has };
    const related = [{ message: `stack \`${name}\``, span: only.definition.nameSpan }];
    return nothing(
      environments.has(environment.value) || has.length === 0
        ? report(stackNotInEnvironment, environment.span, parameters, related)
        : report(unknownName, environment.span, { kind: 'environment', name: environment.value, candidates: has }),
    );
  }
  if (instances.length === 1) return { value: only, diagnostics: [] };
  const sameEnvironment = instances.find((stack) => stack.environment.name === from.environment.name);
  if (sameEnvironment !== undefined) return { value: sameEnvironment, diagnostics: [] };
  const parameters = {
    reference: text,
    instances: instances.map((stack) => stack.name),
    environment: describeEnvironment(from.environment),
    form: formIn(only),
  };
  return nothing(report(ambiguousStack, span, parameters));
}

function nothing(problem: Diagnostic): Result<undefined> {
  return { value: undefined, diagnostics: [problem] };
}
