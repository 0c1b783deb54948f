/** KW33xx: keys that violate the project's requirements. */
import { defineDiagnostic } from './diagnostic.ts';

/** A requirement, and a key that violates it. */
export interface Unmet {
  readonly key: string;
  readonly requirement: string;
  readonly because: string | undefined;
}

/** `the requirement \`production-keys\` calls for \`retain\` (SEC-POL-7)`. */
function wanted({ requirement, because }: Unmet, what: string, verb = 'calls for'): string {
  return `the requirement \`${requirement}\` ${verb} ${what}${because === undefined ? '' : ` (${because})`}`;
}

function either(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(' or ');
}

export const requiredStandard = defineDiagnostic<Unmet & { standards: readonly string[] }>({
  code: 'KW3300',
  title: 'A key that does not build on a required standard',
  message: (unmet) =>
    `\`${unmet.key}\` builds on another standard or on none; ${wanted(unmet, either(unmet.standards))}`,
  help: ({ standards }) =>
    `set \`standard\` to ${standards.map((one) => `\`${one}\``).join(' or ')}, or to a standard that builds on it`,
  explanation: `A requirement with \`standard\` names one or more standards. Every key or replica to which it applies has to build on one of
them, directly or through other standards. See docs/platform-teams.md for what a requirement asks and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { standard: guarded }
standards: { guarded: { removal: retain } }
stacks:
  security:
    keys: { orders: {} }`,
    right: `requirements:
  house: { standard: guarded }
standards: { guarded: { removal: retain } }
stacks:
  security:
    keys: { orders: { standard: guarded } }`,
  },
});

export const requiredRemoval = defineDiagnostic<Unmet & { removal: string; required: string }>({
  code: 'KW3301',
  title: 'A key with the wrong `removal`',
  message: (unmet) =>
    `\`${unmet.key}\` has the removal \`${unmet.removal}\`; ${wanted(unmet, `\`${unmet.required}\``)}`,
  help: ({ required }) => `write \`removal: ${required}\``,
  explanation: `A requirement with \`removal\` says what happens to keys that leave their stack; a key without the property is retained.
See docs/platform-teams.md for what a requirement asks and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { removal: retain }
stacks:
  security:
    keys: { orders: { removal: destroy } }`,
    right: `requirements:
  house: { removal: retain }
stacks:
  security:
    keys: { orders: { removal: retain } }`,
  },
});

export const requiredRotation = defineDiagnostic<Unmet & { found: string; required: string; allowed: string }>({
  code: 'KW3302',
  title: 'A key with the wrong `rotation`',
  message: (unmet) => `\`${unmet.key}\` ${unmet.found}; ${wanted(unmet, unmet.required)}`,
  help: ({ allowed }) => `write \`rotation: ${allowed}\``,
  explanation: `A requirement with \`rotation\` applies to keys that KMS can rotate: symmetric encryption keys whose material KMS
generated. \`rotation: true\` is a period of 365 days. To restrict which kinds of keys are allowed at all, use \`spec\` and
\`origin\` of a requirement.
Source: AWS KMS Developer Guide, "Rotate AWS KMS keys". See docs/platform-teams.md for what a requirement asks and which keys it
applies to.`,
  example: {
    wrong: `requirements:
  house: { rotation: at most 365 days }
stacks:
  security:
    keys: { orders: { rotation: 500 days } }`,
    right: `requirements:
  house: { rotation: at most 365 days }
stacks:
  security:
    keys: { orders: { rotation: true } }`,
  },
});

export const requiredPendingWindow = defineDiagnostic<Unmet & { days: number; required: string; allowed: string }>({
  code: 'KW3303',
  title: 'A key with the wrong waiting period before deletion',
  message: (unmet) => `a deletion of \`${unmet.key}\` waits ${unmet.days} days; ${wanted(unmet, unmet.required)}`,
  help: ({ allowed }) => `write \`pendingWindow: ${allowed}\``,
  explanation: `A requirement with \`pendingWindow\` says for how long a scheduled deletion can be cancelled; for a key without the
property, that is 30 days. See docs/platform-teams.md for what a requirement asks and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { pendingWindow: at least 14 days }
stacks:
  security:
    keys: { orders: { pendingWindow: 7 days } }`,
    right: `requirements:
  house: { pendingWindow: at least 14 days }
stacks:
  security:
    keys: { orders: { pendingWindow: 14 days } }`,
  },
});

