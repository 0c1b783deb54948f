import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Resource } from '@keywright/core/ir/program';
import { withoutAliasPrefix } from '@keywright/core/kms/alias-prefix';
import { peek } from './attributes.ts';
import type { Draft } from './draft.ts';
import { isKey, isReplica, keyAttributesOf } from './key-index.ts';
import { createNames, wordsOf } from './names.ts';
import type { References } from './references.ts';
import type { Node } from './resources/context.ts';
import type { SourceResource } from './source/resource.ts';
import { createsPrincipal, holderKindOf } from './source/types.ts';

export type Nodes = ReadonlyMap<SourceResource, Node>;

export interface Made {
  readonly resources: ReadonlyMap<Node, Resource>;
  readonly failures: ReadonlyMap<Node, readonly Diagnostic[]>;
  readonly left: readonly SourceResource[];
  readonly warnings: readonly Diagnostic[];
  readonly references: References;
}

/** Returns a node for each resource, with a unique id and a name, except for policies that become part of keys. */
export function nodesOf({ resources, places, environment, keys, commonStart }: Draft): Nodes {
  const nodes = new Map<SourceResource, Node>();
  const nameOf = { key: createNames(), principal: createNames(), grant: createNames(), other: createNames() };
  const taken = new Set<string>();
  const add = (source: SourceResource, id: string, name: string) => {
    // A KMS grant is in the region of its key, and has no ARN that would say so.
    const key = source.type === 'aws_kms_grant' ? keys.named(source) : undefined;
    const { region } = places.of(key ?? source);
    const isAbroad = region !== undefined && region !== environment.region && !source.type.startsWith('aws_iam_');
    let free = id;
    for (let count = 2; taken.has(free); count += 1) free = `${id}-${count}`;
    taken.add(free);
    nodes.set(source, { source, id: free, name, ...(isAbroad && { region }) });
  };
  const holderNames = new Map<string, string>();
  for (const source of resources.filter(createsPrincipal)) {
    const name = nameOf.principal(wordsOf(source, commonStart));
    const kind = source.type.replace('aws_iam_', '');
    add(source, `${kind}/${name}`, name);
    holderNames.set(`${kind} ${peek(source, 'name')}`, name);
  }
  for (const source of resources.filter((each) => isKey(each) && !isReplica(each))) {
    const name = nameOf.key(wordsOf(source, commonStart));
    add(source, `key/${name}`, name);
  }
  for (const source of resources.filter(isReplica)) {
    const primary = keys.named(source);
    const name = (primary && nodes.get(primary)?.name) ?? '';
    add(source, `replicaKey/${name}/${places.of(source).region ?? ''}`, name);
  }
  /** Returns the part of the id of an alias or grant between its kind and its own name. */
  const keyPart = (source: SourceResource): string => {
    const key = keys.named(source);
    const node = key && nodes.get(key);
    if (node === undefined) return `imports.${importedName(source)}`;
    return isReplica(node.source) ? `${node.name}/${node.region ?? ''}` : node.name;
  };
  const idOf = (source: SourceResource, name: string): string | undefined => {
    const named = peek(source, 'name') ?? name;
    const holder = holderKindOf(source);
    if (holder !== undefined) {
      const holderName = holderNames.get(`${holder} ${peek(source, holder)}`) ?? peek(source, holder) ?? name;
      return `identityPolicy/${holder}/${holderName}`;
    }
    switch (source.type) {
      case 'aws_kms_alias':
        return `alias/${keyPart(source)}/${withoutAliasPrefix(named)}`;
      case 'aws_kms_grant':
        return `kmsGrant/${keyPart(source)}/${named}`;
      case 'aws_ssm_parameter':
        return `sharedParameter/${named.slice(named.lastIndexOf('/') + 1)}`;
      default:
        return undefined;
    }
  };
  for (const source of resources) {
    if (nodes.has(source)) continue;
    const name = nameOf[source.type === 'aws_kms_grant' ? 'grant' : 'other'](wordsOf(source, commonStart));
    const id = idOf(source, name);
    if (id !== undefined) add(source, id, name);
  }
  return nodes;
}

/** Returns a name under `imports` for a key outside the source, derived from the text that names the key. */
export function importedName(source: SourceResource): string {
  const text =
    keyAttributesOf(source)
      .map((name) => peek(source, name))
      .find((name) => name !== undefined) ?? '';
  const id = text.slice(text.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9]/g, '');
  return `key${id.slice(0, 40)}`;
}
