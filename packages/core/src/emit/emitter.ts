import type * as z from 'zod';
import type { Diagnostic, DiagnosticDefinition } from '../diagnostics/diagnostic.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import type { Resource, Stack } from '../ir/program.ts';
import type { KeyOrigin } from '../kms/key-specs.ts';
import type { KeyDefinition } from '../language/key.ts';
import type { AdoptStep, Forgotten } from './adoption.ts';
import type { StackProgram } from './stack-programs.ts';

/** A property of a key in keywright.yaml. */
export type KeyProperty = Exclude<keyof KeyDefinition, 'in'>;

export interface LackedProperties {
  readonly key?: readonly KeyProperty[];
  readonly replica?: readonly KeyProperty[];
}

/** What a target can express. Core turns the use of anything else into an error at the line that asks for it. */
export interface Capabilities {
  /** KMS grants (CreateGrant) can be declared. */
  readonly kmsGrants: boolean;
  /** They can be declared without a name. */
  readonly namelessKmsGrants: boolean;
  /** The properties in keywright.yaml that cannot be declared of a key of the stack, or of a replica. Absent: all can. */
  readonly lacks?: LackedProperties;
  /** The key origins that can be declared. */
  readonly origins: readonly KeyOrigin[];
  /** Values can be shared natively between stacks in different accounts. */
  readonly sharesAcrossAccounts: boolean;
  /** Values can be shared natively between stacks in different regions. */
  readonly sharesAcrossRegions: boolean;
}

/**
 * The light half of a target, which `check` needs too: what it is called and what it can express. Its module must load
 * neither templates nor printers.
 */
export interface Target<Options> {
  /** `cfn`, `terraform`, `pulumi`: what `targets:`, `names:` and `--target` call it, and its folder in the output. */
  readonly name: string;
  /** `CloudFormation`: how messages call it. */
  readonly title: string;
  readonly capabilities: Capabilities;
  /** What a name pinned by `names.<target>` has to match, and how messages say it (`a logical id has letters and digits only`). */
  readonly pinnedName: { readonly pattern: RegExp; readonly rule: string };
  /** The structure of `targets.<name>` in keywright.yaml; `{}` must be valid. */
  readonly options: z.ZodType<Options>;
  /**
   * The names a resource takes in the generated code, each qualified by the space in which it must be unique
   * (`aws_kms_key.orders`). Core reports two resources that claim the same one.
   */
  addressesOf(resource: Resource, stack: Stack): readonly string[];
  /** What the tool knows a resource by, and finds it under in a later deployment: `aws_kms_key.orders`. */
  nameOf(resource: Resource, stack: Stack): string;
  /** What `nameOf` begins with for everything in a stack: `module.core.`. Absent: nothing. */
  prefixOf?(stack: Stack): string;
  /** The folder beside those of stacks in which the target has programs with parameters; no stack beside them is called like it. */
  readonly programFolder?: string;
  /** Whether a program says what its resources were called, so that deployments with another past do not share it. */
  readonly programsHaveFormerNames?: true;
  /**
   * What an address of the tool is to a resource that it cannot give itself: `renamed`, the tool can be told that it is this one; `part`, it
   * can be told to forget it, as the resource says it too. Undefined: neither. Absent: the tool cannot be told.
   */
  movedFrom?(address: string, resource: Resource): 'renamed' | 'part' | undefined;
  /** Whether the tool can be told that a resource has another name now. Where it cannot, a resource keeps the name of the last build. */
  readonly renames: boolean;
  /** Whether what the tool does to a resource that is gone is settled by what was deployed before, and not by the next deployment. */
  readonly removesAsDeployed: boolean;
  /** What the target would refuse, or take in another way than it is meant, as far as that shows without printing. */
  problemsOf?(stack: Stack, options: Options): readonly Diagnostic[];
  /**
   * Whether a stack may become longer text than the target takes: `check` then prints it to know. Absent where a target takes
   * files of any length.
   */
  mayBeTooLong?(stack: Stack): boolean;
  /** Diagnostics of its own, for the catalogue. */
  readonly diagnostics?: readonly DiagnosticDefinition<never>[];
  /** The half that prints, which costs time to load. */
  loadEmitter(): Promise<Emitter<Options>>;
}

