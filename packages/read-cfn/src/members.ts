import { Computed, type SourceValue } from '@keywright/core/reading/source-value';

/** Returns the members of a mapping. Anything else, such as an `Unknown`, has no member with a name that CloudFormation uses. */
export function membersOf(value: SourceValue): Readonly<Record<string, SourceValue>> {
  const isMembers = typeof value === 'object' && value !== null && !(value instanceof Computed);
  return isMembers ? (value as Readonly<Record<string, SourceValue>>) : {};
}
