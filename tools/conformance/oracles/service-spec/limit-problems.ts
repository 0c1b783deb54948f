import type { Template } from '../../kit/templates/templates.ts';

/** Source: CloudFormation User Guide, "Understand CloudFormation quotas". */
const limits = {
  resources: 500,
  parameters: 200,
  outputs: 200,
  bytes: 1_000_000,
  nameCharacters: 255,
  descriptionBytes: 1024,
};
/** Source: CloudFormation User Guide, "Get exported outputs from a deployed stack", and the reference of an output's `Export`. */
const exportName = /^[A-Za-z0-9:-]{1,256}$/;
/** Source: CloudFormation API reference, CreateStack. */
const stackName = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

/** Returns where a template, or one of its names, exceeds the limits of CloudFormation. */
export function limitProblems(template: Template, text: string): readonly string[] {
  const { Parameters: parameters = {}, Resources: resources, Outputs: outputs = {} } = template;
  const problems: string[] = [];
  const count = (what: string, number: number, limit: number) => {
    if (number > limit) problems.push(`${number} ${what}, of which there can be ${limit}`);
  };
  count('resources', Object.keys(resources).length, limits.resources);
  count('parameters', Object.keys(parameters).length, limits.parameters);
  count('outputs', Object.keys(outputs).length, limits.outputs);
  count('bytes', Buffer.byteLength(text), limits.bytes);
  if (Object.keys(resources).length === 0) problems.push('there is no resource, and has to be one');
  for (const name of [parameters, resources, outputs].flatMap((section) => Object.keys(section))) {
    count(`characters in ${name}`, name.length, limits.nameCharacters);
    if (!/^[A-Za-z0-9]+$/.test(name)) problems.push(`${name} has more than letters and digits`);
  }
  const described = [template, ...Object.values(parameters), ...Object.values(outputs)];
  for (const { Description = '' } of described) {
    count('bytes in a description', Buffer.byteLength(String(Description)), limits.descriptionBytes);
  }
  for (const name of Object.keys(parameters)) {
    if (name in resources) problems.push(`${name} is both a parameter and a resource`);
  }
  for (const [name, { Export }] of Object.entries(outputs)) {
    const called = Export && textWithoutPlaceholders(Export.Name);
    if (called !== undefined && !exportName.test(called))
      problems.push(`the export of ${name} cannot be called ${called}`);
  }
  return problems;
}

export function stackNameProblems(name: string): readonly string[] {
  return stackName.test(name) ? [] : [`a stack cannot be called ${name}`];
}

/** Returns the text of a string or an `Fn::Sub`, without placeholders. */
function textWithoutPlaceholders(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('Fn::Sub' in value)) return String(value);
  return String(value['Fn::Sub']).replaceAll(/\$\{[^}]*\}/g, '');
}
