import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { withFormerPrograms } from '@keywright/core/changes/former-programs';
import { type Inventory, inventoryFileName } from '@keywright/core/changes/inventory';
import { parseInventory } from '@keywright/core/changes/inventory-file';
import { compileProject } from '@keywright/core/compile';
import { contextKey } from '@keywright/core/context/context';
import { hasParameters, stackProgramsOf } from '@keywright/core/emit/stack-programs';
import { literalText } from '@keywright/core/ir/expression';
import type { Program } from '@keywright/core/ir/program';
import type { ProjectHost } from '@keywright/core/project/host';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import { keysOf, type Model } from '@keywright/core/resolve/model';
import { resolveStacks } from '@keywright/core/resolve/resolve-stacks';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { asPattern } from './as-pattern.ts';
import { createDiskHost } from './disk-host.ts';

/** The facts about a project that Nx needs. Paths are relative to the project's folder, with `/`. */
export interface KeysProject {
  /** Absent if `keywright.yaml` cannot be read. */
  readonly app?: string;
  /** Every file that the outputs depend on, existing or not; sorted. */
  readonly files: readonly string[];
  /** The patterns of `include` and of templates: adding or removing a matching file is a change. */
  readonly patterns: readonly string[];
  /** The folders below `out/pulumi` whose `Pulumi.<environment>.yaml` are generated. */
  readonly pulumiPrograms: readonly string[];
  /** The SHA-256 of the content of `files`. */
  readonly digest: string;
  /**
   * The resources that the project creates and other projects can name: aliases as `111122223333/eu-west-1/alias/orders`, roles and users
   * by ARN.
   */
  readonly makes: ReadonlySet<string>;
  /** The resources that the project names without creating them, in the same form. */
  readonly needs: ReadonlySet<string>;
}

const baselineFileName = 'keywright.baseline.json';

/** Reads the project in the absolute path `root`. Problems are not returned: the target `check` reports them. */
export function readKeysProject(root: string): KeysProject {
  const host = createDiskHost(root);
  // Needs no targets, because they do not affect which files are read.
  const { program, context, sources } = compileProject(host, { targets: [] });
  const { project } = readProject(host).value;
  const model = project && resolveStacks(project, [], context).value.model;
  host.readFile(baselineFileName);
  const templates = project === undefined ? [] : templatePatterns(project);
  for (const pattern of templates) for (const path of host.glob(pattern)) host.readFile(path);

  const makes = new Set([...aliasesMade(model), ...principalsMade(program)]);
  const texts = [...sources.values()].map(({ text }) => text);
  const needs = [...aliasesNeeded(model), ...texts.flatMap(principalsNamed)].filter((name) => !makes.has(name));
  const files = [...host.files].sort();
  return {
    ...(project === undefined ? {} : { app: project.app }),
    files,
    patterns: [...host.patterns].sort(),
    pulumiPrograms: stackProgramsOf(withFormerPrograms(program?.stacks ?? [], inventoryBelow(root)), { name: 'pulumi' })
      .filter(hasParameters)
      .map(({ name }) => name),
    digest: digestOf(files, host),
    makes,
    needs: new Set(needs),
  };
}

/** Returns the inventory of the last build, which decides the names of programs; `undefined` if there was none. */
function inventoryBelow(root: string): Inventory | undefined {
  try {
    const parsed = parseInventory(readFileSync(join(root, 'out', inventoryFileName), 'utf8'));
    return 'reason' in parsed ? undefined : parsed;
  } catch {
    return undefined;
  }
}

/** Returns patterns for the files in the folders of a team's own templates. */
function templatePatterns({ targetOptions }: Project): readonly string[] {
  return [...targetOptions.values()].flatMap(({ value }) =>
    isMapping(value) && typeof value.templates === 'string' ? [posix.join(asPattern(value.templates), '*.hbs')] : [],
  );
}

function digestOf(files: readonly string[], host: ProjectHost): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${JSON.stringify([file, host.readFile(file)])}\n`);
  return hash.digest('hex');
}

function aliasesMade(model: Model | undefined): readonly string[] {
  return (model?.stacks ?? []).flatMap((stack) =>
    [...keysOf(stack), ...stack.imports.values()].flatMap(({ aliases }) =>
      aliases.flatMap(({ aliasName, environment: { account, region } }) =>
        account === undefined || region === undefined ? [] : [contextKey({ account, region, alias: aliasName })],
      ),
    ),
  );
}

function aliasesNeeded(model: Model | undefined): readonly string[] {
  return (model?.stacks ?? []).flatMap((stack) =>
    [...stack.imports.values()].flatMap((imported) => {
      if (imported.kind !== 'alias' && imported.kind !== 'lookup') return [];
      const [account, region] = [literalText(imported.place.account), literalText(imported.place.region)];
      return account === undefined || region === undefined
        ? []
        : [contextKey({ account, region, alias: imported.alias.text })];
    }),
  );
}

/** Returns principals whose names in IAM the project gives. Other projects cannot know names that a tool generates. */
function principalsMade(program: Program | undefined): readonly string[] {
  return (program?.stacks ?? []).flatMap(({ environment: { account, partition }, resources }) =>
    resources.flatMap((resource) =>
      (resource.kind === 'role' || resource.kind === 'user') && resource.physicalName && account && partition
        ? [`arn:${partition}:iam::${account}:${resource.kind}/${resource.physicalName}`]
        : [],
    ),
  );
}

/** Returns the principals that a text names. They have to exist, because KMS refuses a key policy that names a missing principal. */
function principalsNamed(text: string): readonly string[] {
  return text.match(/arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@-]+/g) ?? [];
}
