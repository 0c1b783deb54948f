/** Provider configurations: which configuration a block uses, and the account and region of each configuration. */
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { indexInAddress } from '../index-in-address.ts';
import { evaluate } from './evaluate.ts';
import { hasMark, type Marks } from './marks.ts';
import { addressIn } from './moves.ts';
import type { Scope } from './scope.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './syntax.ts';
import { asText, elementsOf, type HclValue } from './value.ts';

/** Where the module is deployed, if its provider does not say. */
export interface RequestedPlace {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

export interface ProviderConfigurations {
  readonly marks: Marks;
  readonly place: RequestedPlace;
  /** Maps provider configurations to regions. They are named `aws` or `aws.us` in the root module, `module.kms:aws` in another module. */
  readonly providers: Map<string, string>;
  /** Maps each provider configuration that sets an unknown region to the reason why the region is unknown. */
  readonly unclearRegions: Map<string, Unknown>;
  /** Maps each provider configuration to its credentials and to the account that it names, if any. */
  readonly accounts: Map<string, { readonly credentials: string; readonly account: string | undefined }>;
  readonly defaultTags: Map<string, HclValue>;
}

/**
 * Returns the account of a provider configuration: the account that it names, or the default configuration's account if both configurations
 * use the same credentials.
 */
export function accountIn(context: ProviderConfigurations, provider: string): string | Unknown {
  const { accounts, marks, place } = context;
  const configured = accounts.get(provider)?.account;
  if (configured !== undefined) return configured;
  if (hasOtherCredentials(context, provider))
    return new Unknown(
      `the provider ${provider} has credentials of its own, which may be of another account`,
      `${readTheState}, or write \`allowed_account_ids\` into the provider`,
    );
  const account = accounts.get('aws')?.account ?? place.account;
  if (account !== undefined) return account;
  // If a provider names its account, a stack may be in that account, where `${account}` would mean that account.
  if ([...accounts.values()].some(({ account }) => account !== undefined)) return severalPlaces('account');
  return marks.pseudo('account');
}

/** Whether a provider may use an account other than the default one, although nothing names that account. */
function hasOtherCredentials({ accounts }: ProviderConfigurations, provider: string): boolean {
  const configuration = accounts.get(provider);
  const main = accounts.get('aws')?.credentials ?? noCredentials;
  return configuration !== undefined && configuration.account === undefined && configuration.credentials !== main;
}

/** Says why the account or region of a resource with this provider configuration is unknown; `undefined` if both are known. */
export function unclearPlace(context: ProviderConfigurations, provider: string, type: string) {
  const account = accountIn(context, provider);
  // IAM's resources have no region, so nothing else would keep them out of a stack in another account.
  if (account instanceof Unknown && (type.startsWith('aws_iam_') || hasOtherCredentials(context, provider)))
    return { what: 'account' as const, ...account };
  // The region of the default provider comes from `--region`, and IAM has no regions.
  if (provider === 'aws' || type.startsWith('aws_iam_')) return undefined;
  const region = context.unclearRegions.get(provider);
  return region && { what: 'region' as const, ...region };
}

export function regionIn(
  { providers, unclearRegions, marks, place }: ProviderConfigurations,
  provider: string,
): string | Unknown {
  const unclear = unclearRegions.get(provider);
  if (unclear !== undefined && provider !== 'aws') return unclear;
  const region = providers.get(provider) ?? place.region;
  if (region !== undefined) return region;
  return providers.size > 0 ? severalPlaces('region') : marks.pseudo('region');
}

function severalPlaces(what: 'account' | 'region'): Unknown {
  return new Unknown(
    `it is the ${what} of a provider that does not name its ${what}, although another provider does`,
    'say where the module is deployed, with `--account` and `--region`',
  );
}

/** Reads a `provider` block: the configuration that the root module knows as `name`. */
export function addConfiguration(
  { providers, unclearRegions, accounts, defaultTags }: ProviderConfigurations,
  name: string,
  { body }: HclBlock,
  evaluated: (attribute: HclAttribute) => HclValue,
): void {
  const written = body.attributes.get('region');
  const region = written && evaluated(written);
  if (typeof region === 'string' && !hasMark(region)) providers.set(name, region);
  else if (region instanceof Unknown) unclearRegions.set(name, region);
  else if (region !== undefined && region !== null)
    unclearRegions.set(name, new Unknown('only the deployment decides it', 'name the region in the provider'));
  accounts.set(name, credentialsOf(body, evaluated));
  const tags = body.blocks.find(({ type }) => type === 'default_tags')?.body.attributes.get('tags');
  if (tags !== undefined) defaultTags.set(name, evaluated(tags));
}

/**
 * Returns a text that identifies the credentials of a provider configuration, and the account of the configuration's role or the only
 * account that the configuration allows.
 */
function credentialsOf({ attributes, blocks }: HclBody, evaluated: (attribute: HclAttribute) => HclValue) {
  // No other setting of a provider decides which account it uses.
  const settings = {
    attributes: [...attributes].filter(([name]) =>
      /^(access_key|secret_key|token|profile|shared_(config|credentials)_files?)$/.test(name),
    ),
    blocks: blocks.filter(({ type }) => /^assume_role(_with_web_identity)?$/.test(type)),
  };
  const allowed = attributes.get('allowed_account_ids');
  const ids = allowed === undefined ? [] : (elementsOf(evaluated(allowed)) ?? []);
  const role = blocks
    .find(({ type }) => /^assume_role(_with_web_identity)?$/.test(type))
    ?.body.attributes.get('role_arn');
  const arn = role === undefined ? undefined : asText(evaluated(role));
  const named = /^arn:[^:]+:iam::(\d{12}):/.exec(arn ?? '')?.[1];
  const [only = null] = ids;
  return { credentials: withoutOffsets(settings), account: named ?? (ids.length === 1 ? asText(only) : undefined) };
}

/** Prints an HCL tree without offsets, so that equal trees at different positions have equal texts. */
function withoutOffsets(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) =>
    /^(at|start|end|headEnd)$/.test(key) ? undefined : value instanceof Map ? [...value] : value,
  );
}

