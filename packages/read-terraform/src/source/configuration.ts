import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { indexOf } from './address.ts';
import { afterUnread } from './after-unread.ts';
import type { ConfiguredOutput } from './outputs.ts';
import type { OnlyTerraform, SourceResource } from './resource.ts';

/** A resource or data source in a plan, as its address names it. */
export interface Addressed {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
}

/** The part of a plan that repeats the configuration: which arguments are set, and what their expressions refer to. */
export interface Configuration {
  configuredIn(resource: Addressed):
    | {
        readonly provider?: string;
        readonly configured: SourceResource['configured'];
        readonly onlyTerraform: readonly OnlyTerraform[];
        /** The expressions of its arguments and nested blocks. */
        readonly expressions: unknown;
        /** What an expression in it refers to, through modules and variables, with addresses of the root module. */
        referencesIn(expression: unknown): readonly string[];
      }
    | undefined;
  /** An output of the root module. */
  outputNamed(name: string): ConfiguredOutput | undefined;
  /** Whether a provider configuration adds tags. */
  hasDefaultTags(provider: string): boolean;
  /**
   * The region of a provider configuration, if it is a literal. Nothing else of a provider is read: it can contain
   * secrets.
   */
  regionOf(provider: string): string | undefined;
}

/** The maximum number of modules that a reference is followed through. */
const deepest = 20;

