import type { Environment } from '@keywright/core/ir/program';
import type { GrantDefinition } from '@keywright/core/language/grant';
import type { ImportModel, KeyModel, StackModel } from '@keywright/core/resolve/model';
import { all, single } from '@keywright/core/resolve/standards';
import type * as core from 'aws-cdk-lib';
import { principalName } from './deployed.ts';
import type { Difference } from './difference.ts';
import { type GrantedKey, grant, grantAdmin, type WrittenIn } from './grants.ts';
import { contextOf, importKey, regionOf } from './imports.ts';
import { createKey, keyLabel } from './keys.ts';
import { libraryFor } from './library.ts';
import { addOutputs } from './outputs.ts';
import { environmentsOf, placeOf } from './places.ts';
import { addTags, createdPrincipal } from './principals.ts';
import type { Source } from './source.ts';
import { serviceStatements, statementsOf } from './statements.ts';
import { made, replicaStackName, stackOf, type Translation } from './translation.ts';
import { permissionsIn } from './views.ts';
import { keysOf, type Who, whoAre } from './who.ts';

/**
 * Writes a project as an app of the CDK, as somebody would who knows both: from the model alone, with names bound and
 * standards applied, and without any of what Keywright decides about policies.
 */
export function translate(source: Source, outdir: string): Translation {
  const { stacks } = source.model;
  const translation = startTranslation(source, outdir);
  for (const stack of stacks) createStacks(stack, translation);
  for (const stack of stacks) for (const created of stack.created.values()) createdPrincipal(created, translation);
  for (const stack of stacks) {
    for (const key of keysOf(stack)) {
      translation.keys.set(key, createKey(key, translation));
      addAliases(key, translation);
    }
  }
  for (const imported of importsOf(source)) addImport(imported, translation);
  declareDependencies(translation);
  for (const stack of stacks) for (const key of keysOf(stack)) completePolicy(key, translation);
  for (const imported of importsOf(source)) addGrantsOfImport(imported, translation);
  for (const stack of stacks) addOutputs(stack, translation);
  return translation;
}

function importsOf(source: Source): readonly ImportModel[] {
  return source.model.stacks.flatMap((stack) => [...stack.imports.values()]);
}