const noCredentials = withoutOffsets({ attributes: [], blocks: [] });

/** Returns the provider configuration of a block, under the root module's name. */
export function providerOf(body: HclBody, type: string, providers: ReadonlyMap<string, string>, scope: Scope): string {
  const written = body.attributes.get('provider')?.value;
  const name = (written && nameIn(written, providers, scope)) ?? type.slice(0, type.indexOf('_'));
  return providers.get(name) ?? name;
}

/** Returns the provider configurations that a module call passes to its module, by their names in that module. */
export function passedOn(
  attribute: HclAttribute | undefined,
  outer: ReadonlyMap<string, string>,
  scope: Scope,
): ReadonlyMap<string, string> {
  const { value } = attribute ?? {};
  if (value?.kind !== 'object') return outer;
  const nameOf = (expression: HclExpression) =>
    nameIn(expression, outer, scope) ?? (expression.kind === 'literal' ? String(expression.value) : '');
  return new Map(value.items.map(([inner, from]) => [nameOf(inner), outer.get(nameOf(from)) ?? nameOf(from)] as const));
}

/**
 * `aws`, `aws.us` or, with OpenTofu's `for_each` of a provider, `aws.by["us-east-1"]`; `aws.by` if there is no such instance, or its key is
 * unknown.
 */
function nameIn(expression: HclExpression, providers: ReadonlyMap<string, string>, scope: Scope): string | undefined {
  if (expression.kind === 'variable') return expression.name;
  if (expression.kind === 'index') {
    const all = nameIn(expression.of, providers, scope);
    const name = `${all}${indexInAddress(asText(evaluate(expression.key, scope)) ?? '')}`;
    return providers.has(name) ? name : all;
  }
  const isAlias = expression.kind === 'attribute' && expression.of.kind === 'variable';
  return isAlias ? addressIn(expression) : undefined;
}