export const requiredMultiRegion = defineDiagnostic<Unmet & { required: boolean }>({
  code: 'KW3304',
  title: 'A key with the wrong `multiRegion`',
  message: (unmet) =>
    `\`${unmet.key}\` ${unmet.required ? 'is not' : 'is'} a multi-Region key; ${wanted(unmet, unmet.required ? 'a multi-Region key' : 'a single-Region key')}`,
  help: ({ required }) =>
    `write \`multiRegion: ${required}\`; this cannot change for an existing key, so it requires a new key`,
  explanation: `A requirement with \`multiRegion\` says whether keys can have replicas in other regions, with the same key material. See
docs/platform-teams.md for what a requirement asks and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { multiRegion: false }
stacks:
  security:
    keys: { orders: { multiRegion: true } }`,
    right: `requirements:
  house: { multiRegion: false }
stacks:
  security:
    keys: { orders: { multiRegion: false } }`,
  },
});

export const requiredSpec = defineDiagnostic<Unmet & { found: string; required: readonly string[] }>({
  code: 'KW3305',
  title: 'A key with a spec that is not allowed',
  message: (unmet) => `\`${unmet.key}\` has the spec \`${unmet.found}\`; ${wanted(unmet, either(unmet.required))}`,
  help: ({ required }) =>
    `set \`spec\` to ${required.join(' or ')}; the spec of an existing key cannot change, so this requires a new key`,
  explanation: `A requirement with \`spec\` lists the allowed specs. See docs/platform-teams.md for what a requirement asks and which
keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { spec: SYMMETRIC_DEFAULT }
stacks:
  security:
    keys: { orders: { spec: HMAC_256 } }`,
    right: `requirements:
  house: { spec: SYMMETRIC_DEFAULT }
stacks:
  security:
    keys: { orders: { spec: SYMMETRIC_DEFAULT } }`,
  },
});

export const requiredOrigin = defineDiagnostic<Unmet & { found: string; required: readonly string[] }>({
  code: 'KW3306',
  title: 'A key with an origin that is not allowed',
  message: (unmet) => `\`${unmet.key}\` has the origin \`${unmet.found}\`; ${wanted(unmet, either(unmet.required))}`,
  help: ({ required }) =>
    `set \`origin\` to ${required.join(' or ')}; the origin of an existing key cannot change, so this requires a new key`,
  explanation: `A requirement with \`origin\` lists the allowed origins. See docs/platform-teams.md for what a requirement asks and
which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { origin: AWS_KMS }
stacks:
  security:
    keys: { orders: { origin: EXTERNAL } }`,
    right: `requirements:
  house: { origin: AWS_KMS }
stacks:
  security:
    keys: { orders: { origin: AWS_KMS } }`,
  },
});

export const requiredTag = defineDiagnostic<
  Unmet & { tag: string; found: string | undefined; values: readonly string[] | undefined }
>({
  code: 'KW3307',
  title: 'A key without a required tag',
  message: (unmet) => {
    const { key, tag, found, values } = unmet;
    const is =
      found === undefined
        ? `\`${key}\` has no tag \`${tag}\``
        : `the tag \`${tag}\` of \`${key}\` is ${found === '' ? 'empty' : `\`${found}\``}`;
    return `${is}; ${wanted(unmet, values === undefined ? 'a value' : either(values))}`;
  },
  help: ({ tag, values }) => `write \`tags: { ${tag}: ${values?.[0] ?? '…'} }\`, on the key or its stack`,
  explanation: `A requirement with \`tags\` names tags that a key has to have, whether they are on the key itself, its standards or its
stack. \`required\` accepts any value that is not empty. See docs/platform-teams.md for what a requirement asks and which keys it
applies to.`,
  example: {
    wrong: `requirements:
  house: { tags: { owner: required } }
stacks:
  security:
    keys: { orders: { description: Orders } }`,
    right: `requirements:
  house: { tags: { owner: required } }
stacks:
  security:
    keys: { orders: { tags: { owner: payments } } }`,
  },
});

