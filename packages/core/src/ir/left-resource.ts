import * as z from '../schema/schema.ts';
import { formerStackOfResource, replicaEnvironment } from './former-stack.ts';

const text = z.string();

export const leftResource = z
  .strictObject({
    kind: z.enum(['key', 'replicaKey', 'alias', 'kmsGrant', 'keyPolicy']),
    key: text.meta({ description: 'The name that its key had under `keys` or `imports`.' }),
    label: text.meta({
      description: 'The name of an alias, a KMS grant or a key, or the region of a replica.',
    }),
    region: text.exactOptional().meta({ description: 'Its region, if it is a replica or belongs to one.' }),
    replicaEnvironment,
    names: z.record(text, text).meta({ description: 'Its names, by target.' }),
    toStack: text
      .exactOptional()
      .meta({ description: 'The stack that it moved to; absent: nothing manages it any more.' }),
    formerStacks: z.array(formerStackOfResource).exactOptional().meta({
      description:
        'If nothing manages it any more: where deployments that skipped builds may still have it, oldest first.',
    }),
  })
  .meta({ description: 'A resource that the tool has to forget and must not delete.' });
