import { type ImportModel, keysOf } from '@keywright/core/resolve/model';
import { environmentsOf } from '../source/places.ts';
import type { Source } from '../source/source.ts';
import { declareDependencies } from './dependencies.ts';
import { addIdentityPolicies } from './identity-policies.ts';
import { addImport, contextOf } from './imports.ts';
import { createKey } from './keys.ts';
import { libraryFor } from './library.ts';
import { addOutputs } from './outputs.ts';
import { addGrantsOfImport, completePolicy } from './policies.ts';
import { createdPrincipal } from './principals.ts';
import { createStacks } from './stacks.ts';
import type { Translation } from './translation.ts';

/**
 * Translates a project into a CDK app, as someone who knows both would write it. Uses only the model, in which names are bound and
 * standards applied, and none of Keywright's decisions about policies. With `keeps`, makes the CDK keep what it would drop.
 */
export function translate(source: Source, outdir: string, keeps: boolean): Translation {
  const { stacks } = source.model;
  const keys = stacks.flatMap(keysOf);
  const imports = stacks.flatMap((stack) => [...stack.imports.values()]);
  const translation = startTranslation(source, imports, outdir, keeps);
  for (const stack of stacks) createStacks(stack, translation);
  for (const stack of stacks) for (const created of stack.created.values()) createdPrincipal(created, translation);
  for (const key of keys) createKey(key, translation);
  for (const imported of imports) addImport(imported, translation);
  declareDependencies(translation);
  for (const key of keys) completePolicy(key, translation);
  for (const imported of imports) addGrantsOfImport(imported, translation);
  for (const stack of stacks) addIdentityPolicies(stack, translation);
  for (const stack of stacks) addOutputs(stack, translation);
  return translation;
}

function startTranslation(
  source: Source,
  imports: readonly ImportModel[],
  outdir: string,
  keeps: boolean,
): Translation {
  const { settings } = source.model;
  const library = libraryFor(settings);
  const app = new library.core.App({
    outdir,
    // Turned off, because this output is only for people and takes time.
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    builtinCloudFormationValidation: false,
    context: {
      ...contextOf(imports),
      '@aws-cdk/aws-iam:minimizePolicies': settings.minimizePolicies,
      ...(!library.legacy && {
        '@aws-cdk/aws-kms:aliasNameRef': true,
        '@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal': settings.aliasGrants === 'identity',
        '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope': true,
      }),
    },
  });
  return {
    library,
    source,
    keeps,
    dropped: new Set(),
    app,
    environments: environmentsOf(source),
    stacks: new Map(),
    replicaStacks: new Map(),
    created: new Map(),
    keys: new Map(),
    imports: new Map(),
    aliases: new Map(),
    outputs: new Map(),
    existing: new Map(),
    existingNames: [],
    limits: [],
  };
}
