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

/** What a target can express. Core reports anything else as an error at the line that uses it. */
export interface Capabilities {
  /** Whether KMS grants (CreateGrant) can be declared. */
  readonly kmsGrants: boolean;
  readonly namelessKmsGrants: boolean;
  /** The properties in keywright.yaml that cannot be declared for a key of the stack, or for a replica. Absent: none. */
  readonly lacks?: LackedProperties;
  readonly origins: readonly KeyOrigin[];
  /** Whether the target itself passes values between stacks in different accounts, or in different regions. */
  readonly sharesAcrossAccounts: boolean;
  readonly sharesAcrossRegions: boolean;
}

/**
 * The light half of a target, which `check` needs too: the names and capabilities. The module of a `Target` must load neither templates nor
 * printers.
 */
export interface Target<Options> {
  /** `cfn`, `terraform`, `pulumi`: its name in `targets:`, `names:` and `--target`, and its folder in the output. */
  readonly name: string;
  /** `CloudFormation`: its name in messages. */
  readonly title: string;
  readonly capabilities: Capabilities;
  /** The pattern for names pinned by `names.<target>`, and its wording in messages (`a logical id has letters and digits only`). */
  readonly pinnedName: { readonly pattern: RegExp; readonly rule: string };
  /** The schema of `targets.<name>` in keywright.yaml; `{}` must be valid. */
  readonly options: z.ZodType<Options>;
  /**
   * The names that a resource uses in the generated code, each qualified by the scope in which it must be unique
   * (`aws_kms_key.orders`). Core reports two resources that claim the same name.
   */
  addressesOf(resource: Resource, stack: Stack): readonly string[];
  /** The name that identifies a resource to the tool across deployments: `aws_kms_key.orders`. */
  nameOf(resource: Resource, stack: Stack): string;
  /** The common prefix of `nameOf` for everything in a stack: `module.core.`. Absent if empty. */
  prefixOf?(stack: Stack): string;
  /**
   * The folder that holds the target's programs with parameters, beside the folders of stacks. No stack may have the name of this folder.
   */
  readonly programFolder?: string;
  /** Set if a program contains the former names of resources, so that only deployments with the same past can share it. */
  readonly programsHaveFormerNames?: true;
  /**
   * How the tool can follow an address that Keywright never generates. `renamed`: the address has become this resource. `part`: the address
   * names a part of this resource, so the tool has to forget the address. `undefined`: neither. Absent: the tool cannot follow any address.
   */
  movedFrom?(address: string, resource: Resource): 'renamed' | 'part' | undefined;
  /** Whether the tool accepts a new name for an existing resource. If not, a resource keeps the name of the last build. */
  readonly renames: boolean;
  /** Whether the previous deployment, rather than the next one, tells the tool what to do with a removed resource. */
  readonly removesAsDeployed: boolean;
  /** Whether the tool deletes a resource before it creates the replacement. */
  readonly deletesFirst: boolean;
  /** Whether a stack with another name is still the same stack, so that its resources stay. */
  readonly renamesStacks: boolean;
  /** Where the tool keeps the states of stacks. Absent: no option decides that. */
  readonly states?: {
    /** The place that the options name, as text; equal texts mean the same place. `undefined` if the options leave it to the tool. */
    placeIn(options: Options): string | undefined;
    /** How to move a state to another place. */
    readonly advice: string;
  };
  /** Reports, without printing, what the target would refuse or misinterpret. */
  problemsOf?(stack: Stack, options: Options): readonly Diagnostic[];
  /**
   * Whether a stack might exceed a length limit of the target; if so, `check` prints the stack to find out. Absent if the target has no
   * limit.
   */
  mayBeTooLong?(stack: Stack): boolean;
  /** The target's own diagnostics, for the catalogue. */
  readonly diagnostics?: readonly DiagnosticDefinition<never>[];
  /** Loads the heavy half of the target, which prints the outputs. */
  loadEmitter(): Promise<Emitter<Options>>;
}

/** The inputs of an emitter besides the stack. */
export interface EmitInput<Options> {
  /** `Keywright 0.1.0`, for the header of each file. */
  readonly generator: string;
  readonly options: Options;
  /** A team's own templates by file name (`main.tf.hbs`), which replace the built-in ones of that name. */
  readonly templates: Readonly<Record<string, string>>;
}

/** A file to write: its path below the output folder, with `/`, and its whole text. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  /** The format of a file that Keywright shares with its users. Absent if the whole file is Keywright's. */
  readonly shared?: SharedFormat;
  /** The generated entries of a shared file; absent: all entries of `content`. */
  readonly part?: SharedPart;
}

