import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import { accountRoot } from '@keywright/core/ir/account-root';
import { expressionKey, literal } from '@keywright/core/ir/expression';
import type { PolicyDocument, Statement } from '@keywright/core/ir/policy';
import { readPolicy } from '@keywright/core/reading/read-policy';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { Configuration } from './configuration.ts';
import { policyPath } from './configuration-files.ts';
import { missingPolicyFile } from './diagnostics.ts';
import type { KeySet } from './key-set.ts';
import { type Place, valuesOf } from './place.ts';
import { readPolicyFile } from './policy-file.ts';

/**
 * Returns the policy of a key set: the CDK adds the statement that lets the account's IAM policies decide, and the accelerator adds the
 * file's statements. If the file contains the CDK's statement, the CDK's is not added again. The accelerator ignores the file's `Version`
 * and `Id`: the CDK writes 2012-10-17 and no id. Source: awslabs/landing-zone-accelerator-on-aws, logging-stack.ts.
 */
export function policyOf(
  keySet: KeySet,
  place: Place,
  { files, folder, surroundings }: Configuration,
): Result<PolicyDocument | undefined> {
  const collector = createCollector();
  const values = valuesOf(place);
  const root: Statement = {
    effect: 'Allow',
    principals: [{ kind: 'aws', arn: accountRoot(values) }],
    actions: ['kms:*'],
    resources: [literal('*')],
    conditions: [],
    source: { span: keySet.span, through: 'the default key policy' },
  };
  if (keySet.policy === undefined) return collector.result({ statements: [root] });
  const path = policyPath(folder, keySet.policy);
  const file = files.find((one) => one.path === path);
  if (file === undefined) {
    collector.add(report(missingPolicyFile, keySet.policySpan, { keySet: keySet.name, path }));
    return collector.result(undefined);
  }
  const { document, diagnostics, span, spanOf } = readPolicyFile(file, values, place, surroundings);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const resource = `the key set ${keySet.name}`;
  const Statement = isMapping(document) ? document.Statement : undefined;
  const used = Statement === undefined ? document : { Version: '2012-10-17', Statement };
  const source = { document: used, resource, span, spanOf, partition: values.partition };
  const policy = collector.take(readPolicy('key', source));
  if (policy === undefined || policy.statements.some((statement) => isRoot(statement, root)))
    return collector.result(policy);
  return collector.result({ ...policy, statements: [root, ...policy.statements] });
}

/** Whether a statement gives the account at least the access of the default statement. */
function isRoot(statement: Statement, root: Statement): boolean {
  const { effect, principals = [], actions = [], resources = [], conditions } = statement;
  const rootPrincipal = JSON.stringify(root.principals?.[0]);
  return (
    effect === 'Allow' &&
    conditions.length === 0 &&
    principals.some((principal) => JSON.stringify(principal) === rootPrincipal) &&
    actions.some((action) => action === 'kms:*' || action === '*') &&
    resources.some((resource) => expressionKey(resource) === expressionKey(literal('*')))
  );
}
