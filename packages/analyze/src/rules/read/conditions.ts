/** The effects of a statement's conditions. */
import { contextOfCaller } from '@keywright/core/kms/context-of-caller';
import { namesService } from '@keywright/core/kms/via-service';
import type { ContextEntry } from '../../context/context.ts';
import { conditionHolds } from '../../evaluate/conditions.ts';
import { parseOperator } from '../../evaluate/operators.ts';
import type { PolicyCondition, PolicyStatement } from '../../picture.ts';
import { parseArn } from '../../value/arn.ts';
import { joinValue, partsOf, shown, type Value } from '../../value/value.ts';

/**
 * Whether a condition holds only if the request has the condition key with one of the values. Negated conditions, `IfExists` and
 * `ForAllValues` do not qualify: they also hold for requests without the condition key.
 */
export function mustMatch({ operator: written }: PolicyCondition): boolean {
  const { operator, ifExists, quantifier } = parseOperator(written);
  return operator !== undefined && operator !== 'null' && !operator.negated && !ifExists && quantifier !== 'all';
}

/** Whether a condition holds only for requests that have its condition key. */
export function requiresItsKey(condition: PolicyCondition): boolean {
  const isNull = parseOperator(condition.operator).operator === 'null';
  return isNull ? condition.values.every((value) => shown(value).toLowerCase() === 'false') : mustMatch(condition);
}

/** Whether a condition can hold for a request with this value for the condition key, whatever the rest of the request. */
export function canHold(condition: PolicyCondition, value: Value, { ref }: Pick<PolicyStatement, 'ref'>): boolean {
  const name = condition.key.toLowerCase();
  const entry = (key: string): ContextEntry => (key === name ? [value] : 'unknown');
  return conditionHolds(condition, { entry }, ref) !== false;
}

/** The conditions that have to hold and that test any of these condition keys (in lower case). */
export function requiredConditionsOn(
  { conditions }: PolicyStatement,
  keys: readonly string[],
): readonly PolicyCondition[] {
  return conditions.filter((condition) => keys.includes(condition.key.toLowerCase()) && mustMatch(condition));
}

/** Whether a value has a wildcard; `${*}` and `${?}` are literal characters. */
export function hasWildcard(value: Value): boolean {
  return partsOf(value).some((part) => typeof part === 'string' && /[*?]/.test(part.replaceAll(escaped, '')));
}

/** Source: IAM User Guide, "IAM policy elements: Variables and tags", "Special characters". */
const escaped = /\$\{[*?$]\}/g;

/**
 * Replaces the policy variables in a value: a variable about the key by its own name, and any other variable by a wildcard, since the
 * caller decides its value. `StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" }` always holds.
 */
function withoutVariables(value: Value): Value {
  const parts = partsOf(value).map((part) =>
    typeof part === 'string'
      ? part.replaceAll(/\$\{([^{}*?$]+)\}/g, (_, name: string) => /^aws:(Resource\w+)$/i.exec(name)?.[1] ?? '*')
      : part,
  );
  return joinValue(parts);
}

/** Whether a value is complete as written: without wildcards or anything that the caller decides. */
const exact = (value: Value) => !hasWildcard(withoutVariables(value));
const inOrganization = (value: Value) => {
  const path = withoutVariables(value);
  return typeof path === 'string' && /^(o-[^*?/]+|ResourceOrgID)\//i.test(path);
};

/**
 * Whether an ARN identifies its owner: by account or, if the ARN has no account, by the resource, such as a bucket or a hosted zone. The
 * start of a bucket's name is not enough, since anyone can have a bucket with a name like that. A `String` operator compares an ARN as
 * plain text, so a `*` before the account can match somebody else's account and the start of a path such as
 * `role/:iam::111122223333:role/`. A wildcard for the region is accepted, as in AWS's own examples: the resources that services act for
 * have few colons in their names.
 */
