import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { accountOfTrustedFile } from '../diagnostics/includes.ts';
import { type Named, property } from './located.ts';
import type { Project } from './project.ts';

/**
 * Reports environments of untrusted files in accounts that a trusted file declares (KW2185). A second environment in such an account would
 * have a purpose, groups and values of its own, and so differ from what the owners of the account decided. Files with `stacksIn` may not
 * define any environment (KW2181).
 */
export function accountsKeepTheirOwners({
  accounts,
  environments,
  access,
}: Pick<Project, 'accounts' | 'environments' | 'access'>): readonly Diagnostic[] {
  const isTrusted = ({ span }: Named<unknown>) => access.get(span.file)?.isTrusted === true;
  const owned = new Map<string, Named<unknown>>([
    ...[...environments.values()].filter(isTrusted).map((one) => [one.value.account, one] as const),
    ...[...accounts.values()].map((one) => [one.value.id, one] as const),
  ]);
  return [...environments.values()].flatMap((environment) => {
    const account = property(environment, 'account');
    const owner = owned.get(environment.value.account);
    const isNarrowed = access.get(environment.span.file)?.stacksIn.length !== 0;
    if (account === undefined || owner === undefined || isTrusted(environment) || isNarrowed) return [];
    const parameters = { environment: environment.name, account: account.value, owner: owner.name };
    const related = [{ message: 'the account is defined here', span: owner.nameSpan }];
    return [report(accountOfTrustedFile, account.span, parameters, related)];
  });
}
