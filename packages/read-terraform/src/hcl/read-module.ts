import { posix } from 'node:path';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector } from '@keywright/core/diagnostics/result';
import type { LeftOut } from '@keywright/core/reading/reader';
import { Unknown } from '@keywright/core/reading/source-value';
import type { SourceFile } from '@keywright/core/source/span';
import { readTheState } from '../advice.ts';
import {
  assumedDefaults,
  missingModule,
  otherProvider,
  policyStays,
  unknownAccount,
  unknownCount,
} from '../diagnostics.ts';
import { indexInAddress } from '../index-in-address.ts';
import type { Source, SourceOutput, SourceResource } from '../source/resource.ts';
import { holderKindOf, isForeignKey, isRead } from '../source/types.ts';
import { evaluate } from './evaluate.ts';
import { installedModules } from './installed-modules.ts';
import { instances, mostInstances } from './instances.ts';
import { createMarks, hasMark, type Marks } from './marks.ts';
import { mentions } from './mentions.ts';
import { initialise } from './module-calls.ts';
import {
  addressOf,
  blocksIn,
  headSpan,
  type ModuleContext,
  type ModuleInstance,
  type Placed,
} from './module-context.ts';
import { createModuleFiles } from './module-files.ts';
import type { ModuleHost } from './module-host.ts';
import { createModuleNames, type ModuleNames } from './module-names.ts';
import { addressIn } from './moves.ts';
import { onlyTerraformIn } from './only-terraform.ts';
import { accountIn, addConfiguration, providerOf, type RequestedPlace, unclearPlace } from './providers.ts';
import { sourceResource } from './source-resource.ts';
import { pendingIn, withHistory } from './state-changes.ts';
import type { HclBlock } from './syntax.ts';
import { asText, HclObject, type HclValue, plainOf, unknownIn } from './value.ts';

export interface ModuleSource extends Source {
  readonly files: readonly SourceFile[];
  readonly marks: Marks;
}

/**
 * Facts that the files of a root module do not contain: where it is deployed, if its provider does not say so, and the values of its
 * variables.
 */
export interface ModuleOptions extends RequestedPlace {
  /** The paths of files with values, as for `terraform plan -var-file`: a later file overrides earlier ones. */
  readonly variables?: readonly string[];
}

/**
 * Evaluates a root module and its child modules as completely as possible without a state: literals, variables with values, locals,
 * `for_each` and `count` over known values, `jsonencode`, `aws_iam_policy_document`. `folder` is the folder of the root module, such as `.`
 * or `infra/keys`. If any file cannot be parsed, nothing is read, because other files may need its values.
 */
export function readModule(
  host: ModuleHost,
  folder: string,
  { variables = [], ...place }: ModuleOptions = {},
): ModuleSource {
  const collector = createCollector();
  const leftOut: LeftOut[] = [];
  const managed: SourceResource[] = [];
  const marks = createMarks();
  const files = createModuleFiles(host, folder, variables);
  const context: ModuleContext = {
    files,
    installed: installedModules(host, folder),
    root: folder,
    workingFolder: host.absolute?.(folder),
    workspace: workspaceIn(host, folder),
    defaults: [],
    notInstalled: [],
    marks,
    collector,
    leftOut,
    managed,
    place,
    providers: new Map(),
    unclearRegions: new Map(),
    outputs: [],
    changes: [],
    calls: [],
    accounts: new Map(),
    defaultTags: new Map(),
    spent: { steps: 0, chain: 0 },
  };
  const given = (variable: string) => files.given.get(variable);
  readInstance(context, openInstance(context, { folder, module: '', given, path: [], providers: new Map() }));
  collector.add(...defaultsIn(context), ...notInstalledIn(context), ...pendingIn(context));
  const isBroken = files.diagnostics.length > 0;
  return {
    managed: isBroken ? [] : withHistory(context),
    outputs: isBroken ? [] : context.outputs,
    data: [],
    regionOf: (provider) => context.providers.get(provider) ?? (/(^|:)aws$/.test(provider) ? place.region : undefined),
    accountOf: (provider) => {
      const account = accountIn(context, provider);
      return typeof account === 'string' && !hasMark(account) ? account : undefined;
    },
    leftOut: isBroken ? [] : leftOut,
    diagnostics: isBroken ? files.diagnostics : collector.diagnostics,
    files: files.read,
    marks,
  };
}

