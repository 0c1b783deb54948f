import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Reading } from '@keywright/core/reading/reader';
import type { SourceFile } from '@keywright/core/source/span';
import { splitDefaultTags } from './default-tags.ts';
import { emptyState, onlyTerraform, plannedAddress, takenAsUnset, unknownPolicy } from './diagnostics.ts';
import type { MadeStack } from './draft.ts';
import type { Marks } from './hcl/marks.ts';
import type { ModuleHost } from './hcl/module-host.ts';
import { type ModuleOptions, readModule } from './hcl/read-module.ts';
import { isKey, isReplica } from './key-index.ts';
import { commonStart, isPlain, stackNameFromModule } from './names.ts';
import { withPlannedReferences } from './planned/references.ts';
import { isTakenAsUnset, standInSid } from './resources/key.ts';
import { shownSources } from './shown-sources.ts';
import { readSource } from './source/read-source.ts';
import type { Source } from './source/resource.ts';
import { stacksOf } from './stacks.ts';

/**
 * Reads a state file of version 4, or the output of `terraform show -json` for a state or plan, and detects which it is. Returns a stack
 * for each account and region with primary keys or aliases; a replica is in the stack of its primary key. The root module's stack is named
 * after the module that contains all keys, else after the path: `security` for `security/terraform.tfstate`.
 */
export function readTerraform(file: SourceFile): Reading {
  const { value: source, diagnostics } = readSource(file);
  // Never shows a line of a state, which contains the values of sensitive attributes and is often a single line.
  return readingOf(source && withPlannedReferences(source), [], diagnostics, { path: file.path, what: file.path });
}

/**
 * Reads a root module and the modules that it calls, in other folders or installed by `terraform init`, as completely as possible without a
 * state. `folder` is the folder of the root module, after which the stack is named; `.` for files without a folder.
 */
export function readTerraformModule(host: ModuleHost, folder: string, options?: ModuleOptions): Reading {
  const source = readModule(host, folder, options);
  const [first] = source.files.filter(({ path }) => /\.tf(\.json)?$/.test(path));
  const from = { path: first?.path ?? folder, what: folder };
  return readingOf(source, source.files, [], from, stackNameFrom(folder));
}

function readingOf(
  read: (Source & { readonly marks?: Marks }) | undefined,
  files: readonly SourceFile[],
  diagnostics: readonly Diagnostic[],
  { path, what }: { readonly path: string; readonly what: string },
  moduleName?: string,
): Reading {
  const sources = shownSources(files);
  const keys = (read?.managed ?? []).filter((resource) => isKey(resource) && !isReplica(resource));
  const start = commonStart(keys);
  const name = moduleName ?? stackNameFromModule(start) ?? stackNameFrom(path);
  if (read === undefined)
    return { program: { app: name, stacks: [] }, origins: new Map(), leftOut: [], diagnostics, sources };
  const { source, defaultTags } = splitDefaultTags(read);
  const { marks } = source;
  const made = stacksOf(source, {
    name,
    app: name,
    commonStart: start,
    file: path,
    ...(marks !== undefined && { marks }),
  });
  const unknown = unknownPoliciesOf(made);
  const isEmpty = source.managed.length + source.diagnostics.length === 0;
  const head = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    program: { app: name, stacks: made.stacks.map(({ stack }) => stack) },
    origins: new Map(made.stacks.map(({ stack, origins }) => [stack.name, origins])),
    leftOut: [...source.leftOut, ...made.leftOut],
    diagnostics: [
      ...diagnostics,
      ...source.diagnostics,
      ...made.diagnostics,
      ...unknown.diagnostics,
      ...unsetIn(source),
      ...plannedIn(source),
      ...onlyTerraformIn(source, made.stacks),
      ...(isEmpty ? [report(emptyState, head, { what })] : []),
    ],
    sources,
    ...(defaultTags.size > 0 && { defaultTags }),
    ...(unknown.files.size > 0 && { unknownPolicies: unknown.files }),
  };
}

/** Reports the parts of the resources in these stacks that have an effect only in Terraform, once for all instances of a block. */
function onlyTerraformIn({ managed }: Source, stacks: readonly MadeStack[]): readonly Diagnostic[] {
  const origins = stacks.flatMap((one) => [...one.origins.values()]);
  const read = new Set(origins.flatMap(({ address, parts = [] }) => [address, ...parts]));
  const reported = new Map<string, Diagnostic>();
  for (const { address, onlyTerraform: parts = [] } of managed) {
    if (!read.has(address)) continue;
    for (const { part, effect, span } of parts) {
      const id = JSON.stringify([part, span]);
      if (reported.has(id)) continue;
      reported.set(id, report(onlyTerraform, span, { part, resource: address, effect }));
    }
  }
  return [...reported.values()];
}

/** Reports the arguments of keys that are assumed not to be set. */
function unsetIn({ managed }: Source): readonly Diagnostic[] {
  return managed.filter(isKey).flatMap((key) => {
    const properties = [
      'multi_region',
      ...(key.values.enable_key_rotation === true ? ['rotation_period_in_days'] : []),
      'description',
    ].filter((name) => isTakenAsUnset(key, name));
    if (properties.length === 0) return [];
    return [report(takenAsUnset, key.span, { resource: key.address, properties })];
  });
}

/** Reports the keys that a plan creates at addresses that a generated module cannot keep. */
function plannedIn({ managed }: Source): readonly Diagnostic[] {
  const planned = managed.filter((resource) => isKey(resource) && resource.isPlanned && !isPlain(resource));
  const [first] = planned;
  if (first === undefined) return [];
  return [report(plannedAddress, first.span, { addresses: planned.map(({ address }) => address) })];
}

/** Returns an error for each unknown policy, and a map from the Sid of the statement that stands in for the policy to the policy's file. */
function unknownPoliciesOf({ managed, stacks }: Pick<ReturnType<typeof stacksOf>, 'managed' | 'stacks'>) {
  const unknown = managed.filter((resource) => resource.unknown.has('policy'));
  const bySid = new Map(unknown.map((resource) => [standInSid(resource), resource]));
  const files = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, resources } of stacks.map(({ stack }) => stack)) {
    for (const one of resources) {
      if (one.kind !== 'key' && one.kind !== 'replicaKey') continue;
      const sid = one.policy.statements[0]?.sid ?? '';
      const resource = bySid.get(sid);
      if (resource === undefined) continue;
      const words = [
        ...(stacks.length > 1 ? [name] : []),
        one.name,
        ...(one.kind === 'replicaKey' ? [one.region] : []),
      ];
      const file = `policies/${words.join('-')}.unknown.json`;
      files.set(sid, file);
      const reason = resource.whyNoPolicy?.reason ?? 'it is known only after apply';
      diagnostics.push(report(unknownPolicy, resource.spanOf('policy'), { resource: resource.address, reason, file }));
    }
  }
  return { files, diagnostics };
}

/** Parts of a path that do not describe a stack. The stack is named after the last other part. */
const common = /^(terraform|state|default|plan|tfplan|show|source|current|pull|output)$/i;

function stackNameFrom(path: string): string {
  const words = path
    .split(/[\\/]/)
    .map((part) => part.replace(/(\.(tfstate|tfplan|plan|show|state|json|backup))+$/i, ''))
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !common.test(part));
  const name = (words.at(-1) ?? 'main').replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'main' : name.slice(0, 63);
}
