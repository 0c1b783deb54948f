import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { serviceLinkedRoleNeeded } from '../diagnostics/keys.ts';
import type { Statement } from '../ir/policy.ts';
import { sourceText } from './trust.ts';

/** Notes each service-linked role that a key policy names (KW3055), since the role has to exist before the key. */
export function serviceLinkedRolesAreNoted(statements: readonly Statement[], key: string): readonly Diagnostic[] {
  const notes = new Map<string, Diagnostic>();
  for (const { principals = [], source } of statements) {
    for (const principal of principals) {
      if (principal.kind !== 'aws') continue;
      const arn = sourceText(principal.arn);
      const [, service, role] = /:role\/aws-service-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
      if (service === undefined || role === undefined) continue;
      const suffix = /_(.+)$/.exec(role)?.[1];
      const command = `aws iam create-service-linked-role --aws-service-name ${service}${suffix === undefined ? '' : ` --custom-suffix ${suffix}`}`;
      if (!notes.has(arn)) notes.set(arn, report(serviceLinkedRoleNeeded, source.span, { key, role, command }));
    }
  }
  return [...notes.values()];
}
