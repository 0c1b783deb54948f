import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type Expression, literal, partsOf } from '@keywright/core/ir/expression';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import type { Environment, Key, Output, Resource, Stack } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { withoutAliasPrefix } from '@keywright/core/kms/alias-prefix';
import { dnsSuffixOf } from '@keywright/core/kms/partitions';
import type { LeftOut, ResourceOrigin } from '@keywright/core/reading/reader';
import { orderByNeeds } from '@keywright/core/stacks/dependency-order';
import { peek, requiredText } from './attributes.ts';
import { keptRole, onlyTerraform } from './diagnostics.ts';
import type { Draft, MadeStack } from './draft.ts';
import { hasMark, type Marks } from './hcl/marks.ts';
import { isKey, isReplica, keyAttributesOf } from './key-index.ts';
import { createNames, wordsOf } from './names.ts';
import type { Place } from './places.ts';
import { createReferences, type KnownText, type References, withoutCircles } from './references.ts';
import { readAlias } from './resources/alias.ts';
import { attempt, type Context, type Node } from './resources/context.ts';
import { readGrant } from './resources/grant.ts';
import { holderKindOf, readIdentityPolicy } from './resources/identity-policy.ts';
import { readKey, readReplicaKey } from './resources/key.ts';
import { beyondKeywright, inlinePoliciesOf, isPrincipal, readPrincipal } from './resources/principal.ts';
import { readSharedParameter } from './resources/shared-parameter.ts';
import type { SourceOutput, SourceResource } from './source/resource.ts';

interface Result {
  readonly made: MadeStack;
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds a stack from its members. */
export function stackOf(draft: Draft): Result {
  const nodes = nodesOf(draft);
  const diagnostics: Diagnostic[] = [];
  const failed = new Set<Node>();
  // The stack is built again without an unreadable resource, to which references then stay text.
  for (;;) {
    const attempted = makeAll(draft, nodes, failed);
    if (attempted.failures.size === 0) return finished(draft, attempted, diagnostics);
    for (const [node, found] of attempted.failures) {
      failed.add(node);
      diagnostics.push(...found);
    }
  }
}

type Nodes = ReadonlyMap<SourceResource, Node>;

interface Made {
  readonly resources: ReadonlyMap<Node, Resource>;
  readonly failures: ReadonlyMap<Node, readonly Diagnostic[]>;
  readonly left: readonly SourceResource[];
  readonly warnings: readonly Diagnostic[];
  readonly references: References;
}

/** A node for each resource except policies folded into keys; with names for those that have one. */
function nodesOf({ resources, places, environment, keys, commonStart }: Draft): Nodes {
  const nodes = new Map<SourceResource, Node>();
  const nameOf = { key: createNames(), principal: createNames(), other: createNames() };
  const taken = new Set<string>();
  const add = (source: SourceResource, id: string, name: string) => {
    // A KMS grant is where its key is, and has no ARN to say so.
    const key = source.type === 'aws_kms_grant' ? keys.named(source, ...keyAttributesOf(source)) : undefined;
    const place: Place = { ...places.of(source), region: places.of(key ?? source).region };
    const isAbroad = place.region !== undefined && place.region !== environment.region;
    const region = isAbroad && !source.type.startsWith('aws_iam_') ? { region: place.region } : {};
    let free = id;
    for (let count = 2; taken.has(free); count += 1) free = `${id}-${count}`;
    taken.add(free);
    nodes.set(source, { source, id: free, name, place, ...region });
  };
  const holderNames = new Map<string, string>();
  const inOrder = (which: (source: SourceResource) => boolean) => resources.filter(which);
  for (const source of inOrder(isPrincipal)) {
    const name = nameOf.principal(wordsOf(source, commonStart));
    const kind = source.type.replace('aws_iam_', '');
    add(source, `${kind}/${name}`, name);
    holderNames.set(`${kind} ${peek(source, 'name')}`, name);
  }
  for (const source of inOrder((each) => isKey(each) && !isReplica(each))) {
    const name = nameOf.key(wordsOf(source, commonStart));
    add(source, `key/${name}`, name);
  }
  for (const source of inOrder(isReplica)) {
    const primary = keys.named(source, 'primary_key_arn');
    const name = (primary && nodes.get(primary)?.name) ?? '';
    add(source, `replicaKey/${name}/${places.of(source).region ?? ''}`, name);
  }
  /** The text between the kind and the own name in the id of a key's member. */
  const keyPart = (source: SourceResource): string => {
    const key = keys.named(source, ...keyAttributesOf(source));
    const node = key && nodes.get(key);
    if (node === undefined) return `imports.${importedName(source)}`;
    return isReplica(node.source) ? `${node.name}/${node.region ?? ''}` : node.name;
  };
  for (const source of resources) {
    if (nodes.has(source)) continue;
    const kind = holderKindOf(source);
    const name = nameOf.other(wordsOf(source, commonStart));
    if (source.type === 'aws_kms_alias') {
      add(source, `alias/${keyPart(source)}/${withoutAliasPrefix(peek(source, 'name') ?? name)}`, name);
    } else if (source.type === 'aws_kms_grant') {
      add(source, `kmsGrant/${keyPart(source)}/${peek(source, 'name') ?? name}`, name);
    } else if (kind !== undefined) {
      add(
        source,
        `identityPolicy/${kind}/${holderNames.get(`${kind} ${peek(source, kind)}`) ?? peek(source, kind) ?? name}`,
        name,
      );
    } else if (source.type === 'aws_ssm_parameter') {
      const parameter = peek(source, 'name') ?? name;
      add(source, `sharedParameter/${parameter.slice(parameter.lastIndexOf('/') + 1)}`, name);
    }
  }
  return nodes;
}

/** A name under `imports` for a key outside the source, derived from what names it. */
function importedName(source: SourceResource): string {
  const text =
    keyAttributesOf(source)
      .map((name) => peek(source, name))
      .find((name) => name !== undefined) ?? '';
  const id = text.slice(text.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9]/g, '');
  return `key${id.slice(0, 40)}`;
}

