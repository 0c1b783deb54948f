/** Deploys the Pulumi programs of a project. The requests of a program to the engine become calls to the services. */
import { randomBytes } from 'node:crypto';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Stack } from '@keywright/core/ir/program';
import { load } from 'js-yaml';
import type { Subject } from '../../subject.ts';
import { type Cloud, dnsSuffixOf, type Place, partitionOf, type Services } from '../cloud/cloud.ts';
import type { GrantSettings, KeySettings, StackDeployer } from '../cloud/deployed.ts';
import { grantSettings, type Inputs, keySettings, make, refuseOthers } from '../pulumi/provider.ts';
import { type ProgramRequest, runProgram } from '../pulumi/run-program.ts';
import { settled } from '../pulumi/settled.ts';
import { placeIn } from './places.ts';

/** Returns a deployer for Pulumi. `code` is the JavaScript of each program, by folder. */
export function pulumiDeployer(subject: Subject, cloud: Cloud, code: ReadonlyMap<string, string>): StackDeployer {
  const outputs = new Map<string, Inputs>();
  const user = settings(subject);
  return async (stack) => {
    const { folder, project, config } = placeOfProgram(subject, stack);
    const program = code.get(folder);
    if (program === undefined) throw new Error(`there is no Pulumi program for ${stack.name}`);
    const isListed = stack.definition !== undefined;
    const deployment = {
      organization: user.organization,
      project,
      stack: (isListed ? stack.environment.name : user.stack) ?? 'dev',
    };
    const engine = createEngine(configuredPlace(placeIn(subject.program, stack), config), cloud);
    const found = await runProgram(
      program,
      { ...deployment, config },
      {
        ...engine,
        async outputsOf(path) {
          const outputsThere = outputs.get(path);
          if (outputsThere === undefined) throw new Error(`there is no stack ${path}`);
          return outputsThere;
        },
      },
    );
    // If the user names the Pulumi stack, other stacks assume that the Pulumi stack of its environment has the same name.
    const names = [deployment.stack, ...(user.stack === undefined ? [stack.environment.name ?? 'dev'] : [])];
    for (const name of names) outputs.set(`${deployment.organization}/${project}/${name}`, found);
    const asked = stack.outputs.map(({ name }) => {
      if (!(name in found)) throw new Error(`${stack.name} has no output ${name}`);
      return { name, value: found[name] };
    });
    return { keys: engine.keys, grants: engine.grants, outputs: asked };
  };
}

/** Returns the organization and the stack name in `targets.pulumi`, which the user deploys with. */
function settings({ host }: Subject): { readonly organization: string; readonly stack: string | undefined } {
  const file = host.readFile('keywright.yaml');
  if (file.kind !== 'text') throw new Error('there is no keywright.yaml');
  const { targets } = load(file.text) as { targets?: { pulumi?: { organization?: string; stackName?: string } } }; // the project is valid
  return { organization: targets?.pulumi?.organization ?? 'acme', stack: targets?.pulumi?.stackName };
}

/** Returns where a stack is deployed: the folder, the project, and the configuration that Pulumi finds in the folder. */
function placeOfProgram({ files }: Subject, { name, app, definition, environment }: Stack) {
  const settingsFile = `Pulumi.${environment.name}.yaml`;
  const projects = [...files].flatMap(([path, text]) => {
    const [target, folder = '', file] = path.split('/');
    if (target !== 'pulumi' || file !== 'Pulumi.yaml') return [];
    return [{ folder, project: (load(text) as { name: string }).name }]; // Pulumi reads the name of the project from this file
  });
  const place = projects.find(({ folder, project }) =>
    definition === undefined
      ? folder === name
      : project === `${app}-${definition}` && files.has(`pulumi/${folder}/${settingsFile}`),
  );
  if (place === undefined) throw new Error(`there is no Pulumi project for ${name}`);
  if (definition === undefined) return { ...place, config: {} };
  const { config = {} } = load(files.get(`pulumi/${place.folder}/${settingsFile}`) ?? '') as { config?: Inputs }; // see above
  const values = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { ...place, config: Object.fromEntries(values) as Readonly<Record<string, string>> };
}

