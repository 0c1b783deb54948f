/**
 * The public API of `@keywright/core`. Everything else in the package may change in any release. docs/libraries.md shows how the parts fit
 * together.
 */
export { type Compilation, type CompileOptions, compileProject } from './compile.ts';
export type { Context, ContextEntry, LookupQuery } from './context/context.ts';
export {
  type Diagnostic,
  hasErrors,
  type RelatedSpan as RelatedPlace,
  type Severity,
} from './diagnostics/diagnostic.ts';
export type {
  Attention,
  Capabilities,
  EarlierFile,
  EmitInput,
  EmitResult,
  Emitter,
  GeneratedFile,
  Kept,
  Target,
} from './emit/emitter.ts';
export type { Expression } from './ir/expression.ts';
export { irJsonSchema } from './ir/json-schema.ts';
export type { PolicyDocument, Provenance, Statement } from './ir/policy.ts';
export type { Program, Resource, Stack } from './ir/program.ts';
export { languageJsonSchema } from './language/json-schema.ts';
export type { FileReading, ProjectHost } from './project/host.ts';
export type { Review } from './review/review.ts';
export type { SourceFile, Span } from './source/span.ts';
