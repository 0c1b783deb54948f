import { schemaAddress } from '../diagnostics/addresses.ts';
import * as z from '../schema/schema.ts';
import { zod } from '../schema/zod.ts';
import { includedSchema, projectSchema, trustedSchema } from './project.ts';

/**
 * The file that a schema is for: `keywright.yaml`, or an included file, which has no required keys and, unless trusted,
 * lacks some sections.
 */
export type LanguageFile = 'project' | 'included' | 'trusted';

/** The file names of the schemas, as published and as `init` writes them. */
export const schemaFileNames = {
  project: 'keywright.schema.json',
  included: 'included.schema.json',
  trusted: 'trusted.schema.json',
} as const satisfies Readonly<Record<LanguageFile, string>>;

const files = {
  project: { schema: projectSchema, title: 'keywright.yaml' },
  included: { schema: includedSchema, title: 'a file that keywright.yaml includes' },
  trusted: { schema: trustedSchema, title: 'a file that keywright.yaml includes with `trusted: true`' },
};

interface OptionsOfTarget {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodType;
}

/**
 * The JSON Schema (draft 2020-12) of a file, for editors and for the reference: the parts under `$defs`, with titles,
 * descriptions, defaults and examples. It includes the names and options of the command's `targets`.
 */
export function languageJsonSchema(
  targets: readonly OptionsOfTarget[],
  file: LanguageFile = 'project',
): Record<string, unknown> {
  const { schema: fileSchema, title } = files[file];
  const options = z.strictObject(
    Object.fromEntries(
      targets.map((target) => [
        target.name,
        target.options.optional().meta({ description: `Options of ${target.title}.` }),
      ]),
    ),
  );
  const hasTargets = 'targets' in fileSchema.shape;
  const wholeSchema = hasTargets ? fileSchema.extend({ targets: options.optional() }) : fileSchema;
  const schema = zod().toJSONSchema(z.zodSchemaOf(wholeSchema), { io: 'input' });
  const definitions = (schema.$defs ?? {}) as Record<string, Record<string, unknown>>; // zod types $defs loosely
  definitions.TargetName = { ...definitions.TargetName, enum: targets.map((target) => target.name) };
  const { $schema, ...rest } = schema;
  return { $schema, $id: schemaAddress(schemaFileNames[file]), ...rest, $defs: definitions, title };
}
