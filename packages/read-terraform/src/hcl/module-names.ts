import { posix } from 'node:path';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { assumedDefault, missingModule } from '../diagnostics.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { instances } from './instances.ts';
import {
  addressOf,
  blocksIn,
  headSpan,
  isSensitive,
  type ModuleContext,
  type ModuleInstance,
  madeByService,
  pathIn,
} from './module-context.ts';
import type { ParsedFile } from './module-files.ts';
import { policyDocument } from './policy-document.ts';
import { accountIn, passedOn, providerOf, regionIn } from './providers.ts';
import { HclObject, type HclValue } from './value.ts';
import { ofType } from './variable-type.ts';

/** The greatest depth of module calls, the greatest number of evaluation steps, and the longest chain of values that need each other. */
const [deepest, mostSteps, longestChain] = [20, 1_000_000, 200];

/** What the names in an instance of a module mean. */
export interface ModuleNames {
  scopeOf(file: ParsedFile): Scope;
  /** Reads the module of a `module` block, in each of its instances. */
  call(name: string): HclValue;
  readonly outputs: HclObject;
}

/** `read` evaluates an instance of another module and returns its outputs. */
export function createModuleNames(
  context: ModuleContext,
  { folder, module, given, depth, providers }: ModuleInstance,
  read: (instance: ModuleInstance) => HclObject,
): ModuleNames {
  const { marks, collector, leftOut, spent } = context;
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
    file: (path) => (path.startsWith('/') ? undefined : context.files.get(pathIn(context.root, path))),
  });

  const variables = new Map(
    blocksIn(context, folder, 'variable').map((placed) => [placed.part.labels[0] ?? '', placed]),
  );
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
      if (module === '' && value === undefined) collector.add(report(assumedDefault, headSpan(placed), { name }));
      return typed(evaluate(standard.value, scopeOf(placed.file)));
    });

  const locals = new Map(
    blocksIn(context, folder, 'locals').flatMap(({ part, file }) =>
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

  const find = (type: string, first: string, second?: string) =>
    blocksIn(context, folder, type).find(
      ({ part: { labels } }) => labels[0] === first && (second === undefined || labels[1] === second),
    );

  const resource = (type: string, name: string): HclValue =>
    once(`${type}.${name}`, () => {
      const placed = find('resource', type, name);
      if (placed === undefined) return new Unknown(`there is no ${type}.${name}`, 'correct the module');
      return instances(placed.part, scopeOf(placed.file), (index, scope) => {
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
        placed.part,
        scopeOf(placed.file),
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
      const target = /^\.\.?(\/|$)/.test(path) ? pathIn(folder, path) : undefined;
      const span = headSpan(placed);
      if (target === undefined || !context.folders.has(target) || depth === deepest) {
        collector.add(report(missingModule, span, { name: `module.${name}`, source: path }));
        leftOut.push({ type: 'module', address: module === '' ? `module.${name}` : `${module}.module.${name}`, span });
        return new Unknown(`module.${name} is not available`, readTheState);
      }
      return instances(placed.part, scopeOf(placed.file), (index, scope) => {
        const instance = addressOf(module, 'module', name, index);
        context.calls.push(instance);
        const arguments_ = [...attributes].filter(
          ([key]) => !/^(source|version|count|for_each|providers|depends_on)$/.test(key),
        );
        return read({
          folder: target,
          module: instance,
          given: new Map(arguments_.map(([key, { value }]) => [key, evaluate(value, scope)])),
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

  const outputs = lazy((name) =>
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
  return { scopeOf, call, outputs };
}
