import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { resourceIsNoArn } from '../diagnostics/policy.ts';
import type { Text } from '../resolve/ids-have-their-form.ts';

/**
 * Reports a resource of an identity policy that is no ARN and does not start with a wildcard (KW3092). Text that starts with any other
 * placeholder or with a policy variable is not checked.
 */
export function resourceIsAnArn({ value: resource, span }: Text): readonly Diagnostic[] {
  const [, key, attribute] = /^\$\{((?:keys|imports)\.[^.}]+)\.(id|aliasName)\}/.exec(resource) ?? [];
  if (key === undefined && /^(arn:|\*|\$)/.test(resource)) return [];
  const meant = key && `\${${key}.${attribute === 'id' ? 'arn' : 'aliasArn'}}`;
  return [report(resourceIsNoArn, span, { resource, meant })];
}
