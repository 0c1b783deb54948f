import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { afterUnread } from './after-unread.ts';
import type { OnlyTerraform, SourceResource } from './resource.ts';
import { isRecord } from './state-file.ts';

/** The part of a plan that repeats the configuration: which arguments are set, and what their expressions refer to. */
export interface Configuration {
  configuredIn(resource: {
    readonly module: string;
    readonly type: string;
    readonly name: string;
    readonly index?: string | number;
  }):
    | {
        readonly provider?: string;
        readonly configured: SourceResource['configured'];
        readonly onlyTerraform: readonly OnlyTerraform[];
      }
    | undefined;
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
    configuredIn({ module, type, name, index }) {
      if (range === undefined) return undefined;
      const resource = resourcesIn(module).get(`${type}.${name}`);
      if (resource === undefined) return undefined;
      const key = json.member(resource, 'provider_config_key');
      const provider = key && json.value(key);
      const expressions = json.member(resource, 'expressions');
      const instance = eachValueIn(json, resource, index);
      return {
        ...(typeof provider === 'string' && { provider }),
        onlyTerraform: onlyTerraformIn(json, resource),
        configured: (attribute) => {
          const expression = json.member(expressions, attribute);
          if (expression === undefined) return 'absent';
          const references = referencesIn(json.value(expression)).map((one) =>
            instance === undefined ? one : one.replace(/^each\.value(?![\w-])/, () => instance),
          );
          return throughOutputs(references, module);
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

/** What `each.value` is if `for_each` is another resource: its instance with the same key. */
function eachValueIn(json: JsonText, resource: Range, index: string | number | undefined): string | undefined {
  const over = json.member(resource, 'for_each_expression');
  const [whole, ...others] = over === undefined ? [] : referencesIn(json.value(over));
  return whole === undefined || others.length > 0 || !/^aws_kms_\w+\.[\w-]+$/.test(whole)
    ? undefined
    : `${whole}[${JSON.stringify(index)}]`;
}

/** The provisioners of a resource, and the resources of other types that it comes after. */
function onlyTerraformIn(json: JsonText, resource: Range): readonly OnlyTerraform[] {
  const listed = (name: string): readonly unknown[] => {
    const found = json.member(resource, name);
    const value = found && json.value(found);
    return Array.isArray(value) ? value : [];
  };
  return [
    ...listed('provisioners').map((one): OnlyTerraform => {
      return { part: `provisioner ${JSON.stringify(isRecord(one) ? one.type : undefined)}`, effect: 'runs' };
    }),
    ...afterUnread(listed('depends_on').filter((one) => typeof one === 'string')),
  ];
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
