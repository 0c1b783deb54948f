import * as z from '../schema/schema.ts';
import { movedPlaces, removedPlaces } from './change.ts';
import { account, environment } from './environment.ts';
import { explainedBy } from './explanation.ts';
import { group } from './group.ts';
import { keySet, standard } from './key.ts';
import { namedPrincipals } from './principal.ts';
import { requirement } from './requirement.ts';
import { ruleSeverities } from './rules.ts';
import { stack } from './stack.ts';
import { accountName, environmentOrGroup, name, oneOrMany, region, stackName, targetName } from './text.ts';

const settings = z
  .strictObject({
    defaultKeyPolicies: z.boolean().optional().meta({
      description:
        'Whether key policies start with the default statement, which lets IAM policies of the account grant access. `false` gives the behaviour that the CDK had before its feature flag of this name; see docs/semantics.md.',
      default: true,
    }),
    aliasGrants: z.enum(['none', 'identity']).optional().meta({
      description:
        'What a grant on an import by alias becomes: `none` gives only a warning, `identity` an identity policy narrowed by `kms:ResourceAliases`.',
      default: 'none',
    }),
    minimizePolicies: z.boolean().optional().meta({
      description:
        'Whether to merge statements without a `sid` that differ only in actions or only in principals. In policies on roles, users and groups, statements from one line that differ only in the KMS key are merged too. A statement about `kms:*`, such as the default one, is never merged with statements about other actions.',
      default: true,
    }),
    newRegions: z
      .array(region)
      .optional()
      .meta({
        description: 'Regions newer than this version of Keywright, which would otherwise report them as misspelt.',
        examples: [['eu-north-2']],
      }),
  })
  .meta({
    id: 'Settings',
    title: 'settings',
    description: 'Choices about the meaning of the whole project.',
    examples: [{ aliasGrants: 'identity' }],
  });

const includedPath = z
  .string()
  .min(1)
  .meta({ examples: ['teams/*.yaml'] });
const includedFiles = oneOrMany(includedPath).meta({
  description: 'Paths or patterns relative to `keywright.yaml`.',
  examples: ['teams/*.yaml'],
});

const inclusion = z
  .union([
    includedPath,
    z.strictObject({
      files: includedFiles,
      stacksIn: z
        .array(
          environmentOrGroup,
          explainedBy(() => ({
            otherwise: 'or write the path alone, or add `trusted: true`, if the files have the same owners as this one',
          })),
        )
        .min(1, { error: 'the list of environments is empty' })
        .meta({
          description:
            'The environments to which these files are limited, by names, groups or patterns such as `payments-*`. This covers their stacks, replicas and anything they add to keys of other stacks. Such a file cannot define environments.',
          examples: [['payments-*']],
        }),
    }),
    z.strictObject({
      files: includedFiles,
      trusted: z.literal(true).meta({
        description:
          'These files may have the sections otherwise reserved for `keywright.yaml`, such as `settings` and `requirements`. Use it to split a large `keywright.yaml` among files with the same owners.',
      }),
    }),
  ])
  .meta({
    id: 'Inclusion',
    title: 'a path or pattern of files',
    description:
      'More files to read. `stacksIn` limits where their stacks can be; `trusted: true` allows them every section of the root file. A file that several entries name may do only what all of them allow: see docs/platform-teams.md.',
  });

/** The sections that apply to the whole project: only the owners of `keywright.yaml` decide them. */
const rootSections = {
  settings: settings.optional().meta({ description: 'Choices about the meaning of the whole project.' }),
  rules: ruleSeverities.optional().meta({ description: 'The severity of each rule’s findings.' }),
  requirements: z
    .record(name, requirement)
    .optional()
    .meta({
      description: 'Demands on all keys, whoever writes them.',
      examples: [{ 'production-keys': { removal: 'retain', because: 'SEC-POL-7' } }],
    }),
  accounts: z
    .record(accountName, account)
    .optional()
    .meta({
      description: 'Accounts and the regions in use: the short form of `environments`.',
      examples: [{ 'payments-prod': { id: '111122223333', regions: ['eu-west-1', 'us-east-1'] } }],
    }),
  groups: z
    .record(stackName, group)
    .optional()
    .meta({
      description: 'Names for sets of environments, usable wherever an environment is named.',
      examples: [{ europe: { region: 'eu-*' } }],
    }),
  moved: movedPlaces.optional(),
  removed: removedPlaces.optional(),
  targets: z
    .record(targetName, z.unknown())
    .optional()
    .meta({ description: 'Options of the targets, by target; see docs/targets.md.', examples: [{ terraform: {} }] }),
};

const sections = {
  environments: z
    .record(stackName, environment)
    .optional()
    .meta({
      description: 'Where stacks live: each name stands for an account and a region.',
      examples: [{ prod: { account: '111122223333', region: 'eu-west-1' } }],
    }),
  principals: namedPrincipals
    .optional()
    .meta({ description: 'Existing principals, which can be named anywhere in the project.' }),
  standards: z
    .record(name, standard)
    .optional()
    .meta({
      description: 'House standards: partial keys that keys build on with `standard:`.',
      examples: [{ pii: { rotation: '180 days' } }],
    }),
  keySets: z
    .record(name, keySet)
    .optional()
    .meta({
      description: 'Sets of keys that stacks include with `keySets: [<name>]`.',
      examples: [{ baseline: { logs: { services: ['logs'] }, s3: { rotation: true } } }],
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
  description: 'The name of the application, part of the names of stacks, projects, exports and shared parameters.',
  examples: ['shop'],
});

export const projectSchema = z
  .strictObject({
    keywright: version,
    app,
    include: z
      .array(inclusion)
      .optional()
      .meta({
        description:
          'More files, as paths or patterns relative to this file. Two files must not define the same name. Sections that apply to the whole project belong in this file, or in one that it includes with `trusted: true`.',
        examples: [['accounts.yaml', { files: 'teams/*.yaml', stacksIn: ['payments-*'] }]],
      }),
    ...rootSections,
    ...sections,
  })
  .meta({
    id: 'Project',
    title: 'a Keywright project',
    description: 'The file `keywright.yaml`.',
    examples: [{ keywright: 1, app: 'shop', stacks: { security: { keys: { orders: {} } } } }],
  });

const partOfProject = {
  keywright: version.optional(),
  app: app.optional(),
  include: z
    .array(includedPath)
    .optional()
    .meta({
      description:
        'More files, as paths or patterns relative to this file. They may do what this file may, but are never trusted.',
      examples: [['keys/*.yaml']],
    }),
};

export const includedSchema = z
  .strictObject({ ...partOfProject, ...sections })
  .meta({ title: 'a part of a Keywright project', examples: [{ stacks: { security: { keys: { orders: {} } } } }] });

export const trustedSchema = z
  .strictObject({ ...partOfProject, ...rootSections, ...sections })
  .meta({ title: 'a trusted part of a Keywright project', examples: [{ settings: { aliasGrants: 'identity' } }] });

type RootSection = keyof typeof rootSections;

/** The names of the sections that an included file cannot have unless it is trusted. */
export const namesOfRootSections = Object.keys(rootSections) as readonly RootSection[]; // Object.keys loses the type of the keys

export type ProjectDefinition = z.infer<typeof projectSchema>;
/** Any file of a project: `keywright.yaml` has more than this, an untrusted included file less. */
export type FileDefinition = Omit<z.infer<typeof trustedSchema>, 'include'> & Pick<ProjectDefinition, 'include'>;
