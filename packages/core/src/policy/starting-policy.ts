import { report } from '../diagnostics/diagnostic.ts';
import { trustIsDecidedByPolicy } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { PolicyDocument, Statement } from '../ir/policy.ts';
import type { Settings } from '../project/project.ts';
import type { KeyContent, StatementModel } from '../resolve/model.ts';
import { defaultStatement, kmsDefaultPolicy, legacyAdminStatement } from './default-policies.ts';
import { lowerPolicyFile } from './policy-file.ts';

/** The first statements of a key policy; see docs/semantics.md, "The key policy". */
export function startingPolicy(
  key: KeyContent,
  settings: Settings,
  lower: (statement: StatementModel) => readonly Statement[],
): Result<PolicyDocument> {
  const collector = createCollector();
  const { policy } = key;
  const trust = key.properties.trustAccountIdentities;
  const usual = { statements: [defaultStatement(key.place, key.nameSpan)] };
  const written = (): PolicyDocument => {
    if (policy === undefined) return { statements: [] };
    if (policy.kind === 'statements') return { statements: policy.statements.flatMap(lower) };
    if (policy.kind === 'kmsDefault') return kmsDefaultPolicy(key.place, key.nameSpan);
    // Assume the usual policy if the file cannot be read, so that grants which depend on IAM policies raise no further diagnostics.
    if (policy.file === undefined) return usual;
    return collector.take(lowerPolicyFile(policy.file, policy.because, key.place, settings.regions));
  };
  if (settings.defaultKeyPolicies) {
    if (trust?.value === false) collector.add(report(trustIsDecidedByPolicy, trust.span, { key: key.name }));
    return collector.result(policy === undefined ? usual : written());
  }
  const first = trust?.value === true ? defaultStatement : legacyAdminStatement;
  const { statements, ...rest } = written();
  return collector.result({ ...rest, statements: [first(key.place, key.nameSpan), ...statements] });
}