export const requiredAlias = defineDiagnostic<Unmet & { alias: string; required: readonly string[] }>({
  code: 'KW3308',
  title: 'An alias with a name that is not allowed',
  message: (unmet) =>
    `\`${unmet.alias}\` is an alias of \`${unmet.key}\`; ${wanted(unmet, `aliases like ${either(unmet.required)}`)}`,
  help: ({ required }) => `rename it to match ${required.map((one) => `\`${one}\``).join(' or ')}`,
  explanation: `A requirement with \`aliases\` says how aliases of keys are named. This includes aliases that other stacks give these
keys. It also includes the aliases of an import by ARN, lookup or alias in an untrusted file, if the import is in the account and region
of a key to which the requirement applies: the import may turn out to be that key. The owners of keywright.yaml can write an exception
for such an import, as for a key: \`except: [{ key: app.legacy, because: … }]\`. See docs/platform-teams.md for what a requirement asks
and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { aliases: "lz/*" }
stacks:
  security:
    keys: { orders: { aliases: [orders] } }`,
    right: `requirements:
  house: { aliases: "lz/*" }
stacks:
  security:
    keys: { orders: { aliases: [lz/orders] } }`,
  },
});

export const requiredAdmin = defineDiagnostic<Unmet & { admin: string }>({
  code: 'KW3309',
  title: 'A key without a required admin',
  message: (unmet) =>
    `\`${unmet.admin}\` is not among the admins of \`${unmet.key}\`; ${wanted(unmet, `\`${unmet.admin}\` as an admin`)}`,
  help: ({ admin }) => `write \`admins: [${admin}]\``,
  explanation: `A requirement with \`admins\` names the principals that have to be able to administer keys. A key can name them in
any way that leads to the same role, user or account. See docs/platform-teams.md for what a requirement asks and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { admins: [keyAdmins] }
principals: { keyAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" } }
stacks:
  security:
    keys: { orders: { description: Orders } }`,
    right: `requirements:
  house: { admins: [keyAdmins] }
principals: { keyAdmins: { role: "arn:aws:iam::111122223333:role/KeyAdmin" } }
stacks:
  security:
    keys: { orders: { admins: [keyAdmins] } }`,
  },
});

export const deniedAdmin = defineDiagnostic<Unmet & { admin: string; where: string }>({
  code: 'KW3312',
  title: 'An admin who is denied what admins do',
  message: (unmet) =>
    `${unmet.where} denies \`${unmet.admin}\` the actions of an admin; ${wanted(unmet, `\`${unmet.admin}\` as an admin`)}`,
  help: () =>
    'remove the statement, or have the owners of keywright.yaml add it to a standard; a Deny is fine if it is only for requests that the admin never makes, such as requests without TLS or from other accounts',
  explanation: `A requirement with \`admins\` names the principals that have to be able to administer keys. A Deny wins over every
Allow, so an untrusted file may not deny these principals anything that admins do. This applies to a key policy that denies them by
name, by session, by account or as everyone. It also applies to a policy on such a role or user, whatever path that role or user has in IAM.
\`notPrincipals\` exempts a role only in the sessions that it lists. A Deny is fine if its condition never holds for them: \`Bool\`
\`aws:SecureTransport\` \`false\`, \`StringNotEquals\` \`aws:PrincipalAccount\` or \`kms:CallerAccount\` with their account, \`ArnNotLike\`
\`aws:PrincipalArn\` with the ARN of a role or user that exists, or \`StringNotEquals\` \`aws:PrincipalOrgID\` with the organization of the
project. \`keywright.yaml\` and trusted files may deny these principals anything. See docs/platform-teams.md for what a requirement asks and
which keys it applies to.`,
});

export const replacedPolicyOfAdmin = defineDiagnostic<Unmet & { admin: string; policy: string }>({
  code: 'KW3319',
  title: 'A policy that may replace a policy of a required admin',
  message: (unmet) =>
    `this gives \`${unmet.admin}\` an inline policy called \`${unmet.policy}\`, which may replace a policy that this admin needs; ${wanted(unmet, `\`${unmet.admin}\` as an admin`)}`,
  help: () =>
    'leave out `policyName`, so that the policy has a name of its own; or have the owners of keywright.yaml set it',
  explanation: `A role or user has only one inline policy with a given name, and a policy of that name replaces the existing one. With
\`policyName\` an untrusted file could take an admin's permissions away without denying anything. Without \`policyName\`, the policy is
named after the app and the stack. See docs/platform-teams.md. Source: IAM API reference, PutRolePolicy.`,
});

