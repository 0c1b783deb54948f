import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import type { SourceResource } from './resource.ts';
import { isRecord } from './state-file.ts';

/** The part of a plan that repeats the configuration: which arguments are set, and what their expressions refer to. */
export interface Configuration {
  configuredIn(resource: {
    readonly module: string;
    readonly type: string;
    readonly name: string;
  }): { readonly provider?: string; readonly configured: SourceResource['configured'] } | undefined;
  /** Whether a provider configuration adds tags. */
  hasDefaultTags(provider: string): boolean;
  /**
   * The region of a provider configuration, if it is a literal. Nothing else of a provider is read: it can contain
   * secrets.
   */
  regionOf(provider: string): string | undefined;
}

export function configurationOf(json: JsonText, range: Range | undefined): Configuration {
  const providers = json.member(range, 'provider_config');
  const rangesByModule = new Map<string, ReadonlyMap<string, Range>>();

  const moduleAt = (module: string): Range | undefined => {
    let at = json.member(range, 'root_module');
    for (const call of callsIn(module)) {
      at = json.member(json.member(json.member(at, 'module_calls'), call), 'module');
    }
    return at;
  };

  /**
   * Resolves references to module outputs: `module.kms["a"].key_id` becomes `module.kms["a"].aws_kms_key.this.key_id`,
   * if neither expression contains anything else.
   */
  const throughOutputs = (references: readonly string[], module: string, depth = 0): readonly string[] => {
    const [whole = ''] = references;
    const [, call, output = ''] = /^(module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?)\.([\w-]+)$/.exec(whole) ?? [];
    if (call === undefined || depth > 20 || !references.every((each) => whole.startsWith(each))) return references;
    const inner = module === '' ? call : `${module}.${call}`;
    const expression = json.member(json.member(json.member(moduleAt(inner), 'outputs'), output), 'expression');
    const inModule = expression === undefined ? [] : referencesIn(json.value(expression));
    return throughOutputs(inModule, inner, depth + 1).map((each) => `${call}.${each}`);
  };

  /** The resources in a module's configuration, by type and name. */
  const resourcesIn = (module: string): ReadonlyMap<string, Range> => {
    const known = rangesByModule.get(module);
    if (known !== undefined) return known;
    const at = moduleAt(module);
    const resources = new Map<string, Range>();
    const list = json.member(at, 'resources');
    for (const each of list === undefined ? [] : json.elements(list)) {
      const part = (key: string) => {
        const value = json.member(each, key);
        return value && json.value(value);
      };
      resources.set(`${part('type')}.${part('name')}`, each);
    }
    rangesByModule.set(module, resources);
    return resources;
  };

  return {
    configuredIn({ module, type, name }) {
      if (range === undefined) return undefined;
      const resource = resourcesIn(module).get(`${type}.${name}`);
      if (resource === undefined) return undefined;
      const key = json.member(resource, 'provider_config_key');
      const provider = key && json.value(key);
      const expressions = json.member(resource, 'expressions');
      return {
        ...(typeof provider === 'string' && { provider }),
        configured: (attribute) => {
          const expression = json.member(expressions, attribute);
          return expression === undefined ? 'absent' : throughOutputs(referencesIn(json.value(expression)), module);
        },
      };
    },
    hasDefaultTags: (provider) =>
      json.member(json.member(json.member(providers, provider), 'expressions'), 'default_tags') !== undefined,
    regionOf(provider) {
      const region = json.member(
        json.member(json.member(json.member(providers, provider), 'expressions'), 'region'),
        'constant_value',
      );
      const value = region && json.value(region);
      return typeof value === 'string' ? value : undefined;
    },
  };
}

function referencesIn(expression: unknown): readonly string[] {
  if (!isRecord(expression) || !Array.isArray(expression.references)) return [];
  return expression.references.filter((one): one is string => typeof one === 'string');
}

/** The names of the modules on the path to one: `kms` and `keys` for `module.kms["a"].module.keys`. */
function callsIn(module: string): readonly string[] {
  return [...module.matchAll(/(?:^|\.)module\.([^.[]+)(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?/g)].map(
    ([, name = '']) => name,
  );
}