function startTranslation(source: Source, outdir: string): Translation {
  const { settings } = source.model;
  const library = libraryFor(settings);
  const app = new library.core.App({
    outdir,
    // All of them are for a reader, and take time.
    analyticsReporting: false,
    treeMetadata: false,
    stackTraces: false,
    builtinCloudFormationValidation: false,
    context: {
      ...contextOf(importsOf(source)),
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

function createStacks(stack: StackModel, translation: Translation): void {
  const tags = stack.definition.value.tags;
  const environment = translation.environments.get(stack) ?? {};
  const construct = createStack(stack.name, environment, translation);
  if (stack.environment.account === undefined) limitOwnAccount(stack, environment.account, translation);
  if (readsAcrossRegions(stack, translation)) {
    // The other way is a custom resource of the CDK's own.
    construct.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'weak');
  }
  translation.stacks.set(stack, construct);
  addTags(construct, tags, construct, translation);
  for (const replica of keysOf(stack).filter(({ primary }) => primary !== undefined)) {
    translation.limits.push({ name: 'replica', covers: (difference) => isPassedToReplica(difference, replica) });
    const name = replicaStackName(replica);
    if (translation.replicaStacks.has(name)) continue;
    const own = createStack(name, replica.environment, translation);
    translation.replicaStacks.set(name, own);
    addTags(own, tags, construct, translation);
  }
}

/**
 * Where a stack without an environment is looked at in one, an account that is written out may turn out to be its own, which
 * Keywright could not know: who is trusted then, and which statements are merged, is not compared.
 */
function limitOwnAccount(stack: StackModel, account: string | undefined, translation: Translation): void {
  if (account === undefined) return;
  const written = JSON.stringify([...translation.source.principals.values()].map(({ value }) => value));
  for (const key of keysOf(stack)) {
    const texts = written + JSON.stringify(key.layers.map(({ value }) => value));
    if (!texts.includes(`"account":"${account}"`) && !texts.includes(`:${account}:root`)) continue;
    translation.limits.push({
      name: 'sameAccount',
      covers: (difference) =>
        (difference.kind === 'permission' || difference.kind === 'grouping') &&
        difference.owner.kind === 'key' &&
        difference.owner.label === keyLabel(key),
    });
  }
}

/**
 * Whether Keywright shares the ARN of a principal with the stack of a replica, whose template gets it from there. The key
 * that stands for the replica names it by a name that is fixed.
 */
function isPassedToReplica(difference: Difference, replica: KeyModel): boolean {
  if (difference.kind !== 'presence' || difference.side !== 'ours') return false;
  const { comparison, of } = difference;
  const named = [...permissionsIn(comparison.ours, keyLabel(replica)).values()].map(({ principal }) => principal);
  return comparison.principals.some(({ stack, principal }) => {
    const arn = principal.slice('AWS '.length);
    const consumer = replica.stack.name;
    const facts = [
      `${stack} exports ${arn}`,
      `${consumer} reads ${arn} of ${stack}`,
      `${consumer} depends on ${stack}`,
    ];
    return named.includes(principal) && facts.includes(of);
  });
}

function createStack(name: string, { account, region }: Environment, { library, app }: Translation): core.Stack {
  const { Stack, BootstraplessSynthesizer } = library.core;
  const env = account !== undefined && region !== undefined ? { env: { account, region } } : {};
  if (library.legacy) return new Stack(app, name, env);
  // Version 2 wants to know a role with which it would read values of other accounts.
  const role = { cloudFormationExecutionRoleArn: 'arn:aws:iam::000000000000:role/Execution' };
  const synthesizer = new BootstraplessSynthesizer(role) as core.IStackSynthesizer; // its types are not for exactOptionalPropertyTypes
  return new Stack(app, name, { ...env, synthesizer });
}

/** Whether a role that exists already may get a policy here that names a key of another region. */
function readsAcrossRegions(stack: StackModel, translation: Translation): boolean {
  const regionOfStack = (one: StackModel) => translation.environments.get(one)?.region;
  return (
    stack.replicaEnvironments.length > 0 ||
    [...stack.imports.values()].some(
      (imported) => imported.kind === 'key' && regionOfStack(imported.key.stack) !== regionOfStack(stack),
    )
  );
}

function addAliases(key: KeyModel, translation: Translation): void {
  for (const { id, aliasName } of key.aliases) {
    const alias = new translation.library.kms.Alias(stackOf(key, translation), id.replaceAll('/', '-'), {
      aliasName,
      targetKey: made(translation.keys, key),
    });
    translation.aliases.set(`${key.stack.name}/${id}`, alias);
  }
}

function addImport(imported: ImportModel, translation: Translation): void {
  const targetKey = importKey(imported, translation);
  translation.imports.set(imported, targetKey);
  const stack = made(translation.stacks, imported.stack);
  for (const { id, aliasName } of imported.aliases) {
    const alias = new translation.library.kms.Alias(stack, id.replaceAll('/', '-'), { aliasName, targetKey });
    translation.aliases.set(`${imported.stack.name}/${id}`, alias);
  }
}

/**
 * Says which stacks come after a key's stack because they name its ARN. The CDK has to be told before a grant is made, or
 * it names a principal in the key policy and finds the cycle when it is too late.
 */
function declareDependencies(translation: Translation): void {
  const { source, environments } = translation;
  const samePlace = (one: StackModel, other: StackModel) =>
    JSON.stringify(placeOf(environments.get(one) ?? {})) === JSON.stringify(placeOf(environments.get(other) ?? {}));
  const after = (stack: StackModel, other: StackModel) => {
    if (stack !== other && samePlace(stack, other)) {
      made(translation.stacks, stack).addDependency(made(translation.stacks, other));
    }
  };
  const holders = (references: Parameters<typeof whoAre>[0], from: StackModel) =>
    whoAre(references, from, source).flatMap((who) => (who.kind === 'created' ? [who.created.stack] : []));
  for (const stack of source.model.stacks) {
    for (const key of stack.keys.values()) {
      const grants = all(key.layers, 'grants').flatMap(({ value }) => holders([value.to].flat(), stack));
      const admins = holders(
        all(key.layers, 'admins').map(({ value }) => value),
        stack,
      );
      for (const holder of [...grants, ...admins]) after(holder, stack);
      for (const replica of key.replicas) declareReplica(replica, translation);
    }
    for (const imported of stack.imports.values()) {
      if (imported.kind !== 'key') continue;
      for (const { to } of grantsOf(imported)) {
        for (const holder of holders([to].flat(), stack)) after(holder, imported.key.stack);
      }
    }
  }
}

/** The same for a replica, whose stack is none of the model: with the stacks that are where the replica is. */
function declareReplica(replica: KeyModel, translation: Translation): void {
  const { source, environments } = translation;
  const references = [
    ...all(replica.layers, 'grants').flatMap(({ value }) => [value.to].flat()),
    ...all(replica.layers, 'admins').map(({ value }) => value),
  ];
  for (const who of whoAre(references, replica.stack, source)) {
    if (who.kind !== 'created') continue;
    const { account, region, partition } = placeOf(environments.get(who.created.stack) ?? {});
    if (account !== replica.environment.account || region !== replica.environment.region) continue;
    const root = `AWS arn:${partition}:iam::${account}:root`;
    const own = `AWS arn:${partition}:iam::${account}:${who.created.kind}/${principalName(who.created)}`;
    const label = `${who.created.kind} ${who.created.stack.name}.${who.created.name}`;
    made(translation.stacks, who.created.stack).addDependency(stackOf(replica, translation));
    translation.limits.push({
      name: 'replicaNear',
      covers: (difference) =>
        difference.kind === 'permission'
          ? difference.owner.label === keyLabel(replica) && [root, own].includes(difference.permission.principal)
          : difference.kind === 'property' &&
            difference.of === label &&
            ['RoleName', 'UserName'].includes(difference.property),
    });
  }
}

function grantsOf(imported: ImportModel): readonly GrantDefinition[] {
  return imported.definition.value.grants ?? [];
}

/** Adds to the policy that a key starts with, in the order of docs/semantics.md. */
function completePolicy(key: KeyModel, translation: Translation): void {
  const construct = made(translation.keys, key);
  const texts = stackOf(key, translation);
  const written: WrittenIn = { model: key.stack, stack: made(translation.stacks, key.stack), texts };
  const granted = { ...grantedKey(key, translation), construct };
  for (const { value } of all(key.layers, 'statements')) {
    for (const statement of statementsOf(value, key, translation)) construct.addToResourcePolicy(statement);
  }
  for (const { value } of all(key.layers, 'admins')) grantAdmin([value], granted, written, translation);
  for (const { value } of all(key.layers, 'services')) {
    for (const statement of serviceStatements(value, key, translation)) construct.addToResourcePolicy(statement);
  }
  for (const { value } of all(key.layers, 'grants')) grant(value, granted, written, translation);
  if (Object.keys(single(key.layers.slice(-1), 'kmsGrants')?.value ?? {}).length > 0) {
    translation.limits.push({ name: 'kmsGrants' });
  }
}

function grantedKey(key: KeyModel, translation: Translation): GrantedKey {
  return {
    construct: made(translation.keys, key),
    traits: key.traits,
    region: stackOf(key, translation).region,
    groupCannotBeNamed: (who) => limitGroup(who, key, translation),
  };
}

function limitGroup(who: Who, key: KeyModel, translation: Translation): void {
  if (who.kind !== 'created') return;
  const { account, partition } = placeOf(translation.environments.get(who.created.stack) ?? {});
  translation.limits.push({
    name: 'group',
    covers: (difference) =>
      difference.kind === 'permission' &&
      difference.owner.kind === 'key' &&
      difference.owner.label === keyLabel(key) &&
      difference.side === 'ours' &&
      difference.permission.principal === `AWS arn:${partition}:iam::${account}:root`,
  });
}

function addGrantsOfImport(imported: ImportModel, translation: Translation): void {
  const stack = made(translation.stacks, imported.stack);
  const written: WrittenIn = { model: imported.stack, stack, texts: stack };
  const grants = grantsOf(imported);
  if (imported.kind === 'alias' && translation.library.legacy && grants.length > 0) {
    const { aliasGrants } = translation.source.model.settings;
    if (aliasGrants === 'identity') translation.limits.push({ name: 'oldAliasGrant', covers: onlyWithAlias });
  }
  const granted: GrantedKey =
    imported.kind === 'key'
      ? grantedKey(imported.key, translation)
      : {
          construct: made(translation.imports, imported),
          ...(imported.kind === 'lookup' && imported.entry !== undefined && { traits: imported.entry }),
          region: regionOf(imported, translation),
          // There is no policy to name it in, and the CDK has given it its own.
          groupCannotBeNamed: () => {},
        };
  for (const definition of grants) grant(definition, granted, written, translation);
}

function onlyWithAlias(difference: Difference): boolean {
  return (
    difference.kind === 'permission' &&
    difference.owner.kind === 'identity' &&
    difference.side === 'ours' &&
    difference.permission.condition.includes('kms:ResourceAliases')
  );
}
