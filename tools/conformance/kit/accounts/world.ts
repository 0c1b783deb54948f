/** Deploys a project into fresh accounts, and reads their contents afterwards. */

import type { Subject } from '../../subject.ts';
import { type Cloud, openCloud, placeOf } from '../cloud/cloud.ts';
import type { StackDeployed, StackDeployer } from '../cloud/deployed.ts';
import type { Moto } from '../moto/start-moto.ts';
import { differences } from './compare.ts';
import { cfnDeployer } from './deploy-cfn.ts';
import { pulumiDeployer } from './deploy-pulumi.ts';
import { withTerraform } from './deploy-terraform.ts';
import { expectedOf } from './expected.ts';
import { meaningOf } from './meaning.ts';
import { placeIn } from './places.ts';
import type { Plan, Tool } from './plan.ts';
import { expectedReports, reportsToTools } from './reports-to-tools.ts';
import { givenNames, placesOf } from './scope.ts';
import { plantSeed, seedOf } from './seed.ts';
import { readAccounts, type Snapshot } from './snapshot.ts';

export interface World {
  readonly stacks: readonly string[];
  readonly snapshot: Snapshot;
  /** How the snapshot, or the reports to the tools, differ from the IR. */
  readonly differences: readonly string[];
}

/** Deploys the plan of a tool. Rejects if a tool or a service refuses. */
export async function deployWorld(
  subject: Subject,
  { program, toolOf }: Plan,
  tool: Tool,
  code: ReadonlyMap<string, string>,
  moto: Moto,
): Promise<World> {
  const meaning = meaningOf(program);
  const seed = seedOf(program, meaning);
  await moto.reset();
  const cloud = openCloud(moto.url);
  await plantSeed(seed, cloud, nowhere.region);
  const deployed = await deployAll({ ...subject, program }, toolOf, code, cloud);

  const places = placesOf(program, seed);
  // Accounts with only principals that the project names, such as a partner's account, have no keys to read.
  const partners = seed.principals.map(({ arn }) => ({ ...nowhere, account: arn.split(':')[4] ?? '' }));
  const snapshot = await readAccounts(cloud, [...places, ...partners], places, givenNames(program, seed));
  const expected = expectedOf(program, seed, meaning);
  const told = [expectedReports(program, meaning, deployed), reportsToTools(deployed)] as const;
  return {
    stacks: program.stacks.map(({ name }) => name),
    snapshot,
    differences: differences(
      ['the IR', tool],
      [
        { ...expected, things: [...expected.things, ...told[0]] },
        { ...snapshot, things: [...snapshot.things, ...told[1]] },
      ],
    ),
  };
}

const nowhere = placeOf({ environment: {} });

async function deployAll(
  subject: Subject,
  toolOf: Plan['toolOf'],
  code: ReadonlyMap<string, string>,
  cloud: Cloud,
): Promise<ReadonlyMap<string, StackDeployed>> {
  let here = nowhere; // if a stack can be anywhere, the user's credentials and settings decide
  const settled: Cloud = ({ account, region }) =>
    cloud({
      account: account === nowhere.account ? here.account : account,
      region: region === nowhere.region ? here.region : region,
    });
  const deployBy = async (terraform: StackDeployer) => {
    const deployers = {
      cfn: cfnDeployer(subject, settled),
      terraform,
      pulumi: pulumiDeployer(subject, settled, code),
    };
    const deployed = new Map<string, StackDeployed>();
    for (const stack of subject.program.stacks) {
      const tool = toolOf.get(stack.name);
      if (tool === undefined) throw new Error(`no tool is to deploy ${stack.name}`);
      here = placeIn(subject.program, stack);
      deployed.set(stack.name, await deployers[tool](stack));
    }
    return deployed;
  };
  return [...toolOf.values()].includes('terraform')
    ? withTerraform(subject, settled, deployBy)
    : deployBy(async ({ name }) => Promise.reject(new Error(`${name} is not for Terraform`)));
}
