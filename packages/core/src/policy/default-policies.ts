import { literal } from '../ir/expression.ts';
import type { PolicyPrincipal, Statement } from '../ir/policy.ts';
import { legacyAdminActions } from '../kms/capabilities.ts';
import { accountRoot, type Place } from '../resolve/place.ts';
import type { Span } from '../source/span.ts';

/**
 * `kms:*` on `*` to the account root, so that the account's IAM policies can grant access and nobody is locked out.
 * Source: AWS KMS Developer Guide, "Default key policy"; CDK, `Key.addDefaultAdminPolicy`.
 */
export function defaultStatement(place: Place, span: Span): Statement {
  return rootStatement(place, ['kms:*'], span, 'the default key policy');
}

/**
 * What a key policy of the CDK before `@aws-cdk/aws-kms:defaultKeyPolicies` starts with: the account root administers the
 * key. Source: CDK 1.x, `Key.addLegacyAdminPolicy`.
 */
export function legacyAdminStatement(place: Place, span: Span): Statement {
  return rootStatement(place, legacyAdminActions, span, 'the legacy key policy');
}

/** The root of the account of each place, which all of its keys name. */
const roots = new WeakMap<Place, PolicyPrincipal>();

function rootOf(place: Place): PolicyPrincipal {
  const known = roots.get(place);
  if (known !== undefined) return known;
  const root: PolicyPrincipal = { kind: 'aws', arn: accountRoot(place) };
  roots.set(place, root);
  return root;
}

function rootStatement(place: Place, actions: readonly string[], span: Span, through: string): Statement {
  return {
    effect: 'Allow',
    principals: [rootOf(place)],
    actions,
    resources: [literal('*')],
    conditions: [],
    source: { span, through },
  };
}
