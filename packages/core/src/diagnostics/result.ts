import type { Diagnostic } from './diagnostic.ts';

/** A function's result with the problems it found. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the diagnostics of the functions that a function calls. */
export interface Collector {
  /** The diagnostics collected so far. */
  readonly diagnostics: readonly Diagnostic[];
  add(...diagnostics: readonly Diagnostic[]): void;
  /** Returns a result's value and collects its diagnostics. */
  take<T>(result: Result<T>): T;
  /** Wraps a value as a result with all collected diagnostics. */
  result<T>(value: T): Result<T>;
}

export function createCollector(): Collector {
  const collected: Diagnostic[] = [];
  const add = (...diagnostics: readonly Diagnostic[]) => {
    for (const diagnostic of diagnostics) collected.push(diagnostic);
  };
  return {
    diagnostics: collected,
    add,
    take: ({ value, diagnostics }) => {
      for (const diagnostic of diagnostics) collected.push(diagnostic);
      return value;
    },
    result: (value) => ({ value, diagnostics: collected }),
  };
}