function makeAll(draft: Draft, nodes: Nodes, failed: ReadonlySet<Node>): Made {
  const { keys, keyPolicies, environment } = draft;
  const there = [...nodes.values()].filter((node) => !failed.has(node));
  const principals = principalsOf(draft, there);
  const present = there.filter(({ source }) => !isPrincipal(source) || principals.included.has(source));
  const context: Context = {
    references: referencesOf(draft, present),
    partition:
      environment.partition === undefined ? { kind: 'pseudo', name: 'partition' } : literal(environment.partition),
    account: environment.account === undefined ? { kind: 'pseudo', name: 'account' } : literal(environment.account),
  };

  const resources = new Map<Node, Resource>();
  const failures = new Map<Node, readonly Diagnostic[]>();
  const left: SourceResource[] = [...principals.left];
  const make = (node: Node, how: () => Resource): void => {
    const made = attempt(node.source, how);
    if ('kind' in made) resources.set(node, made);
    else failures.set(node, made);
  };
  const keyOf = (source: SourceResource, ...attributes: readonly string[]): Node | undefined => {
    const key = keys.named(source, ...attributes);
    return key && nodes.get(key);
  };
  /** How a resource names its key. */
  const targetOf = (source: SourceResource): { readonly name: string; readonly target: Expression } => {
    const key = keyOf(source, ...keyAttributesOf(source));
    if (key === undefined)
      return { name: importedName(source), target: context.references.plain(foreignKey(source, draft)) };
    return { name: key.name, target: { kind: 'reference', resource: key.id, attribute: 'id' } };
  };

  for (const node of present) {
    const { source } = node;
    const holder = holderKindOf(source);
    if (isPrincipal(source)) make(node, () => readPrincipal(node, context));
    else if (isReplica(source)) {
      const primary = keyOf(source, 'primary_key_arn');
      const key = primary && (resources.get(primary) as Key | undefined); // primaries come before replicas
      if (key === undefined) left.push(source);
      else make(node, () => readReplicaKey(node, keyPolicies.get(source), key, context));
    } else if (isKey(source)) make(node, () => readKey(node, keyPolicies.get(source), context));
    else if (source.type === 'aws_kms_alias' || source.type === 'aws_kms_grant') {
      const key = keyOf(source, ...keyAttributesOf(source));
      // The error about its key explains why it is left out.
      if (key !== undefined && !resources.has(key)) left.push(source);
      else if (source.type === 'aws_kms_alias') make(node, () => readAlias(node, targetOf(source)));
      else make(node, () => readGrant(node, targetOf(source), context));
    } else if (holder !== undefined) {
      make(node, () => readIdentityPolicy(node, holder, principals.holderOf(source, holder), context));
    } else make(node, () => readSharedParameter(node, context));
  }
  return { resources, failures, left, warnings: principals.warnings, references: context.references };
}

interface Principals {
  readonly included: ReadonlySet<SourceResource>;
  readonly left: readonly SourceResource[];
  readonly warnings: readonly Diagnostic[];
  /** The principal of this stack that an inline policy is attached to. */
  holderOf(policy: SourceResource, kind: 'role' | 'user' | 'group'): Node | undefined;
}

