import * as z from 'zod';
import { projectSchema } from './project.ts';

/** What the language takes from a target: the options under `targets.<name>`. */
interface OptionsOfTarget {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodType;
}

/**
 * The JSON Schema (draft 2020-12) of `keywright.yaml` for editors and for the reference: its parts under `$defs`, with
 * titles, descriptions, defaults and examples. `targets` are those of the command: their names and options are part of it.
 */
export function languageJsonSchema(targets: readonly OptionsOfTarget[]): Record<string, unknown> {
  const options = z.strictObject(
    Object.fromEntries(
      targets.map((target) => [
        target.name,
        target.options.optional().meta({ description: `Options of ${target.title}.` }),
      ]),
    ),
  );
  const schema = z.toJSONSchema(projectSchema.extend({ targets: options.optional() }), { io: 'input' });
  const definitions = (schema.$defs ?? {}) as Record<string, Record<string, unknown>>; // zod types $defs loosely
  definitions.TargetName = { ...definitions.TargetName, enum: targets.map((target) => target.name) };
  return { ...schema, $defs: definitions, title: 'keywright.yaml' };
}
