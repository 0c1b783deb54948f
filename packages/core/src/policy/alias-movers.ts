/**
 * The principals that may point an alias to another key. An identity policy that requires the alias would then cover that key. These are
 * all principals that some Allow lets create or update aliases. A principal named in two ways (another path, `${account}` or its digits, a
 * session of the role) counts as one principal. Source: AWS KMS Developer Guide, "Controlling access to aliases".
 */
import { literalText } from '../ir/expression.ts';
import type { PolicyPrincipal } from '../ir/policy.ts';
import { iamName } from '../principals/iam-name.ts';
import type { Grantee } from '../resolve/model.ts';
import { type Place, sameOrUnknown } from '../resolve/place.ts';
import type { Holder } from './identity-policies.ts';
import { covers, sourceText } from './trust.ts';

export interface AliasMovers {
  /** Records that a grantee may perform these actions on a key in `place`. */
  note(grantee: Grantee, actions: readonly string[], place: Place): void;
  /** Records the same about a principal that a policy names. */
  notePrincipal(principal: PolicyPrincipal, actions: readonly string[], place: Place): void;
  /** Whether a principal may move the aliases in this place. */
  includes(holder: Holder, place: Place): boolean;
}

interface Identity {
  readonly kind: string;
  /** `undefined` if only the deployment knows it. */
  readonly account: string | undefined;
  readonly name: string;
}

export function createAliasMovers(): AliasMovers {
  /**
   * The accounts of the principals that may move aliases, by kind and name. There are few such principals, however many keys they may use.
   */
  const movers = new Map<string, Set<Identity['account']>>();
  const everyoneIn: Place[] = [];

  const noteIdentity = ({ kind, name, account }: Identity) => {
    const namesakes = movers.get(`${kind}/${name}`);
    if (namesakes === undefined) movers.set(`${kind}/${name}`, new Set([account]));
    else namesakes.add(account);
  };
  const notePrincipal: AliasMovers['notePrincipal'] = (principal, actions, place) => {
    if (!actions.some(movesAliases)) return;
    if (principal.kind === 'anyone') everyoneIn.push(place);
    const identity = principal.kind === 'aws' ? identityOfArn(sourceText(principal.arn)) : undefined;
    if (identity !== undefined) noteIdentity(identity);
  };

  return {
    note(grantee, actions, place) {
      if (grantee.kind === 'outside') notePrincipal(grantee.principal, actions, place);
      else if (actions.some(movesAliases)) noteIdentity(identityOf(grantee));
    },
    notePrincipal,
    includes(holder, place) {
      const holderIdentity = identityOf(holder);
      const account = literalText(place.account);
      // Nobody can move an alias in another account.
      if (!sameOrUnknown(holderIdentity.account, account)) return false;
      const accounts = [...(movers.get(`${holderIdentity.kind}/${holderIdentity.name}`) ?? [])];
      return (
        accounts.some((other) => sameOrUnknown(other, holderIdentity.account)) ||
        everyoneIn.some(
          (other) =>
            sameOrUnknown(literalText(other.account), account) &&
            sameOrUnknown(literalText(other.region), literalText(place.region)),
        )
      );
    },
  };
}

function movesAliases(action: string): boolean {
  return ['kms:CreateAlias', 'kms:UpdateAlias'].some((moving) => covers(action, moving));
}

function identityOf(holder: Holder): Identity {
  if (holder.kind === 'created') {
    const { kind, stack } = holder.created;
    return { kind, account: stack.environment.account, name: iamName(holder.created).text };
  }
  return { kind: holder.entity, account: holder.account, name: sourceText(holder.entityName) };
}

/** The role or user that an ARN names; for the ARN of a session, the session's role. */
function identityOfArn(arn: string): Identity | undefined {
  const [, account = '', kind = '', rest = ''] =
    /^arn:[^:]+:(?:iam|sts)::([^:]*):(role|user|assumed-role)\/(.+)$/s.exec(arn) ?? [];
  if (kind === '') return undefined;
  const parts = rest.split('/');
  const name = kind === 'assumed-role' ? parts[0] : parts.at(-1);
  return {
    kind: kind === 'user' ? 'user' : 'role',
    account: /^\d{12}$/.test(account) ? account : undefined,
    name: name ?? '',
  };
}
