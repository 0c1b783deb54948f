import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { groupBy } from '@keywright/core/collections/group-by';
import { arrange } from '@keywright/core/diagnostics/arrange';
import { type Diagnostic, hasErrors, report } from '@keywright/core/diagnostics/diagnostic';
import { shellWord } from '@keywright/core/emit/adoption';
import type { Environment, Program, Resource, Stack } from '@keywright/core/ir/program';
import { partitionOf } from '@keywright/core/kms/partitions';
import { accountId, region as regionName, stackName } from '@keywright/core/language/text';
import type { LeftOut, Reading } from '@keywright/core/reading/reader';
import { visible } from '@keywright/core/source/visible';
import { liftMany } from '@keywright/migrate/lift/lift-many';
import { liftProgram } from '@keywright/migrate/lift/lift-program';
import { defaultTagsFound, moreThanGenerated, nothingImported } from '../diagnostics/import.ts';
import { makeFolder } from '../disk/make-folder.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { refusal } from '../disk/system-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { withTags } from '../project/default-tags.ts';
import { projectFileName, shownPath } from '../project/locate.ts';
import { askAccountsWith } from '../project/read-accounts.ts';
import { problemOfPlaces, type ReadingOptions } from '../project/read-existing.ts';
import { type ReadSource, readSource } from '../project/read-source.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';
import { targetsNamed } from './target-names.ts';

export interface ImportArguments extends ReadingOptions {
  readonly from: string;
  /** The file to write. If absent: `keywright.yaml`, or `accounts.yaml` for an organization. */
  readonly out?: string | undefined;
  readonly app?: string | undefined;
  readonly target?: readonly string[] | undefined;
}

export async function importFrom(args: ImportArguments, io: Io): Promise<ExitCode> {
  if (args.from !== 'organization') return importKeys(args, io);
  const { account, app, parameters, target, out = 'accounts.yaml', region: regions = [], role, profile } = args;
  if ([account, app, parameters, target].some((one) => one !== undefined))
    return wrongUsage(io, '`import organization` takes --region, --role, --profile and --out');
  if (regions.length === 0) return wrongUsage(io, '`import organization` needs --region: the regions in use');
  if (regions.some((one) => !regionName.safeParse(one).success))
    return wrongUsage(io, '--region takes a region such as eu-west-1');
  if (role !== undefined && !role.startsWith('arn:'))
    return wrongUsage(io, '--role of `import organization` takes the ARN of a role');
  const { importOrganization } = await import('./import-organization.ts');
  return importOrganization({ out, regions, role, profile }, io);
}

/**
 * Writes a `keywright.yaml` that means the same as a source, and reports what is left out and why. Never overwrites a file. Exit code 1 if
 * anything with keys is left out, or if there is nothing to import.
 */
async function importKeys(args: ImportArguments, io: Io): Promise<ExitCode> {
  const { out = projectFileName } = args;
  const file = resolve(io.cwd, out);
  const shown = shownPath(io.cwd, file);
  if (existsSync(file)) return wrongUsage(io, `${shown} exists already: name another file with --out`);
  const wrong = wrongArgument(args);
  if (wrong !== undefined) return wrongUsage(io, wrong);
  const named = targetsNamed(args.target);
  if ('problem' in named) return wrongUsage(io, named.problem);
  const taken = args.from === 'account' ? await fromAccounts(args, io) : await fromFiles(args, io);
  if ('problem' in taken) return wrongUsage(io, taken.problem);
  const { refusals, counts } = taken;
  const isEmpty = aboutKeys.every((kind) => !counts.has(kind));
  const diagnostics = [
    ...arrange([...refusals, ...taken.diagnostics]),
    ...(isEmpty ? [report(nothingImported, undefined, { from: args.from })] : []),
  ];
  if (diagnostics.length > 0) {
    await printReport('text', { diagnostics, sources: taken.sources(diagnostics), root: io.cwd }, io, io.stderr);
  }
  io.stdout.write(describeLeftOut(taken.leftOut));
  if (isEmpty) return refusals.length > 0 ? 3 : 1;
  try {
    makeFolder(dirname(file));
    replaceFile(file, taken.text);
  } catch (error) {
    const refused = refusal(error);
    if (refused === undefined) throw error;
    return wrongUsage(io, `cannot write ${shown}: ${refused.reason}`);
  }
  io.stdout.write(`wrote ${visible(shown)}: ${describe(counts)}\n`);
  const folder = shownPath(io.cwd, dirname(file));
  const where = folder === '.' ? '' : ` ${shellWord(folder)}`;
  const next =
    basename(file) === projectFileName
      ? `keywright check${where}, then keywright build${where}`
      : `move it to a folder of its own as ${projectFileName}, the only name that commands read`;
  io.stdout.write(`next: ${visible(next)}\n`);
  if (refusals.length > 0) return 3;
  return hasErrors(diagnostics) ? 1 : 0;
}

interface Taken {
  readonly text: string;
  /** How many resources of each kind the text has, and how many stacks. */
  readonly counts: ReadonlyMap<Resource['kind'] | 'stack', number>;
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
  /** Diagnostics of the accounts that refused or did not answer. */
  readonly refusals: readonly Diagnostic[];
  /** The files that diagnostics refer to. */
  readonly sources: (diagnostics: readonly Diagnostic[]) => Reading['sources'];
}

