/** Explains why the deployments of a definition do not share one program. */
import { partsOf } from '../ir/expression.ts';
import { expressionsOf } from '../ir/expressions-of.ts';
import { policiesOf } from '../ir/policies-of.ts';
import type { Resource, Stack } from '../ir/program.ts';
import type { Span } from '../source/span.ts';
import { shapesOf, stackProgramsOf } from './stack-programs.ts';

export interface ExplainedDefinition {
  readonly name: string;
  readonly programs: readonly ExplainedProgram[];
}

export interface ExplainedProgram {
  readonly name: string;
  readonly environments: readonly string[];
  /**
   * Why this program differs from the program named after the definition or, if no program has that name, from the first program. Empty for
   * the program that the other programs are compared with.
   */
  readonly reasons: readonly Reason[];
  /** The program that the reasons compare this program with; absent if it is the program named after the definition. */
  readonly unlike?: string;
}

/** A reason for a separate program: an entry of `in` or, if no entry causes the difference, the difference itself. */
export interface Reason {
  readonly what: string;
  readonly span: Span;
}

/**
 * Says, for each definition with a list of environments, which deployments share a program and why each variant has a program of its own.
 */
export function explainVariants(stacks: readonly Stack[]): readonly ExplainedDefinition[] {
  const [target] = stacks.flatMap((stack) => stack.targets);
  const stackPrograms = stackProgramsOf(stacks, target === undefined ? {} : { name: target });
  const definitions = new Map<string, ExplainedProgram[]>();
  for (const { name, deployments } of stackPrograms) {
    const [first] = deployments;
    const { definition } = first;
    if (definition === undefined) continue;
    const variants = stackPrograms.filter(({ deployments: [one] }) => one.definition === definition);
    const standard = variants.find((program) => program.name === definition) ?? variants[0];
    const plain = standard?.deployments[0] ?? first;
    const environments = deployments.map(({ environment }) => environment.name ?? '');
    const programs = definitions.get(definition) ?? [];
    definitions.set(definition, programs);
    const reasons = plain === first ? [] : reasonsFor(first, plain);
    const isNamed = standard === undefined || standard.name === name || standard.name === definition;
    programs.push({ name, environments, reasons, ...(!isNamed && { unlike: standard.name }) });
  }
  return [...definitions].map(([name, programs]) => ({ name, programs }));
}

function reasonsFor(variant: Stack, plain: Stack): readonly Reason[] {
  const isElsewhere = (stack: Stack, span: Span) =>
    (stack.differences ?? []).some((other) => JSON.stringify(other.span) === JSON.stringify(span));
  const entries = (variant.differences ?? []).filter(({ span }) => !isElsewhere(plain, span));
  const absent = (plain.differences ?? []).filter(({ span }) => !isElsewhere(variant, span));
  const reasons = [
    ...entries.map(({ environments, span }) => ({ what: `in: ${environments}`, span })),
    ...absent.map(({ environments, span }) => ({ what: `in: ${environments}, which does not apply here`, span })),
  ];
  return reasons.length > 0 ? reasons : whatDiffers(variant, plain);
}

/** The resources that only one of the two stacks has, and the resources that both stacks have in different forms. */
function whatDiffers(variant: Stack, plain: Stack): readonly Reason[] {
  const plainResources = new Map(plain.resources.map((resource) => [resource.id, resource]));
  const ids = new Set(variant.resources.map(({ id }) => id));
  const lines = [
    ...variant.resources.flatMap((resource) => {
      const other = plainResources.get(resource.id);
      const span = resource.source.span;
      if (other === undefined) return [{ what: `${inSentence(resource)} is here only`, span }];
      if (haveOneShape(variant, resource, plain, other)) return [];
      const statements = statementsThatDiffer(resource, other);
      return statements.length > 0 ? statements : [{ what: `${inSentence(resource)} differs`, span }];
    }),
    ...plain.resources
      .filter(({ id }) => !ids.has(id))
      .map((resource) => ({ what: `${inSentence(resource)} is missing here`, span: resource.source.span })),
  ];
  return lines.length > 0
    ? lines
    : [{ what: 'the values from other stacks or the places of replicas differ', span: variant.span }];
}

function statementsThatDiffer(resource: Resource, other: Resource): readonly Reason[] {
  const spansOf = (of: Resource) =>
    new Map(
      policiesOf(of).flatMap(({ statements }) =>
        statements.map(({ source: { span } }) => [JSON.stringify(span), span] as const),
      ),
    );
  const policy = resource.kind === 'identityPolicy' ? inSentence(resource) : `the policy of ${inSentence(resource)}`;
  const [spans, otherSpans] = [spansOf(resource), spansOf(other)];
  const onlyIn = (some: ReadonlyMap<string, Span>, rest: ReadonlyMap<string, Span>, where: string) =>
    [...some].filter(([key]) => !rest.has(key)).map(([, span]) => ({ what: `${policy} has this ${where}`, span }));
  return [...onlyIn(spans, otherSpans, 'here only'), ...onlyIn(otherSpans, spans, 'elsewhere only')];
}

function haveOneShape(variant: Stack, resource: Resource, plain: Stack, other: Resource): boolean {
  const alone = (stack: Stack, only: Resource): Stack => {
    const used = new Set(
      expressionsOf(only)
        .flatMap(partsOf)
        .map((part) => (part.kind === 'crossStack' ? `${part.stack}/${part.export}` : undefined)),
    );
    return {
      ...stack,
      definition: 'one',
      resources: [only],
      outputs: [],
      exports: [],
      imports: stack.imports.filter((entry) => used.has(`${entry.stack}/${entry.export}`)),
    };
  };
  return shapesOf([alone(variant, resource), alone(plain, other)]).length === 1;
}

function inSentence(resource: Resource): string {
  switch (resource.kind) {
    case 'key':
    case 'role':
    case 'user':
    case 'group':
      return `the ${resource.kind} \`${resource.name}\``;
    case 'replicaKey':
      return `the replica of \`${resource.name}\` in ${resource.region}`;
    case 'alias':
      return `\`${resource.aliasName}\``;
    case 'identityPolicy':
      return `the policy on the ${resource.attachTo.kind} \`${resource.name}\``;
    case 'kmsGrant':
      return `the KMS grant \`${resource.name}\``;
    case 'sharedParameter':
      return `the SSM parameter \`${resource.parameterName}\``;
  }
}
