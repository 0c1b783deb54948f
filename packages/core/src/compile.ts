import { applyAddresses } from './changes/addresses.ts';
import { checkDeclared } from './changes/check-declared.ts';
import { type Changes, declaredChanges } from './changes/declared.ts';
import type { Context, LookupQuery } from './context/context.ts';
import { arrange } from './diagnostics/arrange.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { createCollector } from './diagnostics/result.ts';
import { checkFolders, checkNames } from './emit/check-names.ts';
import { checkTargets } from './emit/check-targets.ts';
import type { Target } from './emit/emitter.ts';
import type { LikeStacks } from './emit/stack-programs.ts';
import type { Program } from './ir/program.ts';
import { checkCapabilities } from './keys/check-capabilities.ts';
import { checkKeys } from './keys/check-keys.ts';
import { listOf } from './language/text.ts';
import { checkStandards } from './policy/check-standards.ts';
import { decidePolicies } from './policy/decide-policies.ts';
import { othersOnlyUseKeys } from './policy/others-only-use-keys.ts';
import { checkPrincipals } from './principals/check-principals.ts';
import { dropUnknownBases } from './project/drop-unknown-bases.ts';
import type { ProjectHost } from './project/host.ts';
import type { PrincipalDefinitions } from './project/members.ts';
import type { Project } from './project/project.ts';
import { type ReadFiles, read } from './read.ts';
import { checkRequirements } from './requirements/check-requirements.ts';
import type { Likenesses } from './resolve/like-accounts.ts';
import type { Model } from './resolve/model.ts';
import { resolveStacks } from './resolve/resolve-stacks.ts';
import { hasUnknownNames, withoutConsequences, withoutUnknownNames } from './resolve/without-unknown-names.ts';
import { checkSuppressions } from './review/check-suppressions.ts';
import { readReview } from './review/read-review.ts';
import { noReview, type Review } from './review/review.ts';
import { applySeverities, checkSeverities } from './review/severities.ts';
import type { SourceFile } from './source/span.ts';
import { createLinks } from './stacks/links.ts';
import { withLikeDeployments } from './synthesise/like-deployments.ts';
import { diagnosticsOfLike } from './synthesise/like-diagnostics.ts';
import { linkStacks } from './synthesise/link-stacks.ts';
import { synthesise } from './synthesise/synthesise.ts';

export interface CompileOptions {
  /** All targets; `targets:` in a stack names some of them. */
  readonly targets: readonly Target<unknown>[];
  /**
   * The names of the targets to compile for (`--target`); absent: all. A stack is compiled only for those of its own
   * targets that are named here.
   */
  readonly only?: readonly string[];
  /**
   * Whether deployments in accounts that are like each other are compiled only once. The result is the same, but also has `likeStacks` and
   * `distinct`.
   */
  readonly isOnceForLike?: boolean;
  /** Called before each phase, to show progress, with what the phase does, such as `deciding policies`. */
  readonly onPhase?: (doing: string) => void;
  /** Called with the parsed project. The compilation does not keep the project, which would hold everything parsed in memory. */
  readonly onProject?: (project: Project) => void;
}

export interface Compilation {
  /** Absent if `keywright.yaml` or a trusted file could not be understood. If `diagnostics` has errors, the program must not be emitted. */
  readonly program?: Program;
  /** Whether all files of the project are valid. If not, the program lacks what is invalid, and `diagnostics` has the reason. */
  readonly isWhole: boolean;
  /** The program without the deployments that are like an earlier deployment; absent if all deployments were compiled. */
  readonly distinct?: Program;
  /** The deployments left out of `distinct`, each with the deployment that it is like. */
  readonly likeStacks: LikeStacks;
  /** The problems of all phases, in the order of file, line and column, without the findings of rules. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, by path; reports show their lines, `--watch` watches them. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The validated `targets.<name>` of the project, by target name; for a target that the project leaves out, the defaults. */
  readonly targetOptions: Readonly<Record<string, unknown>>;
  /** The project's settings for the rules. */
  readonly review: Review;
  /** The aliases that the project looks up, without duplicates. */
  readonly lookups: readonly LookupQuery[];
  /** The content of the context file; empty if it cannot be read. */
  readonly context: Context;
  /** The changes since the last build that the project declares. */
  readonly changes: Changes;
  /** The principals behind the names under `principals`. */
  readonly principals: PrincipalDefinitions;
  /** The names under `accounts`, by account id; if an account has several names, the first. */
  readonly accountNames: ReadonlyMap<string, string>;
}

/** Compiles the project whose `keywright.yaml` the host provides. Never throws for bad input. */
export function compileProject(host: ProjectHost, options: CompileOptions): Compilation {
  const { targets, onPhase = () => {}, onProject = () => {} } = options;
  const collector = createCollector();
  onPhase('reading the project');
  const { project, ...files } = collector.take(read(host, targets));
  const { context = new Map() } = files;
  if (project === undefined) {
    return { ...files, context, ...nothing, isWhole: false, diagnostics: arrange(collector.diagnostics) };
  }
  onProject(project);

  const compiled = compileCertain(project, files, options);
  const all = [...collector.diagnostics, ...compiled.diagnostics];
  const diagnostics = applySeverities(arrange(all), compiled.review);
  return {
    ...files,
    context,
    ...compiled,
    isWhole: project.isWhole,
    diagnostics,
    principals: definitionsOf(project),
    accountNames: accountNamesOf(project),
  };
}

