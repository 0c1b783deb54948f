import type { Attribute, PropertyType, Resource } from '@aws-cdk/service-spec-types';
import type { Template } from './templates.ts';

/** The names that the intrinsic functions of a template can refer to. */
export interface Scope {
  /** The type of the result of `Ref`, for parameters, pseudo parameters and resources. */
  readonly refs: ReadonlyMap<string, PropertyType>;
  /** The type of the result of `Fn::GetAtt`, by resource and attribute, such as `OrdersKey.Arn`. */
  readonly attributes: ReadonlyMap<string, PropertyType>;
}

const string: PropertyType = { type: 'string' };

/** The pseudo parameters that are text. Source: CloudFormation User Guide, "Get AWS values using pseudo parameters". */
const pseudoParameters = ['AccountId', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'];

export function scopeOf(template: Template, specOf: (type: string) => Resource | undefined): Scope {
  const refs = new Map<string, PropertyType>(pseudoParameters.map((name) => [`AWS::${name}`, string]));
  for (const [name, { Type }] of Object.entries(template.Parameters ?? {})) {
    refs.set(name, Type === 'Number' ? { type: 'number' } : string); // `templateProblems` reports other types
  }
  const attributes = new Map<string, PropertyType>();
  for (const [logicalId, { Type }] of Object.entries(template.Resources)) {
    const spec = specOf(String(Type));
    if (spec === undefined) continue;
    const [identifier, ...others] = spec.cfnRefIdentifier ?? spec.primaryIdentifier ?? [];
    const identified = typesOf(spec)[identifier ?? ''];
    if (identified !== undefined && others.length === 0) refs.set(logicalId, identified.type);
    for (const [name, { type }] of Object.entries(spec.attributes)) attributes.set(`${logicalId}.${name}`, type);
  }
  return { refs, attributes };
}

function typesOf({ properties, attributes }: Resource): Readonly<Record<string, Pick<Attribute, 'type'>>> {
  return { ...properties, ...attributes };
}

/** The type of an intrinsic function's result, or what is wrong with the function. */
export type Evaluated = { readonly type: PropertyType } | { readonly problem: string };

export function givenBy(value: unknown, scope: Scope): Evaluated | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (name !== 'Ref' && name?.startsWith('Fn::') !== true) return undefined;
  if (entries.length > 1) return { problem: `${name} has something beside it` };
  switch (name) {
    case 'Ref':
      return found(scope.refs, argument);
    case 'Fn::GetAtt':
      return found(scope.attributes, Array.isArray(argument) ? argument.join('.') : argument);
    case 'Fn::ImportValue':
      return imported(argument, scope);
    case 'Fn::Sub':
      return substituted(argument, scope);
    case 'Fn::Join':
      return joined(argument, scope);
    default:
      return { problem: `${name} is not a function that Keywright uses` };
  }
}

/** Checks the name of an export, which is text, or a function that returns text. */
function imported(name: unknown, scope: Scope): Evaluated {
  if (typeof name === 'string') return { type: string };
  const given = givenBy(name, scope);
  if (given !== undefined && 'problem' in given) return given;
  return given?.type.type === 'string' ? { type: string } : { problem: 'Fn::ImportValue wants a name' };
}

function found(types: ReadonlyMap<string, PropertyType>, name: unknown): Evaluated {
  const type = types.get(String(name));
  return type === undefined ? { problem: `there is no ${String(name)}` } : { type };
}

function substituted(text: unknown, scope: Scope): Evaluated {
  if (typeof text !== 'string') return { problem: 'Fn::Sub wants text' };
  for (const [whole, name = ''] of text.matchAll(/\$\{([^}]*)\}/g)) {
    if (name.startsWith('!')) continue;
    const given = found(name.includes('.') ? scope.attributes : scope.refs, name);
    if ('problem' in given) return { problem: `${whole}: ${given.problem}` };
    if (given.type.type !== 'string') return { problem: `${whole} is not text` };
  }
  return /\$\{[^}]*$/.test(text) ? { problem: 'a placeholder that is not closed' } : { type: string };
}

function joined(argument: unknown, scope: Scope): Evaluated {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  if (typeof separator !== 'string' || !Array.isArray(parts))
    return { problem: 'Fn::Join wants a separator and a list' };
  for (const part of parts) {
    if (typeof part === 'string') continue;
    const given = givenBy(part, scope) ?? { problem: 'Fn::Join wants text' };
    if ('problem' in given) return given;
    if (given.type.type !== 'string') return { problem: 'Fn::Join wants text' };
  }
  return { type: string };
}
