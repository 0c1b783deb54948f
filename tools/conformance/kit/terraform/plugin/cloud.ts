import type { Values } from './values.ts';

/** Where a provider is configured to create resources. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The cloud of the provider's test double. It keeps resources, and decides the values that AWS would decide. */
export interface Cloud {
  /** Tells the cloud that a resource will be created. */
  announce?(type: string, planned: Values, place: Place): void;
  /** Creates what is planned. Returns the planned values, with the unknown values filled in. */
  create(type: string, planned: Values, place: Place): Promise<Values>;
  update(type: string, prior: Values, planned: Values, place: Place): Promise<Values>;
  remove(type: string, state: Values, place: Place): Promise<void>;
  /** Returns the present state of a resource; `undefined` if it no longer exists. For an import, only the `id` in `state` is known. */
  read(type: string, state: Values, place: Place): Promise<Values | undefined>;
  /** Returns the result of a data source. */
  find(type: string, config: Values, place: Place): Promise<Values>;
}

/** Thrown if the cloud refuses a request. The message is for the user of Terraform. */
export class Refusal extends Error {}
