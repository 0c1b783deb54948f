import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type Expression, literal, partsOf } from '@keywright/core/ir/expression';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import type { Environment, Key, Resource, Stack } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import type { LeftOut, ResourceOrigin } from '@keywright/core/reading/reader';
import { orderByNeeds } from '@keywright/core/stacks/dependency-order';
import { peek, requiredText } from './attributes.ts';
import { grantByArn } from './diagnostics.ts';
import type { Draft, MadeStack } from './draft.ts';
import { hasMark, type Marks } from './hcl/marks.ts';
import { onlyTerraformOf, outputOf, outputsOf } from './kept-outputs.ts';
import { isKey, isReplica, keyAttributesOf } from './key-index.ts';
import { importedName, type Made, type Nodes, nodesOf } from './nodes.ts';
import { createReferences, type KnownText, type References, withoutCycles } from './references.ts';
import { readAlias } from './resources/alias.ts';
import { attempt, type Context, type Node } from './resources/context.ts';
import { readGrant } from './resources/grant.ts';
import { readIdentityPolicy } from './resources/identity-policy.ts';
import { readKey, readReplicaKey } from './resources/key.ts';
import { inlinePoliciesOf, readPrincipal } from './resources/principal.ts';
import { readSharedParameter } from './resources/shared-parameter.ts';
import type { SourceResource } from './source/resource.ts';
import { createsPrincipal, holderKindOf } from './source/types.ts';
import { principalsOf, textsOf } from './used-principals.ts';

