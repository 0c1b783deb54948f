import type { Configuration } from './configuration.ts';
import type { PlannedData } from './planned-data.ts';
import type { Source } from './resource.ts';

/** The facts in a whole plan about values that are known after apply. */
export interface Planned extends PlannedData {
  readonly configuration: Configuration;
}

export interface PlanSource extends Source {
  readonly planned?: Planned;
}
