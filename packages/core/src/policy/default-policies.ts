import { literal } from '../ir/expression.ts';
import type { Statement } from '../ir/policy.ts';
import { legacyAdminActions } from '../kms/capabilities.ts';
import { accountRoot, type Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';

/**
 * `kms:*` on `*` for the account root, so that the account's IAM policies can grant access and nobody is locked out.
 * Source: AWS KMS Developer Guide, "Default key policy"; CDK, `Key.addDefaultAdminPolicy`.
 */
export function defaultStatement(place: Place, span: Span): Statement {
  return rootStatement(place, ['kms:*'], span, 'the default key policy');
}

/**
 * The default key policy of the CDK before `@aws-cdk/aws-kms:defaultKeyPolicies`: the account root administers the key.
 * Source: CDK 1.x, `Key.addLegacyAdminPolicy`.
 */
export function legacyAdminStatement(place: Place, span: Span): Statement {
  return rootStatement(place, legacyAdminActions, span, 'the legacy key policy');
}

function rootStatement(place: Place, actions: readonly string[], span: Span, through: string): Statement {
  return {
    effect: 'Allow',
    principals: [{ kind: 'aws', arn: accountRoot(place) }],
    actions,
    resources: [literal('*')],
    conditions: [],
    source: { span, through },
  };
}
