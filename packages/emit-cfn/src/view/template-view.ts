import { commentText } from '@keywright/core/emit/comment';
import { scalar } from '@keywright/core/emit/yaml-scalar';
import { type PrintedMaps, yamlAfterKey } from '../print/yaml.ts';
import type { Template } from '../template/template.ts';
import type { MapValue } from '../template/value.ts';

/**
 * The view of `template.yaml.hbs`. All texts are YAML already. A `value` is the text after `name:`, with a space or a line break at its
 * start.
 */
export interface TemplateView {
  /** For example `Keywright 0.1.0`. */
  readonly generator: string;
  readonly description: string;
  readonly parameters: readonly ParameterView[];
  readonly resources: readonly ResourceView[];
  readonly outputs: readonly OutputView[];
}

export interface PropertyView {
  readonly name: string;
  readonly value: string;
}

export interface ParameterView {
  readonly name: string;
  readonly properties: readonly PropertyView[];
}

export interface ResourceView {
  /** The resource's position in the YAML. */
  readonly source: string;
  readonly logicalId: string;
  readonly type: string;
  /** A space and a policy, such as ` RetainExceptOnCreate`, or empty. */
  readonly deletionPolicy: string;
  /** A space and a policy, such as ` Retain`, or empty. */
  readonly updateReplacePolicy: string;
  /** Empty if there are no prerequisites. */
  readonly dependsOn: string;
  readonly properties: readonly PropertyView[];
}

export interface OutputView {
  /** Empty for an output that the YAML does not request. */
  readonly source: string;
  readonly name: string;
  readonly properties: readonly PropertyView[];
}

export function templateView(template: Template, generator: string): TemplateView {
  const printed: PrintedMaps = new Map();
  return {
    generator: commentText(generator),
    description: yamlAfterKey(template.description, 2),
    parameters: template.parameters.map(({ name, properties }) => ({
      name: scalar(name),
      properties: propertyViews(properties, 4),
    })),
    resources: template.resources.map((resource) => ({
      source: commentText(resource.source),
      logicalId: scalar(resource.logicalId),
      type: resource.type,
      deletionPolicy: resource.removal === undefined ? '' : yamlAfterKey(resource.removal.deletionPolicy, 6),
      updateReplacePolicy: resource.removal === undefined ? '' : yamlAfterKey(resource.removal.updateReplacePolicy, 6),
      dependsOn: dependsOnView(resource.dependsOn),
      properties: propertyViews(resource.properties, 6, printed),
    })),
    outputs: template.outputs.map(({ name, properties, source }) => ({
      source: source === undefined ? '' : commentText(source),
      name: scalar(name),
      properties: propertyViews(properties, 4),
    })),
  };
}

function dependsOnView(logicalIds: readonly string[]): string {
  const [first, ...others] = logicalIds;
  if (first === undefined) return '';
  return yamlAfterKey(others.length === 0 ? first : logicalIds, 6);
}

/** The names are indented by `indent`, a text of spaces. */
function propertyViews(properties: MapValue, indent: number, printed?: PrintedMaps): readonly PropertyView[] {
  return properties.entries.map(([name, value]) => ({ name, value: yamlAfterKey(value, indent + 2, printed) }));
}
