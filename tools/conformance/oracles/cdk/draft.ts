import type { Subject } from '../../subject.ts';

/** The parts of a template that may be changed. */
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
  return (document as { readonly Statement: DraftStatement[] } | undefined)?.Statement ?? []; // every template has this form
}

/** Returns the texts of the templates, by path. */
export function templatesOf({ files }: Subject): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => /^cfn\/.*\.template\.(yaml|json)$/.test(path));
}

export function withFile(subject: Subject, path: string, content: string): Subject {
  return { ...subject, files: new Map(subject.files).set(path, content) };
}
