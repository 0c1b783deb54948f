import { languageJsonSchema } from '@keywright/core/language/json-schema';
import type { ExitCode, Io } from '../io.ts';
import { targets } from '../targets.ts';

/** Prints the JSON Schema of `keywright.yaml`. */
export async function schema(io: Io): Promise<ExitCode> {
  io.stdout.write(`${JSON.stringify(languageJsonSchema(targets), undefined, 2)}\n`);
  return 0;
}
