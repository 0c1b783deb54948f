import * as z from '@keywright/core/schema/schema';

/** `targets.cfn` in keywright.yaml. */
export const options = z.strictObject({
  format: z.enum(['yaml', 'json']).default('yaml').meta({
    description: "The format of templates: `yaml`, or `json`, to which a team's own templates do not apply.",
  }),
  templates: z.string().min(1).optional().meta({ description: "The folder of a team's own templates." }),
});

export type CfnOptions = z.infer<typeof options>;