/** Entries of a shared file: their names, and their text as `partOf` returns it. */
export interface SharedPart {
  readonly names: readonly string[];
  readonly part: string;
}

/**
 * The format of a file that a tool and people also write to. Keywright owns the entries that it names and leaves all other entries alone.
 */
export interface SharedFormat {
  /** All entries of a generated text. */
  partIn(generated: string): SharedPart;
  /** The entries of a text with these names, in a form independent of the rest of the text; `undefined` for text that cannot be parsed. */
  partOf(text: string, names: readonly string[]): string | undefined;
  /**
   * A text with the generated entries added or replaced, and the other entries named in `former` removed; the same text if nothing changes.
   * `undefined` for text that cannot be parsed.
   */
  merged(text: string, generated: string, former: readonly string[]): string | undefined;
}

export interface EmitResult {
  readonly files: readonly GeneratedFile[];
  /** Problems in a team's own templates. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The files that all deployments of a program share, and the files of each deployment. */
export interface ProgramResult {
  readonly common: readonly GeneratedFile[];
  /** By stack name. */
  readonly own: ReadonlyMap<string, readonly GeneratedFile[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that an earlier build wrote about a stack, or about a program with the name of the stack's definition. */
export interface EarlierFile {
  readonly stack: string;
  /** Below the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
  /** The stacks of the last build that the file was about; absent if unknown. */
  readonly deployments?: readonly Pick<Stack, 'name' | 'environment'>[];
}

/** A message about an earlier build, with the stacks that it is about. */
export interface Attention {
  readonly diagnostic: Diagnostic;
  readonly stacks: readonly string[];
}

/** The stacks, with everything added that must be kept from an earlier build, and messages about the additions. */
export interface Kept {
  readonly stacks: readonly Stack[];
  readonly attentions: readonly Attention[];
}

/** How a target takes over an existing stack. */
export interface Adoption {
  readonly files: readonly GeneratedFile[];
  readonly steps: readonly AdoptStep[];
  /** The resources that the tool cannot take over. `reason` completes "cannot take over the key: ". */
  readonly refusals?: readonly { readonly resource: Resource; readonly reason: string }[];
}

export interface AdoptInput<Options> extends EmitInput<Options> {
  readonly program: StackProgram;
  /** The ids in KMS of the stack's keys, replicas and KMS grants, by resource id. */
  readonly ids: ReadonlyMap<string, string>;
  /** The folders of the target's outputs and of the adoption's files, for commands. */
  readonly out: string;
  readonly folder: string;
}

/** The heavy half of a target: a pure function from the IR to files. */
export interface Emitter<Options> {
  /** The files of one stack with a program of its own. */
  emitStack(stack: Stack, input: EmitInput<Options>): EmitResult;
  /** The files of a program with parameters. Absent: each of its deployments is emitted as a stack. */
  emitProgram?(program: StackProgram, input: EmitInput<Options>): ProgramResult;
  /** A resource's policy as its file contains it, but at the left margin and without a final line break. */
  printPolicy(document: PolicyDocument, resource: Resource, stack: Stack, options: Options): string;
  readonly commentMark: '#' | '//';
  /** Files about all stacks of this target together, such as their deployment order. `programs`: the stacks' programs. */
  emitIndex?(stacks: readonly Stack[], programs: readonly StackProgram[], input: EmitInput<Options>): EmitResult;
  /**
   * The names of keys, replicas and aliases in a file that an earlier build wrote about a stack, as `nameOf` returns
   * them, without their common prefix.
   */
  namesIn(content: string): readonly string[];
  /** The names of inline policies in a file that an earlier build wrote about a stack. Absent: the target's files have none. */
  policyNamesIn?(content: string): readonly string[];
  /**
   * The prefix that a stack's names have in the files of an earlier build; `undefined` if the files do not contain the stack. Absent if the
   * prefix never changes.
   */
  earlierPrefix?(stack: Stack, earlier: readonly EarlierFile[]): string | undefined;
  /** Adds to stacks what is in this target's files of an earlier build and cannot be deleted yet, because it is in use. */
  keep?(stacks: readonly Stack[], earlier: readonly EarlierFile[]): Kept;
  /** How the tool takes over an existing stack. Absent: it cannot. */
  adopt?(stack: Stack, input: AdoptInput<Options>): Adoption;
  /**
   * How the tool lets go of resources read from its states, exports or templates. `folder`: the folder for the adoption's files; `name`:
   * the subject of the steps, for file names.
   */
  forget?(forgotten: readonly Forgotten[], name: string, folder: string): Adoption;
}
