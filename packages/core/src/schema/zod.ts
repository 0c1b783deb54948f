import { createRequire } from 'node:module';

export type Zod = typeof import('zod');

let loaded: Zod | undefined;

/** Zod, loaded on first use: loading takes longer than checking a small project, and only problems and JSON Schemas need it. */
export function zod(): Zod {
  loaded ??= createRequire(import.meta.url)('zod') as Zod;
  return loaded;
}

/** Zod can compile a function for each kind of mapping. In a file with fewer characters than this, compiling takes longer than it saves. */
export const worthCompiling = 20_000;
