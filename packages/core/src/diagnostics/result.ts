import type { Diagnostic } from './diagnostic.ts';

/** What a function makes of its input, and the problems that it has found in it. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the diagnostics of a function that is made of others. */
export interface Collector {
  /** What has been collected. */
  readonly diagnostics: readonly Diagnostic[];
  add(...diagnostics: readonly Diagnostic[]): void;
  /** The value of a result, whose diagnostics are collected. */
  take<T>(result: Result<T>): T;
  /** A result with all that has been collected. */
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
