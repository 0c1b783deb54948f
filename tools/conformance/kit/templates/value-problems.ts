import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { givenBy, type Scope } from './intrinsics.ts';

/** Checks whether the values in a template have the types that the specification requires, at every depth. */
export class ValueCheck {
  readonly #database: SpecDatabase;
  readonly #scope: Scope;

  constructor(database: SpecDatabase, scope: Scope) {
    this.#database = database;
    this.#scope = scope;
  }

  /** Returns the problems in the properties of a resource, or of an object in a resource. */
  properties(value: unknown, wanted: Readonly<Record<string, Property>>, path: string): readonly string[] {
    if (!isMapping(value)) return [`${path} is not a map`];
    const missing = Object.entries(wanted).filter(([name, { required }]) => required === true && !(name in value));
    return [
      ...missing.map(([name]) => `${path} lacks ${name}`),
      ...Object.entries(value).flatMap(([name, part]) => {
        const property = wanted[name];
        if (property === undefined) return [`${path}.${name} does not exist`];
        const { type, previousTypes = [] } = property;
        const types = previousTypes.length === 0 ? type : union([type, ...previousTypes]);
        return this.value(part, types, `${path}.${name}`);
      }),
    ];
  }

  value(value: unknown, type: PropertyType, path: string): readonly string[] {
    const given = givenBy(value, this.#scope);
    if (given !== undefined) {
      if ('problem' in given) return [`${path}: ${given.problem}`];
      return accepts(type, given.type) ? [] : [`${path} gives ${given.type.type} where ${type.type} is wanted`];
    }
    switch (type.type) {
      case 'string':
        return this.#text(value, type.allowedValues, path);
      case 'integer':
        return Number.isInteger(value) ? [] : [`${path} is not a whole number`];
      case 'number':
        return typeof value === 'number' ? [] : [`${path} is not a number`];
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${path} is neither true nor false`];
      case 'json':
        return isMapping(value) ? this.#within(value, path) : [`${path} is not a JSON object`];
      case 'tag':
        return this.properties(value, tag, path);
      case 'array':
        if (!Array.isArray(value)) return [`${path} is not a list`];
        return value.flatMap((item, index) => this.value(item, type.element, `${path}[${index}]`));
      case 'map':
        if (!isMapping(value)) return [`${path} is not a map`];
        return Object.entries(value).flatMap(([key, part]) => this.value(part, type.element, `${path}.${key}`));
      case 'ref':
        return this.properties(value, this.#database.get('typeDefinition', type.reference.$ref).properties, path);
      case 'union': {
        const problems = type.types.map((one) => this.value(value, one, path));
        return problems.some(({ length }) => length === 0) ? [] : problems.flat();
      }
      case 'date-time':
      case 'null':
        return [`${path} is of type ${type.type}, of which Keywright has no value`];
    }
  }

  #text(value: unknown, allowed: readonly string[] | undefined, path: string): readonly string[] {
    if (typeof value !== 'string') return [`${path} is not text`];
    return allowed === undefined || allowed.includes(value)
      ? []
      : [`${path}: ${value} is none of ${allowed.join(', ')}`];
  }

  /** JSON may contain anything. But references of an intrinsic function in it must be to something that exists and is text. */
  #within(value: unknown, path: string): readonly string[] {
    const given = givenBy(value, this.#scope);
    if (given !== undefined) return 'problem' in given ? [`${path}: ${given.problem}`] : [];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => this.#within(part, `${path}.${key}`));
  }
}

/** The properties of a tag. Source: CloudFormation template reference, "Tag". */
const tag: Readonly<Record<string, Property>> = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
};

function union(types: readonly PropertyType[]): PropertyType {
  return { type: 'union', types: [...types] };
}

/**
 * Whether a value of the type `given`, which only CloudFormation computes, fits where `wanted` is required. A computed value never fits if
 * one of a few fixed words is required. Does not check whether a parameter of type Number is an integer: the deployed templates, which
 * contain its value, are checked for that.
 */
function accepts(wanted: PropertyType, given: PropertyType): boolean {
  if (wanted.type === 'union') return wanted.types.some((type) => accepts(type, given));
  if (wanted.type === 'integer' && given.type === 'number') return true;
  if (wanted.type === 'string' && wanted.allowedValues !== undefined) return false;
  return wanted.type === given.type;
}