/** Returns the workspace that `terraform workspace select` chose. Source: Terraform, internal/command/meta.go. */
function workspaceIn(host: ModuleHost, root: string): string | undefined {
  const reading = host.readFile(posix.join(root, '.terraform/environment'));
  const name = reading.kind === 'text' ? reading.text.trim() : '';
  return name === '' || hasMark(name) ? undefined : name;
}

/** Reports in one diagnostic all defaults that are used. */
function defaultsIn({ defaults }: ModuleContext): readonly Diagnostic[] {
  const [first, ...others] = defaults;
  if (first === undefined) return [];
  const notes = others.map(({ name, span }) => ({ message: `var.${name}`, span }));
  return [report(assumedDefaults, first.span, { names: defaults.map(({ name }) => name) }, notes)];
}

/** Reports in one diagnostic all modules that are not installed, because a single command installs them. */
function notInstalledIn({ notInstalled }: ModuleContext): readonly Diagnostic[] {
  const [first, ...others] = notInstalled;
  if (first === undefined) return [];
  const names = others.map(({ name }) => name);
  const also = names.length === 0 ? '' : `; neither is that of ${names.join(', ')}`;
  return [
    report(missingModule, first.span, {
      name: first.name,
      problem: `its source ${JSON.stringify(first.source)} is not installed${also}`,
      advice: `${initialise}, or ${readTheState}`,
    }),
  ];
}

interface OpenInstance extends ModuleInstance {
  readonly providers: Map<string, string>;
  readonly names: ModuleNames<OpenInstance>;
}

function openInstance(context: ModuleContext, instance: ModuleInstance): OpenInstance {
  const providers = new Map(instance.providers);
  const names = createModuleNames(context, { ...instance, providers }, (other) => openInstance(context, other));
  const opened = { ...instance, providers, names };
  for (const placed of blocksIn(context, instance.folder, 'provider')) readProvider(context, placed, opened);
  return opened;
}

function readInstance(context: ModuleContext, instance: OpenInstance): void {
  const { folder, module, names } = instance;
  for (const placed of blocksIn(context, folder, 'moved', 'removed', 'import')) {
    const { part, file } = placed;
    const inRoot = (name: string) => {
      const value = part.body.attributes.get(name)?.value;
      const address = value && addressIn(value);
      return address && (module === '' ? address : `${module}.${address}`);
    };
    const id = part.body.attributes.get('id');
    const importedId = id && asText(evaluate(id.value, names.scopeOf(file)));
    const [from, to] = [inRoot('from'), inRoot('to')];
    context.changes.push({ kind: part.type, from, to, importedId, span: headSpan(placed) });
  }
  for (const { part } of blocksIn(context, folder, 'module'))
    for (const called of names.call(part.labels[0] ?? '')) readInstance(context, called);
  for (const placed of blocksIn(context, folder, 'resource')) readResource(context, placed, instance);
  if (module === '')
    context.outputs.push(...blocksIn(context, folder, 'output').map((one) => outputOf(context, one, names)));
}

