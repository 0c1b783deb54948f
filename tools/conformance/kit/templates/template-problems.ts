import type { Resource, SpecDatabase } from '@aws-cdk/service-spec-types';
import { scopeOf } from './intrinsics.ts';
import type { Template } from './templates.ts';
import { ValueCheck } from './value-problems.ts';

const string = { type: 'string' } as const;

/** The attributes of resources that Keywright uses. Source: CloudFormation template reference, "Resource attributes". */
const resourceAttributes = ['Type', 'DeletionPolicy', 'UpdateReplacePolicy', 'DependsOn', 'Properties'];

/** Reports everything in a template that contradicts the specification of AWS's resource types, or is not in that specification. */
export function templateProblems(database: SpecDatabase, template: Template): readonly string[] {
  const specOf = (type: string): Resource | undefined =>
    database.lookup('resource', 'cloudFormationType', 'equals', type)[0];
  const check = new ValueCheck(database, scopeOf(template, specOf));
  const problems: string[] = [];
  for (const [name, { Type, Default }] of Object.entries(template.Parameters ?? {})) {
    const types = ['String', 'Number', 'AWS::SSM::Parameter::Value<String>'];
    if (!types.includes(String(Type))) problems.push(`parameter ${name} is a ${String(Type)}`);
    if (Default === undefined) continue;
    const wanted = Type === 'Number' ? 'number' : 'string';
    if (typeof Default !== wanted) problems.push(`the default of parameter ${name} is no ${wanted}`);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const spec = specOf(String(resource.Type));
    if (spec === undefined) {
      problems.push(`${logicalId}: there is no type ${String(resource.Type)}`);
      continue;
    }
    problems.push(...check.properties(resource.Properties ?? {}, spec.properties, logicalId));
    for (const attribute of Object.keys(resource)) {
      if (!resourceAttributes.includes(attribute)) problems.push(`${logicalId} has an attribute ${attribute}`);
    }
    for (const other of [resource.DependsOn ?? []].flat()) {
      if (typeof other !== 'string' || other === logicalId || !Object.hasOwn(template.Resources, other))
        problems.push(`${logicalId} waits for ${String(other)}`);
    }
  }
  for (const [name, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
    problems.push(...check.value(Value, string, `output ${name}`));
    if (Export !== undefined) problems.push(...check.value(Export.Name, string, `the export of ${name}`));
  }
  return problems;
}
