import { join } from 'node:path';
import type { Subject } from '../../subject.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { StackDeployer } from '../cloud/deployed.ts';
import { createLiveCloud } from '../terraform/live-cloud.ts';
import { awsSchema } from '../terraform/plugin/schema.ts';
import { serve } from '../terraform/plugin/server.ts';
import { getModules, terraform } from '../terraform/run-terraform.ts';
import { withWorkspace } from '../terraform/workspace.ts';

const schema = awsSchema();
const apply = ['apply', '-auto-approve', '-lock=false', '-refresh=false', '-no-color'];

/**
 * Calls `use` with a function that applies root modules of a project, with Terraform's core and a provider that makes the calls. The state
 * of each module is available to later modules until `use` has ended. Does not check what Terraform would keep on destruction: that takes
 * two more plans for each module, and the oracle `terraform` does it.
 */
export async function withTerraform<Result>(
  { files }: Subject,
  cloud: Cloud,
  use: (deploy: StackDeployer) => Promise<Result>,
): Promise<Result> {
  const server = await serve({ schema, cloud: createLiveCloud(cloud) });
  try {
    return await withWorkspace(files, (folder) =>
      use(async ({ name }) => {
        const module = join(folder, 'terraform', name);
        await getModules(module);
        const { status, problem } = await terraform(module, apply, server.reattach);
        if (status !== 0) throw new Error(problem);
        return {};
      }),
    );
  } finally {
    server.close();
  }
}
