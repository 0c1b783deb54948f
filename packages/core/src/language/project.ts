import * as z from 'zod';
import { account, environment } from './environment.ts';
import { group } from './group.ts';
import { standard } from './key.ts';
import { namedPrincipals } from './principal.ts';
import { ruleSeverities } from './rules.ts';
import { stack } from './stack.ts';
import { accountName, name, region, stackName, targetName } from './text.ts';

export const settings = z
  .strictObject({
    defaultKeyPolicies: z.boolean().optional().meta({
      description:
        'Whether key policies start with the default statement, which lets IAM policies of the account grant access. `false` gives the legacy behaviour of the CDK before its feature flag of this name; see docs/semantics.md.',
      default: true,
    }),
    aliasGrants: z.enum(['none', 'identity']).optional().meta({
      description:
        'What a grant on an import by alias does: `none`, nothing but a warning; `identity`, an identity policy narrowed by `kms:ResourceAliases`.',
      default: 'none',
    }),
    minimizePolicies: z.boolean().optional().meta({
      description: 'Whether statements without a `sid` that differ only in actions or only in principals are merged.',
      default: true,
    }),
    newRegions: z
      .array(region)
      .optional()
      .meta({
        description:
          'Regions that are newer than the list of this version of Keywright, which takes them for misspelt.',
        examples: [['eu-north-2']],
      }),
  })
  .meta({
    id: 'Settings',
    title: 'settings',
    description: 'Choices about what the project means, which hold for all of it.',
    examples: [{ aliasGrants: 'identity' }],
  });

const sections = {
  include: z
    .array(z.string().min(1))
    .optional()
    .meta({
      description:
        'More files with the same top-level keys, as paths or patterns relative to this file. A name that two files define is an error.',
      examples: [['teams/*/keys.yaml']],
    }),
  settings: settings.optional().meta({ description: 'Choices about what the project means.' }),
  rules: ruleSeverities.optional().meta({ description: 'How serious what the rules find is.' }),
  targets: z
    .record(targetName, z.unknown())
    .optional()
    .meta({ description: 'Options of the targets, by target; see docs/targets.md.', examples: [{ terraform: {} }] }),
  accounts: z
    .record(accountName, account)
    .optional()
    .meta({
      description: 'Accounts with the regions in use: the short form of `environments`.',
      examples: [{ 'payments-prod': { id: '111122223333', regions: ['eu-west-1', 'us-east-1'] } }],
    }),
  environments: z
    .record(stackName, environment)
    .optional()
    .meta({
      description: 'Where stacks live: an account and a region under each name.',
      examples: [{ prod: { account: '111122223333', region: 'eu-west-1' } }],
    }),
  groups: z
    .record(stackName, group)
    .optional()
    .meta({
      description: 'Names for sets of environments, which can be written wherever environments are.',
      examples: [{ europe: { region: 'eu-*' } }],
    }),
  principals: namedPrincipals
    .optional()
    .meta({ description: 'Principals that exist already and can be named anywhere in the project.' }),
  standards: z
    .record(name, standard)
    .optional()
    .meta({
      description: 'House standards: partial keys that keys build on with `standard:`.',
      examples: [{ pii: { rotation: '180 days' } }],
    }),
  stacks: z
    .record(stackName, stack)
    .optional()
    .meta({
      description: 'The deployment units, with the keys in them.',
      examples: [{ security: { keys: { orders: {} } } }],
    }),
};

const version = z
  .literal(1, {
    error:
      'this version of Keywright reads version 1 of the language, `keywright: 1`; a later language needs a later Keywright',
  })
  .meta({ description: 'The version of the language.' });
const app = stackName.meta({
  description: 'The name of the application. Part of the names of stacks, projects, exports and shared parameters.',
  examples: ['shop'],
});

/** `keywright.yaml`. */
export const projectSchema = z.strictObject({ keywright: version, app, ...sections }).meta({
  id: 'Project',
  title: 'a Keywright project',
  description: 'The file `keywright.yaml`.',
  examples: [{ keywright: 1, app: 'shop', stacks: { security: { keys: { orders: {} } } } }],
});

/** A file that a project includes. */
export const includedSchema = z
  .strictObject({ keywright: version.optional(), app: app.optional(), ...sections })
  .meta({ title: 'a part of a Keywright project', examples: [{ stacks: { security: { keys: { orders: {} } } } }] });

export type ProjectDefinition = z.infer<typeof projectSchema>;
export type IncludedDefinition = z.infer<typeof includedSchema>;
export type SettingsDefinition = z.infer<typeof settings>;
