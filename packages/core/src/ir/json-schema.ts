import { zodSchemaOf } from '../schema/schema.ts';
import { zod } from '../schema/zod.ts';
import { programSchema } from './program.ts';

/** The JSON Schema (draft 2020-12) of what `keywright ir` prints. */
export const irJsonSchema: object = zod().toJSONSchema(zodSchemaOf(programSchema));
