import { dnsSuffixes } from '../kms/partitions.ts';
import * as z from '../schema/schema.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { conditions } from './conditions.ts';
import { type Explanation, explainedBy } from './explanation.ts';
import { environmentOrGroup, name, names, oneOrMany, placeholderOfValue, stackName, tags } from './text.ts';
import { written } from './written.ts';

const suffixes = dnsSuffixes.map((suffix) => suffix.replaceAll('.', String.raw`\.`)).join('|');
const serviceHostForm = new RegExp(String.raw`^[a-z0-9.-]+\.(?:${suffixes})$`);

/** Whether a text is the host of an AWS service, in any partition. */
export function isServiceHost(text: string): boolean {
  return serviceHostForm.test(text);
}

/** The inline principal that a text in AWS's form means, and the principal's kind in words; `undefined` for other text. */
export function principalInPlace(text: string): { readonly kind: string; readonly principal: object } | undefined {
  if (text === '*') return { kind: 'everyone', principal: { anyone: true } };
  if (/^\d{12}$/.test(text)) return { kind: 'an account', principal: { account: text } };
  const path = orgPath(text);
  if (path?.isWhole === true) return { kind: 'an organization', principal: { organization: path.organization } };
  if (path !== undefined) return { kind: 'an organizational unit', principal: { orgUnit: path.unit } };
  if (isServiceHost(text)) return { kind: 'a service', principal: { service: text } };
  const [, account = '', resource = ''] = /^arn:[^:]+:(?:iam|sts)::([^:]*):(.+)$/s.exec(text) ?? [];
  if (resource === 'root') return { kind: 'an account', principal: { account } };
  const kind = resource.split('/')[0] ?? '';
  if (kind === 'role') return { kind: 'a role', principal: { role: text } };
  if (kind === 'user') return { kind: 'a user', principal: { user: text } };
  if (/^(oidc|saml)-provider$/.test(kind)) return { kind: 'an identity provider', principal: { federated: text } };
  return text.startsWith('arn:') ? { kind: 'a principal by ARN', principal: { arn: text } } : undefined;
}

/**
 * The parts of a path in `aws:PrincipalOrgPaths`: the organization, the path without the slash and the wildcard at its end, and whether the
 * path means the whole organization. `undefined` for other text.
 */
function orgPath(text: string) {
  const [, unit, organization, below] = /^((o-[a-z0-9]{10,32})\/?(\S*?))(?:\/\*?)?$/.exec(text) ?? [];
  if (unit === undefined || organization === undefined || below === undefined || !text.includes('/')) return undefined;
  return { unit, organization, isWhole: /^(\*|r-[a-z0-9]{4,32})?$/.test(below) };
}

function orgUnitProblem(text: string): Explanation {
  const path = orgPath(text);
  if (path?.isWhole === true)
    return {
      message: `this path means the whole organization, which is written \`organization: ${path.organization}\``,
      showsForm: true,
    };
  if (path !== undefined && new RegExp(`^${orgUnitForm}$`).test(path.unit))
    return {
      message: `an organizational unit includes the units below it: end the path with the id of the unit, \`orgUnit: "${path.unit}"\``,
      showsForm: true,
    };
  return 'an organizational unit is written as its path, o-…/r-…/ou-… or o-…/*/ou-…, because its id alone is not unique';
}

/** Source: AWS Organizations API reference, Organization, Root and OrganizationalUnit, Id. */
const organizationForm = 'o-[a-z0-9]{10,32}';
const orgUnitForm = `${organizationForm}/(?:r-[a-z0-9]{4,32}|[*])(?:/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})+`;

/** How the language writes a principal outside the project, given in another tool's form; `undefined` for other text. */
function principalForm(text: string): Explanation | undefined {
  const other = otherArn(text) ?? notAPrincipal(text);
  if (other !== undefined) return other;
  const { kind, principal } = principalInPlace(text) ?? serviceWithPlaceholders(text) ?? {};
  const form = written(principal);
  if (kind === undefined || principal === undefined || form === undefined) return undefined;
  if ('arn' in principal && formProblem('arn', text) !== undefined) return forms.arn.error(text);
  return {
    message: `${kind} is written \`${form}\`${kind === 'everyone' ? ', with a condition' : ''}`,
    showsForm: true,
  };
}

