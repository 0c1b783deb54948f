/**
 * The handover of existing keys: one tool takes them over, and another lets go of them. Each tool needs files, and numbered steps for a
 * person to follow.
 */
import type { Resource, Stack } from '../ir/program.ts';

/** A step: how to preview it, what it may do, and how to carry it out. */
export interface AdoptStep {
  /** `Import into Terraform`. */
  readonly title: string;
  /** Sentences to read first: what to edit, what to watch. */
  readonly about: readonly string[];
  /** Commands that change nothing. The last one writes the file that `expects` is checked against. */
  readonly prepare: readonly string[];
  /** Changes that the preview may show, which `keywright adopt --verify` checks; absent if the tool has no preview. */
  readonly expects?: Expectation;
  readonly apply: readonly string[];
  /** How to undo the step. */
  readonly back: readonly string[];
}

/** What a plan, preview or change set may do. Anything not listed must stay as it is. */
export interface Expectation {
  readonly tool: 'terraform' | 'pulumi' | 'cfn';
  /** The file that `prepare` writes. */
  readonly file: string;
  /** Every resource that must be imported, by its address in the tool. */
  readonly imports: readonly { readonly address: string; readonly id: string }[];
  readonly forgets: readonly string[];
  /** Resources that may be created: none of KMS or IAM. */
  readonly creates: readonly string[];
  /** Resources that must get a `DeletionPolicy` of `Retain` and must not change otherwise. */
  readonly retains: readonly string[];
  /** Resources in which only the tool's own settings may change, such as a `DeletionPolicy` or metadata. */
  readonly rewords: readonly string[];
}

/** A resource that a tool lets go of, as a reader found it. */
export interface Forgotten {
  readonly resource: Resource;
  readonly stack: Stack;
  /** The address as the tool writes it: a logical id, a Terraform address, a Pulumi URN. */
  readonly address: string;
  /** Separate resources in the tool that the IR treats as part of this resource: the `aws_kms_key_policy` of a key. */
  readonly parts: readonly string[];
  /** The id that the tool needs to import the resource again: a key id, alias name, `KEY:GRANT`, IAM name or `ROLE:POLICY`. */
  readonly id: string;
}

/** The expectation of a step that changes nothing. */
export const nothing: Omit<Expectation, 'tool' | 'file'> = {
  imports: [],
  forgets: [],
  creates: [],
  retains: [],
  rewords: [],
};

export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
