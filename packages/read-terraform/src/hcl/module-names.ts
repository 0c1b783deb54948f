import { posix } from 'node:path';
import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { calledModule } from './module-calls.ts';
import { blocksIn, type ModuleContext, type ModuleInstance, pathIn } from './module-context.ts';
import type { ParsedFile } from './module-files.ts';
import { dataValue, localValue, type ModuleScope, outputValue, resourceValue, variableValue } from './module-values.ts';
import type { Scope, ScopeFiles } from './scope.ts';
import { HclObject, type HclValue } from './value.ts';

/** The maximum number of evaluation steps, and the maximum length of a chain of values that need each other. */
const [mostSteps, longestChain] = [1_000_000, 200];

export interface ModuleNames<Opened> {
  scopeOf(file: ParsedFile): Scope;
  /** Opens the module of a `module` block and returns its instances. */
  call(name: string): readonly Opened[];
  readonly outputs: HclObject;
}

/**
 * Creates the names of a module's instance. A value is evaluated only when it is needed, so modules can use each other's values as long as
 * no value needs itself. `open` creates the names of an instance of another module.
 */
export function createModuleNames<Opened extends { readonly names: { readonly outputs: HclObject } }>(
  context: ModuleContext,
  instance: ModuleInstance,
  open: (instance: ModuleInstance) => Opened,
): ModuleNames<Opened> {
  const opened = new Map<string, Opened[]>();
  const scopeOf = (file: ParsedFile): Scope => scopeIn(file, context, rootValue);
  const scope: ModuleScope = {
    context,
    instance,
    variables: new Map(
      blocksIn(context, instance.folder, 'variable').map((placed) => [placed.part.labels[0] ?? '', placed]),
    ),
    locals: new Map(
      blocksIn(context, instance.folder, 'locals').flatMap(({ part, file }) =>
        [...part.body.attributes].map(([name, value]) => [name, { part: value, file }] as const),
      ),
    ),
    scopeOf,
    once: createMemory(context),
  };

  const moduleValue = (name: string): HclValue =>
    scope.once(`module.${name}`, () =>
      calledModule(name, scope, (called) => {
        const inner = open(called);
        opened.set(name, [...(opened.get(name) ?? []), inner]);
        return inner.names.outputs;
      }),
    );

  /** Returns the value of `var`, `local`, `aws_kms_key` and the like, whose attributes are evaluated when they are needed. */
  const rootValue = (root: string): HclValue | undefined => {
    switch (root) {
      case 'var':
        return new HclObject((name) => scope.once(`var.${name}`, () => variableValue(name, scope)));
      case 'local':
        return new HclObject((name) => scope.once(`local.${name}`, () => localValue(name, scope)));
      case 'data':
        return new HclObject(
          (type) => new HclObject((name) => scope.once(`data.${type}.${name}`, () => dataValue(type, name, scope))),
        );
      case 'module':
        return new HclObject(moduleValue);
      case 'path':
        return new HclObject((which) => pathValue(which, context, instance.folder));
      case 'terraform':
        return new HclObject((which) => valueOfRun(which, context));
      case 'each':
      case 'count':
      case 'self':
        return undefined;
      default:
        return root.includes('_')
          ? new HclObject((name) => scope.once(`${root}.${name}`, () => resourceValue(root, name, scope)))
          : undefined;
    }
  };

  return {
    scopeOf,
    call(name) {
      moduleValue(name);
      return opened.get(name) ?? [];
    },
    outputs: new HclObject((name) => scope.once(`output.${name}`, () => outputValue(name, scope))),
  };
}

function createMemory({ spent }: ModuleContext): ModuleScope['once'] {
  const memory = new Map<string, HclValue>();
  return (name, work) => {
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
}

function scopeIn({ lines }: ParsedFile, context: ModuleContext, get: Scope['get']): Scope {
  return {
    get,
    location: (at) => {
      const { file, line } = lines.span(at, at);
      return `${file}:${line}`;
    },
    mayGoOn: () => {
      context.spent.steps += 1;
      return context.spent.steps <= mostSteps;
    },
    files: filesFor(context),
  };
}

/** Gives functions of a module access to files. Terraform resolves a path from the root module's folder. */
function filesFor(context: ModuleContext): ScopeFiles {
  const located = (path: string): string | undefined => {
    const below = context.workingFolder === undefined ? undefined : `${context.workingFolder}/`;
    const relative = below !== undefined && `${path}/`.startsWith(below) ? path.slice(below.length) : path;
    return relative.startsWith('/') ? undefined : pathIn(context.root, relative);
  };
  return {
    text(path) {
      const place = located(path);
      return place === undefined ? { problem: `${path} is different on each machine` } : context.files.text(place);
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
}

/** Returns the value of `path.module`, `path.root` or `path.cwd`. */
function pathValue(which: string, { root, workingFolder }: ModuleContext, folder: string): HclValue {
  if (which === 'module') return posix.relative(root, folder) || '.';
  if (which !== 'cwd') return '.';
  return workingFolder ?? new Unknown('path.cwd is different on each machine', 'write the value itself');
}

/** Returns the value of `terraform.workspace` and the like, which only a run of Terraform decides unless a workspace is selected. */
function valueOfRun(which: string, { workspace }: ModuleContext): HclValue {
  if (which === 'workspace' && workspace !== undefined) return workspace;
  const advice =
    which === 'workspace' ? `select it with \`terraform workspace select\`, or ${readTheState}` : readTheState;
  return new Unknown(`terraform.${which} is known only when Terraform runs`, advice);
}