/** The principal to write in place of a host such as `ec2.${dnsSuffix}`: the short name means the right host in each partition. */
function serviceWithPlaceholders(text: string): { readonly kind: string; readonly principal: object } | undefined {
  if (!/^[a-z0-9.-]+\.(?:\$\{region\}\.)?(?:\$\{dnsSuffix\}|amazonaws\.com)$/.test(text)) return undefined;
  const [, shortName] = /^([a-z0-9-]+)\.\$\{dnsSuffix\}$/.exec(text) ?? [];
  return { kind: 'a service', principal: { service: shortName ?? text } };
}

/** `name` or, for something of another stack, `stack.name`. */
const reference = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)?$/,
    explainedBy((text) => principalForm(String(text)) ?? 'this is neither the name of a principal nor `stack.name`'),
  )
  .meta({ title: 'a name' });

const mutable = z.boolean().optional().meta({
  description:
    'With `false`, no policy may be attached to it, so grants to it go into key policies. This always applies to roles under `/aws-reserved/` and `/aws-service-role/`.',
  default: true,
});

/** Source: IAM API reference, PutRolePolicy, PolicyName. */
const policyNameForm = /^[\w+=,.@-]{1,128}$/;

/** Whether IAM accepts a text as the name of an inline policy. */
export function isPolicyName(text: string): boolean {
  return policyNameForm.test(text);
}

export const policyName = z
  .string()
  .regex(policyNameForm, { error: 'the name of a policy has 1 to 128 letters, digits or + = , . @ - _' })
  .optional()
  .meta({
    description:
      'The name of the inline policy that grants become, by default `keywright-<app>-<stack>`. An existing policy of that name is replaced.',
  });

const policyNames = names.optional().meta({
  description:
    'Names in the generated code, by target, for the inline policy that grants become. If all names are the same and `policyName` is absent, the policy has that name in IAM too, as in the CDK.',
  examples: [{ cfn: 'ApiDefaultPolicy1A2B3C4D' }],
});

/**
 * A path and name in IAM, which can contain placeholders. Wildcards fit too, since a separate check reports them. Source: IAM API
 * reference, Role and User, Path and RoleName.
 */
const nameWithPath = String.raw`(?!/)(?:[!-~]+/)?(?:[\w+=,.@*?-]|\$\{[\w.-]+\}){1,64}`;

/** The form that the text of a principal must have once all values that the project gives for its place are filled in. */
const forms = {
  role: { form: String.raw`arn:[^:\s]+:iam::[^:\s]*:role/${nameWithPath}`, error: (text) => arnOf('role', text) },
  user: { form: String.raw`arn:[^:\s]+:iam::[^:\s]*:user/${nameWithPath}`, error: (text) => arnOf('user', text) },
  account: {
    form: String.raw`\d{12}|\$\{account\}`,
    error: () => 'an account id has twelve digits; `${account}` is the account of the stack',
  },
  organization: {
    form: organizationForm,
    error: () => 'an organization id is o- and 10 to 32 lower-case letters or digits',
  },
  orgUnit: { form: orgUnitForm, error: orgUnitProblem },
  // Source: IAM User Guide, "AWS JSON policy elements: Principal". Wildcards are accepted here, since a separate check reports them.
  arn: {
    form: String.raw`arn:[^:]+:(?:iam::[^:]*:(?:root|(?:role|user)/${nameWithPath})|sts::[^:]*:(?:assumed-role/[^/]+|federated-user)/[^/\s]+)|arn:[\s\S]*[*?][\s\S]*`,
    error: (text) =>
      notAPrincipal(text) ??
      'AWS has no principal with such an ARN: name a role, a user, the root of an account, or a session, arn:aws:sts::account:assumed-role/role/session',
  },
  // Source: IAM User Guide, "AWS JSON policy elements: Principal", "SAML session principals" and "OIDC federated principals". Wildcards in
  // an ARN are accepted here, since a separate check reports them.
  federated: {
    form: String.raw`arn:[^:\s]+:iam::[^:\s]*:(?:saml|oidc)-provider/\S+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/\S*)?`,
    error: () =>
      'an identity provider is written as its ARN, arn:aws:iam::account:oidc-provider/host or arn:aws:iam::account:saml-provider/name, or as a host that AWS knows, such as cognito-identity.amazonaws.com',
  },
} as const satisfies Readonly<Record<string, { readonly form: string; readonly error: (text: string) => Explanation }>>;

