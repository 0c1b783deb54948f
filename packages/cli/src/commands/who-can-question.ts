/** What the commands that answer questions about access have in common: the project, and what the words of a question mean. */
import { resolve } from 'node:path';
import { describeSource } from '@keywright/analyze/describe';
import type { Picture, PictureKey, PicturePrincipal } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { askable, isAskable } from '@keywright/analyze/who-can/actions-asked';
import { idOfKey, isStack, keysAsked, keysOf, nameOfKey, type PlacedKey } from '@keywright/analyze/who-can/keys-asked';
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

/** A question that cannot be answered as it was asked. */
export interface Problem {
  readonly problem: string;
}

/** A project without errors. */
export interface OpenProject {
  readonly program: Program;
  readonly compilation: Compilation;
  readonly host: DiskHost;
  /** The folder of the project, absolute. */
  readonly root: string;
}

/**
 * Compiles a project for a question. What only matters when something is generated is left out, unless it is asked about for a
 * target; warnings are for `check`. Errors are printed, and the exit code is given.
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

/** Whether all stacks that somebody names exist, in some environment. */
export function unknownStack(program: Program, names: readonly string[] | undefined): Problem | undefined {
  const unknown = names?.find((name) => !program.stacks.some((stack) => isStack(stack, name)));
  if (unknown === undefined) return undefined;
  const known = program.stacks.map(({ name }) => name);
  return { problem: `there is no stack ${JSON.stringify(unknown)}; ${insteadOf(unknown, known, 'stack')}` };
}

/** The keys of a program that a text means, those of some stacks only if any are named. */
export function keysNamed(
  program: Program,
  text: string,
  stacks: readonly string[] | undefined,
): readonly PlacedKey[] | Problem {
  const unknown = unknownStack(program, stacks);
  if (unknown !== undefined) return unknown;
  const found = keysAsked(program, text);
  const within = found.filter(({ stack }) => stacks === undefined || stacks.some((name) => isStack(stack, name)));
  if (within.length > 0) return within;
  const where = found.length > 0 ? ` in ${stacks?.join(', ')}` : '';
  const all = keysOf(program);
  const isQualified = text.includes('.') || text.includes('@');
  const known = new Set(
    found.length > 0 ? found.map(nameOfKey) : all.map((key) => (isQualified ? nameOfKey(key) : key.resource.name)),
  );
  return { problem: `there is no key ${JSON.stringify(text)}${where}; ${insteadOf(text, known, 'key')}` };
}

/** A key that somebody asks about, and what commands call it. */
interface NamedKey {
  /** `security.orders`, `security.orders@prod-us`, or an ARN. */
  readonly name: string;
  readonly key: PictureKey;
}

/** What a question about some keys is about. */
interface AskedKeys {
  readonly keys: readonly NamedKey[];
  /** Of the whole program, as far as it matters to these keys. */
  readonly picture: Picture;
}

/** The keys that a text means, or somebody else's key that the program refers to by its ARN, with their picture. */
async function pictureOfKeys(
  { program }: OpenProject,
  text: string,
  stacks: readonly string[] | undefined,
): Promise<AskedKeys | Problem> {
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

/** What a question about doing something with some keys is made of. */
export interface KeyQuestion extends CircumstanceOptions {
  /** A capability or an action. */
  readonly can: string;
  readonly key: string;
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  readonly format: 'text' | 'json';
}

/** A question whose words mean something in a project. */
export interface UnderstoodQuestion extends AskedKeys {
  readonly project: OpenProject;
  readonly circumstances: Circumstances;
}

/** Finds out what a question means. What is wrong with it or with the project is printed, and the exit code is given. */
export async function understand(question: KeyQuestion, io: Io): Promise<UnderstoodQuestion | ExitCode> {
  const { can } = question;
  if (!isAskable(can)) {
    const [from, to] = actionsOfOperation(can);
    if (from !== undefined) {
      return wrongUsage(
        io,
        `${JSON.stringify(can)} is no action; ask about \`${from}\` on one key and \`${to}\` on the other`,
      );
    }
    return wrongUsage(io, `nothing is called ${JSON.stringify(can)}; ${insteadOf(can, askable, 'action')}`);
  }
  const circumstances = circumstancesOf(question);
  if ('problem' in circumstances) return wrongUsage(io, circumstances.problem);
  const project = await openProject(question.directory, io);
  if (typeof project === 'number') return project;
  const asked = await pictureOfKeys(project, question.key, question.stack);
  if ('problem' in asked) return wrongUsage(io, asked.problem);
  return { ...asked, project, circumstances };
}

/** A principal that somebody asks about, and what it is called. */
export interface NamedPrincipal {
  readonly name: string;
  readonly principal: Principal;
}

/** Whom a text means, seen from a key: `${account}` in the principals of the project is the key's account. */
export async function principalsNamed(
  project: OpenProject,
  picture: Picture,
  text: string,
  key: PictureKey,
): Promise<readonly NamedPrincipal[] | Problem> {
  const { findPrincipals } = await import('@keywright/analyze/find');
  const found = findPrincipals(picture, text);
  if (found.length > 0) return found.map((principal) => ({ name: text, principal }));
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

/** What people call somebody in the picture. */
export function nameOfPrincipal({ name, label }: PicturePrincipal): string {
  return label ?? name;
}

interface CircumstanceOptions {
  /** `key=value`; a key that is given several times has several values. */
  readonly context?: readonly string[] | undefined;
  /** Condition keys that the request does not have. */
  readonly without?: readonly string[] | undefined;
  /** All pairs of the encryption context, `name=value`; `none` alone for none. */
  readonly encryptionContext?: readonly string[] | undefined;
  readonly via?: string | undefined;
}

/** What options say of a request. */
function circumstancesOf(options: CircumstanceOptions): Circumstances | Problem {
  const { via, encryptionContext } = options;
  const context: Record<string, readonly string[] | null> = {};
  for (const written of options.context ?? []) {
    const pair = pairOf(written);
    if (pair === undefined) return { problem: `--context is key=value, and ${JSON.stringify(written)} is not` };
    const key = pair.name.toLowerCase();
    context[key] = [...(context[key] ?? []), pair.value];
  }
  for (const key of options.without ?? []) context[key.toLowerCase()] = null;
  const pairs: Record<string, string> = {};
  for (const written of encryptionContext?.join() === 'none' ? [] : (encryptionContext ?? [])) {
    const pair = pairOf(written);
    if (pair === undefined)
      return { problem: `--encryption-context has name=value, and ${JSON.stringify(written)} is not` };
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

/** What no project says. It can only take away, so that `can` means: unless one of these stands against it. */
export const notKnown = ['service control policies', 'permission boundaries', 'session policies'] as const;

export const notKnownSentence = `Not known here: ${notKnown.join(', ')}. They can only take away (docs/analysis.md).`;

/** Where something stands, for people: `teams/keys.yaml:12 (standard pii)`, from the working directory. */
export function shownSource({ root }: Pick<OpenProject, 'root'>, source: Provenance, io: Io): string {
  return describeSource({ source }, (file) => shownPath(io.cwd, resolve(root, file)));
}

/** Where something stands, for programs. */
export function sourceJson({ root }: Pick<OpenProject, 'root'>, source: Provenance, io: Io) {
  const originJson = ({ span, through }: Origin) => {
    const { line, column, endLine, endColumn } = span;
    const file = shownPath(io.cwd, resolve(root, span.file));
    return { file, line, column, endLine, endColumn, ...(through !== undefined && { through }) };
  };
  return { ...originJson(source), ...(source.also !== undefined && { also: source.also.map(originJson) }) };
}