function readProvider(
  context: ModuleContext,
  { part, file }: Placed<HclBlock>,
  { module, providers, names }: OpenInstance,
): void {
  const { labels, body } = part;
  if (labels[0] !== 'aws') return;
  const scope = names.scopeOf(file);
  const written = body.attributes.get('alias');
  const alias = written && evaluate(written.value, scope);
  const localName = typeof alias === 'string' ? `aws.${alias}` : 'aws';
  // In a child module, a `provider` block without a configuration represents the one that the parent passes.
  const isProxy =
    [...body.attributes.keys()].every((name) => /^(alias|version)$/.test(name)) && body.blocks.length === 0;
  if (module !== '' && isProxy) return;
  const name = module === '' ? localName : `${module}:${localName}`;
  providers.set(localName, name);
  addConfiguration(context, name, part, ({ value }) => evaluate(value, scope));
  if (!body.attributes.has('for_each')) return;
  const made = instances(part, scope, (key = '', inner) => {
    const index = indexInAddress(key);
    providers.set(localName + index, name + index);
    addConfiguration(context, name + index, part, ({ value }) => evaluate(value, inner));
    return null;
  });
  const advice = 'name an instance of the provider that its `for_each` makes';
  const unclear = made instanceof Unknown ? made : new Unknown(`${localName} has no such instance`, advice);
  context.unclearRegions.set(name, unclear);
}

function readResource(
  context: ModuleContext,
  placed: Placed<HclBlock>,
  { folder, module, providers, names, calledAt }: OpenInstance,
): void {
  const { collector, leftOut, managed } = context;
  const [type = '', name = ''] = placed.part.labels;
  const address = addressOf(module, type, name);
  const span = calledAt ?? headSpan(placed);
  if (!isRead(type)) {
    leftOut.push({ type, address, span });
    if (isForeignKey(type)) collector.add(report(otherProvider, span, { resource: address, type }));
    return;
  }
  /** Leaves the resource out: with an error if it is about a key, with a warning if it is an identity policy about KMS. */
  const leave = (reason: string, problem: () => Diagnostic) => {
    leftOut.push({ type, address, span });
    const policy = holderKindOf({ type }) && placed.part.body.attributes.get('policy');
    if (type.startsWith('aws_kms_')) collector.add(problem());
    else if (policy !== undefined && mentions(context, folder, policy.value, 'kms') !== false)
      collector.add(report(policyStays, span, { resource: address, reason }));
  };
  const unclearProviders = new Set<string>();
  const made = instances(placed.part, names.scopeOf(placed.file), (index, scope) => {
    const provider = providerOf(placed.part.body, type, providers, scope);
    const unclear = unclearPlace(context, provider, type);
    if (unclear !== undefined) {
      if (!unclearProviders.has(provider))
        leave(unclear.reason, () => report(unknownAccount, span, { resource: address, ...unclear }));
      unclearProviders.add(provider);
      return null;
    }
    const block = { ...placed, folder, module, type, name, provider, calledAt };
    if (managed.length < mostInstances) managed.push(sourceResource(context, block, index, scope));
    return null;
  });
  if (made instanceof Unknown) leave(made.reason, () => report(unknownCount, span, { resource: address, ...made }));
}

function outputOf(context: ModuleContext, placed: Placed<HclBlock>, names: OpenInstance['names']): SourceOutput {
  const { part, file } = placed;
  const scope = names.scopeOf(file);
  const argument = (attribute: string): HclValue => {
    const written = part.body.attributes.get(attribute)?.value;
    return written === undefined ? null : evaluate(written, scope);
  };
  const value = argument('value');
  const description = argument('description');
  const isKnown = unknownIn(value) === undefined;
  const written = part.body.attributes.get('value')?.value;
  const namesKms = !isKnown && written !== undefined && mentions(context, context.root, written, 'aws_kms_') === true;
  return {
    name: part.labels[0] ?? '',
    ...(isKnown && { value: plainOf(value) }),
    // A whole resource is not text.
    ...(value instanceof HclObject && { value: {} }),
    ...(namesKms && { mentionsKms: true }),
    ...(typeof description === 'string' && { description }),
    sensitive: argument('sensitive') === true,
    onlyTerraform: onlyTerraformIn(placed),
    span: headSpan(placed),
  };
}
