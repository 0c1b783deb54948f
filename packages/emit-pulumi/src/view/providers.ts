import { fill, roleOf } from '@keywright/core/emit/deployment-text';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import { camelCase } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { array, atom, type Code, call, inlineObject, object, string } from '../print/code.ts';
import type { Constants, Declaration } from '../print/constants.ts';

/** The providers of a program: one for each region that it deploys to, unless it is the default provider. */
export interface Providers {
  /** The constant of the provider for a region, or for the stack's own place; none if that is the place where Pulumi runs. */
  readonly of: (region: string | undefined) => string | undefined;
  /** The requested providers, the stack's own first. */
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
  // With a list of environments, the place is in the configuration of each Pulumi stack, where the default provider finds it.
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

/** The name of a provider is part of Pulumi's state; the name of its region is stable. */
function nameOf({ region }: Environment): string {
  return region ?? 'main';
}

/** Pulumi's name for the provider of a resource, if it has one. */
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

/** The configuration's credentials, account and tags apply in all regions. */
const settings = ['profile', 'allowedAccountIds', 'assumeRoles', 'defaultTags'];

/** A provider that differs from the default one only in its region. */
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
