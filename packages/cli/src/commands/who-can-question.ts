/** Shared by the commands that answer questions about access: the project, and the meaning of a question's words. */
import { resolve } from 'node:path';
import { describeSource } from '@keywright/analyze/describe';
import type { Picture, PictureKey, PicturePrincipal } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { isQuestionWord, questionWords } from '@keywright/analyze/who-can/actions-in-question';
import {
  idOfKey,
  isStack,
  keysInQuestion,
  keysOf,
  nameOfKey,
  type PlacedKey,
} from '@keywright/analyze/who-can/keys-in-question';
import type { Circumstances } from '@keywright/analyze/who-can/who-can';
import { type Compilation, compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { insteadOf } from '@keywright/core/diagnostics/suggestion';
import type { Origin, Provenance } from '@keywright/core/ir/policy';
import type { Program } from '@keywright/core/ir/program';
import { actionsOfOperation } from '@keywright/core/kms/actions';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { createDiskHost, type DiskHost } from '../project/disk-host.ts';
import { locateProject, shownPath } from '../project/locate.ts';
import { printReport } from '../report/report.ts';
import { targets } from '../targets.ts';

/** The reason why a question cannot be answered as asked. */
export interface Problem {
  readonly problem: string;
}

/** A project without errors. */
export interface OpenProject {
  readonly program: Program;
  readonly compilation: Compilation;
  readonly host: DiskHost;
  /** The project's folder, absolute. */
  readonly root: string;
}

/**
 * Compiles a project for a question. Problems that matter only when something is generated are ignored, unless the question is about a
 * target, and so are warnings, which are for `check`. Errors are printed, and their exit code returned.
 */
export async function openProject(
  directory: string | undefined,
  io: Io,
  only: readonly string[] = [],
): Promise<OpenProject | ExitCode> {
  const located = locateProject(directory, io);
  if ('problem' in located) return wrongUsage(io, located.problem);
  const { root } = located;
  const host = createDiskHost(root);
  const compilation = compileProject(host, { targets, only });
  const { program, diagnostics, sources } = compilation;
  if (program !== undefined && !hasErrors(diagnostics)) return { program, compilation, host, root };
  await printReport('text', { diagnostics, sources, root }, io, io.stderr);
  return 1;
}

/** Reports names of stacks that do not exist in any environment. */
export function unknownStack(program: Program, names: readonly string[] | undefined): Problem | undefined {
  const unknown = names?.find((name) => !program.stacks.some((stack) => isStack(stack, name)));
  if (unknown === undefined) return undefined;
  const stackNames = program.stacks.map(({ name }) => name);
  return { problem: `there is no stack ${JSON.stringify(unknown)}; ${insteadOf(unknown, stackNames, 'stack')}` };
}

/** The keys of a program that a text names, within the given stacks, if any. */
export function keysNamed(
  program: Program,
  text: string,
  stacks: readonly string[] | undefined,
): readonly PlacedKey[] | Problem {
  const unknown = unknownStack(program, stacks);
  if (unknown !== undefined) return unknown;
  const matches = keysInQuestion(program, text);
  const within = matches.filter(({ stack }) => stacks === undefined || stacks.some((name) => isStack(stack, name)));
  if (within.length > 0) return within;
  const where = matches.length > 0 ? ` in ${stacks?.join(', ')}` : '';
  const all = keysOf(program);
  const isQualified = text.includes('.') || text.includes('@');
  const candidates = new Set(
    matches.length > 0 ? matches.map(nameOfKey) : all.map((key) => (isQualified ? nameOfKey(key) : key.resource.name)),
  );
  return { problem: `there is no key ${JSON.stringify(text)}${where}; ${insteadOf(text, candidates, 'key')}` };
}

/** A key that the question is about, with its name in commands. */
interface NamedKey {
  /** `security.orders`, `security.orders@prod-us`, or an ARN. */
  readonly name: string;
  readonly key: PictureKey;
}

/** The keys that a question is about. */
interface QuestionKeys {
  readonly keys: readonly NamedKey[];
  /** The part of the program's picture that concerns these keys. */
  readonly picture: Picture;
}

/** The keys that a text names, or a key of another owner that the program refers to by its ARN, with their picture. */
async function pictureOfKeys(
  { program }: OpenProject,
  text: string,
  stacks: readonly string[] | undefined,
): Promise<QuestionKeys | Problem> {
  const { buildPicture } = await import('@keywright/analyze/build-picture');
  const placed = keysNamed(program, text, stacks);
  if ('problem' in placed) {
    const picture = buildPicture(program);
    const referred = picture.keysById.get(text);
    return referred?.kind === 'referred' ? { keys: [{ name: referred.name, key: referred }], picture } : placed;
  }
  const { programAbout } = await import('@keywright/analyze/who-can/program-about');
  const picture = buildPicture(programAbout(program, placed));
  const keys = placed.flatMap((one) => {
    const key = picture.keysById.get(idOfKey(one));
    return key === undefined ? [] : [{ name: nameOfKey(one), key }];
  });
  return { keys, picture };
}

/** The parts of a question about what can be done with some keys. */
export interface KeyQuestion extends CircumstanceOptions {
  /** A capability or an action. */
  readonly can: string;
  readonly key: string;
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly format: 'text' | 'json';
}

/** A question with its words resolved in a project. */
export interface ResolvedQuestion extends QuestionKeys {
  readonly project: OpenProject;
  readonly circumstances: Circumstances;
}

/** Resolves a question. Problems with it or with the project are printed, and the exit code is returned. */
export async function resolveQuestion(question: KeyQuestion, io: Io): Promise<ResolvedQuestion | ExitCode> {
  const { can } = question;
  if (!isQuestionWord(can)) {
    const [from, to] = actionsOfOperation(can);
    if (from !== undefined) {
      return wrongUsage(
        io,
        `${JSON.stringify(can)} is not an action; ask about \`${from}\` on one key and \`${to}\` on the other`,
      );
    }
    return wrongUsage(io, `there is no action ${JSON.stringify(can)}; ${insteadOf(can, questionWords, 'action')}`);
  }
  const circumstances = circumstancesOf(question);
  if ('problem' in circumstances) return wrongUsage(io, circumstances.problem);
  const project = await openProject(question.directory, io);
  if (typeof project === 'number') return project;
  const ofKeys = await pictureOfKeys(project, question.key, question.stack);
  if ('problem' in ofKeys) return wrongUsage(io, ofKeys.problem);
  return { ...ofKeys, project, circumstances };
}

/** A principal that the question is about, and its name. */
export interface NamedPrincipal {
  readonly name: string;
  readonly principal: Principal;
}

/** The principals that a text names, seen from a key: `${account}` in the project's principals is the key's account. */
export async function principalsNamed(
  project: OpenProject,
  picture: Picture,
  text: string,
  key: PictureKey,
): Promise<readonly NamedPrincipal[] | Problem> {
  const { findPrincipals } = await import('@keywright/analyze/find');
  const matches = findPrincipals(picture, text);
  if (matches.length > 0) return matches.map((principal) => ({ name: text, principal }));
  const { principalsInYaml } = await import('./why-principals.ts');
  const members = principalsInYaml(project, text, key).flatMap((member) =>
    findPrincipals(picture, member.text).map((principal) => ({ name: member.name, principal })),
  );
  if (members.length > 0) return members;
  const names = new Set([...project.compilation.principals.keys(), ...picture.principals.flatMap(namesOf)]);
  return { problem: `there is no principal ${JSON.stringify(text)}; ${insteadOf(text, names, 'principal')}` };
}

function namesOf({ name, label, created }: PicturePrincipal): readonly string[] {
  if (created === undefined) return label === undefined ? [] : [label];
  return [name, name.slice(created.stack.length + 1)];
}

/** What people call a principal of the picture. */
export function nameOfPrincipal({ name, label }: PicturePrincipal): string {
  return label ?? name;
}

interface CircumstanceOptions {
  /** `key=value`; a key that is repeated has several values. */
  readonly context?: readonly string[] | undefined;
  /** Condition keys that the request does not have. */
  readonly without?: readonly string[] | undefined;
  /** All pairs of the encryption context, `name=value`; a single `none` for an empty one. */
  readonly encryptionContext?: readonly string[] | undefined;
  readonly via?: string | undefined;
}

/** The circumstances of a request, from options. */
function circumstancesOf(options: CircumstanceOptions): Circumstances | Problem {
  const { via, encryptionContext } = options;
  const context: Record<string, readonly string[] | null> = {};
  for (const written of options.context ?? []) {
    const pair = pairOf(written);
    if (pair === undefined) return { problem: `--context takes key=value, not ${JSON.stringify(written)}` };
    const key = pair.name.toLowerCase();
    context[key] = [...(context[key] ?? []), pair.value];
  }
  for (const key of options.without ?? []) context[key.toLowerCase()] = null;
  const pairs: Record<string, string> = {};
  for (const written of encryptionContext?.join() === 'none' ? [] : (encryptionContext ?? [])) {
    const pair = pairOf(written);
    if (pair === undefined) return { problem: `--encryption-context takes name=value, not ${JSON.stringify(written)}` };
    pairs[pair.name] = pair.value;
  }
  return {
    context,
    ...(encryptionContext !== undefined && { encryptionContext: pairs }),
    ...(via !== undefined && { via: via === 'none' ? null : via }),
  };
}

function pairOf(text: string): { readonly name: string; readonly value: string } | undefined {
  const at = text.indexOf('=');
  return at < 1 ? undefined : { name: text.slice(0, at), value: text.slice(at + 1) };
}

/** Not part of any project. These can only take access away, so `can` means: unless one of these prevents it. */
export const unseenPolicies = ['service control policies', 'permission boundaries', 'session policies'] as const;

export const unseenPoliciesSentence = `Not considered: ${unseenPolicies.join(', ')}. They can only reduce access (docs/analysis.md).`;

/** A location, for people: `teams/keys.yaml:12 (standard pii)`, relative to the working directory. */
export function shownSource({ root }: Pick<OpenProject, 'root'>, source: Provenance, io: Io): string {
  return describeSource({ source }, (file) => shownPath(io.cwd, resolve(root, file)));
}

/** A location, for programs. */
export function sourceJson({ root }: Pick<OpenProject, 'root'>, source: Provenance, io: Io) {
  const originJson = ({ span, through }: Origin) => {
    const { line, column, endLine, endColumn } = span;
    const file = shownPath(io.cwd, resolve(root, span.file));
    return { file, line, column, endLine, endColumn, ...(through !== undefined && { through }) };
  };
  return { ...originJson(source), ...(source.also !== undefined && { also: source.also.map(originJson) }) };
}
