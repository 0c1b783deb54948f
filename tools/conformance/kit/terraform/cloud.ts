import type { Values } from './plugin/values.ts';

/** Where a provider is configured to work. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** What stands behind the double: it keeps resources, and decides what only AWS decides. */
export interface Cloud {
  /** What is going to be created. */
  announce?(type: string, planned: Values, place: Place): void;
  /** Creates what is planned; gives the planned values with those that were not known filled in. */
  create(type: string, planned: Values, place: Place): Promise<Values>;
  update(type: string, prior: Values, planned: Values, place: Place): Promise<Values>;
  remove(type: string, state: Values, place: Place): Promise<void>;
  /** A resource as it is now; undefined if it is no longer there. An import knows its `id` only. */
  read(type: string, state: Values, place: Place): Promise<Values | undefined>;
  /** What a data source finds. */
  find(type: string, config: Values, place: Place): Promise<Values>;
}

/** What a cloud refuses; the text is for whoever ran Terraform. */
export class Refusal extends Error {}
