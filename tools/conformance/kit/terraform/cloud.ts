import type { Values } from './plugin/values.ts';

/** Where a provider is configured to create resources. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The cloud behind the test double. It keeps resources, and decides what only AWS decides. */
export interface Cloud {
  /** Announces what will be created. */
  announce?(type: string, planned: Values, place: Place): void;
  /** Creates what is planned. Returns the planned values, with the unknown values filled in. */
  create(type: string, planned: Values, place: Place): Promise<Values>;
  update(type: string, prior: Values, planned: Values, place: Place): Promise<Values>;
  remove(type: string, state: Values, place: Place): Promise<void>;
  /** The present state of a resource; `undefined` if it no longer exists. For an import, only the `id` in `state` is known. */
  read(type: string, state: Values, place: Place): Promise<Values | undefined>;
  /** The result of a data source. */
  find(type: string, config: Values, place: Place): Promise<Values>;
}

/** A refusal of the cloud, with a text for the user of Terraform. */
export class Refusal extends Error {}
