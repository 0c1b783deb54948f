import type { Diagnostic } from './diagnostic.ts';

/** The value that a function returns, with the problems that it found. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Collects the diagnostics of the functions that a function calls. */
export interface Collector {
  readonly diagnostics: readonly Diagnostic[];
  add(...diagnostics: readonly Diagnostic[]): void;
  /** Returns a result's value and collects its diagnostics. */
  take<T>(result: Result<T>): T;
  result<T>(value: T): Result<T>;
}

export function createCollector(): Collector {
  return new DiagnosticCollector();
}

class DiagnosticCollector implements Collector {
  readonly diagnostics: Diagnostic[] = [];

  add(...diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
  }

  take<T>({ value, diagnostics }: Result<T>): T {
    for (const diagnostic of diagnostics) this.diagnostics.push(diagnostic);
    return value;
  }

  result<T>(value: T): Result<T> {
    return { value, diagnostics: this.diagnostics };
  }
}
