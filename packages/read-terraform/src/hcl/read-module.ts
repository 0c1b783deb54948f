import { posix } from 'node:path';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { LeftOut } from '@keywright/core/reading/reader';
import { Unknown } from '@keywright/core/reading/source-value';
import type { SourceFile } from '@keywright/core/source/span';
import { readTheState } from '../advice.ts';
import { assumedDefault, missingModule, otherProvider, unknownAccount, unknownCount } from '../diagnostics.ts';
import type { Source, SourceOutput, SourceResource } from '../source/resource.ts';
import { isForeignKey, isRead } from '../source/types.ts';
import { evaluate, named, type Scope } from './evaluate.ts';
import { createMarks, hasMark, type Marks, nameArn } from './marks.ts';
import { moduleFiles, type ParsedFile } from './module-files.ts';
import { addressIn } from './moves.ts';
import { onlyTerraformIn } from './only-terraform.ts';
import { expanded, policyDocument } from './policy-document.ts';
import {
  accountIn,
  credentialsOf,
  hasOtherCredentials,
  type ProviderConfigurations,
  passedOn,
  providerOf,
  type RequestedPlace,
  regionIn,
} from './providers.ts';
import { pendingIn, type StateChange, withHistory } from './state-changes.ts';
import type { HclBlock, HclExpression } from './syntax.ts';
import { asText, entriesOf, HclObject, HclSet, type HclValue, isList, plainOf, unknownIn } from './value.ts';
import { ofType } from './variable-type.ts';

/** A block or argument, with its file. */
interface Placed<Part> {
  readonly part: Part;
  readonly file: ParsedFile;
}

/** The greatest depth of module calls, and the greatest number of instances. */
const [deepest, most] = [20, 20_000];
/** The greatest number of evaluation steps, and the longest chain of values that need each other. */
const [mostSteps, longestChain] = [1_000_000, 200];

export interface ModuleSource extends Source {
  readonly marks: Marks;
}

/**
 * Evaluates a root module and its child modules as completely as possible without a state: literals, variables with
 * values, locals, `for_each` and `count` over known values, `jsonencode`, `aws_iam_policy_document`. `folder`: the root
 * module's, `.` or `infra/keys`.
 */
