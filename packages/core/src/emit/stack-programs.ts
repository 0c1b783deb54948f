/** Decides which deployments share a program: deployments of one definition with the same shape. */

import { type Expression, isChangedText, partsOf } from '../ir/expression.ts';
import { generatedName, givenName } from '../ir/given-name.ts';
import type { PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { Environment, Group, Resource, Role, Stack, Tag, User } from '../ir/program.ts';
import { stackNameText } from '../ir/stack-name.ts';
import { areEqualApartFromOrigins } from './equal-deployments.ts';
import { tokensOf } from './origin-tokens.ts';
import { type Shape, variantNames } from './variant-names.ts';

/** What a target generates once: a stack, or the deployments of a definition that differ only in texts and numbers. */
export interface StackProgram {
  /** The name of the stack; for a definition with a list of environments, the name of the definition or of the variant. */
  readonly name: string;
  readonly deployments: readonly [Stack, ...Stack[]];
  /** Whether all deployments are equal apart from what each takes from its own account and environment. Absent: unknown. */
  readonly saysSameEverywhere?: boolean;
}

/** Whether a program serves a list of environments, with parameters for their differences. */
export function hasParameters({ deployments: [stack] }: StackProgram): boolean {
  return stack.definition !== undefined;
}

/**
 * Deployments that are known to differ from an earlier one only in the id of their account and the name of their environment. Each is
 * mapped to the earlier one.
 */
export type LikeStacks = ReadonlyMap<Stack, Stack>;

/**
 * The programs of stacks, in the order of their first deployments: one for all deployments of a definition with the same shape. If there
 * are several shapes, `variantNames` names their programs.
 */
export function stackProgramsOf(
  stacks: readonly Stack[],
  target: FormerNames = {},
  likeStacks: LikeStacks = new Map(),
): readonly StackProgram[] {
  const shapes = shapesOf(stacks, target, likeStacks);
  const names = variantNames(shapes, stacks, target.name);
  return shapes.map((shape) => ({
    name: names.get(shape) ?? shape.deployments[0].name,
    deployments: shape.deployments,
    saysSameEverywhere: shape.saysSameEverywhere,
  }));
}

/**
 * What shapes depend on besides the stacks: the target, for its pinned names, and whether its programs contain former names of resources.
 */
interface FormerNames {
  readonly name?: string;
  readonly programsHaveFormerNames?: boolean;
}

/** Groups the deployments of each definition by shape. Shapes are in the order of their first deployments. */
export function shapesOf(
  stacks: readonly Stack[],
  { name: target, programsHaveFormerNames }: FormerNames = {},
  likeStacks: LikeStacks = new Map(),
): readonly Shape[] {
  const formerIn = programsHaveFormerNames ? target : undefined;
  const shapes: Draft[] = [];
  const byText = new Map<string, Draft>();
  const last = new Map<string, Draft>();
  const alike = new Map<Stack, Alike>();
  const add = (shape: Draft, stack: Stack, definition: string) => {
    last.set(definition, shape);
    const like = likeStacks.get(stack) ?? stack;
    if (!alike.has(like)) alike.set(like, { stack, shape, areCompared: false });
  };
  for (const stack of stacks) {
    const { definition } = stack;
    if (definition === undefined) {
      shapes.push({ deployments: [stack], text: '', saysSameEverywhere: true });
      continue;
    }
    // Among deployments that are like each other, comparing two is enough.
    const earlier = alike.get(likeStacks.get(stack) ?? stack);
    if (
      earlier !== undefined &&
      (earlier.areCompared ? areCutAlike(earlier.stack, stack) : areEqualApartFromOrigins(earlier.stack, stack))
    ) {
      earlier.areCompared = true;
      earlier.shape.deployments.push(stack);
      last.set(definition, earlier.shape);
      continue;
    }
    // Most deployments equal the one before them, and comparing the two is much faster than computing a shape.
    const before = last.get(definition);
    const [latest] = before?.deployments.slice(-1) ?? [];
    if (before !== undefined && latest !== undefined && areEqualApartFromOrigins(latest, stack)) {
      before.deployments.push(stack);
      add(before, stack, definition);
      continue;
    }
    const text = shapeOf(stack, target, formerIn);
    const key = `${definition} ${text}`;
    const same = byText.get(key);
    const shape = same ?? { deployments: [stack], text, saysSameEverywhere: true };
    if (same === undefined) {
      shapes.push(shape);
      byText.set(key, shape);
    } else {
      same.deployments.push(stack);
      same.saysSameEverywhere = false;
    }
    add(shape, stack, definition);
  }
  return shapes;
}

/** Whether the policies of two deployments that are like each other have names of one shape: both cut, or neither. */
function areCutAlike(one: Stack, other: Stack): boolean {
  const cut = ({ resources }: Stack) =>
    resources.flatMap((resource) => (resource.kind === 'identityPolicy' ? isChangedText(resource.policyName) : []));
  const others = cut(other);
  return cut(one).every((isCut, index) => isCut === others[index]);
}

/** The first of several deployments that are like each other, with its shape, and whether a second deployment has been compared with it. */
interface Alike {
  readonly stack: Stack;
  readonly shape: Draft;
  areCompared: boolean;
}

interface Draft extends Shape {
  readonly deployments: [Stack, ...Stack[]];
  saysSameEverywhere: boolean;
}

/**
 * What deployments of one program have in common, as text, without the texts and numbers that a parameter can replace. From the stack's
 * past, it includes only the former names in the target `formerIn`; everything else of the past is passed on beside the program.
 */
function shapeOf(stack: Stack, target: string | undefined, formerIn: string | undefined): string {
  const importShapes = importShapesOf(stack);
  const value: ShapeOf = (expression, literals) =>
    partsOf(expression).flatMap((part): readonly unknown[] => {
      if (part.kind === 'crossStack') return [importShapes.get(`${part.stack}/${part.export}`)];
      if (part.kind !== 'literal') return [part];
      if (literals === undefined) return [];
      return tokensOf(part, stack.environment).map((token) => (typeof token === 'string' ? token : token.origin));
    });
  return JSON.stringify([
    placeShape(stack.environment),
    stack.replicaEnvironments.map(({ region }) => region),
    stack.resources.map(({ formerNames = {}, formerStacks: _, ...resource }) => [
      formerIn === undefined ? undefined : formerNames[formerIn],
      target === undefined ? undefined : (resource.names[target] ?? null),
      shapeOfResource(target === undefined ? resource : { ...resource, names: {} }, stack, value),
    ]),
    stack.outputs.map(({ name, value: shown, description, exportName }) => [
      name,
      value(shown),
      description,
      exportName && value(exportName),
    ]),
    stack.exports.map(({ id, value: exported, keptFor }) => [id, value(exported), keptFor]),
    stack.imports.map(({ stack: producer, export: id, nativeTargets, parameterName }) => [
      importShapes.get(`${producer}/${id}`),
      nativeTargets,
      parameterName !== undefined,
    ]),
  ]);
}

/**
 * The shape of each import, by stack and export. A value that a stack imports from several deployments of one definition is identified by
 * the position of its deployment, because a program takes each of its values from the same position in every deployment. The position of
 * the stack that exports the value counts too: a Pulumi program reads all values of a stack through one reference to that stack.
 */
function importShapesOf({ imports }: Stack): ReadonlyMap<string, readonly unknown[]> {
  const counts = new Map<string, number>();
  const producers = [...new Set(imports.map(({ stack }) => stack))];
  return new Map(
    imports.map(({ stack, definition = stack, export: id }) => {
      const value = `${definition}/${id}`;
      const position = counts.get(value) ?? 0;
      counts.set(value, position + 1);
      return [`${stack}/${id}`, [definition, producers.indexOf(stack), id, position]];
    }),
  );
}

function placeShape({ account, region, partition }: Environment): unknown {
  return [account === undefined, region === undefined, partition === undefined];
}

/** What all expressions of one shape have in common: what they refer to and, with `same literals`, also their text. */
type ShapeOf = (expression: Expression, literals?: 'same literals') => unknown;

function shapeOfResource(resource: Resource, stack: Stack, value: ShapeOf): unknown {
  const rest = { ...resource, source: undefined };
  switch (resource.kind) {
    case 'key':
      return {
        ...rest,
        ...anyKeyShape(resource, value),
        rotation: { ...resource.rotation, periodDays: resource.rotation.periodDays !== undefined },
        customKeyStoreId: resource.customKeyStoreId !== undefined,
        xksKeyId: resource.xksKeyId !== undefined,
      };
    case 'replicaKey':
      return { ...rest, environmentName: undefined, ...anyKeyShape(resource, value) };
    case 'alias':
      // The name of the alias is left out: the id contains the name as written, and the aliases of a key keep their order.
      return { ...rest, aliasName: true, isRepointed: undefined, target: value(resource.target) };
    case 'role':
      return {
        ...rest,
        physicalName: principalNameShape(resource, stack),
        description: resource.description && value(resource.description),
        assumeRolePolicy: shapeOfPolicy(resource.assumeRolePolicy, value),
        tags: tagShape(resource, value),
      };
    case 'user':
      return { ...rest, physicalName: principalNameShape(resource, stack), tags: tagShape(resource, value) };
    case 'group':
      return { ...rest, physicalName: principalNameShape(resource, stack) };
    case 'identityPolicy':
      return {
        ...rest,
        resolvedName: undefined,
        policyName: [value(resource.policyName), ...cutShape(resource.policyName)],
        attachTo: [resource.attachTo.kind, value(resource.attachTo.name)],
        document: shapeOfPolicy(resource.document, value),
      };
    case 'kmsGrant':
      return {
        ...rest,
        key: value(resource.key),
        grantee: value(resource.grantee),
        retiringPrincipal: resource.retiringPrincipal && value(resource.retiringPrincipal),
      };
    case 'sharedParameter':
      return { ...rest, parameterName: true, value: value(resource.value), tags: tagShape(resource, value) };
  }
}

/**
 * A name cut to the length that IAM accepts makes a shape of its own. Otherwise a new environment with a long name would turn the name into
 * a parameter, and so change the program for the other environments. For a user or group without a given name, the name that Terraform and
 * Pulumi generate counts.
 */
function principalNameShape(principal: Role | User | Group, stack: Stack): unknown {
  const name =
    givenName(principal) ??
    (principal.kind === 'role' ? undefined : generatedName(stack.app, stackNameText(stack), principal.name));
  return [principal.physicalName !== undefined, ...(name === undefined ? [] : cutShape(name))];
}

/**
 * Makes the shape of a cut name longer, because the program with the shortest shape is named after the definition, and that program should
 * have whole names.
 */
function cutShape(name: Expression): readonly string[] {
  return isChangedText(name) ? ['cut'] : [];
}

function anyKeyShape(key: Extract<Resource, { kind: 'key' | 'replicaKey' }>, value: ShapeOf): object {
  return {
    description: key.description && value(key.description),
    pendingWindowDays: key.pendingWindowDays !== undefined,
    policy: shapeOfPolicy(key.policy, value),
    tags: tagShape(key, value),
  };
}

function tagShape({ tags }: Extract<Resource, { readonly tags: readonly Tag[] }>, value: ShapeOf) {
  return tags.map((tag) => [tag.name, value(tag.value)]);
}

function shapeOfPolicy({ id, statements }: PolicyDocument, value: ShapeOf): unknown {
  return [id && value(id), statements.map((statement) => shapeOfStatement(statement, value))];
}

function shapeOfStatement({ source: _, ...statement }: Statement, value: ShapeOf): unknown {
  const principalShape = (principal: PolicyPrincipal) => {
    switch (principal.kind) {
      case 'aws':
        return ['aws', value(principal.arn)];
      case 'service':
        // Reviewers look for a service by its name, and some services have other names in some regions.
        return ['service', value(principal.host, 'same literals')];
      case 'federated':
        return ['federated', value(principal.provider)];
      case 'anyone':
        return ['anyone'];
    }
  };
  return {
    ...statement,
    principals: statement.principals?.map(principalShape),
    notPrincipals: statement.notPrincipals?.map(principalShape),
    resources: statement.resources?.map((expression) => value(expression)),
    notResources: statement.notResources?.map((expression) => value(expression)),
    conditions: statement.conditions.map(({ operator, key, values }) => [
      operator,
      key,
      values.map((expression) => value(expression)),
    ]),
  };
}