/** The roles, users and groups that something in the stack refers to: an inline policy, a key policy, a KMS grant. */
function principalsOf({ resources, keyPolicies }: Draft, there: readonly Node[]): Principals {
  const principals = there.filter(({ source }) => isPrincipal(source));
  const byName = new Map<string, Node>();
  const arns: KnownText[] = [];
  for (const node of principals) {
    const { source, id } = node;
    const name = peek(source, 'name');
    const arn = peek(source, 'arn');
    if (name !== undefined) byName.set(`${source.type} ${name}`, node);
    if (arn !== undefined) arns.push({ text: arn, resource: id, attribute: 'arn' });
  }
  const byId = new Map(principals.map((node) => [node.id, node]));
  const references = createReferences(arns, () => true);
  const holderNamed = (policy: SourceResource, kind: string): Node | undefined =>
    byName.get(`aws_iam_${kind} ${peek(policy, kind) ?? ''}`);

  const included = new Set<SourceResource>();
  const warnings: Diagnostic[] = [];
  const waiting = resources.flatMap((source): readonly Node[] => {
    const kind = holderKindOf(source);
    const holder = kind && holderNamed(source, kind);
    if (holder !== undefined) return [holder];
    if (isPrincipal(source)) return [];
    return textsOf(source, keyPolicies).flatMap((text) => references.namedIn(text).flatMap((id) => byId.get(id) ?? []));
  });
  const seen = new Set<Node>();
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const { source } = node;
    const beyond = beyondKeywright(source);
    if (beyond !== undefined) {
      warnings.push(report(keptRole, source.span, { resource: source.address, what: beyond }));
      continue;
    }
    included.add(source);
    const named = textsOf(source, keyPolicies).flatMap((text) => references.namedIn(text));
    waiting.push(...named.flatMap((id) => byId.get(id) ?? []));
  }
  return {
    included,
    left: principals.flatMap(({ source }) => (included.has(source) ? [] : [source])),
    warnings,
    holderOf: (policy, kind) => {
      const holder = holderNamed(policy, kind);
      return holder !== undefined && included.has(holder.source) ? holder : undefined;
    },
  };
}

/** The texts of a resource that can name others, which determine order and circles. */
function textsOf(source: SourceResource, keyPolicies: ReadonlyMap<SourceResource, SourceResource>): readonly string[] {
  const policy = keyPolicies.get(source) ?? source;
  return [
    peek(policy, 'policy'),
    peek(source, 'assume_role_policy'),
    peek(source, 'grantee_principal'),
    peek(source, 'retiring_principal'),
    ...(source.type === 'aws_ssm_parameter' ? [source.values.value, source.values.insecure_value] : []),
  ].flatMap((text) => (typeof text !== 'string' ? [] : [unescaped(text)]));
}

/** JSON may escape a slash as `\\/`, and any character by its number. */
function unescaped(json: string): string {
  if (!json.includes('\\')) return json;
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}

function referencesOf({ keys, keyPolicies, marks, environment }: Draft, present: readonly Node[]): References {
  const texts = present.flatMap(({ source, id }): readonly KnownText[] => {
    const arn =
      isKey(source) || isPrincipal(source) || source.type === 'aws_kms_alias' ? peek(source, 'arn') : undefined;
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
      const key = isReplica(source)
        ? keys.named(source, 'primary_key_arn')
        : keys.named(source, ...keyAttributesOf(source));
      const keyId = key === undefined ? undefined : idOf.get(key);
      const named = textsOf(source, keyPolicies).flatMap((text) => all.namedIn(text));
      return [id, [...named, ...(keyId === undefined ? [] : [keyId])]] as const;
    }),
  );
  return createReferences(texts, withoutCircles(needs), marks && settled(marks, environment));
}

/** Marks of the account and the like become text if the stack's environment is known. */
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

/** The key of an alias or grant, by ARN, if it is outside the source. */
function foreignKey(source: SourceResource, { environment: { account, region, partition } }: Draft): string {
  const [first = '', last = first] = keyAttributesOf(source);
  const text = peek(source, first) ?? requiredText(source, last);
  if (text.startsWith('arn:') || account === undefined || region === undefined) return text;
  return `arn:${partition ?? 'aws'}:kms:${region}:${account}:key/${text}`;
}

