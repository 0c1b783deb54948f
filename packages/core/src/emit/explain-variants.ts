/** Explains why the deployments of a definition do not share one program. */
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
  /** The environments of its deployments. */
  readonly environments: readonly string[];
  /** Why it is not the program named after the definition; empty for that one. */
  readonly reasons: readonly Reason[];
}

/** An entry of `in`, or the difference itself if no entry causes it. */
export interface Reason {
  readonly what: string;
  readonly span: Span;
}

/** For each definition with several deployments: which of them share a program, and what makes each variant a different one. */
export function explainVariants(stacks: readonly Stack[]): readonly ExplainedDefinition[] {
  const [target] = stacks.flatMap((stack) => stack.targets);
  const stackPrograms = stackProgramsOf(stacks, target === undefined ? {} : { name: target });
  const definitions = new Map<string, ExplainedProgram[]>();
  for (const { name, deployments } of stackPrograms) {
    const [first] = deployments;
    const { definition } = first;
    if (definition === undefined) continue;
    const variants = stackPrograms.filter(({ deployments: [one] }) => one.definition === definition);
    const plain = (variants.find((program) => program.name === definition) ?? variants[0])?.deployments[0] ?? first;
    const environments = deployments.map(({ environment }) => environment.name ?? '');
    const programs = definitions.get(definition) ?? [];
    definitions.set(definition, programs);
    programs.push({ name, environments, reasons: plain === first ? [] : reasonsFor(first, plain) });
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
    ...absent.map(({ environments, span }) => ({ what: `in: ${environments}, which does not hold here`, span })),
  ];
  return reasons.length > 0 ? reasons : whatDiffers(variant, plain);
}

/** What one stack creates and outputs that the other lacks, or has in another form. */
function whatDiffers(variant: Stack, plain: Stack): readonly Reason[] {
  const shown = variant.definition ?? variant.name;
  const plainResources = new Map(plain.resources.map((resource) => [resource.id, resource]));
  const ids = new Set(variant.resources.map(({ id }) => id));
  const lines = [
    ...variant.resources.flatMap((resource) => {
      const other = plainResources.get(resource.id);
      const span = resource.source.span;
      if (other === undefined) return [{ what: `\`${shown}\` has ${resource.id} here`, span }];
      if (haveOneShape(variant, resource, plain, other)) return [];
      const statements = statementsThatDiffer(resource, other);
      return statements.length > 0 ? statements : [{ what: `${resource.id} differs`, span }];
    }),
    ...plain.resources
      .filter(({ id }) => !ids.has(id))
      .map(({ id, source: { span } }) => ({ what: `\`${shown}\` has no ${id} here`, span })),
  ];
  return lines.length > 0
    ? lines
    : [{ what: 'what it uses of other stacks, or where it has replicas', span: variant.span }];
}

/** The lines of statements in the policy of one of two resources that the policy of the other lacks. */
function statementsThatDiffer(resource: Resource, other: Resource): readonly Reason[] {
  const spansOf = (of: Resource) =>
    new Map(
      policiesOf(of).flatMap(({ statements }) =>
        statements.map(({ source: { span } }) => [JSON.stringify(span), span] as const),
      ),
    );
  const [spans, otherSpans] = [spansOf(resource), spansOf(other)];
  const onlyIn = (some: ReadonlyMap<string, Span>, rest: ReadonlyMap<string, Span>, where: string) =>
    [...some]
      .filter(([key]) => !rest.has(key))
      .map(([, span]) => ({ what: `the policy of ${resource.id} has this ${where}`, span }));
  return [...onlyIn(spans, otherSpans, 'here only'), ...onlyIn(otherSpans, spans, 'elsewhere only')];
}

/** Whether two resources of two stacks have the same shape, regardless of the rest of the stacks. */
function haveOneShape(variant: Stack, resource: Resource, plain: Stack, other: Resource): boolean {
  const alone = (stack: Stack, only: Resource): Stack => ({
    ...stack,
    definition: 'one',
    resources: [only],
    outputs: [],
    exports: [],
    imports: stack.imports,
  });
  return shapesOf([alone(variant, resource), { ...alone(plain, other), imports: variant.imports }]).length === 1;
}
