import type { Configuration } from './configuration.ts';
import type { PlannedData } from './planned-data.ts';
import type { Source } from './resource.ts';

/** A state or plan; for a whole plan, with what tells more about what is known after apply. */
export interface PlanSource extends Source {
  readonly planned?: PlannedData & { readonly configuration: Configuration };
}