async function fromFiles(args: ImportArguments, io: Io): Promise<Taken | { readonly problem: string }> {
  const { from, account, region, parameters } = args;
  const read = await readSource(from, { account: account?.[0], region: region?.[0], parameters }, io.cwd);
  if ('problem' in read) return read;
  const { reading } = read;
  const asked = asAsked(withoutEmptyStacks(reading.program), args);
  const problem = missingPlace(asked, args);
  if (problem !== undefined) return { problem };
  const tagged = withDefaultTags(asked, reading.defaultTags);
  const { targetOptions } = tagged;
  const { origins, unknownPolicies } = reading;
  const lifted = liftProgram(tagged.program, { targets, targetOptions, origins, unknownPolicies });
  const diagnostics = [...reading.diagnostics, ...tagged.diagnostics, ...lifted.diagnostics];
  return {
    text: lifted.text,
    counts: countsOf(lifted.program.stacks),
    leftOut: reading.leftOut,
    diagnostics: [...diagnostics, ...stayingWith(read, { from, stacks: lifted.program.stacks, diagnostics })],
    refusals: [],
    sources: () => reading.sources,
  };
}

/** At most two accounts with equal contents are in memory at a time. */
async function fromAccounts(args: ImportArguments, io: Io): Promise<Taken> {
  const { account = [], region = [], role, profile } = args;
  const reading = await askAccountsWith({ accounts: account, regions: region, role, profile }, io);
  const { surveyAccounts } = await import('@keywright/read-account');
  const survey = surveyAccounts(reading.answers);
  const read = (names: ReadonlySet<string>) => {
    const { program, origins } = survey.read(names);
    return { program: asAsked(program, args), origins };
  };
  const stacks = survey.stacks;
  const lifted = liftMany({ stacks, read }, { targets });
  const alike = stacks.filter(({ name }) => lifted.alike.has(name));
  const counts = new Map(countsOf(lifted.program.stacks));
  const add = (kind: Resource['kind'] | 'stack', count: number) => counts.set(kind, (counts.get(kind) ?? 0) + count);
  for (const stack of alike) {
    add('stack', 1);
    for (const [kind, count] of stack.counts) add(kind, count);
  }
  return {
    text: lifted.text,
    counts,
    leftOut: survey.leftOut,
    diagnostics: [...survey.diagnostics, ...lifted.diagnostics],
    refusals: reading.diagnostics,
    sources: (diagnostics) => {
      const paths = new Set(diagnostics.flatMap(({ span }) => span?.file ?? []));
      const files = [...paths].flatMap((path) => reading.sourceOf(path) ?? []);
      return new Map(files.map((file) => [file.path, file]));
    },
  };
}

function wrongArgument({ from, app, account = [], region = [], role, profile }: ImportArguments): string | undefined {
  if (account.some((one) => !accountId.safeParse(one).success))
    return '--account takes the twelve digits of an account';
  if (region.some((one) => !regionName.safeParse(one).success)) return '--region takes a region such as eu-west-1';
  if (app !== undefined && !stackName.safeParse(app).success)
    return '--app takes a name of letters, digits and "-" that starts with a letter, 63 characters at most';
  const problem = problemOfPlaces(from, { account, region });
  if (problem !== undefined || from === 'account') return problem;
  return role !== undefined || profile !== undefined ? '--role and --profile are for `import account`' : undefined;
}

/** Says which option is missing if only one of `--account` and `--region` is given, and the source does not name the other. */
function missingPlace(program: Program, { from, account, region }: ImportArguments): string | undefined {
  if ((account === undefined) === (region === undefined)) return undefined;
  const [missing, option] =
    account === undefined ? (['account', '--account'] as const) : (['region', '--region'] as const);
  const isMissing = program.stacks.some(({ environment }) => environment[missing] === undefined);
  return isMissing ? `${from} does not name the ${missing}: add ${option}` : undefined;
}

/** The program without empty stacks: their templates have no keys, or everything in them is left out. */
function withoutEmptyStacks(program: Program): Program {
  const stacks = program.stacks.filter(({ resources, outputs }) => resources.length + outputs.length > 0);
  return { ...program, stacks };
}

/** Returns the program with the requested name, and with the requested targets and place if the source gives none. */
function asAsked(
  program: Program,
  { app, target, account: [account] = [], region: [region] = [] }: ImportArguments,
): Program {
  const appName = app ?? program.app;
  const stacks = program.stacks.map((stack) => ({
    ...stack,
    app: appName,
    ...placed(stack, { account, region }),
    ...(target !== undefined && { targets: targets.flatMap(({ name }) => (target.includes(name) ? [name] : [])) }),
    // No tool manages an account, so the project gets every target that can express the whole stack.
    ...(target === undefined && stack.targets.length === 0 && { targets: whatCanSay(stack) }),
  }));
  return { app: appName, stacks };
}

/**
 * Returns the program with the tags that its tool puts on everything. These tags become options of the targets or, if a target has no such
 * option, tags of each resource.
 */
