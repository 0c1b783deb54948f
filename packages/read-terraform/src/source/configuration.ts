import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { JsonText, Range } from '@keywright/core/syntax/json-text';
import { indexInAddress } from '../index-in-address.ts';
import { afterUnread } from './after-unread.ts';
import { ConfiguredModules } from './configured-modules.ts';
import { ConfiguredReferences, referencesIn } from './configured-references.ts';
import type { ConfiguredOutput } from './outputs.ts';
import type { OnlyTerraform, SourceResource } from './resource.ts';

/** A resource or data source in the configuration. */
interface ConfiguredResource {
  readonly provider?: string;
  readonly configured: SourceResource['configured'];
  readonly onlyTerraform: readonly OnlyTerraform[];
  /** The expressions of the arguments and nested blocks. */
  readonly expressions: unknown;
  /** Returns what an expression in the resource refers to, through modules and variables, with addresses that start at the root module. */
  referencesIn(expression: unknown): readonly string[];
}

/** A resource or data source in a plan, as its address names it. */
export interface Addressed {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
}

/** The part of a plan that repeats the configuration: which arguments are set, and what their expressions refer to. */
export interface Configuration {
  configuredIn(resource: Addressed): ConfiguredResource | undefined;
  outputNamed(name: string): ConfiguredOutput | undefined;
  hasDefaultTags(provider: string): boolean;
  /**
   * Returns the region of a provider configuration, if it is a literal. Nothing else of a provider is read, because it can contain secrets.
   */
  regionOf(provider: string): string | undefined;
}

/**
 * Reads the configuration in a plan. `variables` has the values of the root module's variables. Throws `JsonProblem` for invalid JSON;
 * later reads do not throw.
 */
export function configurationOf(json: JsonText, range: Range | undefined, variables: Range | undefined): Configuration {
  for (const part of [range, variables]) json.value(part);
  const modules = new ConfiguredModules(json, range);
  const references = new ConfiguredReferences(json, modules, variables);
  const expressionsOf = (provider: string): Range | undefined =>
    json.member(range, 'provider_config', provider, 'expressions');
  return {
    configuredIn(addressed) {
      const resource = modules.resourcesIn(addressed.module).get(`${addressed.type}.${addressed.name}`);
      return resource && configuredResource(json, resource, addressed, references);
    },
    outputNamed(name) {
      const output = json.value(modules.at(''), 'outputs', name);
      if (!isMapping(output)) return undefined;
      const { expression, description, depends_on: dependsOn } = output;
      return {
        references: references.resolved(referencesIn(expression), '', undefined),
        ...(typeof description === 'string' && { description }),
        dependsOn: Array.isArray(dependsOn) ? dependsOn.filter((one) => typeof one === 'string') : [],
      };
    },
    hasDefaultTags: (provider) => json.member(expressionsOf(provider), 'default_tags') !== undefined,
    regionOf(provider) {
      const region = json.value(expressionsOf(provider), 'region', 'constant_value');
      return typeof region === 'string' ? region : undefined;
    },
  };
}

function configuredResource(
  json: JsonText,
  resource: Range,
  { module, index }: Addressed,
  references: ConfiguredReferences,
): ConfiguredResource {
  const provider = json.value(resource, 'provider_config_key');
  const expressions = json.member(resource, 'expressions');
  const eachValue = eachValueIn(json, resource, index);
  const resolvedIn = (expression: unknown): readonly string[] => {
    const written = referencesIn(expression).map((one) =>
      eachValue === undefined ? one : one.replace(/^each\.value(?![\w-])/, () => eachValue),
    );
    return references.resolved(written, module, index);
  };
  return {
    ...(typeof provider === 'string' && { provider }),
    onlyTerraform: onlyTerraformIn(json, resource),
    expressions: json.value(expressions),
    referencesIn: resolvedIn,
    configured: (attribute) => {
      const expression = json.member(expressions, attribute);
      if (expression === undefined) return 'absent';
      const value = json.value(expression);
      const resolved = resolvedIn(value);
      // The expression refers only to variables, which are all null.
      return resolved.length === 0 && referencesIn(value).length > 0 ? 'absent' : resolved;
    },
  };
}

/** Returns the meaning of `each.value` if `for_each` is another resource: the instance of that resource with the same key. */
function eachValueIn(json: JsonText, resource: Range, index: string | number | undefined): string | undefined {
  const [whole, ...others] = referencesIn(json.value(resource, 'for_each_expression'));
  return whole === undefined || index === undefined || others.length > 0 || !/^aws_\w+\.[\w-]+$/.test(whole)
    ? undefined
    : `${whole}${indexInAddress(index)}`;
}

/** Returns the provisioners of a resource, and the resources in its `depends_on` that are not read. */
function onlyTerraformIn(json: JsonText, resource: Range): readonly OnlyTerraform[] {
  const listed = (name: string): readonly unknown[] => {
    const value = json.value(resource, name);
    return Array.isArray(value) ? value : [];
  };
  return [
    ...listed('provisioners').map((one): OnlyTerraform => {
      return { part: `provisioner ${JSON.stringify(isMapping(one) ? one.type : undefined)}`, effect: 'runs' };
    }),
    ...afterUnread(listed('depends_on').filter((one) => typeof one === 'string')),
  ];
}
