import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { indexOf } from './address.ts';
import { moduleCallsIn } from './module-calls.ts';

/** The modules in the part of a plan that repeats the configuration. */
export class ConfiguredModules {
  readonly #json: JsonText;
  readonly #root: Range | undefined;
  readonly #resources = new Map<string, ReadonlyMap<string, Range>>();

  constructor(json: JsonText, configuration: Range | undefined) {
    this.#json = json;
    this.#root = json.member(configuration, 'root_module');
  }

  /** Returns the call of a module: its source and arguments. */
  callOf(module: string): Range | undefined {
    let at = this.#root;
    let call: Range | undefined;
    for (const { name } of moduleCallsIn(module)) {
      call = this.#json.member(at, 'module_calls', name);
      at = this.#json.member(call, 'module');
    }
    return call;
  }

  at(module: string): Range | undefined {
    return module === '' ? this.#root : this.#json.member(this.callOf(module), 'module');
  }

  /** Returns the resources in a module, by type and name. */
  resourcesIn(module: string): ReadonlyMap<string, Range> {
    const resources = this.#resources.get(module) ?? this.#readResources(module);
    this.#resources.set(module, resources);
    return resources;
  }

  #readResources(module: string): ReadonlyMap<string, Range> {
    const json = this.#json;
    const list = json.member(this.at(module), 'resources');
    if (list === undefined || json.kindOf(list) !== 'array') return new Map();
    return new Map(
      [...json.elements(list)].map((resource) => [
        `${json.value(resource, 'type')}.${json.value(resource, 'name')}`,
        resource,
      ]),
    );
  }
}

/** Returns the module that calls this module, and the index of the call: `module.kms` and `a` for `module.kms.module.keys["a"]`. */
export function lastCallIn(module: string): { readonly parent: string; readonly index: string | number | undefined } {
  const { start = 0, index } = moduleCallsIn(module).at(-1) ?? {};
  return { parent: module.slice(0, start), index: index === undefined ? undefined : indexOf(index) };
}
