import type { Span } from '../source/span.ts';
import { type Diagnostic, type DiagnosticDefinition, report } from './diagnostic.ts';

/** A name that has to be unique, with the line of YAML and the stack that claim it. */
export interface NameClaim {
  readonly stack: { readonly name: string };
  readonly span: Span;
}

/** Whether one line makes both claims, as the line of a stack in several environments can, or the line of a key in a key set. */
export function isOneLine({ span }: NameClaim, { span: other }: NameClaim): boolean {
  return span.file === other.file && span.line === other.line && span.column === other.column;
}

/**
 * Reports a second claim of a name. The report shows the position of the first claim as well or, if one line makes both claims, names the
 * two stacks.
 */
export function reportClaim<Parameters>(
  definition: DiagnosticDefinition<Parameters>,
  claim: NameClaim,
  first: NameClaim,
  parameters: Parameters,
  message = 'it is claimed here first',
): Diagnostic {
  const isOne = isOneLine(claim, first);
  const related = isOne ? [] : [{ message, span: first.span }];
  const stacks = isOne ? [first.stack.name, claim.stack.name] : [claim.stack.name];
  return { ...report(definition, claim.span, parameters, related), stacks };
}

/** What to do about a name that one line claims for several stacks. */
export const claimedByOneLine =
  'put `${stack}` into the name, so that it differs in each stack, or use the name in one stack only';
