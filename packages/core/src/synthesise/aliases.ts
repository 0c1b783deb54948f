import type { Expression } from '../ir/expression.ts';
import { withNameOrigins } from '../ir/given-name.ts';
import type { Provenance } from '../ir/policy.ts';
import type { Alias } from '../ir/program.ts';
import { sharedKeyAttribute } from '../policy/key-arn.ts';
import { provenance } from '../project/located.ts';
import { lookedUpKey } from '../resolve/looked-up-key.ts';
import type { AliasModel, ImportModel, KeyModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';

/** An alias of a key or replica of this stack, in the key's region. */
export function synthesiseAlias(alias: AliasModel, key: KeyModel): Alias {
  const target: Expression = { kind: 'reference', resource: key.id, attribute: 'id' };
  const { region } = key.environment;
  return { ...aliasResource(alias, target), ...(key.kind === 'replicaKey' && region !== undefined && { region }) };
}

/** The aliases that a stack creates for a key that it imports. */
export function synthesiseImportAlias(imported: ImportModel, links: Links): readonly Alias[] {
  return imported.aliases.flatMap((alias) => {
    const target = importedKeyId(imported, provenance(alias.source), links);
    return target === undefined ? [] : [aliasResource(alias, target)];
  });
}

/**
 * The ARN or id by which a resource names a key that its stack imports. If only the key's alias is known, the result is `undefined`, and
 * the key rules report this.
 */
export function importedKeyId(imported: ImportModel, source: Provenance, links: Links): Expression | undefined {
  switch (imported.kind) {
    case 'arn':
      return imported.arn;
    case 'lookup':
      return lookedUpKey(imported, 'arn');
    case 'key':
      return sharedKeyAttribute(imported.key, 'arn', imported.stack, links, source);
    case 'alias':
      return undefined; // reported by the key rules
  }
}

function aliasResource(alias: AliasModel, target: Expression): Alias {
  const { id, aliasName, nameText, written, keyName, names, source } = alias;
  const resource: Alias = {
    kind: 'alias',
    id,
    aliasName,
    ...(written !== undefined && { writtenName: written }),
    keyName,
    target,
    names,
    dependsOn: [],
    source: provenance(source),
  };
  return withNameOrigins(resource, nameText);
}