function ofSomeone(value: Value, operator: string): boolean {
  const arn = parseArn(withoutVariables(value));
  if (arn === undefined) return false;
  const { partition, service, region, account, resource } = arn;
  const before = service === 'iam' || service === 'sts' ? [partition, service, region] : [partition, service];
  if (/string/i.test(operator) && before.some(hasWildcard)) return false;
  if (account !== '') return !hasWildcard(account);
  const [start] = partsOf(resource);
  return !hasWildcard(resource) || (service === 's3' && typeof start === 'string' && /^[^*?/]+\//.test(start));
}

/** Whether each value is complete as written, or is an ARN that identifies its owner. */
export function namesPrincipals({ operator, values }: PolicyCondition): boolean {
  return values.every((value) => exact(value) || ofSomeone(value, operator));
}

/**
 * Whether a range of addresses limits callers. Broader ranges count as the whole Internet. Source: Amazon S3 User Guide, "The meaning of
 * public".
 */
function isNarrow(range: Value): boolean {
  const [, network = '', length = ''] = (typeof range === 'string' && /^(.*)\/(\d+)$/.exec(range)) || [];
  return length === '' || Number(length) >= (network.includes(':') ? 32 : 8);
}

/**
 * Whether a user id, or a pattern for one, has more than the prefix of its kind, such as `AROA` for roles. Source: IAM User Guide, "IAM
 * identifiers", "Unique identifiers".
 */
function isSomeonesId(id: Value): boolean {
  return exact(id) || (typeof id === 'string' && /^[A-Z0-9]{12}/.test(id));
}

/**
 * The condition keys that limit the callers, each with the values that do so. Other condition keys narrow the operation and leave it open
 * to every account: a principal's tags are whatever its own account says. A condition on the account or organization of the key limits
 * callers too if its value is the caller's account or organization. So does a condition on the function or instance that a role's session
 * belongs to, since AWS adds it and a caller cannot set it. Source: IAM User Guide, "AWS global condition context keys", also
 * aws:Ec2InstanceSourceVpc, ec2:SourceInstanceArn; Amazon S3 User Guide, "The meaning of public", which lists the condition keys that AWS
 * itself accepts as a limit; AWS Lambda Developer Guide, "Using source function ARN to control function access behavior".
 */
const limiting: Readonly<Record<string, (value: Value, operator: string) => boolean>> = {
  'aws:ec2instancesourcevpc': exact,
  'aws:principalaccount': exact,
  'aws:principalarn': ofSomeone,
  'aws:principalorgid': exact,
  'aws:principalorgpaths': inOrganization,
  'aws:resourceaccount': (value) => /^\$\{aws:(Principal|Source)Account\}$/i.test(shown(value)),
  'aws:resourceorgid': (value) => /^\$\{aws:(Principal|Source)OrgID\}$/i.test(shown(value)),
  'aws:sourceaccount': exact,
  'aws:sourcearn': ofSomeone,
  'aws:sourceip': isNarrow,
  'aws:sourceorgid': exact,
  'aws:sourceorgpaths': inOrganization,
  'aws:sourceowner': exact,
  'aws:sourcevpc': exact,
  'aws:sourcevpcarn': ofSomeone,
  'aws:sourcevpce': exact,
  'aws:userid': isSomeonesId,
  'aws:vpceaccount': exact,
  'aws:vpceorgid': exact,
  'aws:vpceorgpaths': inOrganization,
  'ec2:sourceinstancearn': ofSomeone,
  'kms:calleraccount': exact,
  'lambda:sourcefunctionarn': ofSomeone,
};

/** Whether a condition limits callers to an account, an organization or a source. */
export function limitsCallers(condition: PolicyCondition): boolean {
  const key = condition.key.toLowerCase();
  const limits = Object.hasOwn(limiting, key) ? limiting[key] : undefined;
  return (
    limits !== undefined && mustMatch(condition) && condition.values.every((value) => limits(value, condition.operator))
  );
}

/**
 * Whether a condition requires an encryption context that names a resource of a known account. The service then acts only for that account.
 */
export function namesAResource(condition: PolicyCondition): boolean {
  const { key, values, operator } = condition;
  const isSomeones = /account$/i.test(key) ? exact : (value: Value) => ofSomeone(value, operator);
  return contextOfCaller.test(key) && mustMatch(condition) && values.every(isSomeones);
}

/** Whether a value of `kms:ViaService` or `kms:GranteeServicePrincipal` names a service and is not a pattern for any service. */
export function namesAService(value: Value): boolean {
  const [start] = partsOf(value);
  return typeof start === 'string' && namesService(start);
}
