import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createCollector } from '../diagnostics/result.ts';
import type { Target } from '../emit/emitter.ts';
import { concat, type Expression, fixed, type Literal, literal, type Reference } from '../ir/expression.ts';
import { formatArn } from '../ir/format-arn.ts';
import type { Provenance } from '../ir/policy.ts';
import type { StackExport, StackImport } from '../ir/program.ts';
import { iamName } from '../principals/iam-name.ts';
import type { CreatedModel, StackModel } from '../resolve/model.ts';
import { fixedPlace, samePlace } from '../resolve/place.ts';
import { isOfSeveral } from '../resolve/stack-environments.ts';
import type { Span } from '../source/span.ts';
import { areInReach, passingOf, type SharedValue } from './passing.ts';

/** A stack that another stack is deployed after, and why. */
export interface StackEdge {
  readonly to: StackModel;
  /** `its policy names ordersApi`, for the message about a cycle. */
  readonly reason: string;
  readonly span: Span;
}

/** Collects what stacks use from each other while policies are decided. */
export interface Links {
  /**
   * The value as the consumer sees it: the value itself in the stack that produces it, an import of the producer's export in any other
   * stack.
   */
  use(consumer: StackModel, shared: SharedValue): Expression;
  /** Whether every target of the consumer can pass a value from the producer to the consumer, wherever the two stacks are. */
  carries(consumer: StackModel, producer: StackModel): boolean;
  /** The ARN of a created principal as a stack sees it. Across accounts or regions, the ARN is built from a fixed name. */
  principalArn(consumer: StackModel, created: CreatedModel, source: Provenance, reason?: string): Expression;
  after(stack: StackModel, edge: StackEdge): void;
  /**
   * Whether a stack is deployed after another, directly or through others. `through`: whether a stack may be between the two; by default,
   * any may.
   */
  isAfter(stack: StackModel, other: StackModel, through?: (between: StackModel) => boolean): boolean;
  edgesOf(stack: StackModel): readonly StackEdge[];
  /**
   * The values that other stacks use from any deployment of a stack. Every deployment exports them, even if nothing in its environment uses
   * them, so that a stack can be rolled out from environment to environment.
   */
  exportsOf(stack: StackModel): readonly StackExport[];
  importsOf(stack: StackModel): readonly StackImport[];
  /** The exports that the stack writes to SSM parameters, as every deployment of its definition does. */
  parametersOf(stack: StackModel): readonly StackExport[];
  /** The IAM name of a created principal: the name in the YAML, or a fixed name that another account or region needs. */
  physicalNameOf(created: CreatedModel): Literal | undefined;
  /** Diagnostics about values that no target can pass on. */
  readonly diagnostics: readonly Diagnostic[];
}

type ExportedReference = StackExport & { readonly value: Reference };

export function createLinks(targets: readonly Target<unknown>[]): Links {
  const collector = createCollector();
  const edges = new Map<StackModel, StackEdge[]>();
  // Maps the name of a definition to the exports of all its deployments.
  const exports = new Map<string, Map<string, ExportedReference>>();
  const parameters = new Map<string, Map<string, ExportedReference>>();
  const imports = new Map<StackModel, Map<string, StackImport>>();
  const fixedNames = new Set<CreatedModel>();

  const after = (stack: StackModel, edge: StackEdge) => {
    const needs = edges.get(stack) ?? [];
    if (stack !== edge.to && !needs.some((other) => other.to === edge.to)) edges.set(stack, [...needs, edge]);
  };

  const isAfter: Links['isAfter'] = (stack, other, through = () => true) => {
    const seen = new Set<StackModel>();
    const pending = [stack];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === other) return true;
      if (seen.has(next) || (next !== stack && !through(next))) continue;
      seen.add(next);
      for (const edge of edges.get(next) ?? []) pending.push(edge.to);
    }
    return false;
  };

  const use = (consumer: StackModel, shared: SharedValue): Expression => {
    const { producer, exportId, value, source, reason } = shared;
    if (consumer === producer) return value;
    after(consumer, { to: producer, reason, span: source.span });
    const stackExports = within(exports, producer.definition.name);
    // A principal can be a role in one environment and a user in another.
    const exported = `${exportId} ${value.resource}`;
    const entry = stackExports.get(exported) ?? { id: exportId, value, source };
    stackExports.set(exported, entry);

    const used = within(imports, consumer);
    const importId = `${producer.name}/${exportId}`;
    if (!used.has(importId)) {
      const passing = collector.take(passingOf(targets, consumer, shared));
      if (passing.parameterName !== undefined) within(parameters, producer.definition.name).set(exported, entry);
      used.set(importId, {
        stack: producer.name,
        ...(isOfSeveral(producer) && { definition: producer.definition.name }),
        export: exportId,
        environment: producer.environment,
        ...passing,
        source,
      });
    }
    return { kind: 'crossStack', stack: producer.name, export: exportId };
  };

  const principalArn = (
    consumer: StackModel,
    created: CreatedModel,
    source: Provenance,
    reason = `a key policy in it names \`${created.name}\``,
  ): Expression => {
    const reference: Reference = { kind: 'reference', resource: created.id, attribute: 'arn' };
    const { stack } = created;
    if (consumer === stack) return reference;
    if (samePlace(consumer.environment, stack.environment)) {
      const exportId = `principals.${created.name}.arn`;
      return use(consumer, { producer: stack, exportId, value: reference, source, reason });
    }
    after(consumer, { to: stack, reason, span: source.span });
    fixedNames.add(created);
    return formatArn(fixedPlace(stack.place), 'iam', fixed(concat(literal(`${created.kind}/`), iamName(created))));
  };

  return {
    use,
    carries: (consumer, producer) => areInReach(targets, consumer, producer),
    principalArn,
    after,
    isAfter,
    edgesOf: (stack) => edges.get(stack) ?? [],
    exportsOf: (stack) => ofDeployment(exports.get(stack.definition.name), stack),
    importsOf: (stack) => sorted(within(imports, stack).values(), (entry) => importOrder(entry, stack)),
    parametersOf: (stack) => ofDeployment(parameters.get(stack.definition.name), stack),
    diagnostics: collector.diagnostics,
    physicalNameOf: (created) =>
      created.givenName !== undefined || fixedNames.has(created) ? iamName(created) : undefined,
  };
}

/**
 * Sorts imports by stack and export. Of the deployments of one definition, the one in the environment of `consumer` comes first. So imports
 * have the same positions in all deployments that use the value of their own environment and those of others.
 */
function importOrder({ stack, definition, export: id, environment }: StackImport, consumer: StackModel): string {
  const isOwn = environment.name === consumer.environment.name;
  return [definition ?? stack, isOwn ? 0 : 1, stack, id].join('/');
}

function within<Of, V>(map: Map<Of, Map<string, V>>, of: Of): Map<string, V> {
  const inner = map.get(of) ?? new Map<string, V>();
  map.set(of, inner);
  return inner;
}

/** The exports of a definition, without those of resources that the given deployment lacks; sorted by id. */
function ofDeployment(
  exports: ReadonlyMap<string, ExportedReference> | undefined,
  { keys, created }: StackModel,
): readonly StackExport[] {
  const resources = new Set([...keys.values(), ...created.values()].map(({ id }) => id));
  const exported = [...(exports?.values() ?? [])].filter(({ value }) => resources.has(value.resource));
  return sorted(exported, ({ id }) => id);
}

function sorted<T>(values: Iterable<T>, textOf: (value: T) => string): readonly T[] {
  return [...values].sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
}
