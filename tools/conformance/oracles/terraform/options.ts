import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '@keywright/core/ir/program';
import type { TerraformOptions } from '@keywright/emit-terraform/options';
import { createMemoryCloud } from '../../kit/terraform/memory-cloud.ts';
import { modulesOf } from '../../kit/terraform/modules.ts';
import type { ProviderSchema } from '../../kit/terraform/plugin/schema.ts';
import { schemaOfVersion5 } from '../../kit/terraform/plugin/schema-5.ts';
import { serve } from '../../kit/terraform/plugin/server.ts';
import { getModules, terraform } from '../../kit/terraform/run-terraform.ts';
import { withWorkspace } from '../../kit/terraform/workspace.ts';
import type { Subject } from '../../subject.ts';
import { deployAndCompare } from './deploy.ts';
import { type Finding, nothing, together } from './finding.ts';

/** Checks the modules of a subject with backends other than its own. */
export async function checkBackends(subject: Subject, schema: ProviderSchema): Promise<Finding> {
  return together([await checkLocalBackend(subject, schema), await checkS3Backend(subject, schema)]);
}

/** Checks modules for version 5 of the provider against the schema of that version. */
export function checkProvider5(subject: Subject, schema: ProviderSchema): Promise<Finding> {
  return validated(subject, { provider: 5 }, schemaOfVersion5(schema));
}

/** Validates modules with a state in a bucket that does not exist, and with settings for the providers. */
function checkS3Backend(subject: Subject, schema: ProviderSchema): Promise<Finding> {
  const options = {
    backend: { s3: { bucket: 'states', region: 'eu-west-1', prefix: 'kms/' } },
    assumeRole: 'arn:aws:iam::111122223333:role/Deploy',
    providerSettings: {
      profile: '${app}',
      max_retries: 10,
      use_fips_endpoint: true,
      shared_config_files: ['~/.aws/${stack}'],
      assume_role: { session_name: '${stack}' },
      ignore_tags: { key_prefixes: ['team:'] },
    },
  };
  return validated(subject, options, schema);
}

async function validated(
  subject: Subject,
  options: Partial<TerraformOptions>,
  schema: ProviderSchema,
): Promise<Finding> {
  const files = modulesOf(subject.program, options);
  if (files === undefined) return nothing; // the option cannot express it, which is reported
  const server = await serve({ schema, cloud: createMemoryCloud() });
  try {
    return await withWorkspace(files, async (folder) => {
      const problems: string[] = [];
      for (const name of rootsIn(subject.program)) {
        const module = join(folder, 'terraform', name);
        await getModules(module);
        const { status, problem } = await terraform(module, ['validate', '-no-color'], server.reattach);
        if (status !== 0) problems.push(`${name}: ${problem}`);
      }
      const formatted = await terraform(folder, ['fmt', '-check', '-recursive', '-diff', '-no-color']);
      if (formatted.status !== 0) problems.push(formatted.stdout);
      return { problems: problems.map((problem) => `with ${JSON.stringify(options)}: ${problem}`), departures: [] };
    });
  } finally {
    server.close();
  }
}

/** Checks modules with the states of all stacks in one folder, where each stack has to find the states of other stacks. */
async function checkLocalBackend(subject: Subject, schema: ProviderSchema): Promise<Finding> {
  const options = { backend: { local: { path: '../../states/' } } };
  const files = modulesOf(subject.program, options);
  if (files === undefined) return nothing;
  const cloud = createMemoryCloud();
  const server = await serve({ schema, cloud });
  try {
    return await withWorkspace(files, async (folder) => {
      for (const name of rootsIn(subject.program)) {
        const begun = await terraform(join(folder, 'terraform', name), ['init', '-no-color'], server.reattach);
        if (begun.status !== 0) return { problems: [`${name}: ${begun.problem}`], departures: [] };
      }
      const { differences } = await deployAndCompare(subject.program, folder, cloud, server.reattach);
      const states = readdirSync(join(folder, 'states')).filter((file) => file.endsWith('.tfstate'));
      const stacks = rootsIn(subject.program);
      const strays = states.length === stacks.length ? [] : [`${states.length} states of ${stacks.length} stacks`];
      const problems = [...differences, ...strays].map((text) => `with ${JSON.stringify(options)}: ${text}`);
      return { problems, departures: [] };
    });
  } finally {
    server.close();
  }
}

/** Returns the root modules, which have the names of their stacks. */
function rootsIn({ stacks }: Program): readonly string[] {
  return stacks.filter(({ targets }) => targets.includes('terraform')).map(({ name }) => name);
}
