import * as z from '../schema/schema.ts';

const text = z.string();

const stack = {
  name: text,
  definition: text.exactOptional(),
  environment: text.exactOptional().meta({ description: 'The name of its environment.' }),
};

export const formerStack = z.strictObject(stack).meta({ description: 'A stack of an earlier build.' });

export const replicaEnvironment = text
  .exactOptional()
  .meta({ description: 'The name of the environment of the replica that the resource is, or belongs to.' });

export const formerStackOfResource = z
  .strictObject({
    ...stack,
    replicaEnvironment,
    names: z.record(text, text).meta({ description: 'A name that it had there, by target.' }),
  })
  .meta({ description: 'The stack that a resource was in, and a name that it had there.' });