export function readModule(files: readonly SourceFile[], folder: string, place: RequestedPlace = {}): ModuleSource {
  const diagnostics: Diagnostic[] = [];
  const leftOut: LeftOut[] = [];
  const managed: SourceResource[] = [];
  const marks = createMarks();
  const { folders, given, diagnostics: broken } = moduleFiles(files, folder);
  diagnostics.push(...broken);
  const context: Context = {
    files: new Map(files.map((file) => [file.path, file])),
    root: folder,
    folders,
    marks,
    diagnostics,
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
  if (diagnostics.length === 0)
    readOne(context, { folder, module: '', given, isRoot: true, depth: 0, providers: new Map() });
  diagnostics.push(...pendingIn(context));
  return {
    kind: 'plan',
    managed: withHistory(context),
    outputs: context.outputs,
    data: [],
    regionOf: (provider) => context.providers.get(provider) ?? (/(^|:)aws$/.test(provider) ? place.region : undefined),
    accountOf: (provider) => {
      const account = accountIn(context, provider);
      return typeof account === 'string' && !hasMark(account) ? account : undefined;
    },
    leftOut,
    diagnostics,
    marks,
  };
}

interface Context extends ProviderConfigurations {
  /** All files by their paths, and the root module's folder. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly root: string;
  readonly folders: ReadonlyMap<string, readonly ParsedFile[]>;
  readonly diagnostics: Diagnostic[];
  readonly leftOut: LeftOut[];
  /** Those of the root module. */
  readonly outputs: SourceOutput[];
  readonly managed: SourceResource[];
  /** The `moved`, `removed` and `import` blocks, once for each instance of their module. */
  readonly changes: StateChange[];
  /** The addresses of the modules that were read. */
  readonly calls: string[];
  readonly spent: { steps: number; chain: number };
}

interface Call {
  readonly folder: string;
  /** `module.kms["a"]`; empty for the root module. */
  readonly module: string;
  readonly given: ReadonlyMap<string, HclValue>;
  readonly isRoot: boolean;
  readonly depth: number;
  /** The root module's names for its providers. */
  readonly providers: ReadonlyMap<string, string>;
}

/** Evaluates one instance of a module and returns its outputs. */
function readOne(context: Context, { folder, module, given, isRoot, depth, providers: passed }: Call): HclObject {
  const providers = new Map(passed);
  const { marks, diagnostics, leftOut, managed, spent } = context;
  const files = context.folders.get(folder) ?? [];
  const blocks = files.flatMap((file) => file.body.blocks.map((part) => ({ part, file })));
  const blocksOf = (type: string) => blocks.filter(({ part }) => part.type === type);
  const memory = new Map<string, HclValue>();
  /** Computes a value once. A value that needs itself is unknown. */
  const once = (name: string, work: () => HclValue): HclValue => {
    const remembered = memory.get(name);
    if (remembered !== undefined) return remembered;
    if (spent.chain >= longestChain)
      return new Unknown(`${name} is at the end of a chain that is too long`, 'shorten it');
    memory.set(name, new Unknown(`${name} needs itself`, 'correct the module'));
    spent.chain += 1;
    const value = work();
    spent.chain -= 1;
    memory.set(name, value);
    return value;
  };
  const scopeOf = ({ lines }: ParsedFile): Scope => ({
    get: (name) => root(name),
    location: (at) => {
      const { file, line } = lines.span(at, at);
      return `${file}:${line}`;
    },
    mayGoOn: () => {
      spent.steps += 1;
      return spent.steps <= mostSteps;
    },
    // Terraform resolves a path from the root module's folder.
    file: (path) => (path.startsWith('/') ? undefined : context.files.get(joined(context.root, path))),
  });
  const spanOf = ({ part, file }: Placed<{ readonly start: number }>, end: number) => file.lines.span(part.start, end);

  const variables = new Map(blocksOf('variable').map((placed) => [placed.part.labels[0] ?? '', placed]));
  const variable = (name: string): HclValue =>
    once(`var.${name}`, () => {
      const placed = variables.get(name);
      if (placed !== undefined && isSensitive(placed.part))
        return new Unknown(`var.${name} is sensitive`, 'leave what has it to Terraform');
      const standard = placed?.part.body.attributes.get('default');
      const type = placed?.part.body.attributes.get('type')?.value;
      const typed = (value: HclValue): HclValue =>
        placed === undefined || type === undefined ? value : ofType(value, type, scopeOf(placed.file));
      const value = given.get(name);
      const nullable = placed?.part.body.attributes.get('nullable')?.value;
      const takesDefault = value === null && nullable?.kind === 'literal' && nullable.value === false;
      if (value !== undefined && !(takesDefault && standard !== undefined)) return typed(value);
      if (placed === undefined || standard === undefined)
        return new Unknown(
          `nothing sets var.${name}`,
          `set it in terraform.tfvars, or read the state after \`terraform apply\``,
        );
      if (isRoot && value === undefined)
        diagnostics.push(report(assumedDefault, spanOf(placed, placed.part.headEnd), { name }));
      return typed(evaluate(standard.value, scopeOf(placed.file)));
    });

  const locals = new Map(
    blocksOf('locals').flatMap(({ part, file }) =>
      [...part.body.attributes].map(([name, value]) => [name, { part: value, file }] as const),
    ),
  );
  const local = (name: string): HclValue =>
    once(`local.${name}`, () => {
      const placed = locals.get(name);
      return placed === undefined
        ? new Unknown(`there is no local.${name}`, 'correct the module')
        : evaluate(placed.part.value, scopeOf(placed.file));
    });

  /** The instances of a resource, data source or module: one, a list, or a map. */
  const instances = (
    placed: Placed<HclBlock>,
    make: (index: string | number | undefined, scope: Scope) => HclValue,
  ): HclValue => {
    const scope = scopeOf(placed.file);
    const { attributes } = placed.part.body;
    const count = attributes.get('count');
    const forEach = attributes.get('for_each');
    if (count !== undefined) {
      const number = evaluate(count.value, scope);
      if (number instanceof Unknown) return number;
      if (typeof number !== 'number' || number < 0 || number > most || !Number.isInteger(number))
        return new Unknown(`count is not a number (${scope.location(count.start)})`, 'correct the module');
      return Array.from({ length: number }, (_, index) => {
        const inner = named(scope, new Map([['count', new Map([['index', index]])]]));
        return make(index, inner);
      });
    }
    if (forEach === undefined) return make(undefined, scope);
    const over = evaluate(forEach.value, scope);
    const entries = over instanceof Unknown || isList(over) ? undefined : entriesOf(over);
    if (over instanceof Unknown) return over;
    if (entries === undefined || entries.some(([key]) => hasMark(asText(key) ?? '\ue000')))
      return new Unknown(`the keys of for_each are unknown (${scope.location(forEach.start)})`, readTheState);
    return new Map(
      entries.map(([key, value]) => {
        const name = asText(key) ?? '';
        const each = new Map<string, HclValue>([
          ['key', name],
          ['value', over instanceof HclSet ? name : value],
        ]);
        return [name, make(name, named(scope, new Map([['each', each]])))];
      }),
    );
  };

  const find = (type: string, first: string, second?: string) =>
    blocksOf(type).find(
      ({ part: { labels } }) => labels[0] === first && (second === undefined || labels[1] === second),
    );

  const resource = (type: string, name: string): HclValue =>
    once(`${type}.${name}`, () => {
      const placed = find('resource', type, name);
      if (placed === undefined) return new Unknown(`there is no ${type}.${name}`, 'correct the module');
      return instances(placed, (index, scope) => {
        const address = addressOf(module, type, name, index);
        return new HclObject((attribute) => {
          const made = madeByService(type, attribute);
          if (made !== undefined && !(made === 'name' && placed.part.body.attributes.has('name')))
            return marks.of(address, made);
          const own = placed.part.body.attributes.get(made ?? attribute);
          return own === undefined
            ? new Unknown(`${address}.${attribute} is known after apply`, readTheState)
            : evaluate(own.value, scope);
        });
      });
    });

  const data = (type: string, name: string): HclValue =>
    once(`data.${type}.${name}`, () => {
      const placed = find('data', type, name);
      if (placed === undefined) return new Unknown(`there is no data.${type}.${name}`, 'correct the module');
      return instances(
        placed,
        (index, scope) =>
          new HclObject((attribute) => {
            const provider = providerOf(placed.part.body, type, providers);
            if (type === 'aws_caller_identity' && /^(account_)?id$/.test(attribute))
              return accountIn(context, provider);
            if (type === 'aws_region' && /^(name|id|region)$/.test(attribute)) return regionIn(context, provider);
            if (type === 'aws_partition' && /^(partition|id)$/.test(attribute)) return marks.pseudo('partition');
            if (type === 'aws_partition' && attribute === 'dns_suffix') return marks.pseudo('dnsSuffix');
            if (type === 'aws_iam_policy_document' && /^(minified_)?json$/.test(attribute))
              return once(`data.${type}.${name}[${index}].json`, () => policyDocument(placed.part.body, scope));
            return new Unknown(
              `data.${type}.${name}.${attribute} is only read on apply (${scope.location(placed.part.start)})`,
              `write the value out, or ${readTheState}`,
            );
          }),
      );
    });

  const call = (name: string): HclValue =>
    once(`module.${name}`, () => {
      const placed = find('module', name);
      if (placed === undefined) return new Unknown(`there is no module.${name}`, 'correct the module');
      const { attributes } = placed.part.body;
      const source = attributes.get('source')?.value;
      const path = source?.kind === 'literal' && typeof source.value === 'string' ? source.value : '';
      const target = /^\.\.?(\/|$)/.test(path) ? joined(folder, path) : undefined;
      const span = spanOf(placed, placed.part.headEnd);
      if (target === undefined || !context.folders.has(target) || depth === deepest) {
        diagnostics.push(report(missingModule, span, { name: `module.${name}`, source: path }));
        leftOut.push({ type: 'module', address: module === '' ? `module.${name}` : `${module}.module.${name}`, span });
        return new Unknown(`module.${name} is not available`, readTheState);
      }
      return instances(placed, (index, scope) => {
        const instance = addressOf(module, 'module', name, index);
        context.calls.push(instance);
        const arguments_ = [...attributes].filter(
          ([key]) => !/^(source|version|count|for_each|providers|depends_on)$/.test(key),
        );
        return readOne(context, {
          folder: target,
          module: instance,
          given: new Map(arguments_.map(([key, { value }]) => [key, evaluate(value, scope)])),
          isRoot: false,
          depth: depth + 1,
          providers: passedOn(attributes.get('providers'), providers),
        });
      });
    });

  const lazy = (get: (name: string) => HclValue) => new HclObject(get);
  const root = (name: string): HclValue | undefined => {
    switch (name) {
      case 'var':
        return lazy(variable);
      case 'local':
        return lazy(local);
      case 'data':
        return lazy((type) => lazy((own) => data(type, own)));
      case 'module':
        return lazy(call);
      case 'path':
        return lazy((which) => (which === 'module' ? posix.relative(context.root, folder) || '.' : '.'));
      case 'terraform':
        return lazy((which) => new Unknown(`terraform.${which} is known only to a run of Terraform`, readTheState));
      case 'each':
      case 'count':
      case 'self':
        return undefined;
      default:
        return /_/.test(name) ? lazy((own) => resource(name, own)) : undefined;
    }
  };

  for (const { part, file } of blocksOf('provider').filter(({ part: { labels } }) => labels[0] === 'aws')) {
    const read = (name: string) => {
      const value = part.body.attributes.get(name)?.value;
      return value && evaluate(value, scopeOf(file));
    };
    const alias = read('alias');
    const called = typeof alias === 'string' ? `aws.${alias}` : 'aws';
    // In a child module, a block without a configuration stands for what the parent passes.
    const isProxy =
      [...part.body.attributes.keys()].every((name) => /^(alias|version)$/.test(name)) && part.body.blocks.length === 0;
    if (!isRoot && isProxy) continue;
    const key = isRoot ? called : `${module}:${called}`;
    providers.set(called, key);
    const region = read('region');
    if (typeof region === 'string' && !hasMark(region)) context.providers.set(key, region);
    else if (region !== undefined && region !== null)
      context.unclearRegions.set(
        key,
        region instanceof Unknown
          ? region
          : new Unknown('only the deployment decides it', 'name the region in the provider'),
      );
    context.accounts.set(
      key,
      credentialsOf(part.body, ({ value }) => evaluate(value, scopeOf(file))),
    );
    const tags = part.body.blocks.find(({ type }) => type === 'default_tags')?.body.attributes.get('tags');
    if (tags !== undefined) context.defaultTags.set(key, evaluate(tags.value, scopeOf(file)));
  }
  for (const { part, file } of blocks) {
    if (!/^(moved|removed|import)$/.test(part.type)) continue;
    const inRoot = (name: string) => {
      const value = part.body.attributes.get(name)?.value;
      const address = value && addressIn(value);
      return address && (module === '' ? address : `${module}.${address}`);
    };
    const span = file.lines.span(part.start, part.headEnd);
    const id = part.body.attributes.get('id');
    const importedId = id && asText(evaluate(id.value, scopeOf(file)));
    context.changes.push({ kind: part.type, from: inRoot('from'), to: inRoot('to'), importedId, span });
  }
  for (const placed of blocksOf('module')) call(placed.part.labels[0] ?? '');
  for (const placed of blocksOf('resource')) {
    const [type = '', name = ''] = placed.part.labels;
    const address = addressOf(module, type, name, undefined);
    const span = spanOf(placed, placed.part.headEnd);
    if (!isRead(type)) {
      leftOut.push({ type, address, span });
      if (isForeignKey(type)) diagnostics.push(report(otherProvider, span, { resource: address, type }));
      continue;
    }
    const provider = providerOf(placed.part.body, type, providers);
    const account = accountIn(context, provider);
    if (account instanceof Unknown && hasOtherCredentials(context, provider)) {
      leftOut.push({ type, address, span });
      diagnostics.push(report(unknownAccount, span, { resource: address, what: 'account', ...account }));
      continue;
    }
    // The region of the default provider comes from `--region`.
    const unclear =
      provider === 'aws' || type.startsWith('aws_iam_') ? undefined : context.unclearRegions.get(provider);
    if (unclear !== undefined) {
      leftOut.push({ type, address, span });
      diagnostics.push(report(unknownAccount, span, { resource: address, what: 'region', ...unclear }));
      continue;
    }
    const made = instances(placed, (index, scope) => {
      if (managed.length < most) managed.push(resourceOf(placed, type, name, index, scope));
      return null;
    });
    if (made instanceof Unknown) diagnostics.push(report(unknownCount, span, { resource: address, ...made }));
  }
  if (isRoot) context.outputs.push(...blocksOf('output').map(outputOf));
  return lazy((name) =>
    once(`output.${name}`, () => {
      const output = find('output', name);
      const value = output?.part.body.attributes.get('value');
      if (output !== undefined && isSensitive(output.part))
        return new Unknown(`the output ${name} of ${module} is sensitive`, 'leave what has it to Terraform');
      return output === undefined || value === undefined
        ? new Unknown(`${module} has no output ${name}`, 'correct the module')
        : evaluate(value.value, scopeOf(output.file));
    }),
  );

  function outputOf({ part, file }: Placed<HclBlock>): SourceOutput {
    const scope = scopeOf(file);
    const argument = (attribute: string): HclValue => {
      const written = part.body.attributes.get(attribute)?.value;
      return written === undefined ? null : evaluate(written, scope);
    };
    const value = argument('value');
    const description = argument('description');
    return {
      name: part.labels[0] ?? '',
      ...(unknownIn(value) === undefined && { value: plainOf(value) }),
      ...(typeof description === 'string' && { description }),
      sensitive: argument('sensitive') === true,
      onlyTerraform: onlyTerraformIn(part).map((one) => ({ ...one, span: file.lines.span(one.start, one.end) })),
      span: file.lines.span(part.start, part.headEnd),
    };
  }

  function resourceOf(
    placed: Placed<HclBlock>,
    type: string,
    name: string,
    index: string | number | undefined,
    scope: Scope,
  ): SourceResource {
    const { part, file } = placed;
    const address = addressOf(module, type, name, index);
    const values: Record<string, unknown> = {};
    const unknown = new Map<string, Unknown>();
    const set = (key: string, value: HclValue) => {
      const why = unknownIn(value);
      if (why === undefined) values[key] = plainOf(value);
      else unknown.set(key, why);
    };
    for (const made of ['arn', 'id', 'key_id', 'name']) {
      const attribute = madeByService(type, made);
      if (attribute !== undefined) values[made] = marks.of(address, attribute);
    }
    for (const [key, { value }] of part.body.attributes) {
      if (!/^(count|for_each|provider|depends_on)$/.test(key)) set(key, evaluate(value, scope));
    }
    if (!unknown.has('path')) nameArn(marks, { address, type }, values);
    const constraints = expanded(part.body, 'constraints', scope).map(
      ([body, inner]): HclValue =>
        inner instanceof Unknown
          ? inner
          : new Map([...body.attributes].map(([key, { value }]) => [key, evaluate(value, inner)])),
    );
    if (constraints.length > 0) set('constraints', constraints);
    const lifecycle = part.body.blocks.find((block) => block.type === 'lifecycle');
    const ignored = lifecycle?.body.attributes.get('ignore_changes');
    const hasPolicy = /^aws_kms_.*key(_policy)?$/.test(type) || 'policy' in values;
    if (ignored !== undefined && hasPolicy && ignores(ignored.value, 'policy')) {
      delete values.policy;
      set('policy', new Unknown(`Terraform ignores its changes (${scope.location(ignored.start)})`, elsewhere));
    }
    for (const block of part.body.blocks) {
      if (!readBlocks.has(nameOfBlock(block))) values[nameOfBlock(block)] = true;
    }
    const prevents = lifecycle?.body.attributes.get('prevent_destroy');
    if (prevents !== undefined) set('prevent_destroy', evaluate(prevents.value, scope));
    const provider = providerOf(part.body, type, providers);
    // If any provider has default tags, a provider without them is known to add none.
    const standard = context.defaultTags.get(provider) ?? new Map<string, HclValue>();
    if (context.defaultTags.size > 0 && /^aws_kms_.*key$|^aws_iam_(role|user)$/.test(type)) {
      const own = part.body.attributes.get('tags');
      const tags = own === undefined ? new Map<string, HclValue>() : evaluate(own.value, scope);
      const all = [standard, tags].find((each) => each instanceof Unknown);
      set('tags_all', all ?? new Map([standard, tags].flatMap((each) => (each instanceof Map ? [...each] : []))));
    }
    // A missing value and empty text both mean that the service decides.
    const isConfigured = (attribute: string) =>
      unknown.has(attribute) ||
      (part.body.attributes.has(attribute) && (values[attribute] ?? '') !== '') ||
      part.body.blocks.some((block) => nameOfBlock(block) === attribute);
    return {
      address,
      module,
      type,
      name,
      ...(index !== undefined && { index }),
      provider,
      values,
      unknown: new Set([...unknown.keys(), ...(isConfigured('policy') ? [] : ['policy'])]),
      why: (attribute) => unknown.get(attribute),
      sensitive: new Set(),
      configured: (attribute) => (isConfigured(attribute) ? [] : 'absent'),
      onlyTerraform: onlyTerraformIn(part).map(({ part: named, effect, start, end }) => ({
        part: named,
        effect,
        span: file.lines.span(start, end),
      })),
      tainted: false,
      span: file.lines.span(part.start, part.headEnd),
      spanOf: (attribute) => {
        const own = part.body.attributes.get(attribute);
        const block = part.body.blocks.find((each) => nameOfBlock(each) === attribute) ?? part;
        return own === undefined ? file.lines.span(block.start, block.headEnd) : file.lines.span(own.start, own.end);
      },
    };
  }
}

/** Whether a variable or output says that its value must not be shown. */
function isSensitive({ body }: HclBlock): boolean {
  const flag = body.attributes.get('sensitive')?.value;
  return flag?.kind === 'literal' && flag.value === true;
}

/** The blocks of resources that are read, or reported as something that only Terraform has. */
const readBlocks: ReadonlySet<string> = new Set(['connection', 'constraints', 'lifecycle', 'provisioner', 'timeouts']);

/** The argument that a nested block stands for, including blocks that `dynamic` generates. */
function nameOfBlock({ type, labels }: HclBlock): string {
  return type === 'dynamic' ? (labels[0] ?? '') : type;
}

const elsewhere = 'read the state, which has the policy that is deployed';

/** Whether `ignore_changes` names an attribute: what is deployed may be another value. */
function ignores(expression: HclExpression, attribute: string): boolean {
  if (expression.kind === 'variable') return expression.name === attribute || expression.name === 'all';
  return expression.kind === 'list' && expression.items.some((each) => ignores(each, attribute));
}

/** The attribute of a resource that the service decides, by the name that marks use; `undefined` for arguments. */
function madeByService(type: string, attribute: string): string | undefined {
  const isIam = /^aws_iam_(role|user|group)$/.test(type);
  const isKey = /^aws_kms_(replica_)?(external_)?key$/.test(type);
  if (attribute === 'arn') return isIam || isKey || type === 'aws_kms_alias' ? 'arn' : undefined;
  if (isKey) return attribute === 'id' || attribute === 'key_id' ? 'id' : undefined;
  // IAM knows them by name.
  return isIam && (attribute === 'id' || attribute === 'name') ? 'name' : undefined;
}

function addressOf(module: string, type: string, name: string, index: string | number | undefined): string {
  return `${module === '' ? '' : `${module}.`}${type}.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`;
}

/** Resolves a path relative to a folder. */
function joined(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of [...folder.split('/'), ...path.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}