/** How to write a text that is a principal of another kind; `undefined` for other text. */
function otherPrincipal(kind: string, text: string): Explanation | undefined {
  const other = otherArn(text);
  if (other !== undefined) return other;
  const inPlace = principalInPlace(text);
  if (inPlace === undefined || Object.hasOwn(inPlace.principal, kind)) return undefined;
  const isNoPrincipal = 'arn' in inPlace.principal && formProblem('arn', text) !== undefined;
  return isNoPrincipal ? undefined : principalForm(text);
}

/** Says that a text identifies something other than a principal, and what to write; `undefined` for other text. */
function notAPrincipal(text: string): string | undefined {
  // Source: IAM User Guide, "IAM identifiers", "Unique identifiers".
  if (/^A(?:ROA|IDA)[A-Z0-9]{12,}$/.test(text))
    return 'this is a unique id, which AWS shows in place of a deleted principal: write an ARN';
  if (/^arn:[^:]+:iam::[^:]*:group\//.test(text))
    return 'a group is not a principal, and KMS refuses a policy that names a group: name the users of the group';
  if (/^arn:[^:]+:iam::[^:]*:instance-profile\//.test(text))
    return 'an instance profile is not a principal: name its role';
  if (/^arn:[^:]+:iam::[^:]*:policy\//.test(text))
    return 'a policy is not a principal: name the roles and users to which it is attached';
  return undefined;
}

/** The placeholders for CloudFormation's pseudo parameters. */
const placeholders: Readonly<Record<string, string>> = {
  AccountId: 'account',
  Partition: 'partition',
  Region: 'region',
  URLSuffix: 'dnsSuffix',
};

/** Says how to write the ARN of a role or user that has a region, too few colons, or pseudo parameters; `undefined` for other text. */
function otherArn(text: string): Explanation | undefined {
  const plain = text.replaceAll(/\$\{AWS::(\w+)\}/g, (whole, name: string) => {
    const placeholder = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    return placeholder === undefined ? whole : `\${${placeholder}}`;
  });
  const [, partition, account, resource] = /^arn:([^:]+):iam:(?:[^:]*:)?([^:]+):((?:role|user)\/.+)$/.exec(plain) ?? [];
  const written = `arn:${partition}:iam::${account}:${resource}`;
  if (resource === undefined || written === text || account === '') return undefined;
  const message = plain === text ? 'the ARN of a role or user has no region' : 'placeholders have other names here';
  return { message, instead: { value: written } };
}

function arnOf(kind: 'role' | 'user', text: string): Explanation {
  const [, name = ''] = new RegExp(`^arn:[^:]+:iam::[^:]*:${kind}/(?:[!-~]+/)?([\\w+=,.@-]+)$`).exec(text) ?? [];
  if (name.length > 64) return `the name of this ${kind} has ${name.length} characters, and IAM takes 64 at most`;
  const instead = notAPrincipal(text) ?? otherPrincipal(kind, text);
  if (instead !== undefined) return instead;
  if (new RegExp(`^${nameWithPath}$`).test(text) && !text.includes(':')) {
    const value = `arn:\${partition}:iam::\${account}:${kind}/${text}`;
    return {
      message: `a ${kind} is written as its ARN, or as its name with its \`account\` beside it`,
      instead: { value },
    };
  }
  return `this is not the ARN of a ${kind}: arn:aws:iam::account:${kind}/name`;
}

const isOpen = /\$\{(values|account)\.[^}]*\}/;

/**
 * The problem with the form of a text that identifies a principal; `undefined` if there is none, or if the text contains something unknown.
 */
export function formProblem(kind: string, text: string): string | undefined {
  if (!isFormed(kind) || isOpen.test(text)) return undefined;
  const { form, error } = forms[kind];
  if (new RegExp(`^(?:${form})$`).test(text)) return undefined;
  const explanation = error(text);
  return typeof explanation === 'string' ? explanation : explanation.message;
}

function isFormed(kind: string): kind is keyof typeof forms {
  return Object.hasOwn(forms, kind);
}

/** The advice for a mapping in place of a text: the user defines a principal of a stack among those of the project. */
const ofProject = (value: unknown): Explanation =>
  isMapping(value) ? { otherwise: 'a role or user to create is written under `principals` of a stack' } : {};

/** The advice for a text in place of a mapping: the user names an existing principal among those of a stack. */
const ofStack = (value: unknown): Explanation =>
  typeof value === 'string'
    ? { otherwise: 'an existing role or user is written under `principals` of the project' }
    : {};

/** A text of this form or one of `others`. A text with values of environments is checked once these are known. */
const formed = (kind: keyof typeof forms, ...others: readonly string[]) =>
  z.string(explainedBy(ofProject)).regex(
    new RegExp(`^(?:${[forms[kind].form, String.raw`\S*${placeholderOfValue}\S*`, ...others].join('|')})$`),
    explainedBy((text) => forms[kind].error(String(text))),
  );

/** The name of a role or user with its path, which can contain placeholders. Source: IAM API reference, Role. */
const nameInAccount = (kind: 'role' | 'user') =>
  z.string().regex(new RegExp(String.raw`^(?:(?!/)(?:[\w+=,.@/-]|\$\{[\w.-]+\})+|${forms[kind].form})$`), {
    error: `a ${kind} of an account is written as its name, with its path before the name if it has one`,
  });

/** The error for an ARN in place of a name: an ARN contains the account already. */
const byName = (kind: 'role' | 'user') => ({
  error: `an ARN has the account of the ${kind} in it: leave out \`account\`, or write the name of the ${kind} alone`,
});

const otherAccount = z
  .string()
  .regex(/^(\d{12}|\$\{account\}|[A-Za-z][A-Za-z0-9-]{0,62})$/, {
    error: 'this is not an account under `accounts`, an environment or an account id of twelve digits',
  })
  .meta({
    title: 'the name of an account or environment',
    description:
      'Its account: a name under `accounts`, the name of an environment, or an account id in quotes. `"${account}"` is the account of each stack.',
    examples: ['audit'],
  });

/** A property that every kind of principal may have, named or inline. */
const reason = {
  because: z.string().min(1, { error: 'say why it may have access' }).optional().meta({
    description:
      'Why it may have access to keys, even if its account is not under `accounts` or `environments`: see docs/rules.md, KW7004.',
  }),
};

const existingRole = z.strictObject({
  role: formed('role').meta({
    title: 'the ARN of a role',
    examples: ['arn:aws:iam::111122223333:role/KeyAdmin'],
    description:
      'The ARN of an existing role. Policies can be attached to it. With `${account}` in the ARN, it is the role of that name in the account of each stack.',
  }),
  mutable,
  policyName,
  ...reason,
});
const existingUser = z.strictObject({
  user: formed('user').meta({
    title: 'the ARN of a user',
    examples: ['arn:aws:iam::111122223333:user/alice'],
    description: 'The ARN of an existing user. Policies can be attached to it.',
  }),
  mutable,
  policyName,
  ...reason,
});
const roleOfAccount = z
  .strictObject({
    role: nameInAccount('role').meta({
      title: 'the name of a role',
      description: 'With `account`: the name of an existing role in that account, with its path if it has one.',
      examples: ['Auditor'],
    }),
    account: otherAccount,
    mutable,
    policyName,
    ...reason,
  })
  .refine(({ role }) => !role.startsWith('arn:'), byName('role'));
const userOfAccount = z
  .strictObject({
    user: nameInAccount('user').meta({
      title: 'the name of a user',
      description: 'With `account`: the name of an existing user in that account, with its path if it has one.',
      examples: ['alice'],
    }),
    account: otherAccount,
    mutable,
    policyName,
    ...reason,
  })
  .refine(({ user }) => !user.startsWith('arn:'), byName('user'));
const account = z.strictObject({
  account: formed('account', String.raw`\$\{account\.[A-Za-z0-9-]+\}`, '[A-Za-z][A-Za-z0-9-]{0,62}').meta({
    title: 'an account id in quotes',
    description:
      'An account: its id in quotes, its name under `accounts`, or the name of an environment. It means everyone in the account whose IAM policies allow the action. `"${account}"` is the account of each stack.',
    examples: ['111122223333', 'audit', '${account}'],
  }),
  ...reason,
});
const organization = z.strictObject({
  organization: formed('organization').meta({
    description: 'Any principal of an AWS organization: `*` narrowed by `aws:PrincipalOrgID`.',
    examples: ['o-a1b2c3d4e5'],
  }),
  ...reason,
});
const orgUnit = z.strictObject({
  orgUnit: formed('orgUnit').meta({
    examples: ['o-a1b2c3d4e5/*/ou-ab12-11111111'],
    description:
      'Any principal of an organizational unit and the units below it: `*` narrowed by `aws:PrincipalOrgPaths`. Written as the path `o-…/r-…/ou-…`, or `o-…/*/ou-…` for the unit wherever it is in the organization.',
  }),
  ...reason,
});
const service = z.strictObject({
  service: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]*|[a-z0-9-]*\.([a-z0-9.-]|\$\{(region|dnsSuffix)\})+)$/, {
      error: 'a service is written as `logs` or `lambda.amazonaws.com`',
    })
    .meta({
      examples: ['logs'],
      description:
        'An AWS service: a short name such as `logs`, which becomes the right host for the partition and region, or a whole host such as `lambda.amazonaws.com`. A host can contain `${region}` and `${dnsSuffix}`.',
    }),
  ...reason,
});
const federated = z.strictObject({
  federated: formed('federated').meta({
    title: 'the ARN or host of an identity provider',
    description:
      'A federated identity provider: the ARN of a SAML or OIDC provider, or a host that AWS knows, such as `cognito-identity.amazonaws.com`.',
    examples: ['arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'],
  }),
  ...reason,
});
const anyone = z.strictObject({
  anyone: z
    .literal(true)
    .meta({ description: 'Everyone: `*`. Allowed only in a statement or grant with a condition, or in a `Deny`.' }),
  ...reason,
});
const byArn = z.strictObject({
  arn: formed('arn').meta({
    title: 'an ARN',
    examples: ['arn:aws:sts::111122223333:assumed-role/Deploy/ci'],
    description: 'Any other principal by ARN, such as an assumed-role session. Policies cannot be attached to it.',
  }),
  ...reason,
});

