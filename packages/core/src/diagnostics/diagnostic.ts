import type { Span } from '../source/span.ts';

/** `error` stops a build; `warning` does not, and can be suppressed with a reason; `note` only informs. */
export type Severity = 'error' | 'warning' | 'note';

/** Another span that a reader needs to understand a diagnostic, such as the other alias, or the standard that a value came from. */
export interface RelatedSpan {
  readonly message: string;
  readonly span: Span;
}

/** One problem, ready to be reported. Created only by `report`, from an entry of the catalogue. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, in the user's words, on one line. */
  readonly message: string;
  /** Absent if nothing in a file is to blame, as for an account that cannot be reached. */
  readonly span?: Span;
  readonly related: readonly RelatedSpan[];
  /** How to solve the problem. */
  readonly help: string;
  /**
   * The names of the stacks that the diagnostic is about, if it depends on the stack or its environment. Absent if it holds for every
   * stack.
   */
  readonly stacks?: readonly string[];
}

/**
 * An entry of the catalogue. `Parameters` are the named values that the message and the help mention. Their type makes it a compile error
 * to leave one out.
 */
export interface DiagnosticDefinition<Parameters> {
  /** `KW` and four digits. Never reused, never renumbered. */
  readonly code: string;
  readonly severity: Severity;
  /** Set for an error that can be suppressed with a reason, because an existing key can have what KMS would refuse for a new one. */
  readonly canBeSuppressed?: true;
  /** The heading of its page, in a few words. */
  readonly title: string;
  readonly message: (parameters: Parameters) => string;
  readonly help: (parameters: Parameters) => string;
  /** Markdown paragraphs for its page: why it is a problem, and the source of the rule. */
  readonly explanation: string;
  /**
   * An example for the page: YAML that raises the diagnostic, and YAML that does not. Each is a whole project, sections of a project or a
   * stack, or the properties of a key. A test completes each to a whole project and compiles it.
   */
  readonly example?: { readonly wrong: string; readonly right: string };
}

/** Declares an entry of the catalogue. Its severity is `error` unless another is given. */
export function defineDiagnostic<Parameters>(
  definition: Omit<DiagnosticDefinition<Parameters>, 'severity'> & { readonly severity?: Severity },
): DiagnosticDefinition<Parameters> {
  return { severity: 'error', ...definition };
}

/** Makes a diagnostic of an entry of the catalogue. */
export function report<Parameters>(
  definition: DiagnosticDefinition<Parameters>,
  span: Span | undefined,
  parameters: Parameters,
  related: readonly RelatedSpan[] = [],
): Diagnostic {
  return {
    code: definition.code,
    severity: definition.severity,
    message: bounded(definition.message(parameters), 2000),
    ...(span === undefined ? {} : { span }),
    related,
    help: bounded(definition.help(parameters), 20_000),
  };
}

/** Truncates a text, since it can repeat what a user wrote, such as a whole file on one line. */
function bounded(text: string, maximum: number): string {
  return text.length <= maximum ? text : `${text.slice(0, maximum)}…`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
