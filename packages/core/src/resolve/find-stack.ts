import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { severalEnvironments } from '../diagnostics/environments.ts';
import { ambiguousStack, stackNotInEnvironment, unknownName } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';
import type { Located } from '../project/located.ts';
import type { StackModel } from './model.ts';
import { describeEnvironment } from './place.ts';
import type { Scope } from './scope.ts';

export interface StackReference {
  readonly stack: Located<string>;
  readonly environment: Located<string> | undefined;
  /** The whole reference, as messages show it. */
  readonly text: string;
  /** Writes the same reference with an environment. */
  readonly form: (stack: string, environment: string) => string;
}

/**
 * Finds the stacks that another stack refers to. If the reference names an environment or a group, these are the stacks in it. Otherwise it
 * is a single stack: the only stack of that name, or else the stack of that name in the same environment, or else the only one in the same
 * account. Reports an unknown stack or environment (KW2003), a stack that is not in the named environment (KW2023), and several stacks of
 * that name if none of these rules selects one of them (KW2005).
 */
export function findStacks(
  { stack: { value: name, span }, environment, text, form }: StackReference,
  from: Pick<StackModel, 'environment'>,
  { byDefinition, environments, stacks }: Scope,
): Result<readonly StackModel[]> {
  const formIn = (deployment: StackModel) => form(deployment.definition.name, deployment.environment.name ?? '');
  const deployments = byDefinition.get(name) ?? [];
  const [only] = deployments;
  if (only === undefined) {
    const candidates = [...new Set(stacks.map((stack) => stack.definition.name))];
    // Outputs use the names of deployments, which are not the names in the YAML.
    const deployment = stacks.find((stack) => stack.name === name);
    const parameters = { kind: 'stack', name, candidates, form: deployment && formIn(deployment) };
    return nothing(report(unknownName, span, parameters));
  }
  const has = deployments.flatMap((stack) => stack.environment.name ?? []);
  if (environment !== undefined) {
    const { value: set, diagnostics } = environments.find(environment);
    if (set === undefined || set.environments.size === 0) {
      // An unknown environment, which was reported at the stack that names it, still matches by name.
      const matching = deployments.filter((stack) => stack.environment.name === environment.value);
      return matching.length > 0 ? { value: matching, diagnostics: [] } : { value: [], diagnostics };
    }
    const matching = deployments.filter((stack) => set.environments.has(stack.environment.name ?? ''));
    if (matching.length > 0) return { value: matching, diagnostics: [] };
    const parameters = { stack: name, environment: environment.value, isSet: set.kind !== 'name', has };
    const related = [{ message: `stack \`${name}\``, span: only.definition.nameSpan }];
    return nothing(report(stackNotInEnvironment, environment.span, parameters, related));
  }
  if (deployments.length === 1) return { value: [only], diagnostics: [] };
  const sameEnvironment = deployments.find((stack) => stack.environment.name === from.environment.name);
  if (sameEnvironment !== undefined) return { value: [sameEnvironment], diagnostics: [] };
  // Roles are global: a landing zone has its roles once in each account, but keys in several regions.
  const inAccount = deployments.filter(({ environment: { account } }) => account === from.environment.account);
  if (from.environment.account !== undefined && inAccount.length === 1) return { value: inAccount, diagnostics: [] };
  const parameters = {
    reference: text,
    deployments: deployments.map((stack) => stack.name),
    environment: describeEnvironment(from.environment),
    form: formIn(only),
  };
  return nothing(report(ambiguousStack, span, parameters));
}

/** Like `findStacks`, for a reference to a single stack. Reports several stacks (KW2102). */
export function findStack(
  reference: StackReference,
  from: Pick<StackModel, 'environment'>,
  scope: Scope,
): Result<StackModel | undefined> {
  const { value: stacks, diagnostics } = findStacks(reference, from, scope);
  const [only] = stacks;
  if (stacks.length <= 1) return { value: only, diagnostics };
  const { span, value } = reference.environment ?? reference.stack;
  const environments = stacks.map(({ environment }) => environment.name ?? '');
  return { value: undefined, diagnostics: [report(severalEnvironments, span, { reference: value, environments })] };
}

function nothing(problem: Diagnostic): Result<readonly StackModel[]> {
  return { value: [], diagnostics: [problem] };
}