export const keyMovesOut = defineDiagnostic<{
  from: string;
  to: string;
  requirement: string;
  because: string | undefined;
}>({
  code: 'KW3318',
  title: 'A key that moves out of a requirement',
  message: ({ from, to, requirement, because }) =>
    `\`${from}\` becomes \`${to}\`, to which the requirement \`${requirement}\` does not apply${because === undefined ? '' : `: ${because}`}`,
  help: ({ from }) =>
    `choose another name; or ask for an \`except\` for \`${from}\` in the requirement, which also allows the move`,
  explanation: `\`except\` and \`of\` of a requirement name keys. With \`moved\`, an existing key gets another name. A name that is
excepted, or that \`of\` does not match, would free the key and everything it encrypted from the requirement. So only \`keywright.yaml\`
and trusted files can give a key such a name. Only the names of stacks, keys and environments count here, because nothing else is known
about the key of the last build. See docs/platform-teams.md.`,
});

export const destroyedKey = defineDiagnostic<{ what: string; requirement: string; because: string | undefined }>({
  code: 'KW3313',
  title: 'A key that is destroyed although it must be retained',
  message: ({ what, ...unmet }) => `\`removed\` destroys ${what}; ${wanted({ key: '', ...unmet }, '`retain`')}`,
  help: () =>
    'write `then: retain`, so that the key lives on and its owners can schedule its deletion in AWS; or ask for an `except` in the requirement',
  explanation: `A requirement with \`removal: retain\` also applies to keys that leave their stack. Otherwise an untrusted
file could still delete these keys with \`removed\` and \`then: destroy\`. Only the name, stack and environment of a removed key are known.
So only these count under \`of\`; spec, usage and tags do not. \`keywright.yaml\` and trusted files may destroy such a key. See
docs/platform-teams.md.`,
});

export const createdAdmin = defineDiagnostic<Unmet & { admin: string; what: string }>({
  code: 'KW3314',
  title: 'A role with the name of a required admin',
  message: (unmet) =>
    `the ${unmet.what} would be \`${unmet.admin}\`, which a team's file cannot create; ${wanted(unmet, `\`${unmet.admin}\` as an admin`)}`,
  help: () => 'give the role or user another `name`, or leave `name` out',
  explanation: `A requirement with \`admins\` names roles and users by their names in IAM. Where an account lacks one of them, a stack
that creates a role of that name creates an administrator of every key there, and decides who may assume the role. So an untrusted file
may not create a role or user with that name in that account. Names are compared without case, as in IAM. See docs/platform-teams.md.`,
});

export const outsider = defineDiagnostic<
  Unmet & { who: string; how: string; outside: 'organization' | 'account' | 'nobody' }
>({
  code: 'KW3310',
  title: 'A key that lets somebody in from outside',
  message: (unmet) =>
    `${unmet.how} of \`${unmet.key}\` lets ${unmet.who} in; ${wanted(unmet, borders[unmet.outside].allowed, 'allows')}`,
  help: ({ outside }) => borders[outside].advice,
  explanation: `A requirement with \`principals: { outside: … }\` is checked against the resulting key policy and KMS grants, whatever
their origin: grants, statements, the key's own \`policy\`, services, standards, imports of other stacks. A statement that allows
everyone has to be narrowed by one condition that keeps strangers out: \`aws:PrincipalOrgID\`, \`aws:PrincipalOrgPaths\`,
\`aws:PrincipalAccount\`, \`kms:CallerAccount\` or \`aws:PrincipalArn\`. A service acts for its callers, so its statement has to name
the callers, and all of them have to be inside. The statement names them under \`aws:SourceAccount\`, \`aws:SourceArn\` or a similar
condition key, or in the encryption context. Instead of an account, the statement can name one resource by an ARN without an account,
such as one bucket. A preset under \`services\` passes too: the preset has such a condition, or its service sends no source. The
requirement does not cover who may assume a role that has access, or what such a role does for strangers: see docs/rules.md. See
docs/platform-teams.md for what a requirement asks and which keys it applies to.`,
  example: {
    wrong: `requirements:
  house: { principals: { outside: account } }
stacks:
  security:
    keys: { orders: { grants: [{ to: { account: "999999999999" }, can: decrypt }] } }`,
    right: `requirements:
  house: { principals: { outside: account } }
stacks:
  security:
    environment: prod
    keys: { orders: { grants: [{ to: { account: "\${account}" }, can: decrypt }] } }
environments:
  prod: { account: "111122223333", region: eu-west-1 }`,
  },
});