type Compiled = Omit<Compilation, 'isWhole' | 'sources' | 'targetOptions' | 'context' | 'principals' | 'accountNames'>;
type FilesRead = Pick<ReadFiles, 'targetOptions' | 'context'>;

/**
 * Compiles a project. If a standard or key set does not exist or is invalid, only problems with single words are reported about the keys that
 * use it, since any other problem could be a consequence.
 */
function compileCertain(project: Project, files: FilesRead, options: CompileOptions): Compiled {
  const whole = project.hasAllNames ? compileAll(project, files, options) : undefined;
  if (whole !== undefined && !hasUnknownNames(whole.diagnostics)) return whole;
  const certain = dropUnknownBases(project);
  if (certain === undefined) return whole ?? compileAll(project, files, options);
  const compiled = compileAll(certain, files, options);
  return whole === undefined
    ? compiled
    : { ...whole, diagnostics: withoutConsequences(whole.diagnostics, compiled.diagnostics) };
}

function compileAll(project: Project, files: FilesRead, options: CompileOptions): Compiled {
  const onceForLike = options.isOnceForLike ? compileOnceForLike(project, files, options) : undefined;
  return onceForLike ?? runPhases(project, files, { ...options, isOnceForLike: false }).compiled;
}

/**
 * Compiles a project without the deployments that are like another deployment, then adds these deployments to the program and the
 * diagnostics. `undefined` if that is not possible, in which case every deployment has to be compiled.
 */
function compileOnceForLike(project: Project, files: FilesRead, options: CompileOptions): Compiled | undefined {
  const { compiled, likenesses } = runPhases(project, files, options);
  const { program: distinct, diagnostics } = compiled;
  if (likenesses.size === 0) return compiled;
  if (distinct === undefined || hasErrors(diagnostics)) return undefined;
  const requiredAliases = [...project.requirements.values()].flatMap(({ value }) => listOf(value.aliases));
  const whole = withLikeDeployments(distinct, likenesses, requiredAliases);
  if (whole === undefined || checkFolders(whole.program, options.targets).length > 0) return undefined;
  const names = compiled.changes.deployments.map(({ stack }) => stack);
  const ofAll = diagnosticsOfLike(diagnostics, whole.likeStacks, names);
  return ofAll && { ...compiled, ...whole, distinct, diagnostics: ofAll };
}

function runPhases(
  project: Project,
  { targetOptions, context }: FilesRead,
  options: CompileOptions,
): { readonly compiled: Compiled; readonly likenesses: Likenesses } {
  const { targets, only, isOnceForLike, onPhase = () => {} } = options;
  const collector = createCollector();
  onPhase('resolving names');
  const targetNames = targets.map((target) => target.name);
  const { model, lookups } = collector.take(resolveStacks(project, targetNames, context, isOnceForLike));
  const changes = declaredChanges(model, project, targets, targetOptions);
  const review = readReview(project, model);
  onPhase('checking keys');
  collector.add(
    ...checkSeverities(review),
    ...checkSuppressions(model, review),
    ...checkModel(model, options),
    ...checkDeclared(changes, model, project),
  );
  onPhase('deciding policies');
  const links = createLinks(targets);
  const policies = collector.take(decidePolicies(model, links));
  collector.add(...checkRequirements(model, policies));
  onPhase('linking stacks');
  const stacks = collector.take(linkStacks(model, links));
  const synthesised = collector.take(synthesise(model, stacks, policies));
  const program = selectTargets(collector.take(applyAddresses(synthesised, changes.addresses, targets)), only);
  onPhase('checking names');
  collector.add(...checkNames(program, targets), ...checkTargets(program, targets, targetOptions));
  const diagnostics = withoutUnknownNames(collector.diagnostics, project);
  return {
    compiled: { program, likeStacks: new Map(), diagnostics, review, lookups, changes },
    likenesses: model.likenesses,
  };
}

/** Drops the spans and locations, which would keep everything parsed in memory as long as the compilation. */
function definitionsOf({ principals }: Project): PrincipalDefinitions {
  return new Map([...principals].map(([name, { value }]) => [name, { value }]));
}

function accountNamesOf({ accounts }: Project): ReadonlyMap<string, string> {
  return new Map([...accounts].reverse().map(([name, { value }]) => [value.id, name]));
}

/** The compilation of a project that could not be read, apart from what is known about its files. */
const nothing = {
  likeStacks: new Map(),
  review: noReview,
  lookups: [],
  changes: {
    moves: [],
    addresses: [],
    removals: [],
    removedPlaces: [],
    environments: new Map(),
    accounts: new Set<string>(),
    environmentSets: new Map(),
    deployments: [],
    states: new Map(),
  },
  principals: new Map(),
  accountNames: new Map(),
};

/** Reports what AWS would refuse or a target cannot express, whatever the policies say. */
function checkModel(model: Model, { targets, only }: CompileOptions): readonly Diagnostic[] {
  return [
    ...checkPrincipals(model),
    ...checkKeys(model),
    ...checkStandards(model),
    ...othersOnlyUseKeys(model),
    ...checkCapabilities(model, targets, only),
  ];
}

function selectTargets(program: Program, only: readonly string[] | undefined): Program {
  if (only === undefined) return program;
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    targets: stack.targets.filter((target) => only.includes(target)),
  }));
  return { ...program, stacks };
}
