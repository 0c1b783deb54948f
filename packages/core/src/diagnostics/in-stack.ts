import type { Diagnostic } from './diagnostic.ts';
import type { Result } from './result.ts';

/** Marks diagnostics as being about a stack, except for diagnostics that already name stacks. */
export function inStack(stack: { readonly name: string }, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const stacks = [stack.name];
  return diagnostics.map((diagnostic) => ({ stacks, ...diagnostic }));
}

export function resultInStack<T>(stack: { readonly name: string }, { value, diagnostics }: Result<T>): Result<T> {
  return { value, diagnostics: inStack(stack, diagnostics) };
}
