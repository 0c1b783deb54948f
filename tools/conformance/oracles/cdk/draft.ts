import type { Subject } from '../../subject.ts';

/** What may be changed of a template. */
export interface Draft {
  readonly Resources?: Record<string, DraftResource>;
  readonly Outputs?: Record<string, { Value: unknown; Export?: unknown; Description?: string }>;
}

export interface DraftResource {
  readonly Type: string;
  DeletionPolicy?: string;
  Properties?: Record<string, unknown>;
}

/** A step of `deployments.json`. */
export interface DraftStep {
  dependsOn: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type DraftStatement = Record<string, unknown>;

export function statementsOf(document: unknown): DraftStatement[] {
  return (document as { readonly Statement: DraftStatement[] } | undefined)?.Statement ?? []; // as every template has it
}

/** The templates of a subject, by path. */
export function templatesOf({ files }: Subject): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => /^cfn\/.*\.template\.(yaml|json)$/.test(path));
}

export function withFile(subject: Subject, path: string, content: string): Subject {
  return { ...subject, files: new Map(subject.files).set(path, content) };
}
