import { nameInId } from '@keywright/core/ir/name-in-id';
import { withoutAliasPrefix } from '@keywright/core/kms/alias-prefix';
import { createNames } from './names.ts';
import { type Member, plainText } from './plan.ts';

export interface Identity {
  /** As the compiler makes ids, such as `key/orders` or `alias/orders/payments/orders`. */
  readonly id: string;
  /** The resource's own name, or the name of its key or principal. */
  readonly name: string;
}

/** Returns the id and name of each member. Identifies keys first, since other members are named after keys. */
export function identify(
  members: readonly Member[],
  nameOf: (member: Member) => string,
  environmentOf: (member: Member) => string,
): ReadonlyMap<Member, Identity> {
  const keyNames = createNames();
  const importNames = createNames();
  const principalNames = createNames();
  const imports = new Map<string, string>();
  const ids = new Set<string>();
  const identities = new Map<Member, Identity>();
  const add = (member: Member, name: string, id: string) => {
    let free = id;
    for (let number = 2; ids.has(free); number += 1) free = `${id}-${number}`;
    ids.add(free);
    identities.set(member, { id: free, name });
  };
  /** Returns the names of the key of a member. A key outside the export is named after its first member. */
  const keyOf = (member: Member, property: string) => {
    const identity = member.key && identities.get(member.key);
    if (identity !== undefined) return { name: identity.name, holder: nameInId(identity.id) };
    const target = plainText(member.exported, property) ?? '';
    const name = imports.get(target) ?? importNames.of(nameOfAlias(member));
    imports.set(target, name);
    return { name, holder: `imports.${name}` };
  };

  for (const member of members) {
    if (member.kind !== 'key') continue;
    const name = keyNames.of(nameOf(member));
    add(member, name, `key/${name}`);
  }
  for (const member of members) {
    if (member.kind !== 'replicaKey') continue;
    const name = (member.key && identities.get(member.key)?.name) ?? nameOf(member);
    add(member, name, `replicaKey/${name}@${environmentOf(member)}`);
  }
  for (const member of members) {
    const { exported, kind, holder } = member;
    switch (kind) {
      case 'key':
      case 'replicaKey':
        break;
      case 'alias': {
        const key = keyOf(member, 'targetKeyId');
        const aliasName = plainText(exported, 'name') ?? exported.name;
        add(member, key.name, `alias/${key.holder}/${withoutAliasPrefix(aliasName)}`);
        break;
      }
      case 'kmsGrant': {
        const key = keyOf(member, 'keyId');
        const name = plainText(exported, 'name') ?? nameOf(member);
        add(member, key.name, `kmsGrant/${key.holder.replace('@', '/')}/${name}`);
        break;
      }
      case 'role':
      case 'user':
      case 'group': {
        const name = principalNames.of(nameOf(member));
        add(member, name, `${kind}/${name}`);
        break;
      }
      case 'rolePolicy':
      case 'userPolicy':
      case 'groupPolicy': {
        const entity = kind.slice(0, -'Policy'.length);
        const identity = holder && identities.get(holder);
        const name = identity?.name ?? createNames().of(plainText(exported, entity) ?? exported.name);
        add(member, name, `identityPolicy/${identity?.id ?? `${entity}/${name}`}`);
        break;
      }
      case 'sharedParameter':
        add(member, exported.name, `sharedParameter/${plainText(exported, 'name') ?? exported.name}`);
        break;
    }
  }
  return identities;
}

/** Returns `legacy` for `alias/legacy`. */
function nameOfAlias({ exported }: Member): string {
  return withoutAliasPrefix(plainText(exported, 'name') ?? exported.name);
}
