import { withAddressesOfPages } from '@keywright/core/diagnostics/addresses';
import { type LanguageFile, languageJsonSchema } from '@keywright/core/language/json-schema';
import type { ExitCode, Io } from '../io.ts';
import { targets } from '../targets.ts';

interface Options {
  readonly included: boolean;
  readonly trusted: boolean;
}

/** Prints the JSON Schema of `keywright.yaml`, or of the files that it includes. */
export async function schema({ included, trusted }: Options, io: Io): Promise<ExitCode> {
  io.stdout.write(schemaText(trusted ? 'trusted' : included ? 'included' : 'project'));
  return 0;
}

export function schemaText(file: LanguageFile): string {
  return withAddressesOfPages(`${JSON.stringify(languageJsonSchema(targets, file), undefined, 2)}\n`);
}