interface Result {
  readonly made: MadeStack;
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

export function stackOf(draft: Draft): Result {
  const nodes = nodesOf(draft);
  const diagnostics: Diagnostic[] = [];
  const failed = new Set<Node>();
  // If a resource cannot be read, builds the stack again without it. References to it stay text.
  for (;;) {
    const attempted = makeAll(draft, nodes, failed);
    if (attempted.failures.size === 0) return finished(draft, attempted, diagnostics);
    for (const [node, problems] of attempted.failures) {
      failed.add(node);
      diagnostics.push(...problems);
    }
  }
}

function makeAll(draft: Draft, nodes: Nodes, failed: ReadonlySet<Node>): Made {
  const { keys, keyPolicies, environment } = draft;
  const lost = withDependents(failed, nodes, keys);
  const there = [...nodes.values()].filter((node) => !lost.has(node));
  const wanted = principalsOf(draft, there);
  const principals =
    lost.size === 0 ? wanted : principalsOf({ keyPolicies, resources: there.map(({ source }) => source) }, there);
  const present = there.filter(({ source }) => !createsPrincipal(source) || principals.included.has(source));
  const warnings: Diagnostic[] = [];
  const context: Context = {
    references: referencesOf(draft, present),
    partition:
      environment.partition === undefined ? { kind: 'pseudo', name: 'partition' } : literal(environment.partition),
    account: environment.account === undefined ? { kind: 'pseudo', name: 'account' } : literal(environment.account),
    warn: (its) => warnings.push(...its),
  };

  const resources = new Map<Node, Resource>();
  const failures = new Map<Node, readonly Diagnostic[]>();
  const left: SourceResource[] = [...lost].filter((node) => !failed.has(node)).map(({ source }) => source);
  left.push(...principals.left);
  const surroundings = { draft, nodes, principals, resources, context };
  for (const node of present) {
    const read = readerOf(node, surroundings);
    const made = read && attempt(node.source, draft.marks, read);
    if (made === undefined) left.push(node.source);
    else if ('kind' in made) resources.set(node, made);
    else failures.set(node, made);
  }
  return {
    resources,
    failures,
    left,
    // `wanted` includes the principals of keys that could not be read: why such a principal stays in Terraform may explain the failure.
    warnings: [...wanted.warnings, ...warnings],
    references: context.references,
  };
}

interface Surroundings {
  readonly draft: Draft;
  readonly nodes: Nodes;
  readonly principals: ReturnType<typeof principalsOf>;
  /** The resources read so far: keys come before their replicas, aliases and KMS grants. */
  readonly resources: ReadonlyMap<Node, Resource>;
  readonly context: Context;
}

/** Returns the function that reads a node; `undefined` if its key cannot be read, since the error about the key explains the rest. */
function readerOf(node: Node, surroundings: Surroundings): (() => Resource) | undefined {
  const { source } = node;
  const { draft, nodes, principals, resources, context } = surroundings;
  const { keys, keyPolicies } = draft;
  if (createsPrincipal(source)) return () => readPrincipal(node, context);
  const named = keys.named(source);
  const key = named && nodes.get(named);
  if (isReplica(source)) {
    const primary = key && (resources.get(key) as Key | undefined); // `primary_key_arn` names a key
    return primary && (() => readReplicaKey(node, keyPolicies.get(source), primary, context));
  }
  if (isKey(source)) return () => readKey(node, keyPolicies.get(source), context);
  if (source.type === 'aws_kms_alias' || source.type === 'aws_kms_grant') {
    if (key !== undefined && !resources.has(key)) return undefined;
    const target = () => targetOf(source, key, surroundings);
    if (source.type === 'aws_kms_alias') return () => readAlias(node, target());
    if (key !== undefined && isNamedByArn(source, key.source)) {
      const parameters = { resource: source.address, key: key.source.address };
      context.warn([report(grantByArn, source.spanOf('key_id'), parameters)]);
    }
    return () => readGrant(node, target(), context);
  }
  const holder = holderKindOf(source);
  if (holder === undefined) return () => readSharedParameter(node, context);
  return () => readIdentityPolicy(node, holder, principals.holderOf(source, holder), context);
}

/** The name of the key of an alias or KMS grant, and the reference to it. Without a key, it is an imported one. */
function targetOf(
  source: SourceResource,
  key: Node | undefined,
  { draft, context }: Surroundings,
): { readonly name: string; readonly target: Expression } {
  if (key === undefined)
    return { name: importedName(source), target: context.references.plain(foreignKey(source, draft)) };
  return { name: key.name, target: { kind: 'reference', resource: key.id, attribute: 'id' } };
}

/** Adds to the nodes that cannot be read the aliases, KMS grants and replicas of the keys among them. */
function withDependents(failed: ReadonlySet<Node>, nodes: Nodes, keys: Draft['keys']): ReadonlySet<Node> {
  const lost = new Set(failed);
  for (const node of nodes.values()) {
    const { source } = node;
    const key = keys.named(source);
    const keyNode = key && nodes.get(key);
    // Nodes are ordered: primary keys, replicas, then aliases and KMS grants.
    if (keyNode !== undefined && lost.has(keyNode)) lost.add(node);
  }
  return lost;
}

/** Whether an existing KMS grant names a key of this source by its ARN. */
function isNamedByArn(grant: SourceResource, key: SourceResource): boolean {
  const arn = peek(key, 'arn');
  return grant.isPlanned !== true && arn !== undefined && peek(grant, 'key_id') === arn;
}

function referencesOf({ keys, keyPolicies, marks, environment }: Draft, present: readonly Node[]): References {
  const texts = present.flatMap(({ source, id }): readonly KnownText[] => {
    const arn =
      isKey(source) || createsPrincipal(source) || source.type === 'aws_kms_alias' ? peek(source, 'arn') : undefined;
    const keyId = isKey(source) ? keyIdOf(source) : undefined;
    return [
      ...(arn === undefined ? [] : [{ text: arn, resource: id, attribute: 'arn' } as const]),
      ...(keyId === undefined ? [] : [{ text: keyId, resource: id, attribute: 'id' } as const]),
    ];
  });
  const all = createReferences(texts, () => true);
  const idOf = new Map(present.map(({ source, id }) => [source, id]));
  const needs = new Map(
    present.map(({ source, id }) => {
      const key = keys.named(source);
      const keyId = key === undefined ? undefined : idOf.get(key);
      const namedIds = textsOf(source, keyPolicies).flatMap((text) => all.namedIn(text));
      return [id, [...namedIds, ...(keyId === undefined ? [] : [keyId])]] as const;
    }),
  );
  return createReferences(texts, withoutCycles(needs), marks && settled(marks, environment));
}

/** Replaces marks of the account and the like by text if the stack's environment is known. */
function settled(marks: Marks, { account, region, partition }: Environment): Pick<Marks, 'expressionOf'> {
  const values = { account, region, partition, dnsSuffix: partition && dnsSuffixOf(partition) };
  return {
    expressionOf: (mark) =>
      rewrite(marks.expressionOf(mark), (part) => {
        const text = part.kind === 'pseudo' ? values[part.name] : undefined;
        return text === undefined ? part : literal(text);
      }),
  };
}

/** Returns the key of an alias or grant, by ARN, if it is outside the source. */
function foreignKey(source: SourceResource, { environment: { account, region, partition } }: Draft): string {
  const [first = '', last = first] = keyAttributesOf(source);
  const text = peek(source, first) ?? requiredText(source, last);
  if (text.startsWith('arn:') || account === undefined || region === undefined) return text;
  return `arn:${partition ?? 'aws'}:kms:${region}:${account}:key/${text}`;
}

function finished(draft: Draft, made: Made, diagnostics: readonly Diagnostic[]): Result {
  const { name, app, environment, file } = draft;
  const byId = new Map([...made.resources.values()].map((resource) => [resource.id, resource]));
  const ordered = orderByNeeds(
    made.resources.values(),
    (resource) =>
      expressionsOf(resource)
        .flatMap(partsOf)
        .flatMap((part) => (part.kind === 'reference' ? (byId.get(part.resource) ?? []) : []))
        .map((to) => ({ to })),
    () => {}, // references form no cycle
  );
  const replicaRegions = new Set(
    ordered.flatMap((resource) => (resource.kind === 'replicaKey' ? [resource.region] : [])),
  );
  const outputs = outputsOf(draft, made, ordered.flatMap(outputOf));
  const stack: Stack = {
    name,
    app,
    environment,
    replicaEnvironments: [...replicaRegions].sort().map((region) => ({ ...environment, name: region, region })),
    targets: ['terraform'],
    resources: ordered,
    outputs,
    exports: [],
    imports: [],
    dependsOn: [],
    span: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
  return {
    made: { stack, origins: originsOf(draft, made) },
    leftOut: [...made.left.map(({ type, address, span }) => ({ type, address, span })), ...inlinePolicies(made)],
    diagnostics: [...diagnostics, ...made.warnings, ...onlyTerraformOf(draft.outputs, outputs)],
  };
}

function originsOf({ keyPolicies }: Draft, { resources }: Made): ReadonlyMap<string, ResourceOrigin> {
  return new Map(
    [...resources].map(([{ source }, { id }]): [string, ResourceOrigin] => {
      const physicalId = physicalIdOf(source);
      const policy = keyPolicies.get(source);
      return [
        id,
        {
          address: source.address,
          ...(physicalId !== undefined && { physicalId }),
          ...(source.former !== undefined && { former: source.former }),
          ...(policy !== undefined && policy.isPlanned !== true && { parts: [policy.address] }),
        },
      ];
    }),
  );
}

/** Returns inline policies of a role that are not separate resources: part of the role, or attached by someone else. */
function inlinePolicies({ resources }: Made): readonly LeftOut[] {
  const sources = [...resources.keys()].map(({ source }) => source);
  const attached = new Set(
    sources.flatMap((source) =>
      holderKindOf(source) === 'role' ? [`${peek(source, 'role')} ${peek(source, 'name')}`] : [],
    ),
  );
  return sources.flatMap((source) =>
    (source.type === 'aws_iam_role' ? inlinePoliciesOf(source) : [])
      .filter((name) => !attached.has(`${peek(source, 'name')} ${name}`))
      .map((name) => ({
        type: 'aws_iam_role.inline_policy',
        address: `${source.address}.inline_policy[${JSON.stringify(name)}]`,
        span: source.spanOf('inline_policy'),
      })),
  );
}

function physicalIdOf(source: SourceResource): string | undefined {
  const id = idInService(source);
  if (id !== undefined && !hasMark(id)) return id;
  // Terraform imports a grant by `key-id:grant-id`. In KMS, its id is the second part.
  return source.type === 'aws_kms_grant' ? source.importedId?.split(':').at(-1) : source.importedId;
}

function idInService(source: SourceResource): string | undefined {
  if (isKey(source)) return keyIdOf(source);
  if (source.type === 'aws_kms_grant') return peek(source, 'grant_id');
  return peek(source, 'name');
}

/** Returns the id of a key. An external key has no `key_id`; its `id` has the same value. */
function keyIdOf(source: SourceResource): string | undefined {
  return peek(source, 'key_id') ?? peek(source, 'id');
}
