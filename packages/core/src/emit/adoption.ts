/** How a tool takes over keys that exist, and how another one lets go of them: files, and steps for a person to take in their order. */
import type { Resource, Stack } from '../ir/program.ts';

/** A step: what shows what would happen, what may happen, and what makes it happen. */
export interface AdoptStep {
  /** `Import into Terraform`. */
  readonly title: string;
  /** Sentences to read before: what to edit, what to take care of. */
  readonly about: readonly string[];
  /** Commands that call nothing that changes anything. The last one writes what `expects` is checked in. */
  readonly prepare: readonly string[];
  /** What may happen, for `keywright adopt --verify`; absent where the tool cannot say it beforehand. */
  readonly expects?: Expectation;
  /** Commands that make it happen. */
  readonly apply: readonly string[];
  /** What to do to be where one was before the step. */
  readonly back: readonly string[];
}

/** What a plan, preview or change set may do. Whatever is not listed has to stay as it is. */
export interface Expectation {
  /** Whose plan it is. */
  readonly tool: 'terraform' | 'pulumi' | 'cfn';
  /** The file that `prepare` writes. */
  readonly file: string;
  /** What has to be imported, all of it, by the address in the tool. */
  readonly imports: readonly { readonly address: string; readonly id: string }[];
  /** What has to be forgotten, all of it. */
  readonly forgets: readonly string[];
  /** What may be made new: nothing of KMS or IAM. */
  readonly creates: readonly string[];
  /** What has to be given a `DeletionPolicy` of `Retain`, and nothing else. */
  readonly retains: readonly string[];
  /** Of what only words for the tool may change: a `DeletionPolicy`, metadata. */
  readonly rewords: readonly string[];
}

/** What a tool is to let go of, as a reader found it. */
export interface Forgotten {
  readonly resource: Resource;
  readonly stack: Stack;
  /** As its tool writes it: a logical id, a Terraform address, a Pulumi URN. */
  readonly address: string;
  /** What the tool has as resources of their own, and the IR as a part of this one: the `aws_kms_key_policy` of a key. */
  readonly parts: readonly string[];
  /** What takes the resource back into the tool: its key id, alias name, `KEY:GRANT`, IAM name or `ROLE:POLICY`. */
  readonly id: string;
}

/** What a step may do that does nothing. */
export const nothing: Omit<Expectation, 'tool' | 'file'> = {
  imports: [],
  forgets: [],
  creates: [],
  retains: [],
  rewords: [],
};

/** Text as one word of a shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
