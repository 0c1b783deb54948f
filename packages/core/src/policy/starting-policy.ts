import { report } from '../diagnostics/diagnostic.ts';
import { trustIsDecidedByPolicy } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { PolicyDocument, Statement } from '../ir/policy.ts';
import type { Settings } from '../project/project.ts';
import type { KeyContent, StatementModel } from '../resolve/model.ts';
import { defaultStatement, legacyAdminStatement } from './default-policies.ts';
import { lowerPolicyFile } from './policy-file.ts';

/** What a key policy starts with; see docs/semantics.md, "The key policy". */
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
    // Taken for the usual one when it cannot be read, so that nothing is reported about grants that it would let IAM decide.
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
