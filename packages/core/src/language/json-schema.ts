import * as z from 'zod';
import type { Target } from '../emit/emitter.ts';
import { projectSchema } from './project.ts';

/**
 * The JSON Schema (draft 2020-12) of `keywright.yaml` for editors and for the reference: its parts under `$defs`, with
 * titles, descriptions, defaults and examples. `targets` are those of the command: their names and options are part of it.
 */
export function languageJsonSchema(targets: readonly Target<unknown>[]): Record<string, unknown> {
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
