import { accountRoot } from '../ir/account-root.ts';
import { literal } from '../ir/expression.ts';
import type { PolicyDocument, Statement } from '../ir/policy.ts';
import { legacyAdminActions } from '../kms/capabilities.ts';
import { kmsDefaultPolicyId } from '../language/statement.ts';
import type { Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';

type AccountPlace = Pick<Place, 'partition' | 'account'>;

/**
 * `kms:*` on `*` for the account root, so that the account's IAM policies can grant access and nobody is locked out.
 * Source: AWS KMS Developer Guide, "Default key policy"; CDK, `Key.addDefaultAdminPolicy`.
 */
export function defaultStatement(place: AccountPlace, span: Span): Statement {
  return rootStatement(place, ['kms:*'], span, 'the default key policy');
}

/** The policy that KMS gives a key created without one. Source: AWS KMS Developer Guide, "Default key policy". */
export function kmsDefaultPolicy(place: AccountPlace, span: Span): PolicyDocument {
  return {
    id: literal(kmsDefaultPolicyId),
    statements: [{ sid: 'Enable IAM User Permissions', ...defaultStatement(place, span) }],
  };
}

/**
 * The default key policy of the CDK before `@aws-cdk/aws-kms:defaultKeyPolicies`: the account root administers the key.
 * Source: CDK 1.x, `Key.addLegacyAdminPolicy`.
 */
export function legacyAdminStatement(place: AccountPlace, span: Span): Statement {
  return rootStatement(place, legacyAdminActions, span, 'the legacy key policy');
}

function rootStatement(place: AccountPlace, actions: readonly string[], span: Span, through: string): Statement {
  return {
    effect: 'Allow',
    principals: [{ kind: 'aws', arn: accountRoot(place) }],
    actions,
    resources: [literal('*')],
    conditions: [],
    source: { span, through },
  };
}
