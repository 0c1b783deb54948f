import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { indexOf } from './address.ts';

/** The modules in the part of a plan that repeats the configuration. */
export class ConfiguredModules {
  readonly #json: JsonText;
  readonly #root: Range | undefined;
  readonly #resources = new Map<string, ReadonlyMap<string, Range>>();

  constructor(json: JsonText, configuration: Range | undefined) {
    this.#json = json;
    this.#root = json.member(configuration, 'root_module');
  }

  /** The call of a module: its source and arguments. */
  callOf(module: string): Range | undefined {
    let at = this.#root;
    let call: Range | undefined;
    for (const name of callsIn(module)) {
      call = this.#json.member(this.#json.member(at, 'module_calls'), name);
      at = this.#json.member(call, 'module');
    }
    return call;
  }

  at(module: string): Range | undefined {
    return module === '' ? this.#root : this.#json.member(this.callOf(module), 'module');
  }

  /** The resources in a module, by type and name. */
  resourcesIn(module: string): ReadonlyMap<string, Range> {
    const resources = this.#resources.get(module) ?? this.#readResources(module);
    this.#resources.set(module, resources);
    return resources;
  }

  #readResources(module: string): ReadonlyMap<string, Range> {
    const json = this.#json;
    const list = json.member(this.at(module), 'resources');
    if (list === undefined || json.kindOf(list) !== 'array') return new Map();
    const part = (resource: Range, key: string) => {
      const value = json.member(resource, key);
      return value && json.value(value);
    };
    return new Map(
      [...json.elements(list)].map((resource) => [`${part(resource, 'type')}.${part(resource, 'name')}`, resource]),
    );
  }
}

const callPattern = /(?:^|\.)module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|[^\]]*)\])?/g;

/** The names of the modules on the path to a module: `kms` and `keys` for `module.kms["a"].module.keys`. */
function callsIn(module: string): readonly string[] {
  return [...module.matchAll(callPattern)].map(([, name = '']) => name);
}

/** The module that calls this one, and the index of the call: `module.kms` and `a` for `module.kms.module.keys["a"]`. */
export function lastCallIn(module: string): { readonly parent: string; readonly index: string | number | undefined } {
  const last = [...module.matchAll(callPattern)].at(-1);
  const key = last?.[2];
  return { parent: module.slice(0, last?.index ?? 0), index: key === undefined ? undefined : indexOf(key) };
}
