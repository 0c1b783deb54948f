import type { Configuration } from './configuration.ts';
import type { PlannedData } from './planned-data.ts';
import type { Source } from './resource.ts';

/** A state or plan. A whole plan has `planned` too, which says more about values that are known after apply. */
export interface PlanSource extends Source {
  readonly planned?: PlannedData & { readonly configuration: Configuration };
}