/** What an emitter is told besides the stack. */
export interface EmitInput<Options> {
  /** `Keywright 0.1.0`: what the header of each file says it was made by. */
  readonly generator: string;
  readonly options: Options;
  /** A team's own templates by file name (`main.tf.hbs`) which replace the built-in ones of that name. */
  readonly templates: Readonly<Record<string, string>>;
}

/** A file to write: its path below the output folder, with `/`, and its whole text. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

export interface EmitResult {
  readonly files: readonly GeneratedFile[];
  /** Problems in a team's own templates. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The files that all deployments of a program have in common, and those of each. */
export interface ProgramResult {
  readonly common: readonly GeneratedFile[];
  /** By the name of the stack. */
  readonly own: ReadonlyMap<string, readonly GeneratedFile[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that an earlier build wrote about a stack, or about a program that is called like its definition. */
export interface EarlierFile {
  readonly stack: string;
  /** Below the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** Something to say about an earlier build, and the stacks that it is about. */
export interface Attention {
  readonly diagnostic: Diagnostic;
  readonly stacks: readonly string[];
}

/** The stacks with what has to stay of an earlier build, and what to say about it. */
export interface Kept {
  readonly stacks: readonly Stack[];
  readonly attentions: readonly Attention[];
}

/** What a target does with a stack that exists. */
export interface Adoption {
  readonly files: readonly GeneratedFile[];
  readonly steps: readonly AdoptStep[];
  /** What the tool cannot take over, and why: completes "cannot take over the key: ". */
  readonly refusals?: readonly { readonly resource: Resource; readonly reason: string }[];
}

export interface AdoptInput<Options> extends EmitInput<Options> {
  /** What the stack is a deployment of. */
  readonly program: StackProgram;
  /** What KMS calls each key, replica and grant of the stack, by the resource's id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Where the outputs of the target are, and where the files of the adoption will be, for commands. */
  readonly out: string;
  readonly folder: string;
}

/** The heavy half of a target: a pure function from the IR to files. */
export interface Emitter<Options> {
  /** The files of one stack that has a program to itself. */
  emitStack(stack: Stack, input: EmitInput<Options>): EmitResult;
  /** The files of a program with parameters. Absent: each of its deployments is emitted as a stack. */
  emitProgram?(program: StackProgram, input: EmitInput<Options>): ProgramResult;
  /** A policy of a resource as its file has it, but at the left margin and without an end of line. */
  printPolicy(document: PolicyDocument, resource: Resource, stack: Stack, options: Options): string;
  /** What a comment of the language starts with. */
  readonly commentMark: '#' | '//';
  /** Files about all stacks generated for this target (a deployment order), if the target has any; `programs` are theirs. */
  emitIndex?(stacks: readonly Stack[], programs: readonly StackProgram[], input: EmitInput<Options>): EmitResult;
  /**
   * What keys, replicas and aliases are called in a file that an earlier build wrote about a stack, as `nameOf` of the target does, but for
   * what it begins with.
   */
  namesIn(content: string): readonly string[];
  /** What names in a stack began with in the files of an earlier build; undefined where they had nothing of it. Absent: they always began as now. */
  earlierPrefix?(stack: Stack, earlier: readonly EarlierFile[]): string | undefined;
  /** Adds to stacks what the tool would refuse to delete while it is in use, by what an earlier build wrote of this target. */
  keep?(stacks: readonly Stack[], earlier: readonly EarlierFile[]): Kept;
  /** How the tool takes over a stack that exists. Absent: it cannot. */
  adopt?(stack: Stack, input: AdoptInput<Options>): Adoption;
  /**
   * How the tool lets go of what was read from one of its states, exports or templates. `folder` is where files of the adoption will
   * be, `name` what the steps are about in a file's name.
   */
  forget?(forgotten: readonly Forgotten[], name: string, folder: string): Adoption;
}
