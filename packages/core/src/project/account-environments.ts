import type { AccountDefinition, EnvironmentDefinition } from '../language/environment.ts';
import { elements, type Named, property } from './located.ts';

/** The environments that an account defines: one for each region, named `<account>-<region>` and with the span of the region. */
export function environmentsOf(account: Named<AccountDefinition>): readonly Named<EnvironmentDefinition>[] {
  const { id, regions: _, ...about } = account.value;
  return elements(property(account, 'regions')).map(
    ({ value: region, span }): Named<EnvironmentDefinition> => ({
      file: account.file,
      name: `${account.name}-${region}`,
      value: { account: id, region, ...about },
      span,
      nameSpan: span,
    }),
  );
}