/** Returns the place of the default provider: the configured region, and an account that the provider allows. */
function configuredPlace({ account, region }: Place, config: Readonly<Record<string, string>>): Place {
  const allowed: unknown = JSON.parse(config['aws:allowedAccountIds'] ?? JSON.stringify([account]));
  if (!(Array.isArray(allowed) && allowed.includes(account)))
    throw new Error(`the default provider does not allow ${account}`);
  return { account, region: config['aws:region'] ?? region };
}

/** Creates an engine. `here` is the place of the user's credentials and settings. */
function createEngine(here: Place, cloud: Cloud) {
  const providers = new Map<string, Place>();
  const keys = new Map<string, KeySettings>();
  const grants: GrantSettings[] = [];
  // Unfinished calls to all services but IAM. IAM's resources wait for these calls.
  const underWay = new Set<Promise<unknown>>();
  const countedIn = <Result>(doing: Promise<Result>): Promise<Result> => {
    underWay.add(doing);
    return doing.finally(() => underWay.delete(doing));
  };
  const servicesOf = (provider: string | undefined): Services => {
    const place = provider === undefined ? here : providers.get(provider);
    if (place === undefined) throw new Error(`there is no provider ${provider}`);
    return cloud(place);
  };
  return {
    keys,
    grants,
    async make(asked: ProgramRequest) {
      if (asked.type === 'pulumi:providers:aws') {
        const { region, allowedAccountIds, assumeRoles } = asked.inputs;
        // Pulumi passes lists to a provider as JSON.
        const accounts: unknown = allowedAccountIds === undefined ? undefined : JSON.parse(String(allowedAccountIds));
        const { account } = here;
        if (accounts !== undefined && !(Array.isArray(accounts) && accounts.includes(account)))
          throw new Error(`provider ${asked.name} does not allow ${account}`);
        // The permissions of the user are not checked. But with a role of another account, the provider would deploy in that account.
        const roles =
          assumeRoles === undefined ? [] : (JSON.parse(String(assumeRoles)) as readonly { readonly roleArn: string }[]);
        if (roles.some(({ roleArn }) => roleArn.split(':')[4] !== account))
          throw new Error(`provider ${asked.name} assumes a role of another account`);
        const known = [
          'region',
          'allowedAccountIds',
          'assumeRoles',
          'version',
          'skipRegionValidation',
          'skipCredentialsValidation',
        ];
        refuseOthers(asked, known);
        providers.set(asked.name, { account, region: String(region ?? here.region) });
        return { id: asked.name, state: {} };
      }
      // Waits for all other calls, so that no program relies on IAM being fast: a policy that names a principal has to wait for that
      // principal, even if KMS and STS are slow.
      const isIam = asked.type.startsWith('aws:iam/');
      if (isIam) await settled(underWay);
      const generatedName = `${asked.name}-${randomBytes(4).toString('hex').slice(0, 7)}`;
      const making = make(asked, generatedName, servicesOf(asked.provider), cloud);
      const { id, arn, state } = await (isIam ? making : countedIn(making));
      const key = keySettings(asked);
      if (key !== undefined && arn !== undefined)
        keys.set(arn, { ...key, retained: asked.protect && asked.retainOnDelete });
      const grant = grantSettings(asked);
      if (grant !== undefined) grants.push(grant);
      return { id, state: { ...state, ...(arn !== undefined && { arn }) } };
    },
    call: (token: string, inputs: Inputs, provider: string | undefined) => countedIn(call(token, inputs, provider)),
  };
  async function call(token: string, inputs: Inputs, provider: string | undefined): Promise<Inputs> {
    const { sts, ssm, place } = servicesOf(provider);
    switch (token) {
      case 'aws:index/getCallerIdentity:getCallerIdentity':
        return { accountId: (await sts.send(new GetCallerIdentityCommand())).Account };
      case 'aws:index/getRegion:getRegion':
        return { region: place.region };
      case 'aws:index/getPartition:getPartition':
        return { partition: partitionOf(place.region), dnsSuffix: dnsSuffixOf(place.region) };
      case 'aws:ssm/getParameter:getParameter': {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: String(inputs.name) }));
        return { insecureValue: Parameter?.Value, type: Parameter?.Type };
      }
      default:
        throw new Error(`there is no function ${token}`);
    }
  }
}
