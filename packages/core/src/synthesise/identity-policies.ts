import { boundedName } from '../ir/bounded-name.ts';
import { sha256 } from '../ir/digest.ts';
import {
  changedText,
  concat,
  type Expression,
  joinedText,
  type Literal,
  literal,
  partOfText,
  stretchesOf,
} from '../ir/expression.ts';
import { placeholdersAsWords } from '../ir/placeholder-words.ts';
import type { IdentityPolicy } from '../ir/program.ts';
import { isPolicyName } from '../language/principal.ts';
import type { Holder, IdentityPolicyDocument } from '../policy/identity-policies.ts';
import type { StackModel } from '../resolve/model.ts';
import { nameTextOf } from '../resolve/stack-environments.ts';

/**
 * The inline policy that a stack attaches to a role, user or group. A policy under `identityPolicies` has the name of its entry. A policy
 * made from grants is named after its holder.
 */
export function synthesiseIdentityPolicy(
  { holder, document, source, definition }: IdentityPolicyDocument,
  stack: StackModel,
): IdentityPolicy {
  const { kind, name, resolvedName, attachedName } = describeHolder(holder);
  const ofHolder =
    holder.kind === 'created' ? holder.created.id : `${holder.entity}/${holder.writtenLabel ?? holder.label}`;
  const writtenName = definition?.value.policyName;
  return {
    kind: 'identityPolicy',
    id: `identityPolicy/${definition?.name ?? ofHolder}`,
    name: definition?.name ?? name,
    ...(definition === undefined && resolvedName !== name && { resolvedName }),
    names: (definition === undefined ? pinnedNames(holder) : definition.value.names) ?? {},
    dependsOn: [],
    source,
    policyName: writtenName === undefined ? policyName(stack, holder) : literal(writtenName),
    attachTo: { kind, name: attachedName },
    document,
  };
}

/**
 * The pinned names of a policy made from grants. A policy on an existing role or user has none, since many stacks can grant to the role or
 * user.
 */
function pinnedNames(holder: Holder): IdentityPolicy['names'] | undefined {
  return holder.kind === 'created' ? holder.created.body.value.policyNames : undefined;
}

/** Source: IAM API reference, PutRolePolicy. */
const longestPolicyName = 128;
/** More than the length of any region's name, to leave room for a region that only the deployment knows. */
const longestRegion = 24;

/**
 * The name of a policy is `keywright-<app>-<stack>`. Several stacks may attach a policy to one role, and a second policy of the same name
 * would replace the first, so names must not clash. If the app's name has a hyphen, a digest follows the name of the stack's definition:
 * without it, `a-b` and `c` would read like `a` and `b-c`. A stack without a region may be deployed to several regions. An existing role is
 * the same role in all of them, so the name of its policy ends in the region. The region follows a dot, which no stack's name contains:
 * otherwise `keys` in eu-west-1 would read like the stack `keys-eu-west-1`.
 */
function policyName(stack: StackModel, holder: Holder): Expression {
  const givenName = holder.kind === 'existing' ? holder.policyName : givenPolicyName(holder.created.body.value);
  if (givenName !== undefined) return literal(givenName);
  const baseName = policyNameOf(stack.app, nameTextOf(stack));
  const isInEveryRegion = holder.kind === 'existing' && stack.environment.region === undefined;
  return isInEveryRegion ? concat(baseName, literal('.'), stack.place.region) : baseName;
}

/** The name for the policy on a principal that a stack creates: the given name, or the pinned name if all targets that pin a name agree. */
function givenPolicyName({
  policyName,
  policyNames = {},
}: {
  readonly policyName?: string | undefined;
  readonly policyNames?: IdentityPolicy['names'] | undefined;
}): string | undefined {
  const [name, ...others] = new Set(Object.values(policyNames));
  return policyName ?? (others.length === 0 && name !== undefined && isPolicyName(name) ? name : undefined);
}

/**
 * The name of the policies of a stack, without a region. The digest covers only the app and the definition, so that the names of
 * deployments differ only in their environments.
 */
export function policyNameOf(app: string, stackName: Literal): Literal {
  const [environment] = stretchesOf(stackName);
  const end = environment === undefined ? stackName.text.length : environment.start - 1;
  const definition = stackName.text.slice(0, end);
  const digest = app.includes('-') ? `-${sha256(`${app}/${definition}`).slice(0, 8)}` : '';
  const name = joinedText([literal(`keywright-${app}-${definition}${digest}`), partOfText(stackName, end)]);
  return changedText(name, (text) => boundedName(text, longestPolicyName - 1 - longestRegion));
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
    const name = writtenLabel === undefined ? resolvedName : nameFrom(placeholdersAsWords(writtenLabel));
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

/**
 * Turns a label into a valid Keywright name. The label of an inline principal is an ARN, whose last part can contain characters that a
 * Keywright name cannot.
 */
function nameFrom(label: string): string {
  if (/^[A-Za-z][\w-]*$/.test(label)) return label;
  const iamName = label.slice(label.lastIndexOf('/') + 1);
  const cleaned = iamName.replaceAll(/[^A-Za-z0-9_-]/g, '-');
  return /^[A-Za-z]/.test(cleaned) ? cleaned : `role-${cleaned}`;
}
