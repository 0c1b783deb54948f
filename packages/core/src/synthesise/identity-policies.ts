import { boundedName, hashedName } from '../ir/bounded-name.ts';
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { IdentityPolicy } from '../ir/program.ts';
import type { Holder, IdentityPolicyDocument } from '../policy/identity-policies.ts';
import type { StackModel } from '../resolve/model.ts';

/**
 * The inline policy that a stack attaches to a role, user or group. A policy that the project writes has a name of its
 * own.
 */
export function synthesiseIdentityPolicy(
  { holder, document, source, definition }: IdentityPolicyDocument,
  stack: StackModel,
): IdentityPolicy {
  const { kind, name, resolvedName, attachedName } = describeHolder(holder);
  const ofHolder =
    holder.kind === 'created' ? holder.created.id : `${holder.entity}/${holder.writtenLabel ?? holder.label}`;
  const given = definition?.value.policyName;
  return {
    kind: 'identityPolicy',
    id: `identityPolicy/${definition?.name ?? ofHolder}`,
    name: definition?.name ?? name,
    ...(definition === undefined && resolvedName !== name && { resolvedName }),
    names: definition?.value.names ?? {},
    dependsOn: [],
    source,
    policyName: given === undefined ? policyName(stack, holder) : literal(given),
    attachTo: { kind, name: attachedName },
    document,
  };
}

/** Source: IAM API reference, PutRolePolicy. */
const longestPolicyName = 128;
/** Longer than any region name: leaves room for a region that only the deployment knows. */
const longestRegion = 24;

/**
 * `keywright-<app>-<stack>`: several stacks may attach a policy to one role, and a second policy of the same name would replace
 * the first. So the name ends in a hash where the app has a hyphen, since `a-b` and `c` would read like `a` and `b-c`; and in
 * the region where a stack without one may be deployed to several regions, while the role is the same in all of them. A dot, which
 * no name of a stack has, comes before the region: `keys` in eu-west-1 would read like the stack `keys-eu-west-1`.
 */
function policyName(stack: StackModel, holder: Holder): Expression {
  const { policyName: given } = holder.kind === 'existing' ? holder : holder.created.body.value;
  if (given !== undefined) return literal(given);
  const own = policyNameOf(stack);
  const isInEveryRegion = holder.kind === 'existing' && stack.environment.region === undefined;
  return isInEveryRegion ? concat(literal(`${own}.`), stack.place.region) : literal(own);
}

/** The name of the policies of a stack, without a region. */
export function policyNameOf({ app, name }: Pick<StackModel, 'app' | 'name'>): string {
  const whole = `keywright-${app}-${name}`;
  const longest = longestPolicyName - 1 - longestRegion;
  return app.includes('-') ? hashedName(whole, `${app}/${name}`, longest) : boundedName(whole, longest);
}

function describeHolder(holder: Holder): {
  readonly kind: 'role' | 'user' | 'group';
  readonly name: string;
  readonly resolvedName: string;
  readonly attachedName: Expression;
} {
  if (holder.kind === 'existing') {
    const { label, writtenLabel, entity, entityName } = holder;
    const resolvedName = nameFrom(label);
    const name = writtenLabel === undefined ? resolvedName : nameFrom(withWords(writtenLabel));
    return { kind: entity, name, resolvedName, attachedName: entityName };
  }
  const { created } = holder;
  const { kind, name } = created;
  return {
    kind,
    name,
    resolvedName: name,
    attachedName: { kind: 'reference', resource: created.id, attribute: 'name' },
  };
}

/** A text with words in place of placeholders: `app-values-team` for `app-${values.team}`. */
function withWords(text: string): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, placeholder: string) => placeholder.replaceAll('.', '-'));
}

/**
 * Makes a valid Keywright name of a label. A principal written in place has no name but its ARN, which ends in an IAM name that may contain
 * other characters.
 */
function nameFrom(label: string): string {
  if (/^[A-Za-z][\w-]*$/.test(label)) return label;
  const iamName = label.slice(label.lastIndexOf('/') + 1);
  const cleaned = iamName.replaceAll(/[^A-Za-z0-9_-]/g, '-');
  return /^[A-Za-z]/.test(cleaned) ? cleaned : `role-${cleaned}`;
}
