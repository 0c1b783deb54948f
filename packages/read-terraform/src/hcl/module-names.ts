import { posix } from 'node:path';
import { report } from '@keywright/core/diagnostics/diagnostic';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { missingModule } from '../diagnostics.ts';
import { evaluate } from './evaluate.ts';
import { instances } from './instances.ts';
import { hasMark } from './marks.ts';
import {
  addressOf,
  blocksIn,
  headSpan,
  isSensitive,
  type ModuleContext,
  type ModuleInstance,
  madeByService,
  type Placed,
  pathIn,
} from './module-context.ts';
import type { ParsedFile } from './module-files.ts';
import { policyDocument } from './policy-document.ts';
import { accountIn, passedOn, providerOf, regionIn } from './providers.ts';
import type { Scope, ScopeFiles } from './scope.ts';
import type { HclBlock } from './syntax.ts';
import { asText, HclObject, type HclValue } from './value.ts';
import { ofType } from './variable-type.ts';

/** The greatest depth of module calls, the greatest number of evaluation steps, and the longest chain of values that need each other. */
const [deepest, mostSteps, longestChain] = [20, 1_000_000, 200];

/** `terraform.workspace` without a selected workspace, and the like. */
function ofRun(which: string): Unknown {
  const advice =
    which === 'workspace' ? `select it with \`terraform workspace select\`, or ${readTheState}` : readTheState;
  return new Unknown(`terraform.${which} is known only to a run of Terraform`, advice);
}

/** Whether an argument of a `module` block sets a variable. */
function isArgument(name: string): boolean {
  return !/^(source|version|count|for_each|providers|depends_on)$/.test(name);
}

export const initialise = 'run `terraform init` in the folder of the root module, and import it again';

/** What the names in an instance of a module mean. */
export interface ModuleNames<Opened> {
  scopeOf(file: ParsedFile): Scope;
  /** Opens the module of a `module` block and returns its instances. */
  call(name: string): readonly Opened[];
  readonly outputs: HclObject;
}

/**
 * Nothing is evaluated before it is needed, so modules can use each other's values as long as no value needs itself.
 * `open` creates the names of an instance of another module.
 */
export function createModuleNames<Opened extends { readonly names: { readonly outputs: HclObject } }>(
  context: ModuleContext,
  { folder, module, given, path, providers, calledAt }: ModuleInstance,
  open: (instance: ModuleInstance) => Opened,
): ModuleNames<Opened> {
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
  // Terraform resolves a path from the root module's folder.
  const located = (path: string): string | undefined => {
    const below = context.workingFolder === undefined ? undefined : `${context.workingFolder}/`;
    const relative = below !== undefined && `${path}/`.startsWith(below) ? path.slice(below.length) : path;
    return relative.startsWith('/') ? undefined : pathIn(context.root, relative);
  };
  const files: ScopeFiles = {
    text(path) {
      const place = located(path);
      return place === undefined ? { problem: `${path} is a path of one machine` } : context.files.text(place);
    },
    exists(path) {
      const place = located(path);
      return place === undefined ? undefined : context.files.exists(place);
    },
    below(folder, depth) {
      const place = located(folder);
      return place === undefined ? undefined : context.files.below(place, depth);
    },
    absolute(path) {
      if (path.startsWith('/')) return pathIn('/', path);
      return context.workingFolder === undefined ? undefined : pathIn(context.workingFolder, path);
    },
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
    files,
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
      const value = given(name);
      const nullable = placed?.part.body.attributes.get('nullable')?.value;
      const takesDefault = value === null && nullable?.kind === 'literal' && nullable.value === false;
      if (value !== undefined && !(takesDefault && standard !== undefined)) return typed(value);
      if (placed === undefined || standard === undefined)
        return new Unknown(
          `nothing sets var.${name}`,
          `set it in terraform.tfvars, or read the state after \`terraform apply\``,
        );
      if (module === '' && value === undefined) context.defaults.push({ name, span: headSpan(placed) });
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

  /** The folder of the module that a `module` block calls, or why there is none. */
  const folderOfCall = (
    name: string,
    { part: { body }, file }: Placed<HclBlock>,
  ):
    | { readonly folder: string; readonly isInstalled: boolean }
    | { readonly notInstalled: string }
    | { readonly problem: string; readonly advice: string } => {
    const textOf = (attribute: string) => {
      const expression = body.attributes.get(attribute)?.value;
      return expression === undefined ? undefined : evaluate(expression, scopeOf(file));
    };
    const [source, version] = [textOf('source'), textOf('version')];
    if (typeof source !== 'string' || hasMark(source))
      return { problem: 'its source is unknown', advice: `write the source out, or ${readTheState}` };
    if (path.length === deepest)
      return { problem: `${deepest} modules call each other in a row`, advice: readTheState };
    if (!/^\.\.?([/\\]|$)/.test(source)) {
      const installed = context.installed.folderOf({ path: [...path, name], source, version: asText(version) });
      if (installed === undefined) return { notInstalled: source };
      return 'problem' in installed
        ? { ...installed, advice: `${initialise}, or ${readTheState}` }
        : { ...installed, isInstalled: true };
    }
    const target = pathIn(folder, source.replaceAll('\\', '/'));
    if (context.files.in(target).length > 0) return { folder: target, isInstalled: false };
    return { problem: `there is no module in ${target}`, advice: `correct its source, or ${readTheState}` };
  };

  const opened = new Map<string, Opened[]>();
  const calledModule = (name: string): HclValue =>
    once(`module.${name}`, () => {
      const placed = find('module', name);
      if (placed === undefined) return new Unknown(`there is no module.${name}`, 'correct the module');
      const { attributes } = placed.part.body;
      const target = folderOfCall(name, placed);
      if (!('folder' in target)) {
        const span = calledAt ?? headSpan(placed);
        const address = module === '' ? `module.${name}` : `${module}.module.${name}`;
        if ('notInstalled' in target) context.notInstalled.push({ name: address, source: target.notInstalled, span });
        else collector.add(report(missingModule, span, { name: address, ...target }));
        leftOut.push({ type: 'module', address, span });
        return new Unknown(`module.${name} is not available`, readTheState);
      }
      return instances(placed.part, scopeOf(placed.file), (index, scope) => {
        const instance = addressOf(module, 'module', name, index);
        context.calls.push(instance);
        const inner = open({
          folder: target.folder,
          module: instance,
          given: (variable) => {
            const argument = isArgument(variable) ? attributes.get(variable) : undefined;
            return argument && evaluate(argument.value, scope);
          },
          path: [...path, name],
          providers: passedOn(attributes.get('providers'), providers),
          calledAt: calledAt ?? (target.isInstalled ? headSpan(placed) : undefined),
        });
        opened.set(name, [...(opened.get(name) ?? []), inner]);
        return inner.names.outputs;
      });
    });

  const pathOf = (which: string): HclValue => {
    if (which === 'module') return posix.relative(context.root, folder) || '.';
    if (which !== 'cwd') return '.';
    return context.workingFolder ?? new Unknown('path.cwd is a path of one machine', 'write the value out');
  };

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
        return lazy(calledModule);
      case 'path':
        return lazy(pathOf);
      case 'terraform':
        return lazy((which) =>
          which === 'workspace' && context.workspace !== undefined ? context.workspace : ofRun(which),
        );
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
  return {
    scopeOf,
    call(name) {
      calledModule(name);
      return opened.get(name) ?? [];
    },
    outputs,
  };
}
