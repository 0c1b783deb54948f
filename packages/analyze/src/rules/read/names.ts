import { inWords } from '@keywright/core/diagnostics/list-of';
import { describeNamed } from '../../describe.ts';
import { requesterOf } from '../../named-principal.ts';
import type { NamedPrincipal, Picture, PolicyStatement } from '../../picture.ts';
import { principalId } from '../../principal-id.ts';

/** `security.ordersApi` for a principal that the program creates; otherwise an ARN, an account, a host. */
export function nameOf(named: NamedPrincipal, { principalsById }: Picture): string {
  const requester = requesterOf(named);
  const id = requester === undefined || requester.kind === 'session' ? undefined : principalId(requester);
  const principal = id === undefined ? undefined : principalsById.get(id);
  return principal?.created === undefined ? describeNamed(named) : principal.name;
}

/** The name of the principal that an identity policy is attached to. */
export function holderOf({ ref }: PolicyStatement, { principalsById }: Picture): string {
  return principalsById.get(ref.owner)?.name ?? ref.owner;
}

/** Distinct names as a list in a sentence, in backticks. `account 111122223333` is not a name. */
export function listed(names: readonly string[]): string {
  return inWords(names.map((name) => (name.includes(' ') ? name : `\`${name}\``)));
}
