import * as z from 'zod';
import { programSchema } from './program.ts';

/** The JSON Schema (draft 2020-12) of what `keywright ir` prints. */
export const irJsonSchema: object = z.toJSONSchema(programSchema);