function withDefaultTags(program: Program, tags: Reading['defaultTags']) {
  if (tags === undefined) return { program, targetOptions: {}, diagnostics: [] };
  const used = [...new Set(program.stacks.flatMap((stack) => stack.targets))];
  const haveOption = used.every((name) => name === 'terraform' || name === 'pulumi');
  const defaultTags = Object.fromEntries(tags);
  const option = haveOption ? used.map((name) => `targets.${name}.defaultTags`).join('` and `') : undefined;
  return {
    program: haveOption ? program : withTags(program, tags),
    targetOptions: haveOption ? Object.fromEntries(used.map((name) => [name, { defaultTags }])) : {},
    diagnostics: [report(defaultTagsFound, undefined, { tags: [...tags.keys()], option })],
  };
}

/**
 * Warns that the generated code cannot replace the present code of the same tool, because it lacks resources that this tool manages. A
 * template is a stack by itself, so other templates beside it do not count.
 */
function stayingWith(
  { reading, target }: ReadSource,
  taken: { readonly from: string; readonly stacks: readonly Stack[]; readonly diagnostics: readonly Diagnostic[] },
): readonly Diagnostic[] {
  const { from, stacks, diagnostics } = taken;
  const tool = targets.find(({ name }) => name === target);
  if (tool === undefined || !stacks.some((stack) => stack.targets.includes(tool.name))) return [];
  const templates = new Set(withoutEmptyStacks(reading.program).stacks.map(({ span }) => span.file));
  const staying = reading.leftOut.filter(
    ({ type, span }) => type !== 'output' && (target !== 'cfn' || (span !== undefined && templates.has(span.file))),
  );
  // For a Pulumi stack that becomes several, KW8104 is reported instead.
  const names = target === 'terraform' ? stacks.map(({ name }) => name) : [];
  // A key whose policy is unknown is an error too, but is not left out.
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (names.length < 2 && staying.length === 0 && errors === (reading.unknownPolicies?.size ?? 0)) return [];
  const addresses = staying.map(({ address }) => address);
  return [report(moreThanGenerated, undefined, { from, tool: tool.title, stacks: names, staying: addresses })];
}

/** Returns the stack's environments, with the requested account and region where the source gives none. */
function placed(
  { environment, replicaEnvironments }: Stack,
  requested: { readonly account: string | undefined; readonly region: string | undefined },
) {
  const inPlace = (one: Environment): Environment => {
    const { account = requested.account, region = requested.region } = one;
    const partition = one.partition ?? (region === undefined ? undefined : partitionOf(region));
    return {
      ...one,
      ...(account !== undefined && { account }),
      ...(region !== undefined && { region }),
      ...(partition !== undefined && { partition }),
    };
  };
  return { environment: inPlace(environment), replicaEnvironments: replicaEnvironments.map(inPlace) };
}

function whatCanSay({ resources }: Stack): readonly string[] {
  return targets.flatMap(({ name, capabilities: { kmsGrants, origins } }) => {
    const canSay = (one: Resource) =>
      one.kind === 'kmsGrant' ? kmsGrants : one.kind !== 'key' || origins.includes(one.origin);
    return resources.every(canSay) ? [name] : [];
  });
}

const aboutKeys = ['key', 'replicaKey', 'alias', 'kmsGrant'] as const;

const nouns = {
  key: ['key', 'keys'],
  replicaKey: ['replica', 'replicas'],
  alias: ['alias', 'aliases'],
  kmsGrant: ['KMS grant', 'KMS grants'],
  role: ['role', 'roles'],
  user: ['user', 'users'],
  group: ['group', 'groups'],
  identityPolicy: ['identity policy', 'identity policies'],
} as const;

function countsOf(stacks: readonly Stack[]): Taken['counts'] {
  const counts = new Map<Resource['kind'] | 'stack', number>([['stack', stacks.length]]);
  for (const { resources } of stacks) {
    for (const { kind } of resources) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** `3 keys, 2 aliases in 1 stack`. */
function describe(counts: Taken['counts']): string {
  const counted = Object.entries(nouns).flatMap(([kind, [one, many]]) => {
    const count = counts.get(kind as keyof typeof nouns) ?? 0; // a key of this mapping
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const stacks = counts.get('stack') ?? 0;
  return `${counted.join(', ')} in ${stacks} ${stacks === 1 ? 'stack' : 'stacks'}`;
}

/** More addresses than this of one type are only counted. */
const mostListed = 20;

function describeLeftOut(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  const lines = [...groupBy(leftOut, ({ type }) => type)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, resources]) => {
      const more = resources.length - mostListed;
      const addresses = resources.slice(0, mostListed).map(({ address }) => address);
      const listed = [...addresses, ...(more > 0 ? [`${more} more`] : [])].join(', ');
      return `  ${visible(`${type}: ${listed}`)}\n`;
    });
  const count = leftOut.length === 1 ? '1 resource is' : `${leftOut.length} resources are`;
  const stay = leftOut.length === 1 ? 'stays where it is' : 'stay where they are';
  return `${count} left out and ${stay}:
${lines.join('')}`;
}