const borders = {
  organization: {
    allowed: 'nobody from outside the organization',
    advice:
      'remove the access, or narrow it to the organization; `accounts` and `environments` of keywright.yaml and trusted files define which accounts belong to the organization',
  },
  account: {
    allowed: 'nobody from outside the account',
    advice: 'remove the access, or narrow it to the account of the key',
  },
  nobody: {
    allowed: 'nobody from outside the account, and no AWS service',
    advice: 'remove the access, or narrow it to principals of the account of the key',
  },
} as const;

export const severalOrganizations = defineDiagnostic<{ organizations: readonly string[] }>({
  code: 'KW3315',
  title: 'A requirement that does not say which organization is meant',
  message: ({ organizations }) => `the project names ${organizations.length} organizations: ${either(organizations)}`,
  help: ({ organizations }) =>
    `choose one with \`principals: { outside: organization, organization: … }\`: ${organizations.join(' or ')}`,
  explanation: `\`outside: organization\` means the organization that \`keywright.yaml\` and trusted files name under \`principals\`. If
they name several, one of them may be a partner's, and the partner would be allowed in. See docs/platform-teams.md.`,
  example: {
    wrong: `requirements:
  house: { principals: { outside: organization } }
principals:
  company: { organization: o-a1b2c3d4e5 }
  partner: { organization: o-p1q2r3s4t5, because: "audits us, SEC-12" }
stacks:
  security:
    keys: { orders: {} }`,
    right: `requirements:
  house: { principals: { outside: organization, organization: o-a1b2c3d4e5 } }
principals:
  company: { organization: o-a1b2c3d4e5 }
  partner: { organization: o-p1q2r3s4t5, because: "audits us, SEC-12" }
stacks:
  security:
    keys: { orders: {} }`,
  },
});

export const lockedProperty = defineDiagnostic<{ property: string; standard: string }>({
  code: 'KW3311',
  title: 'A property that a standard locks',
  message: ({ property, standard }) => `\`${property}\` is locked by the standard \`${standard}\``,
  help: ({ property }) => `remove \`${property}\` here, or build on another standard`,
  explanation: `A standard with \`locked\` fixes the listed properties for everything that builds on it, directly or through other
standards: a key, a replica, a key of a key set, a standard, and each of their entries under \`in\`. Differences by environment go under
\`in\` of the standard itself. A locked property that the standard does not set stays at its default. To control which standards keys
build on, use \`standard\` of a requirement.`,
  example: {
    wrong: `standards:
  guarded: { removal: retain, locked: [removal] }
stacks:
  security:
    keys: { orders: { standard: guarded, removal: destroy } }`,
    right: `standards:
  guarded: { removal: retain, locked: [removal] }
stacks:
  security:
    keys: { orders: { standard: guarded } }`,
  },
});

export const exceptionWithoutNeed = defineDiagnostic<{ key: string; requirement: string; isKnown: boolean }>({
  code: 'KW3316',
  severity: 'warning',
  title: 'An exception that no longer applies',
  message: ({ key, requirement, isKnown }) =>
    isKnown
      ? `\`${key}\` meets the requirement \`${requirement}\`, so it needs no exception`
      : `the requirement \`${requirement}\` applies to no key called \`${key}\``,
  help: () => 'remove the exception',
  explanation: `An exception that outlives its reason would also cover the next key with that name, or a later change to the key. A key in
several environments needs an exception if it needs one in any of them.`,
  example: {
    wrong: `requirements:
  house:
    removal: retain
    except: [{ key: security.orders, because: "replaced in May, SEC-12" }]
stacks:
  security:
    keys: { orders: { removal: retain } }`,
    right: `requirements:
  house:
    removal: retain
    except: [{ key: security.orders, because: "replaced in May, SEC-12" }]
stacks:
  security:
    keys: { orders: { removal: destroy } }`,
  },
});

export const requirementOfNothing = defineDiagnostic<{ requirement: string }>({
  code: 'KW3317',
  severity: 'note',
  title: 'A requirement that applies to no key',
  message: ({ requirement }) => `the requirement \`${requirement}\` applies to no key of the project`,
  help: () => 'leave the requirement as it is if such keys are still to come; otherwise correct `of`',
  explanation: `A requirement whose \`of\` matches no key looks as if it protected something. Environments named in \`of\` have to
exist; patterns, stacks, keys and tags may belong to future teams.`,
  example: {
    wrong: `requirements:
  house: { of: { stacks: secruity }, removal: retain }
stacks:
  security:
    keys: { orders: {} }`,
    right: `requirements:
  house: { of: { stacks: security }, removal: retain }
stacks:
  security:
    keys: { orders: {} }`,
  },
});
