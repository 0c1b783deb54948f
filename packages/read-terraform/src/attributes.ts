import { Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { readTheState } from './advice.ts';
import { asText } from './hcl/value.ts';
import type { SourceResource } from './source/resource.ts';

/** Thrown to leave a resource out: an attribute has the wrong type, has no value in the source, or cannot be expressed. */
export class Unread extends Error {
  readonly attribute: string;
  readonly unknown: Unknown | undefined;
  /** The resource that has the attribute, if it may be a part of the resource that is left out, such as a separate policy. */
  readonly resource: SourceResource | undefined;

  constructor(attribute: string, problem: string, unknown?: Unknown, resource?: SourceResource) {
    super(problem);
    this.attribute = attribute;
    this.unknown = unknown;
    this.resource = resource;
  }
}

/**
 * Returns an attribute's value; `undefined` if it is null or absent. Throws `Unread` if it is known only after apply or sensitive: values
 * that Terraform would not show are never copied.
 */
export function attribute(resource: SourceResource, name: string): unknown {
  const unknown = unknownOf(resource, name);
  if (unknown !== undefined) throw new Unread(name, '', unknown, resource);
  return resource.values[name] ?? undefined;
}

/** Says why an attribute's value is unavailable; `undefined` if it is available. */
export function unknownOf(resource: SourceResource, name: string): Unknown | undefined {
  if (resource.sensitive.has(name))
    return new Unknown(
      'Terraform marks it as sensitive',
      'remove the mark at its origin (`nonsensitive()`), or leave this resource to Terraform',
    );
  return resource.unknown.has(name)
    ? (resource.why?.(name) ?? new Unknown('it is known only after apply', readTheState))
    : undefined;
}

/** Like `attribute`, but for text. Empty text counts as absent, because the provider writes either. */
export function textOf(resource: SourceResource, name: string): string | undefined {
  const value = attribute(resource, name);
  if (value === undefined || value === '') return undefined;
  const text = asText(value);
  if (text === undefined) throw new Unread(name, `its ${name} is not text`);
  return text;
}

export function requiredText(resource: SourceResource, name: string): string {
  const value = textOf(resource, name);
  if (value === undefined) throw missing(name);
  return value;
}

export function missing(name: string): Unread {
  return new Unread(name, '', new Unknown('the source does not have it', readTheState));
}

export function flagOf(resource: SourceResource, name: string): boolean | undefined {
  const value = attribute(resource, name);
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  if (typeof value !== 'boolean') throw new Unread(name, `its ${name} is neither true nor false`);
  return value;
}

export function wholeNumberOf(resource: SourceResource, name: string): number | undefined {
  const written = attribute(resource, name);
  const value = typeof written === 'string' && /^\d{1,6}$/.test(written) ? Number(written) : written;
  if (value === undefined || value === 0) return undefined; // the provider writes 0 for none
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new Unread(name, `its ${name} is not a whole number`);
  return value;
}

export function textsOf(resource: SourceResource, name: string): readonly string[] {
  const value = attribute(resource, name) ?? [];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
    throw new Unread(name, `its ${name} are not a list of texts`);
  return value;
}

/** The texts in a map, sorted by name. */
export function pairsOf(value: unknown, name: string): readonly (readonly [name: string, value: string])[] {
  if (value === undefined || value === null) return [];
  if (!isMapping(value)) throw new Unread(name, `its ${name} are not a map`);
  return Object.entries(value)
    .map(([key, value]) => {
      const text = asText(value);
      if (text === undefined) throw new Unread(name, `its ${name} have a value that is not text`);
      return [key, text] as const;
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Returns text that is available and not empty, or `undefined`. Other code reports problems with the attribute. */
export function peek(resource: SourceResource, name: string): string | undefined {
  const value = unknownOf(resource, name) === undefined ? resource.values[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
