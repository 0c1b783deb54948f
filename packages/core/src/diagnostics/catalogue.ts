import * as changes from './changes.ts';
import * as context from './context.ts';
import type { DiagnosticDefinition } from './diagnostic.ts';
import * as differences from './differences.ts';
import * as environments from './environments.ts';
import * as includes from './includes.ts';
import * as keys from './keys.ts';
import * as language from './language.ts';
import * as policy from './policy.ts';
import * as principals from './principals.ts';
import * as reading from './reading.ts';
import * as requirements from './requirements.ts';
import * as resolve from './resolve.ts';
import * as source from './source.ts';
import * as target from './target.ts';

/** Every diagnostic that core can raise, by code. */
export const catalogue: readonly DiagnosticDefinition<never>[] = [
  source,
  language,
  resolve,
  environments,
  differences,
  includes,
  keys,
  policy,
  principals,
  requirements,
  target,
  context,
  changes,
  reading,
]
  .flatMap((area) => Object.values(area) as DiagnosticDefinition<never>[]) // each module exports definitions only
  .sort((one, other) => (one.code < other.code ? -1 : 1));
