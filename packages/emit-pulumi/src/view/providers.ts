import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import { camelCase } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { array, atom, type Code, call, inlineObject, object, string } from '../print/code.ts';
import type { Constants, Declaration } from '../print/constants.ts';

/** The providers of a program: one for each region that it deploys to, except where Pulumi's default provider is used. */
export interface Providers {
  /** The constant of the provider for a region, or for the stack's own place; `undefined` for the default provider. */
  readonly of: (region: string | undefined) => string | undefined;
  /** The requested providers. The one for the stack's own place comes first. */
  readonly used: () => readonly Declaration[];
}

export function createProviders(stack: Stack, constants: Constants, options: PulumiOptions): Providers {
  const { environment: stackEnvironment } = stack;
  const { assumeRole, defaultTags } = options;
  const isKnown =
    stackEnvironment.region !== undefined ||
    stackEnvironment.account !== undefined ||
    assumeRole !== undefined ||
    defaultTags !== undefined;
  // With a list of environments, the configuration of each Pulumi stack has the place, and the default provider takes it from the
  // configuration.
  const isConfigured = stack.definition !== undefined;
  const places = new Map<string | undefined, Environment>(
    isKnown && !isConfigured ? [[undefined, stackEnvironment]] : [],
  );
  for (const environment of stack.replicaEnvironments) {
    // Environments that differ only in name share one provider.
    if (!places.has(environment.region)) places.set(environment.region, environment);
  }
  const declarations = [...places].map(([region, environment]) => ({
    region,
    constant: constants.claim(camelCase([nameOf(environment)])),
    code: isConfigured ? configuredProvider(environment) : providerCode(environment, stack, options),
  }));
  const regions = new Set<string | undefined>();
  return {
    of(region) {
      const declared = declarations.find((declaration) => declaration.region === region);
      if (region !== undefined && declared === undefined)
        throw new Error(`stack ${stack.name} has no region ${region}`);
      regions.add(region);
      return declared?.constant;
    },
    used: () => declarations.filter(({ region }) => regions.has(region)),
  };
}

/** The name of a provider is part of Pulumi's state, so it is the name of the region, which never changes. */
function nameOf({ region }: Environment): string {
  return region ?? 'main';
}

/** The name of a resource's provider in Pulumi, if the program declares that provider. */
export function providerName({ region }: Pick<Resource, 'region'>, { environment }: Stack): string {
  return nameOf(region === undefined ? environment : { region });
}

function providerCode(environment: Environment, stack: Stack, { assumeRole, defaultTags }: PulumiOptions): Code {
  const { region, account } = environment;
  const role = roleOf(assumeRole, stack);
  const tags = Object.entries(defaultTags ?? {}).map(([name, value]) => [name, string(fill(value, stack))] as const);
  return call(
    'new aws.Provider',
    string(nameOf(environment)),
    object([
      ['region', region === undefined ? undefined : string(region)],
      ['allowedAccountIds', account === undefined ? undefined : array([string(account)])],
      ['assumeRoles', role === undefined ? undefined : array([inlineObject([['roleArn', string(role)]])])],
      ['defaultTags', tags.length === 0 ? undefined : inlineObject([['tags', inlineObject(tags)]])],
    ]),
  );
}

/** These settings of the configuration apply in all regions: credentials, account and tags. */
const settings = ['profile', 'allowedAccountIds', 'assumeRoles', 'defaultTags'];

/** A provider that differs from the default provider only in its region. */
function configuredProvider(environment: Environment): Code {
  return call(
    'new aws.Provider',
    string(nameOf(environment)),
    object([
      ['region', string(environment.region ?? '')],
      ...settings.map((name) => [name, atom(`aws.config.${name}`)] as const),
    ]),
  );
}
