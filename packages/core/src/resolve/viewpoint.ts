import type { Result } from '../diagnostics/result.ts';
import type { Grantee, StackModel } from './model.ts';
import type { Place } from './place.ts';

/** The position where references are bound. */
export interface Viewpoint extends Pick<StackModel, 'created' | 'environment'> {
  /** The place that gives `${account}` and the like their values. */
  readonly place: Place;
  /** The place of the key and of the services that use it; absent if it is the same place. */
  readonly keyPlace?: Place;
  /**
   * Grantees by name, for names that mean the same for every key of a stack. Binding a reference adds its grantee here, because most keys
   * name the same few principals.
   */
  readonly named?: Map<string, Result<Grantee>>;
}