const serviceHost = z
  .string()
  .regex(
    serviceHostForm,
    explainedBy((text) => principalForm(String(text)) ?? 'a service host ends in .amazonaws.com'),
  )
  .meta({ title: 'a service host' });

const inlinePrincipal = z
  .union([
    existingRole,
    existingUser,
    roleOfAccount,
    userOfAccount,
    account,
    organization,
    orgUnit,
    service,
    federated,
    anyone,
    byArn,
  ])
  .meta({
    id: 'InlinePrincipal',
    title: 'a principal',
    description: 'A principal that exists outside this project.',
    examples: [
      { role: 'arn:aws:iam::111122223333:role/KeyAdmin' },
      { role: 'arn:aws:iam::111122223333:role/BreakGlass', mutable: false },
      { role: 'Auditor', account: 'audit' },
      { account: '${account}' },
      { account: '999999999999', because: 'audits us, SEC-12' },
      { organization: 'o-a1b2c3d4e5' },
      { service: 'logs' },
      { federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    ],
  });

const principalOfDeployment = z
  .strictObject({
    stack: stackName.meta({ description: 'The stack that creates it.' }),
    environment: environmentOrGroup.meta({
      description:
        'The environment of that stack. A group or pattern means the principal in each matching environment.',
    }),
    name: name.meta({ description: 'The principal’s name under `principals` of that stack.' }),
  })
  .meta({
    id: 'PrincipalOfDeployment',
    title: 'a principal of one environment',
    description:
      'A role, user or group that a stack creates in one of its environments. Plain `stack.name` means the principal in the same environment or, if the stack is not there, the only one in the same account.',
    examples: [{ stack: 'checkout', environment: 'prod-eu', name: 'ordersApi' }],
  });

export const principalReference = z.union([reference, principalOfDeployment, inlinePrincipal]).meta({
  id: 'PrincipalReference',
  title: 'a principal',
  description:
    'One of: a name under `principals` of the project or the stack; `stack.name` for a principal that another stack creates; `{ stack, environment, name }` for the principal that the stack creates in that environment; a principal in place; or, with `via`, `everyoneInAccount` for everyone in the key’s account through that service.',
  examples: [
    'keyAdmins',
    'checkout.ordersApi',
    { stack: 'checkout', environment: 'prod-eu', name: 'ordersApi' },
    { account: '999999999999' },
  ],
});

const namedPrincipal = z
  .union([
    ...inlinePrincipal.options,
    principalOfDeployment,
    z.strictObject({
      anyOf: z.array(principalReference).min(1, { error: 'anyOf needs at least one principal' }).meta({
        description: 'A name for all of these principals together.',
      }),
      ...reason,
    }),
  ])
  .meta({
    id: 'NamedPrincipal',
    title: 'a principal',
    description:
      'A principal with a name that the whole project can use. Principals that a stack creates are defined under `principals` of that stack.',
    examples: [
      { role: 'arn:aws:iam::${account}:role/KeyAdmin' },
      { account: '999999999999', because: 'audits us, SEC-12' },
      { stack: 'checkout', environment: 'prod-eu', name: 'ordersApi' },
      { anyOf: ['keyAdmins', 'breakGlass'] },
    ],
  });

const iamNameForm = 'an IAM name has 1 to 64 letters, digits or + = , . @ - _';

/** The problem with a name in IAM; `undefined` if there is none. Source: IAM API reference, CreateRole, CreateUser, CreateGroup. */
export function iamNameProblem(text: string): string | undefined {
  return /^[\w+=,.@-]{1,64}$/.test(text) ? undefined : iamNameForm;
}

const physicalName = z
  .string()
  .regex(/^(?:[\w+=,.@-]|\$\{[\w.-]+\}){1,64}$/, { error: iamNameForm })
  .optional()
  .meta({
    examples: ['orders-api', 'orders-api-${environment}'],
    description:
      'The name in IAM; it can contain placeholders. By default the tool chooses one; if another account or region has to know the name, it is `<app>-<stack>-<name>`.',
  });

export const createdPrincipal = z
  .union([
    z.strictObject({
      role: z
        .strictObject(
          {
            assumedBy: oneOrMany(z.union([serviceHost, principalReference])).meta({
              examples: ['lambda.amazonaws.com'],
              description:
                'Who may assume the role: a service host (`lambda.amazonaws.com`), a name under `principals`, a principal in place, or a list of these.',
            }),
            when: conditions
              .optional()
              .meta({ description: 'Conditions for assuming the role, such as one on the `sub` of an OIDC token.' }),
            description: z
              .string()
              .max(1000, { error: 'a role description has 1,000 characters at most' })
              .optional()
              .meta({ description: 'What the role is for: at most 1,000 characters.' }),
            name: physicalName,
            policyName,
            policyNames,
            tags: tags.optional(),
          },
          explainedBy(ofStack),
        )
        .meta({ description: 'A role that this stack creates.' }),
      names: names.optional(),
    }),
    z.strictObject({
      user: z
        .strictObject({ name: physicalName, policyName, policyNames, tags: tags.optional() }, explainedBy(ofStack))
        .meta({ description: 'A user that this stack creates.' }),
      names: names.optional(),
    }),
    z.strictObject({
      group: z
        .strictObject({ name: physicalName, policyName, policyNames })
        .meta({ description: 'A group that this stack creates.' }),
      names: names.optional(),
    }),
  ])
  .meta({
    id: 'CreatedPrincipal',
    title: 'a role, user or group to create',
    description: 'A role, user or group that the stack creates. Grants to it become policies on it.',
    examples: [
      { role: { assumedBy: 'lambda.amazonaws.com' } },
      {
        role: {
          assumedBy: 'github',
          when: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:example/orders:*' } },
        },
      },
      { user: {} },
      { group: { name: 'auditors' } },
    ],
  });

export const namedPrincipals = z.record(name, namedPrincipal).meta({
  examples: [{ keyAdmins: { role: 'arn:aws:iam::111122223333:role/KeyAdmin' } }],
});
export const createdPrincipals = z.record(name, createdPrincipal).meta({
  examples: [{ ordersApi: { role: { assumedBy: 'lambda.amazonaws.com' } } }],
});

export type InlinePrincipal = z.infer<typeof inlinePrincipal>;
export type PrincipalOfDeployment = z.infer<typeof principalOfDeployment>;
export type PrincipalReference = z.infer<typeof principalReference>;
export type NamedPrincipal = z.infer<typeof namedPrincipal>;
export type CreatedPrincipal = z.infer<typeof createdPrincipal>;

const kinds = ['role', 'user', 'account', 'organization', 'orgUnit', 'service', 'federated', 'arn'] as const;

/**
 * The kind of an inline principal, and the text that identifies it: `*` for everyone, `${account.<name>}` for a declared account by name.
 */
export function identify(principal: InlinePrincipal): {
  readonly kind: (typeof kinds)[number] | 'anyone';
  readonly text: string;
} {
  const texts: Readonly<Partial<Record<(typeof kinds)[number], string>>> = principal as object; // the value of every kind is text
  for (const kind of kinds) {
    const text = texts[kind];
    if (text !== undefined) return { kind, text: withAccount(kind, text, texts.account) };
  }
  return { kind: 'anyone', text: '*' };
}

function withAccount(kind: string, text: string, account: string | undefined): string {
  if (account === undefined) return text;
  const id = /^[A-Za-z]/.test(account) ? `\${account.${account}}` : account;
  return kind === 'account' ? id : `arn:\${partition}:iam::${id}:${kind}/${text}`;
}
