import type { InlinePrincipal, PrincipalOfDeployment, PrincipalReference } from '@keywright/core/language/principal';
import type { CreatedModel, KeyModel, StackModel } from '@keywright/core/resolve/model';
import type { Source } from './source.ts';

/** A principal that a reference names: one that a stack creates, one that the project describes, or everyone in the account. */
export type Who =
  | { readonly kind: 'created'; readonly created: CreatedModel }
  | { readonly kind: 'described'; readonly definition: InlinePrincipal }
  | { readonly kind: 'callers' };

/** Returns the principals that references name, seen from a stack. Each principal occurs only once. The members of `anyOf` replace it. */
export function whoAre(references: readonly PrincipalReference[], stack: StackModel, source: Source): readonly Who[] {
  const found = new Map<string, Who>();
  const groups = new Set<string>();
  const visit = (reference: PrincipalReference): void => {
    if (typeof reference !== 'string' && 'stack' in reference) {
      for (const created of createdIn(reference, source))
        found.set(`${created.stack.name}.${created.name}`, { kind: 'created', created });
      return;
    }
    if (typeof reference !== 'string') {
      found.set(JSON.stringify(reference), { kind: 'described', definition: reference });
      return;
    }
    const created = createdBy(reference, stack, source);
    if (created !== undefined) {
      found.set(`${created.stack.name}.${created.name}`, { kind: 'created', created });
      return;
    }
    const named = source.principals.get(reference)?.value;
    if (named === undefined && reference === 'everyoneInAccount') {
      found.set(reference, { kind: 'callers' });
      return;
    }
    if (named === undefined) throw new Error(`nobody is called ${reference}`);
    if (!('anyOf' in named)) visit(named);
    else if (!groups.has(reference)) {
      groups.add(reference);
      named.anyOf.forEach(visit);
    }
  };
  references.forEach(visit);
  return [...found.values()];
}

function createdBy(reference: string, stack: StackModel, source: Source): CreatedModel | undefined {
  const [first = '', second] = reference.split('.');
  if (second === undefined) return stack.created.get(first);
  return stackNamed(first, stack, source)?.created.get(second);
}

function createdIn(
  { stack, environment, name }: PrincipalOfDeployment,
  { model, environmentsOf }: Source,
): readonly CreatedModel[] {
  const environments = environmentsOf(environment);
  const instances = model.stacks.filter(
    (one) => one.definition.name === stack && environments.has(one.environment.name ?? ''),
  );
  const created = instances.flatMap((instance) => instance.created.get(name) ?? []);
  if (created.length === 0) throw new Error(`nobody is called ${name} in ${stack} of ${environment}`);
  return created;
}

/**
 * Returns the stack with a name: the only stack of the definition; otherwise its stack in the same environment; otherwise its only stack in
 * the same account.
 */
function stackNamed(name: string, from: StackModel, { model }: Source): StackModel | undefined {
  const instances = model.stacks.filter((stack) => stack.definition.name === name);
  if (instances.length === 1) return instances[0];
  const inAccount = instances.filter(({ environment }) => environment.account === from.environment.account);
  return (
    instances.find((stack) => stack.environment.name === from.environment.name) ??
    (inAccount.length === 1 ? inAccount[0] : undefined)
  );
}

/** Returns the name of a key in the comparison, such as `key first.orders` or `replica first.orders@us`. */
export function keyLabel(key: KeyModel): string {
  const name = `${key.stack.name}.${key.name}`;
  return key.primary === undefined ? `key ${name}` : `replica ${name}@${key.environment.name}`;
}
