import type { Values } from './plugin/values.ts';

/** The place for which a provider is configured. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The cloud behind the test double: it keeps resources, and decides what only AWS decides. */
export interface Cloud {
  /** Announces what is going to be created. */
  announce?(type: string, planned: Values, place: Place): void;
  /** Creates what is planned; returns the planned values with the unknown ones filled in. */
  create(type: string, planned: Values, place: Place): Promise<Values>;
  update(type: string, prior: Values, planned: Values, place: Place): Promise<Values>;
  remove(type: string, state: Values, place: Place): Promise<void>;
  /** The present state of a resource; `undefined` if it no longer exists. An import only knows its `id`. */
  read(type: string, state: Values, place: Place): Promise<Values | undefined>;
  /** What a data source finds. */
  find(type: string, config: Values, place: Place): Promise<Values>;
}

/** A cloud's refusal; the text is for the user of Terraform. */
export class Refusal extends Error {}