/** `variables`: the values of the root module's variables. Throws `JsonProblem` for what is not JSON; later reads do not throw. */
export function configurationOf(json: JsonText, range: Range | undefined, variables?: Range): Configuration {
  for (const part of [range, variables]) if (part !== undefined) json.value(part);
  const providers = json.member(range, 'provider_config');
  const rangesByModule = new Map<string, ReadonlyMap<string, Range>>();

  const callOf = (module: string): Range | undefined => {
    let at = json.member(range, 'root_module');
    let call: Range | undefined;
    for (const name of callsIn(module)) {
      call = json.member(json.member(at, 'module_calls'), name);
      at = json.member(call, 'module');
    }
    return call;
  };
  const moduleAt = (module: string): Range | undefined =>
    module === '' ? json.member(range, 'root_module') : json.member(callOf(module), 'module');

  /** The references of an expression in a module, with addresses of the root module. `index`: that of the instance with the expression. */
  const resolved = (
    references: readonly string[],
    module: string,
    index: string | number | undefined,
    depth = 0,
  ): readonly string[] =>
    chainsOf(ofInstance(references, index)).flatMap((chain) =>
      depth > deepest
        ? chain
        : (throughVariable(chain, module, depth) ??
          throughOutput(chain, module, depth) ??
          chain.map((each) => inModule(module, each))),
    );

  /** `var.policy` becomes what the module's call passes; nothing if that is null. */
  const throughVariable = (
    [whole = '']: readonly string[],
    module: string,
    depth: number,
  ): readonly string[] | undefined => {
    const [, name = ''] = /^var\.([\w-]+)$/.exec(whole) ?? [];
    if (name === '') return undefined;
    if (module === '') {
      const value = json.member(json.member(variables, name), 'value');
      return value !== undefined && json.value(value) === null ? [] : undefined;
    }
    const expression = json.member(json.member(callOf(module), 'expressions'), name);
    if (expression === undefined) {
      const declared = json.member(json.member(moduleAt(module), 'variables'), name);
      const standard = json.member(declared, 'default');
      const isNull = declared !== undefined && (standard === undefined || json.value(standard) === null);
      return isNull ? [] : undefined;
    }
    const passed = json.value(expression);
    if (isMapping(passed) && passed.constant_value === null) return [];
    const { parent, index } = lastCallIn(module);
    const references = referencesIn(passed);
    return references.length === 0 ? undefined : resolved(references, parent, index, depth + 1);
  };

  /** `module.kms["a"].key_id` becomes `module.kms["a"].aws_kms_key.this.key_id`. */
  const throughOutput = (
    [whole = '']: readonly string[],
    module: string,
    depth: number,
  ): readonly string[] | undefined => {
    const [, call, output = ''] = /^(module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?)\.([\w-]+)$/.exec(whole) ?? [];
    if (call === undefined) return undefined;
    const inner = inModule(module, call);
    const expression = json.member(json.member(json.member(moduleAt(inner), 'outputs'), output), 'expression');
    const references = expression === undefined ? [] : referencesIn(json.value(expression));
    return references.length === 0 ? undefined : resolved(references, inner, undefined, depth + 1);
  };

  /** The resources in a module's configuration, by type and name. */
  const resourcesIn = (module: string): ReadonlyMap<string, Range> => {
    const cached = rangesByModule.get(module);
    if (cached !== undefined) return cached;
    const at = moduleAt(module);
    const resources = new Map<string, Range>();
    const list = json.member(at, 'resources');
    for (const each of list === undefined || json.kindOf(list) !== 'array' ? [] : json.elements(list)) {
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
      const resolvedIn = (expression: unknown): readonly string[] => {
        const references = referencesIn(expression).map((one) =>
          instance === undefined ? one : one.replace(/^each\.value(?![\w-])/, () => instance),
        );
        return resolved(references, module, index);
      };
      return {
        ...(typeof provider === 'string' && { provider }),
        onlyTerraform: onlyTerraformIn(json, resource),
        expressions: expressions && json.value(expressions),
        referencesIn: resolvedIn,
        configured: (attribute) => {
          const expression = json.member(expressions, attribute);
          if (expression === undefined) return 'absent';
          const value = json.value(expression);
          const references = resolvedIn(value);
          // The expression refers only to variables, which are all null.
          return references.length === 0 && referencesIn(value).length > 0 ? 'absent' : references;
        },
      };
    },
    outputNamed(name) {
      const at = json.member(json.member(moduleAt(''), 'outputs'), name);
      const output = at && json.value(at);
      if (!isMapping(output)) return undefined;
      const { expression, description, depends_on: dependsOn } = output;
      return {
        references: resolved(referencesIn(expression), '', undefined),
        ...(typeof description === 'string' && { description }),
        dependsOn: Array.isArray(dependsOn) ? dependsOn.filter((one) => typeof one === 'string') : [],
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

/**
 * The references by what they name: a plan lists `aws_kms_key.k[0].arn`, and after it `aws_kms_key.k[0]` and
 * `aws_kms_key.k`, which are its prefixes.
 */
export function chainsOf(references: readonly string[]): readonly (readonly string[])[] {
  const chains: string[][] = [];
  for (const each of references) {
    const chain = chains.at(-1);
    const whole = chain?.[0];
    const isBeginning = whole !== undefined && /^[.[]/.test(whole.slice(each.length)) && whole.startsWith(each);
    if (chain !== undefined && isBeginning) chain.push(each);
    else chains.push([each]);
  }
  return chains;
}

/** `aws_kms_key.k` and `each.key`, the references of `aws_kms_key.k[each.key].arn`, become `aws_kms_key.k["a"]`. */
function ofInstance(references: readonly string[], index: string | number | undefined): readonly string[] {
  if (index === undefined) return references;
  const isKey = (one: string | undefined) => one === 'each.key' || one === 'count.index';
  return references.flatMap((one, at) => {
    if (/^(data\.)?[\w-]+\.[\w-]+$/.test(one) && isKey(references[at + 1])) return [`${one}[${JSON.stringify(index)}]`];
    return isKey(one) ? [] : [one];
  });
}

function inModule(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}

/** What `each.value` is if `for_each` is another resource: its instance with the same key. */
function eachValueIn(json: JsonText, resource: Range, index: string | number | undefined): string | undefined {
  const over = json.member(resource, 'for_each_expression');
  const [whole, ...others] = over === undefined ? [] : referencesIn(json.value(over));
  return whole === undefined || others.length > 0 || !/^aws_\w+\.[\w-]+$/.test(whole)
    ? undefined
    : `${whole}[${JSON.stringify(index)}]`;
}

/** The provisioners of a resource, and the resources in its `depends_on` that are not read. */
function onlyTerraformIn(json: JsonText, resource: Range): readonly OnlyTerraform[] {
  const listed = (name: string): readonly unknown[] => {
    const member = json.member(resource, name);
    const value = member && json.value(member);
    return Array.isArray(value) ? value : [];
  };
  return [
    ...listed('provisioners').map((one): OnlyTerraform => {
      return { part: `provisioner ${JSON.stringify(isMapping(one) ? one.type : undefined)}`, effect: 'runs' };
    }),
    ...afterUnread(listed('depends_on').filter((one) => typeof one === 'string')),
  ];
}

function referencesIn(expression: unknown): readonly string[] {
  if (!isMapping(expression) || !Array.isArray(expression.references)) return [];
  return expression.references.filter((one): one is string => typeof one === 'string');
}

const callPattern = /(?:^|\.)module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|[^\]]*)\])?/g;

/** The names of the modules on the path to one: `kms` and `keys` for `module.kms["a"].module.keys`. */
function callsIn(module: string): readonly string[] {
  return [...module.matchAll(callPattern)].map(([, name = '']) => name);
}

/** The module that calls one, and the index of the call: `module.kms` and `a` for `module.kms.module.keys["a"]`. */
function lastCallIn(module: string): { readonly parent: string; readonly index: string | number | undefined } {
  const last = [...module.matchAll(callPattern)].at(-1);
  const key = last?.[2];
  return { parent: module.slice(0, last?.index ?? 0), index: key === undefined ? undefined : indexOf(key) };
}