function finished(draft: Draft, made: Made, diagnostics: readonly Diagnostic[]): Result {
  const { name, app, environment, file, keyPolicies } = draft;
  const byId = new Map([...made.resources.values()].map((resource) => [resource.id, resource]));
  const ordered = orderByNeeds(
    made.resources.values(),
    (resource) =>
      expressionsOf(resource)
        .flatMap(partsOf)
        .flatMap((part) => (part.kind === 'reference' ? (byId.get(part.resource) ?? []) : []))
        .map((to) => ({ to })),
    () => {}, // references are in no circle
  );
  const replicaRegions = new Set(
    ordered.flatMap((resource) => (resource.kind === 'replicaKey' ? [resource.region] : [])),
  );
  const origins = new Map(
    [...made.resources].map(([{ source }, { id }]): [string, ResourceOrigin] => {
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
    made: { stack, origins },
    leftOut: [...made.left.map(({ type, address, span }) => ({ type, address, span })), ...inlinePolicies(made)],
    diagnostics: [...diagnostics, ...made.warnings, ...onlyTerraformOf(draft.outputs, outputs)],
  };
}

/**
 * The outputs of the root module that name something in this stack, after those whose values parameters hold; keys
 * elsewhere are in the main stack's. A sensitive output must be nothing but the name of one resource: other sensitive
 * text is never copied.
 */
function outputsOf(
  { outputs, isMain }: Draft,
  { references, resources }: Made,
  ofParameters: readonly Output[],
): readonly Output[] {
  const aliases = new Set([...resources.values()].flatMap((one) => (one.kind === 'alias' ? [one.aliasName] : [])));
  const readOutputs = outputs.flatMap(({ name, value: text, description, sensitive, span }): readonly Output[] => {
    if (typeof text !== 'string') return [];
    const value = references.restored(text, `output ${name}`);
    const isNamed = hasReference(value) || aliases.has(text);
    const isForeign = isMain && /^arn:[^:\s]+:kms:\S+$/.test(text);
    if (!(isNamed || isForeign) || (sensitive && value.kind !== 'reference') || hasMark(JSON.stringify(value)))
      return [];
    return [{ name, value, ...(description && { description }), source: { span } }];
  });
  const named = new Map(readOutputs.map((output) => [output.name, output]));
  const others = ofParameters.map((output) => {
    const { description } = named.get(output.name) ?? {};
    return { ...output, ...(description !== undefined && { description }) };
  });
  const taken = new Set(others.map(({ name }) => name));
  return [...others, ...readOutputs.filter(({ name }) => !taken.has(name))];
}

function hasReference(value: Expression): boolean {
  return partsOf(value).some(({ kind }) => kind === 'reference');
}

/** Reports the parts of kept outputs that only Terraform follows. */
function onlyTerraformOf(outputs: readonly SourceOutput[], kept: readonly Output[]): readonly Diagnostic[] {
  const names = new Set(kept.map(({ name }) => name));
  return outputs
    .filter(({ name }) => names.has(name))
    .flatMap(({ name, sensitive, span, onlyTerraform: parts }) =>
      [...(sensitive ? [{ part: 'sensitive', effect: 'guides', span } as const] : []), ...parts].map((one) =>
        report(onlyTerraform, one.span, { part: one.part, resource: `output.${name}`, effect: one.effect }),
      ),
    );
}

/** The output whose value a parameter holds. */
function outputOf(resource: Resource): readonly Output[] {
  if (resource.kind !== 'sharedParameter' || resource.output === undefined) return [];
  return [{ name: resource.output, value: resource.value, source: resource.source }];
}

/** Inline policies of a role that are not separate resources: part of the role, or attached by someone else. */
function inlinePolicies({ resources }: Made): readonly LeftOut[] {
  const sources = [...resources.keys()].map(({ source }) => source);
  const own = new Set(
    sources.flatMap((source) =>
      holderKindOf(source) === 'role' ? [`${peek(source, 'role')} ${peek(source, 'name')}`] : [],
    ),
  );
  return sources.flatMap((source) =>
    (source.type === 'aws_iam_role' ? inlinePoliciesOf(source) : [])
      .filter((name) => !own.has(`${peek(source, 'name')} ${name}`))
      .map((name) => ({
        type: 'aws_iam_role.inline_policy',
        address: `${source.address}.inline_policy[${JSON.stringify(name)}]`,
        span: source.spanOf('inline_policy'),
      })),
  );
}

/** Its name in the service. */
function physicalIdOf(source: SourceResource): string | undefined {
  const id = idInService(source);
  if (id !== undefined && !hasMark(id)) return id;
  // `key-id:grant-id`
  return source.type === 'aws_kms_grant' ? source.importedId?.split(':').at(-1) : source.importedId;
}

function idInService(source: SourceResource): string | undefined {
  if (isKey(source)) return keyIdOf(source);
  if (source.type === 'aws_kms_grant') return peek(source, 'grant_id');
  return peek(source, 'name');
}

/** An external key has no `key_id`; its `id` is the same. */
function keyIdOf(source: SourceResource): string | undefined {
  return peek(source, 'key_id') ?? peek(source, 'id');
}
