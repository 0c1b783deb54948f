/** KW3020 and up: key policies and grants. */
import { defineDiagnostic } from './diagnostic.ts';
import { orInGeneral } from './in-general.ts';
import { insteadOf } from './suggestion.ts';

const trustFewer =
  'name the accounts instead of their roles, with a condition on `aws:PrincipalArn` in `when`, or spread the principals over several roles';

export const policyTooLong = defineDiagnostic<{ key: string; length: number; maximum: number }>({
  code: 'KW3020',
  title: 'A key policy that is too long',
  message: ({ key, length, maximum }) =>
    `the key policy of \`${key}\` has ${length} bytes without white space; KMS accepts ${maximum}`,
  help: () => 'grant to a role instead of many principals, or to an organization instead of many accounts',
  explanation: `A key policy has 32,768 bytes at most, counted as JSON in UTF-8 without white space: the letter é counts as two bytes.
Values known only at deployment, such as the name of a role, count with their shortest possible length. Source: AWS KMS Developer Guide,
"Resource quotas".`,
});

export const trustIsDecidedByPolicy = defineDiagnostic<{ key: string }>({
  code: 'KW3021',
  title: 'Trust in the account cannot be switched off here',
  message: ({ key }) =>
    `\`trustAccountIdentities: false\` has no meaning for \`${key}\`: its key policy decides whether the key trusts its account`,
  help: () =>
    'write a `policy` without the account root, or set `settings.defaultKeyPolicies: false` for legacy behaviour',
  explanation: `With \`defaultKeyPolicies: true\`, the default, a key trusts the IAM policies of its account if, and only if, its key policy
allows the account root. So \`trustAccountIdentities: false\` is an error, as in the CDK. See docs/semantics.md.`,
  example: {
    wrong: `keys:
  orders:
    trustAccountIdentities: false`,
    right: `keys:
  orders:
    policy:
      - { principals: keyAdmins, actions: "kms:*" }`,
  },
});

export const unknownCapability = defineDiagnostic<{
  word: string;
  meant: string | undefined;
  capabilities: readonly string[];
}>({
  code: 'KW3022',
  title: 'An unknown capability',
  message: ({ word }) => `\`${word}\` is neither a capability nor a \`kms:\` action`,
  help: ({ word, meant, capabilities }) =>
    meant === undefined ? insteadOf(word, capabilities, 'capability') : `did you mean \`${meant}\`?`,
  explanation: `\`can:\` takes capabilities and KMS actions. A capability, such as \`decrypt\`, contains the actions that it needs. A
KMS action is written as in IAM, such as \`kms:Decrypt\`, and may contain wildcards. See docs/semantics.md.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decypt }`,
    right: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decrypt }`,
  },
});

export const misspeltAction = defineDiagnostic<{ action: string; meant: readonly string[] }>({
  code: 'KW1010',
  title: 'A misspelt action',
  message: ({ action }) => `KMS has no action \`${action}\``,
  help: ({ meant }) => {
    const [first, second] = meant;
    return second === undefined
      ? `did you mean \`${first}\`?`
      : `the operation needs \`${first}\` on one key and \`${second}\` on the other`;
  },
  explanation: `KMS and IAM accept a policy with an action that does not exist, and the action has no effect: an Allow allows nothing, and a
Deny denies nothing. A name that resembles an action of KMS is taken for a slip and is an error. Any other unknown action is the warning
[KW3023](KW3023.md). Problems that only follow from the slip are not reported. Source of the list: Service Authorization Reference,
"Actions, resources, and condition keys for AWS Key Management Service".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: ordersApi, can: "kms:Decript" }`,
    right: `keys:
  orders:
    grants:
      - { to: ordersApi, can: "kms:Decrypt" }`,
  },
});

export const unknownAction = defineDiagnostic<{ action: string }>({
  code: 'KW3023',
  severity: 'warning',
  title: 'An action that KMS does not have',
  message: ({ action }) => `KMS has no action \`${action}\``,
  help: ({ action }) => {
    if (!action.toLowerCase().startsWith('kms:')) return 'remove it: a key policy is about actions of KMS';
    if (/[*?]/.test(action)) return 'remove it: no action of KMS matches it';
    return 'remove it or, if it is newer than this version of Keywright, suppress this warning';
  },
  explanation: `A policy with an action that does not exist is accepted and has no effect. Source of the list: Service Authorization
Reference, "Actions, resources, and condition keys for AWS Key Management Service". If the action is newer than this
version of Keywright, the warning can be suppressed.`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: ordersApi, can: "kms:Remember" }`,
    right: `keys:
  orders:
    grants:
      - { to: ordersApi, can: "kms:Decrypt" }`,
  },
});

export const capabilityNotPossible = defineDiagnostic<{
  capability: string;
  key: string;
  usage: string;
  spec: string;
  possible: readonly string[];
}>({
  code: 'KW3024',
  title: 'A capability that the key does not have',
  message: ({ capability, key, usage, spec }) =>
    `\`${key}\` cannot \`${capability}\`: its spec is ${spec}, its usage ${usage}`,
  help: ({ possible }) => `it can ${possible.join(', ')}`,
  explanation: `A key can only do what its usage allows: an HMAC key generates and verifies MACs and encrypts nothing. The grant would be
accepted and never work. Source: AWS KMS Developer Guide, "AWS KMS permissions", the column of key types.`,
  example: {
    wrong: `keys:
  webhooks:
    spec: HMAC_256
    grants:
      - { to: ordersApi, can: encrypt }`,
    right: `keys:
  webhooks:
    spec: HMAC_256
    grants:
      - { to: ordersApi, can: generateMac }`,
  },
});

export const groupCannotBeNamed = defineDiagnostic<{ group: string; key: string }>({
  code: 'KW3025',
  severity: 'warning',
  title: 'A grant to a group on a key that does not trust its account',
  message: ({ group, key }) =>
    `the key policy of \`${key}\` cannot name the group \`${group}\`: it names the group's account instead`,
  help: () => 'grant to a role, or let the key policy trust the account',
  explanation: `A group is not a principal: KMS refuses a key policy that names a group. The group's identity policy counts only if the key
policy lets the account's IAM policies decide about the actions of the grant. That opens the key to more than the group. Source: IAM User
Guide, "AWS JSON policy elements: Principal".`,
  example: {
    wrong: `keys:
  orders:
    policy:
      - { principals: keyAdmins, actions: "kms:*" }
    grants:
      - { to: auditors, can: describe } # auditors is a group`,
    right: `keys:
  orders:
    policy:
      - { principals: keyAdmins, actions: "kms:*" }
    grants:
      - { to: ordersApi, can: describe } # ordersApi is a role`,
  },
});

export const accountNamedInstead = defineDiagnostic<{
  kind: 'role' | 'user' | 'group';
  grantee: string;
  key: string;
  /** Whether the grantee is in the account of the key. */
  isOwnAccount: boolean;
}>({
  code: 'KW3036',
  severity: 'warning',
  title: 'A grant that lets in an account instead of a role',
  message: ({ kind, grantee, key }) =>
    `the key policy of \`${key}\` names the account of \`${grantee}\` instead of the ${kind}, which is created after the key`,
  help: ({ isOwnAccount }) =>
    isOwnAccount === true
      ? 'define the grantee in the stack of the key; or name it under `statements` of the key, if its stack needs nothing else from the key’s stack'
      : 'define the grantee in a stack that needs nothing from the key’s stack',
  explanation: `KMS refuses a key policy with a principal that does not exist. So a stack whose key policy names a role of another stack is
deployed after that stack. This order is impossible if the role's stack needs something from the key's stack, such as the ARN of the key for
the role's identity policy. The key policy then names the root of the role's account. That lets in every principal of the account whose IAM
policies allow the actions, not only the role.

Within an account, an entry under \`statements\` of the key is enough for a role, and writes no identity policy. A role in another account
needs both policies, and its identity policy identifies the key by an alias. A key that trusts its account never has this warning for
principals of that account, because a grant to them adds nothing to its key policy. Source: AWS KMS Developer Guide, "Key policies in AWS
KMS", "Default key policy"; the CDK names the account in this case too (aws-kms, Key.grant).`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
stacks:
  reports:
    environment: prod
    principals: { reader: { role: { assumedBy: glue.amazonaws.com } } }
  main:
    environment: prod
    keys:
      orders:
        policy: [{ principals: keyAdmins, actions: "kms:*" }]
        grants: [{ to: reports.reader, can: decrypt }]`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
stacks:
  reports:
    environment: prod
    principals: { reader: { role: { assumedBy: glue.amazonaws.com } } }
  main:
    environment: prod
    keys:
      orders:
        policy: [{ principals: keyAdmins, actions: "kms:*" }]
        statements: [{ principals: reports.reader, actions: kms:Decrypt }]`,
  },
});

export const groupInStatement = defineDiagnostic<{ group: string }>({
  code: 'KW3026',
  title: 'A group as a principal',
  message: ({ group }) => `the group \`${group}\` cannot be a principal of a key policy`,
  help: () => 'use a grant, which writes an identity policy for the group, or name a role',
  explanation: `KMS refuses a key policy that names a group. Source: IAM User Guide, "AWS JSON policy elements: Principal".`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - { principals: auditors, actions: "kms:DescribeKey" } # auditors is a group`,
    right: `keys:
  orders:
    grants:
      - { to: auditors, can: "kms:DescribeKey" }`,
  },
});

export const anyoneWithoutCondition = defineDiagnostic<{ name: string }>({
  code: 'KW3027',
  title: 'Everyone, without a condition',
  message: ({ name }) => `\`${name}\` means everyone in every AWS account, and no condition narrows it`,
  help: () =>
    'if everyone in your own account is meant, write `{ account: "${account}" }`; otherwise add a condition, such as `aws:PrincipalOrgID`, or name an organization. If an existing key has to stay open to the world, say why: `{ anyone: true, because: … }`, or `because` beside `file`',
  explanation: `An Allow for \`*\` without a condition opens the key to every AWS account in the world. For an existing key like
this, give the reason, \`{ anyone: true, because: … }\` or \`policy: { file: …, because: … }\`; the error then becomes the warning KW3070.
Source: IAM User Guide, "AWS JSON policy elements: Principal", "All principals".`,
  example: {
    wrong: `principals:
  everyone: { anyone: true }
stacks:
  security:
    keys:
      orders:
        grants:
          - { to: everyone, can: decrypt }`,
    right: `principals:
  company: { organization: o-a1b2c3d4e5 }
stacks:
  security:
    keys:
      orders:
        grants:
          - { to: company, can: decrypt }`,
  },
});

export const anyoneWithReason = defineDiagnostic<{ name: string; because: string }>({
  code: 'KW3070',
  severity: 'warning',
  title: 'Everyone, with a reason',
  message: ({ name, because }) =>
    `\`${name}\` means everyone in every AWS account, and no condition narrows it. The reason given: ${because}`,
  help: () => 'check that the reason still holds; it is no substitute for a condition such as `aws:SourceAccount`',
  explanation: `An Allow for \`*\` without a condition opens the key to every AWS account in the world (KW3027). A reason turns that
error into a warning, so that an existing key can be described as it is. For example, published modules for DNSSEC allow everyone
\`kms:*\` where they mean the service and its source account.
Source: IAM User Guide, "AWS JSON policy elements: Principal", "All principals".`,
  example: {
    wrong: `keys:
  zones:
    statements:
      - { principals: { anyone: true, because: "made by a module, to be narrowed in DNS-12" }, actions: "kms:*" }`,
    right: `keys:
  zones:
    statements:
      - principals: { service: dnssec-route53 }
        actions: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
        conditions: { StringEquals: { aws:SourceAccount: "\${account}" } }`,
  },
});

export const policyNameTwice = defineDiagnostic<{
  policy: string;
  holder: string;
  other?: string;
  /** Which of the two policies are written under `identityPolicies` of the same stack. */
  written: readonly string[];
}>({
  code: 'KW3071',
  title: 'Two policies with the same name on a role, user or group',
  message: ({ policy, holder, other, written }) => {
    if (other !== undefined) {
      return `the ${holder} and \`${other}\` are the same, and would get two inline policies called \`${policy}\``;
    }
    const [first, second] = written;
    if (first === undefined) return `two stacks give the ${holder} an inline policy called \`${policy}\``;
    const and = second === undefined ? 'the grants of this stack' : `\`${second}\``;
    return `\`${first}\` under \`identityPolicies\` and ${and} give the ${holder} two inline policies called \`${policy}\``;
  },
  help: ({ other, written }) => {
    // The page of this diagnostic shows the help for grants of two stacks.
    if (typeof other === 'string') {
      return 'name the principal in only one way, by one name under `principals` or by one ARN; otherwise the second policy replaces the first';
    }
    const first = written[0];
    return first === undefined
      ? 'put the grants into one stack, or leave out `policyName`, so that each policy has a name of its own; otherwise the second policy replaces the first'
      : `give \`${first}\` another \`policyName\`, or write all statements in one of the two policies; otherwise the second policy replaces the first`;
  },
  explanation: `A role, user or group has only one inline policy with a given name. A stack that writes another policy with that name
replaces the existing one, so each of the two deployments would undo the other. IAM does not distinguish roles by their path, so two
ARNs that differ only in the path are the same role. Source: IAM API reference, PutRolePolicy.`,
  example: {
    wrong: `principals:
  batch: { role: "arn:aws:iam::111122223333:role/Batch", policyName: keys }
stacks:
  orders: { environment: prod, keys: { orders: { grants: [{ to: batch, can: decrypt }] } } }
  invoices: { environment: prod, keys: { invoices: { grants: [{ to: batch, can: decrypt }] } } }`,
    right: `principals:
  batch: { role: "arn:aws:iam::111122223333:role/Batch" }
stacks:
  orders: { environment: prod, keys: { orders: { grants: [{ to: batch, can: decrypt }] } } }
  invoices: { environment: prod, keys: { invoices: { grants: [{ to: batch, can: decrypt }] } } }`,
  },
});

export const policyNameInEveryRegion = defineDiagnostic<{ policy: string; holder: string; stack: string }>({
  code: 'KW3074',
  title: 'The same policy name in every region',
  message: ({ policy, holder, stack }) =>
    `stack \`${stack}\` can be deployed to several regions, and in each it gives the ${holder} an inline policy called \`${policy}\``,
  help: () =>
    'give the stack an `environment`, or leave out `policyName`, so that the name ends in the region; otherwise the deployment to a second region replaces the policy of the first',
  explanation: `A role or user is the same in all regions, and has only one inline policy with a given name. A stack without an environment
can be deployed to several regions, and each deployment would write a policy of that name for its own key. Source: IAM API reference,
PutRolePolicy.`,
  example: {
    wrong: `principals:
  batch: { role: "arn:aws:iam::\${account}:role/Batch", policyName: keys }
stacks:
  orders: { keys: { orders: { grants: [{ to: batch, can: decrypt }] } } }`,
    right: `principals:
  batch: { role: "arn:aws:iam::\${account}:role/Batch", policyName: keys }
stacks:
  orders: { environment: prod, keys: { orders: { grants: [{ to: batch, can: decrypt }] } } }`,
  },
});

export const twoPolicyNames = defineDiagnostic<{ holder: string; name: string; first: string }>({
  code: 'KW3077',
  title: 'Two policy names for one role or user',
  message: ({ holder, name, first }) =>
    `the grants of this stack give \`${holder}\` one policy, which is called \`${name}\` here and \`${first}\` elsewhere`,
  help: () =>
    'name the role or user once under `principals`, with one `policyName`; for a second policy with statements of its own, use `identityPolicies`',
  explanation: `The grants of a stack to a role or user become one inline policy, which has one name. The role is the same however it is
named: by a name under \`principals\`, or by its ARN.`,
  example: {
    wrong: `principals:
  batch: { role: "arn:aws:iam::111122223333:role/Batch", policyName: keys }
stacks:
  orders:
    environment: prod
    keys:
      orders: { grants: [{ to: batch, can: decrypt }] }
      invoices: { grants: [{ to: { role: "arn:aws:iam::111122223333:role/Batch", policyName: invoices }, can: decrypt }] }`,
    right: `principals:
  batch: { role: "arn:aws:iam::111122223333:role/Batch", policyName: keys }
stacks:
  orders:
    environment: prod
    keys:
      orders: { grants: [{ to: batch, can: decrypt }] }
      invoices: { grants: [{ to: batch, can: decrypt }] }`,
  },
});

/** Where `everyoneInAccount` is named. */
export type PlaceOfPrincipal = 'grant' | 'statement' | 'admins' | 'assumedBy';

/** What `everyoneInAccount` lets everyone in the account do in each place, and what to write instead. */
const unlessThroughAService: Readonly<Record<PlaceOfPrincipal, readonly [problem: string, advice: string]>> = {
  grant: [
    'without `via` lets everyone in the account use the key',
    'add `via` with the service they use, such as `via: rds`',
  ],
  statement: [
    'without a service lets everyone in the account use the key',
    'add a condition with the service they use, such as `conditions: { StringEquals: { kms:ViaService: "rds.${region}.amazonaws.com" } }`, or write a grant with `via: rds`',
  ],
  admins: [
    'among `admins` lets everyone in the account administer the key',
    'name who administers the key, since nobody does that through a service',
  ],
  assumedBy: [
    'in `assumedBy` lets everyone in the account assume the role',
    'name who assumes the role, since nobody does that through a service that uses a key',
  ],
};

export const everyoneInAccountNeedsVia = defineDiagnostic<{ place: PlaceOfPrincipal }>({
  code: 'KW3072',
  title: 'Everyone in the account, with no service in between',
  message: ({ place }) => `\`everyoneInAccount\` ${unlessThroughAService[place][0]}, with or without an IAM policy`,
  help: ({ place }) =>
    `${unlessThroughAService[place][1]}; \`{ account: "\${account}" }\` means everyone with permission from an IAM policy of the account`,
  explanation: `\`everyoneInAccount\` is \`*\`, narrowed by \`kms:CallerAccount\` to the account of the key. A principal that a key policy
statement names needs no IAM policy, and here the statement names everyone in the account. AWS's own keys have such a statement with
\`kms:ViaService\`, which \`via\` adds: whoever may use the service may use the key through it, and in no other way. Source: AWS KMS
Developer Guide, "kms:CallerAccount" and "kms:ViaService".`,
  example: {
    wrong: `keys:
  databases:
    grants:
      - { to: everyoneInAccount, can: encryptDecrypt }`,
    right: `keys:
  databases:
    grants:
      - { to: everyoneInAccount, can: encryptDecrypt, via: rds }`,
  },
});

export const otherReferenceInPolicyFile = defineDiagnostic<{ name: string }>({
  code: 'KW3073',
  title: 'A reference to a template in a policy file',
  message: ({ name }) => `\`${name}\` refers to a CloudFormation template, and a policy file is not part of one`,
  help: () =>
    'write the value itself; `Ref`, `Fn::Sub` and `Fn::Join` can be used only with AWS::AccountId, AWS::Region, AWS::Partition and AWS::URLSuffix, which can also be written `${account}`, `${region}`, `${partition}` and `${dnsSuffix}`',
  explanation: `A policy copied from a template can keep \`{ "Ref": "AWS::AccountId" }\`, and \`Fn::Sub\` and \`Fn::Join\` of pseudo
parameters, which become the placeholders \`\${account}\`, \`\${region}\`, \`\${partition}\` and \`\${dnsSuffix}\`. Resources and parameters
of the template do not exist here. Source: CloudFormation user guide, "Pseudo parameters reference".`,
});

const documentForm =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}]}';

export const noPolicyDocument = defineDiagnostic<{ problem: string; advice: string | undefined }>({
  code: 'KW1012',
  title: 'A policy file that is not a policy document',
  message: ({ problem }) => `this file is not a policy document: ${problem}`,
  help: ({ advice }) => advice ?? `write it like \`${documentForm}\``,
  explanation: `A policy file is a policy document in AWS's form and nothing else: a mapping with \`Version\` and a list of statements under
\`Statement\`, in JSON. Templates, HCL, and command output in which the document is a string are not policy files.
Source: IAM User Guide, "Grammar of the IAM JSON policy language".`,
});

export const notPrincipalsWithAllow = defineDiagnostic({
  code: 'KW3028',
  title: 'An Allow for everyone but some principals',
  message: () => 'an `Allow` for `notPrincipals` lets in everyone else, in every AWS account',
  help: () => 'list the principals to allow under `principals`, or use `effect: Deny`',
  explanation: `\`NotPrincipal\` with \`Allow\` means all principals of all accounts, including anonymous ones, except those listed.
AWS advises never to use it. Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - { notPrincipals: keyAdmins, actions: "kms:Decrypt" }`,
    right: `keys:
  orders:
    statements:
      - { effect: Deny, notPrincipals: keyAdmins, actions: "kms:Decrypt" }`,
  },
});

export const notPrincipalsWithOrganization = defineDiagnostic<{ name: string }>({
  code: 'KW3029',
  title: 'An organization among `notPrincipals`',
  message: ({ name }) => `\`${name}\` is \`*\` with a condition, which \`notPrincipals\` cannot express`,
  help: () => 'use `principals` with a condition such as `StringNotEquals: { "aws:PrincipalOrgID": … }`',
  explanation: `An organization is not a principal: policies name \`*\` and narrow it with \`aws:PrincipalOrgID\`. "Everyone but \`*\`"
is nobody.
Source: IAM User Guide, "AWS global condition context keys", aws:PrincipalOrgID.`,
  example: {
    wrong: `keys:
  orders:
    statements:
      - { effect: Deny, notPrincipals: company, actions: "kms:*" }`,
    right: `keys:
  orders:
    statements:
      - effect: Deny
        principals: { anyone: true }
        actions: kms:*
        conditions: { StringNotEquals: { "aws:PrincipalOrgID": o-a1b2c3d4e5 }, Bool: { "aws:PrincipalIsAWSService": false } }`,
  },
});

export const policyFileHasOtherPrincipal = defineDiagnostic<{ kind: string }>({
  code: 'KW3030',
  title: 'A principal that key policies cannot have',
  message: ({ kind }) => `a key policy has no principals under \`${kind}\``,
  help: () => 'use `AWS`, `Service` or `Federated`',
  explanation: `A principal of a key policy is \`AWS\`, \`Service\` or \`Federated\`. Canonical user ids are for S3.
Source: IAM User Guide, "AWS JSON policy elements: Principal".`,
});

export const policyFileLacksResource = defineDiagnostic({
  code: 'KW3091',
  severity: 'warning',
  title: 'A statement without a resource in a policy file',
  message: () => 'this statement has no `Resource`; in the generated key policy it has `*`, the key itself',
  help: () => 'write `"Resource": "*"`, or remove the statement if it is to have no effect',
  explanation: `KMS accepts a statement without \`Resource\` and applies it to no key: an Allow lets nobody in, and a Deny keeps nobody
out. The generated policy has \`*\`, as in a statement written in YAML. A file copied from an existing key may therefore allow or deny
more than the key does today.
Source: AWS KMS API reference, PutKeyPolicy, Policy; AWS KMS Developer Guide, "Elements in a key policy".`,
});

export const resourceIsNoArn = defineDiagnostic<{
  resource: string;
  /** The ARN to write instead, such as `${keys.orders.arn}`, if the resource is written as an id or a name. */
  meant: string | undefined;
}>({
  code: 'KW3092',
  title: 'A resource of an identity policy that is not an ARN',
  message: ({ resource }) => `IAM refuses the resource \`${resource}\`: it is not an ARN`,
  help: ({ meant }) =>
    meant === undefined ? 'write a whole ARN, which starts with `arn:`, or `*`' : `write \`${meant}\``,
  explanation: `Each resource of a policy on a role, user or group is an ARN, a pattern for one, or \`*\`. The deployment fails with any
other text: \`Resource must be in ARN format or "*"\`. A key's id is part of its ARN.
Source: IAM User Guide, "IAM JSON policy elements: Resource"; "IAM Access Analyzer policy check reference", "Invalid ARN prefix".`,
  example: {
    wrong: `principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
keys:
  orders: { rotation: true }
identityPolicies:
  api: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.id}" }] }`,
    right: `principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
keys:
  orders: { rotation: true }
identityPolicies:
  api: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.arn}" }] }`,
  },
});

export const grantOnImportHasNoEffect = defineDiagnostic<{ key: string; grantee: string }>({
  code: 'KW3031',
  severity: 'warning',
  title: 'A grant that cannot be written anywhere',
  message: ({ key, grantee }) =>
    `the grant to \`${grantee}\` has no effect: this project cannot change the policy of the imported key \`${key}\`, and nothing can be attached to the grantee`,
  help: () =>
    'grant to a role or user to which a policy can be attached, or have the owner of the key change its key policy',
  explanation: `The key policy of an imported key belongs to the owner of the key, so the grant can only become an identity policy. That
needs a role, user or group that this project creates, or an existing role or user that is in the stack's account and does not have
\`mutable: false\`. The CDK silently leaves such a grant out. See docs/semantics.md.`,
  example: {
    wrong: `imports:
  acquirer:
    arn: arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab
    grants:
      - { to: breakGlass, can: decrypt } # breakGlass is not mutable`,
    right: `imports:
  acquirer:
    arn: arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab
    grants:
      - { to: ordersApi, can: decrypt }`,
  },
});

export const grantOnAliasHasNoEffect = defineDiagnostic<{ key: string; grantee: string }>({
  code: 'KW3032',
  severity: 'warning',
  title: 'A grant on a key that is only known by its alias',
  message: ({ key, grantee }) => `the grant to \`${grantee}\` has no effect: \`${key}\` is known by its alias only`,
  help: () => 'import the key by `arn` or by `lookup`, or set `settings.aliasGrants: identity`',
  explanation: `An IAM policy cannot name a key by its alias. With \`aliasGrants: identity\` the grant becomes an identity policy for
any key of the account and region that has the alias (\`kms:ResourceAliases\`), as the CDK's feature flag
\`@aws-cdk/aws-kms:applyImportedAliasPermissionsToPrincipal\` does.`,
  example: {
    wrong: `imports:
  shared:
    alias: shared/config
    grants:
      - { to: ordersApi, can: decrypt }`,
    right: `settings:
  aliasGrants: identity
stacks:
  security:
    environment: prod
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      shared:
        alias: shared/config
        grants:
          - { to: ordersApi, can: decrypt }`,
  },
});

export const statementsOnImport = defineDiagnostic<{ key: string }>({
  code: 'KW3033',
  severity: 'warning',
  title: 'Statements on an imported key',
  message: ({ key }) => `the statements have no effect: this project cannot change the key policy of \`${key}\``,
  help: () => 'remove them, or write them where the key is defined',
  explanation: `The key policy of an imported key belongs to the owner of the key, and a stack that only refers to the key cannot change
the key policy. A grant to a role or user of the stack's account becomes an identity policy instead. See docs/semantics.md.`,
  example: {
    wrong: `imports:
  acquirer:
    arn: arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab
    statements:
      - { principals: keyAdmins, actions: "kms:DescribeKey" }`,
    right: `imports:
  acquirer:
    arn: arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab
    grants:
      - { to: keyAdmins, can: "kms:DescribeKey" }`,
  },
});

export const otherAccountHasToAllow = defineDiagnostic<{
  key: string;
  grantee: string;
  who: string;
  /** Whether the other account may turn out to be the key's own. */
  mayBeOwn: boolean;
  /** Whether the grantee is a service-linked role, to which nobody can attach a policy. */
  isLinkedRole: boolean;
  policy: string;
}>({
  code: 'KW3034',
  severity: 'note',
  title: 'Another account has to allow this too',
  message: ({ key, grantee, who, mayBeOwn }) =>
    `${mayBeOwn ? 'if the stack is deployed to another account, ' : ''}\`${grantee}\` can use \`${key}\` only when an identity policy in ${who} allows it as well`,
  help: ({ isLinkedRole, policy }) =>
    isLinkedRole === true
      ? 'if the role’s own policies do not allow this, create a KMS grant for the role in that account with `aws kms create-grant`: nobody can attach a policy to a service-linked role'
      : `in the other account, attach this policy to the principal: ${policy}`,
  explanation: `Using a key across accounts needs both sides: the key policy, which Keywright writes, and an identity policy in the other
account, which it cannot write. Source: AWS KMS Developer Guide, "Allowing users in other accounts to use a KMS key".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: partner, can: decrypt } # partner is another account`,
    right: `keys:
  orders:
    grants:
      - { to: partner, can: decrypt }
    suppress:
      - { rule: KW3034, because: "the partner has attached the policy to its role, SEC-12" }`,
  },
});

export const keyOwnerHasToAllow = defineDiagnostic<{
  key: string;
  /** The grantee of a grant, or the KMS grant that a deployment creates. */
  grantee: string;
  isKmsGrant?: boolean;
  owner: string;
  account: string;
  statement: string;
}>({
  code: 'KW3035',
  severity: 'note',
  title: "The key's own account has to allow this too",
  message: ({ key, grantee, isKmsGrant, owner, account }) =>
    isKmsGrant === true
      ? `a deployment to account ${account} can create the KMS grant \`${grantee}\` on \`${key}\` only when the key policy, in account ${owner}, allows it as well`
      : `\`${grantee}\` of account ${account} can use \`${key}\` only when the key policy, in account ${owner}, allows it as well`,
  help: ({ statement }) => `in that account, the key policy needs a statement such as ${statement}`,
  explanation: `Using a key across accounts needs both sides: an identity policy, which Keywright writes, and the key policy. The key
policy of a key imported by ARN or by lookup belongs to the owner of the key, so Keywright cannot write it. A KMS grant needs no policy for
its grantee, but whoever deploys it has to be allowed to create, list and revoke grants. If the key belongs to
another stack of the project, import it by \`key\`: Keywright then writes both sides. Source: AWS KMS Developer Guide, "Allowing users
in other accounts to use a KMS key".`,
  example: {
    wrong: `imports:
  acquirer:
    arn: arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab
    grants:
      - { to: ordersApi, can: encrypt } # ordersApi is a role of this account`,
    right: `imports:
  acquirer:
    arn: arn:aws:kms:eu-west-1:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab
    grants:
      - { to: ordersApi, can: encrypt }
    suppress:
      - { rule: KW3035, because: "the acquirer's key policy names our account, their ticket 4711" }`,
  },
});

export const unknownService = defineDiagnostic<{ service: string; meant: readonly string[] }>({
  code: 'KW3040',
  title: 'An unknown service preset',
  message: ({ service }) => `there is no service preset \`${service}\``,
  help: ({ meant }) =>
    meant.length > 0
      ? `did you mean ${meant
          .map((name) => `\`${name}\``)
          .join(', ')
          .replace(/, (?=[^,]*$)/, ' or ')}?`
      : 'the presets are listed in docs/services.md; for another service write a grant with `via`, or a statement',
  explanation: `\`services\` takes AWS services whose statements Keywright knows from their documentation; they are listed in
docs/services.md. For any other service write \`statements\` or \`grants\`.`,
  example: {
    wrong: `keys:
  trail:
    services: [cloudtrial]`,
    right: `keys:
  trail:
    services: [cloudtrail]`,
  },
});

export const serviceNeedsOtherKey = defineDiagnostic<{
  service: string;
  needed: string;
  has: string;
  change: string;
}>({
  code: 'KW3041',
  title: 'A service that cannot use this key',
  message: ({ service, needed, has }) => `\`${service}\` needs a key ${needed}, and this key is ${has}`,
  help: ({ change }) =>
    `${orInGeneral(change, 'change what the service does not accept')}, which requires a new key, or remove the service`,
  explanation: `Most AWS services encrypt with symmetric keys only. Signing services need an asymmetric key, and Route 53 needs that key in
us-east-1. Fargate and Control Tower refuse multi-Region keys. docs/services.md lists what each service needs, with the page of the AWS
documentation.`,
  example: {
    wrong: `keys:
  trail:
    spec: RSA_2048
    usage: ENCRYPT_DECRYPT
    services: [cloudtrail]`,
    right: `keys:
  trail:
    services: [cloudtrail]`,
  },
});

export const conditionsClash = defineDiagnostic<{ operator: string; key: string }>({
  code: 'KW3042',
  title: 'Two conditions on one condition key',
  message: ({ operator, key }) => `two conditions with \`${operator}\` on \`${key}\` have different values`,
  help: () => 'keep one of the two conditions, with only the values that both should allow',
  explanation: `A statement has one list of values for each pair of operator and condition key, and one of the values has to match. Two
conditions on the same pair that must both hold cannot be written this way, and merging their values would allow more than either
condition. \`via\`, an organization and a service each add their own condition. Source: IAM User Guide, "Conditions with multiple
context keys or values".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - to: company # an organization: aws:PrincipalOrgID is o-a1b2c3d4e5
        can: decrypt
        when: { StringEquals: { "aws:PrincipalOrgID": o-zzzzzzzzzz } }`,
    right: `keys:
  orders:
    grants:
      - to: company # its condition on aws:PrincipalOrgID is the only one
        can: decrypt
        when: { StringEquals: { "aws:PrincipalTag/team": orders } }`,
  },
});

export const unknownConditionOperator = defineDiagnostic<{ operator: string; meant?: string }>({
  code: 'KW3075',
  title: 'An unknown condition operator',
  message: ({ operator }) => `IAM has no condition operator \`${operator}\``,
  help: ({ meant }) =>
    meant === undefined
      ? 'use one of the condition operators of IAM, such as `StringEquals`'
      : `did you mean \`${meant}\`?`,
  explanation: `KMS and IAM refuse a policy with an operator that they do not know (\`Invalid Condition type\`). Upper and lower case
count: it is \`StringEquals\`, not \`stringEquals\`. \`ForAllValues:\` and \`ForAnyValue:\` are the only prefixes, and \`IfExists\` is
the only suffix; \`Null\` does not take it. Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; "IAM Access
Analyzer policy check reference", "Invalid condition operator" and "Null with if exists".`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEqual: { "kms:EncryptionContext:tenant": a } } }`,
    right: `grants:
  - { to: ordersApi, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:tenant": a } } }`,
  },
});

export const conditionKeyTwice = defineDiagnostic<{ operator: string; key: string; other: string }>({
  code: 'KW3076',
  title: 'A condition key twice, in different letter case',
  message: ({ operator, key, other }) => `\`${operator}\` tests \`${key}\` twice, the second time as \`${other}\``,
  help: () => 'write all values in one list, under one spelling of the condition key',
  explanation: `Upper and lower case do not count in the names of condition keys, so these are two entries for one condition key. AWS
refuses such a condition or ignores one of the entries. Source: IAM User Guide, "IAM Access Analyzer policy check reference", "Duplicate
keys with different case".`,
  example: {
    wrong: `grants:
  - to: ordersApi
    can: decrypt
    when: { StringEquals: { "aws:PrincipalTag/team": orders, "aws:principaltag/team": invoices } }`,
    right: `grants:
  - to: ordersApi
    can: decrypt
    when: { StringEquals: { "aws:PrincipalTag/team": [orders, invoices] } }`,
  },
});

export const conditionValueOfWrongType = defineDiagnostic<{
  operator: string;
  value: string;
  /** A noun for the values that the operator compares. */
  noun: string;
  example: string;
}>({
  code: 'KW3090',
  title: 'A condition value of the wrong type',
  message: ({ operator, value, noun }) => `\`${operator}\` needs ${noun}, not \`${value}\``,
  help: ({ noun, example }) => `write ${orInGeneral(noun, 'a value of the right type')}, such as \`${example}\``,
  explanation: `KMS and IAM refuse a policy with such a value, or the condition is never met: an Allow then lets nobody in, and a Deny
keeps nobody out. A text that contains a placeholder or a policy variable is not checked.
Source: IAM User Guide, "IAM JSON policy elements: Condition operators"; "IAM Access Analyzer policy check reference", "Invalid condition
data type".`,
  example: {
    wrong: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { NotIpAddress: { "aws:SourceIp": 203.0.113.0/240 } }`,
    right: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { NotIpAddress: { "aws:SourceIp": 203.0.113.0/24 } }`,
  },
});

export const unknownViaService = defineDiagnostic<{ service: string; meant: string | undefined }>({
  code: 'KW3043',
  severity: 'warning',
  title: 'A service that is not known for kms:ViaService',
  message: ({ service }) => `the documentation of \`kms:ViaService\` does not list \`${service}\``,
  help: ({ meant }) =>
    meant === undefined
      ? 'use a name from that list; no request comes through other services'
      : `did you mean \`${meant}\`?`,
  explanation: `A request matches \`kms:ViaService\` only when it comes through a service that the documentation lists. A misspelt name
never matches.
Source: AWS KMS Developer Guide, "Services that support the kms:ViaService condition key".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decrypt, via: dynamo }`,
    right: `keys:
  orders:
    grants:
      - { to: ordersApi, can: decrypt, via: dynamodb }`,
  },
});

export const errorCannotBeSuppressed = defineDiagnostic<{ rule: string }>({
  code: 'KW3044',
  title: 'A suppression of an error',
  message: ({ rule }) => `${rule} is an error, which cannot be suppressed`,
  help: ({ rule }) =>
    rule.startsWith('KW33')
      ? 'remove the suppression; the owners of keywright.yaml can exempt the key, under `except` of the requirement'
      : 'fix the problem, and remove the suppression',
  explanation: `Warnings, notes and findings of rules (KW7001 and up) can be suppressed once someone has reviewed them, and so can
KW3050. Any other error is about something that KMS or a target refuses, or about a requirement of the project (KW33xx). Only \`except\`
of a requirement allows exceptions to it. If \`rules\` of \`keywright.yaml\` or a trusted file makes a warning or rule an \`error\`, an
untrusted file cannot suppress it. See docs/rules.md and docs/platform-teams.md.`,
  example: {
    wrong: `keys:
  orders:
    trustAccountIdentities: false
    suppress:
      - { rule: KW3021, because: "IAM policies must not count" }`,
    right: `keys:
  orders:
    policy:
      - { principals: keyAdmins, actions: "kms:*" }`,
  },
});

export const suppressionMatchesNothing = defineDiagnostic<{ rule: string }>({
  code: 'KW3045',
  severity: 'warning',
  title: 'A suppression that matches nothing',
  message: ({ rule }) => `nothing here raises ${rule}`,
  help: () => 'remove the suppression',
  explanation: `A suppression that no longer matches would hide the next, different finding of the same rule. In a stack with several
environments, a match in one of them is enough. A suppression in a standard is never reported, since other projects may share the standard.
See docs/rules.md.`,
  example: {
    wrong: `keys:
  orders:
    suppress:
      - { rule: KW3034, because: "the partner has attached the policy" }`,
    right: `keys:
  orders:
    description: Encrypts order records`,
  },
});

export const badGrantee = defineDiagnostic<{ name: string; isService: boolean }>({
  code: 'KW3046',
  title: 'A grantee that a KMS grant cannot have',
  message: ({ name, isService }) =>
    isService
      ? `neither Terraform nor Pulumi can declare a KMS grant for the service \`${name}\``
      : `\`${name}\` cannot be the principal of a KMS grant`,
  help: ({ isService }) =>
    isService === true
      ? 'let the service use the key with `services` or a statement, or create the grant with `aws kms create-grant` (GranteeServicePrincipal)'
      : 'name one role, user, session or account',
  explanation: `A KMS grant is for exactly one principal with an ARN: not for a group, an organization or several principals. KMS itself can
grant to an AWS service, but the AWS provider, which Terraform and Pulumi share, has no argument for this.
Source: AWS KMS API reference, CreateGrant, GranteePrincipal and GranteeServicePrincipal.`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: auditors, operations: [Decrypt] } # auditors is a group`,
    right: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const identityPoliciesTooLong = defineDiagnostic<{
  name: string;
  kind: string;
  length: number;
  maximum: number;
}>({
  code: 'KW3047',
  title: 'Identity policies that are too long',
  message: ({ name, kind, length, maximum }) =>
    `the policies on the ${kind} \`${name}\` have ${length} characters without white space; IAM accepts ${maximum}`,
  help: ({ kind }) =>
    kind === 'role'
      ? 'use one key instead of many, grant to several roles, or make the role `mutable: false`, so that the statements go into key policies'
      : 'grant to a role, which has room for more, or use one key instead of many',
  explanation: `Keywright writes the access of a role, user or group as inline policies. IAM counts all of them together, without white
space: 10,240 characters for a role, 2,048 for a user, 5,120 for a group. If they would be too long, statements that differ only in the
key are merged (unless \`minimizePolicies\` is \`false\`). Splitting a policy makes no more room, so policies that are still too long
are refused here rather than at deployment. Values known only at deployment count with their shortest possible length. Keywright writes no
managed policies, each of which can have 6,144 characters.
Source: IAM User Guide, "IAM and AWS STS quotas", "Inline policies".`,
});

export const sidTwice = defineDiagnostic<{ sid: string; policy: string }>({
  code: 'KW3048',
  title: 'Two statements with the same sid',
  message: ({ sid, policy }) => `two statements of ${policy} have the sid \`${sid}\``,
  help: () => 'rename one of them, or leave `sid` out',
  explanation: `AWS refuses a policy in which two statements have the same id. Equal statements count as one, so a standard and a key
may both have the same statement. Source: IAM User Guide, "IAM JSON policy elements: Sid".`,
  example: {
    wrong: `stacks:
  main:
    keys:
      orders:
        statements:
          - { sid: Readers, principals: { account: "999999999999" }, actions: kms:DescribeKey }
          - { sid: Readers, principals: { account: "999999999999" }, actions: kms:Decrypt }`,
    right: `stacks:
  main:
    keys:
      orders:
        statements:
          - { sid: Readers, principals: { account: "999999999999" }, actions: [kms:DescribeKey, kms:Decrypt] }`,
  },
});

export const policyCharacter = defineDiagnostic<{ character: string; code: string }>({
  code: 'KW3049',
  title: 'A character that policies cannot have',
  message: ({ character, code }) =>
    `this statement has the character ${JSON.stringify(character)} (${code}), which policies cannot have`,
  help: () => 'use only the characters of Latin-1; for an encryption context, choose a value of such characters',
  explanation: `A policy document consists of tabs, line breaks and the characters U+0020 to U+00FF.
Source: AWS KMS API reference, PutKeyPolicy; IAM API reference, PutRolePolicy.`,
  example: {
    wrong: `stacks:
  main:
    keys:
      orders:
        grants:
          - { to: { account: "999999999999" }, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:city": Łódź } } }`,
    right: `stacks:
  main:
    keys:
      orders:
        grants:
          - { to: { account: "999999999999" }, can: decrypt, when: { StringEquals: { "kms:EncryptionContext:city": Lodz } } }`,
  },
});

export const keyElsewhereNeedsAlias = defineDiagnostic<{
  key: string;
  grantee: string;
  across: 'account' | 'region';
  movesAliases: boolean;
}>({
  code: 'KW3062',
  title: 'A key in another account or region that a policy cannot name',
  message: ({ key, grantee, across, movesAliases }) =>
    movesAliases
      ? `a policy on \`${grantee}\` could identify \`${key}\`, which is in another ${across}, only by its alias, and \`${grantee}\` can point that alias to another key`
      : `a policy on \`${grantee}\` could identify \`${key}\`, which is in another ${across}, only by an alias, and \`${key}\` has none`,
  help: ({ key, across, movesAliases }) => {
    if (movesAliases === true)
      return 'grant this to a role that cannot create or update aliases, or define the grantee in a stack in the key’s region';
    return across === 'region'
      ? `give \`${key}\` an alias (\`aliases: [...]\`), or define the grantee in a stack in the key’s region`
      : `give \`${key}\` an alias (\`aliases: [...]\`), so that the policy can identify the key`;
  },
  explanation: `The ARN of a key is not known before the key exists, so a policy in another account or region cannot name it. Such a
policy identifies the key by an alias, with \`kms:ResourceAliases\`. Without an alias, it would open every key of that account and
region whose key policy leaves the decision to IAM. Within the key's own account, a key policy statement that names the grantee works
too, and Keywright writes one. Such a statement cannot name a group, or a grantee whose stack has to be deployed after the key's stack.
An alias identifies nothing if the grantee can point it to another key (\`kms:CreateAlias\`, \`kms:UpdateAlias\`).
Source: AWS KMS Developer Guide, "Use aliases to control access to KMS keys"; "Allowing users in other accounts to use a KMS key".`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: eu-west-1 }
stacks:
  reports:
    environment: data
    principals: { reader: { role: { assumedBy: glue.amazonaws.com } } }
  main:
    environment: prod
    keys:
      orders:
        grants: [{ to: reports.reader, can: decrypt }]`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  data: { account: "444455556666", region: eu-west-1 }
stacks:
  reports:
    environment: data
    principals: { reader: { role: { assumedBy: glue.amazonaws.com } } }
  main:
    environment: prod
    keys:
      orders:
        aliases: [orders]
        grants: [{ to: reports.reader, can: decrypt }]`,
  },
});

export const aliasMoverOnAlias = defineDiagnostic<{ key: string; grantee: string }>({
  code: 'KW3063',
  title: 'A grant by alias to someone who can move aliases',
  message: ({ key, grantee }) =>
    `\`${grantee}\` can point the alias of \`${key}\` to another key, so this grant would cover any key`,
  help: () => 'import the key with `lookup` or `arn`, so that the policy names it, or grant to another role',
  explanation: `A grant on a key that is imported by alias is an identity policy for whichever key has the alias (\`kms:ResourceAliases\`).
Anyone who can create or update aliases (\`administer\`, \`kms:CreateAlias\`, \`kms:UpdateAlias\`) decides which key that is.
Source: AWS KMS Developer Guide, "Use aliases to control access to KMS keys".`,
  example: {
    wrong: `settings: { aliasGrants: identity }
stacks:
  main:
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      orders:
        alias: orders
        grants: [{ to: ordersApi, can: administer }]`,
    right: `settings: { aliasGrants: identity }
stacks:
  main:
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      orders:
        alias: orders
        grants: [{ to: ordersApi, can: decrypt }]`,
  },
});

export const roleOfAwsWithoutPath = defineDiagnostic<{ arn: string; path: string }>({
  code: 'KW3064',
  severity: 'warning',
  title: 'A role of AWS without its path',
  message: ({ arn, path }) => `\`${arn}\` is named like a role that AWS creates, but is not under \`role/${path}\``,
  help: ({ arn }) =>
    `write the whole ARN, as \`aws iam get-role --role-name ${arn.slice(arn.lastIndexOf('/') + 1)}\` shows it`,
  explanation: `Roles of IAM Identity Center (\`AWSReservedSSO_…\`) and service-linked roles (\`AWSServiceRoleFor…\`) have a path, which
is part of their ARN. KMS refuses a key policy that names a role which does not exist. A grant to such a role lands in the key policy,
because nobody can attach a policy to the role. In us-east-1 the path of Identity Center has no region.
Source: IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon EKS Cluster config maps, and AWS KMS
key policies".`,
  example: {
    wrong: `keys:
  orders:
    grants:
      - { to: { role: "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef" }, can: decrypt }`,
    right: `keys:
  orders:
    grants:
      - to: { role: "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef" }
        can: decrypt`,
  },
});

export const serviceNeedsNoStatement = defineDiagnostic<{
  service: string;
  acts: string;
  caller: string;
  grant: string;
}>({
  code: 'KW3080',
  severity: 'warning',
  title: 'A service that needs no statement of its own',
  message: ({ service, acts }) => `\`${service}\` needs no statement, so none is generated: it uses the key ${acts}`,
  help: ({ grant, caller }) =>
    `write \`${grant}\` instead, where \`deployer\` is ${orInGeneral(caller, 'whoever needs access')}`,
  explanation: `\`services\` is for services that use a key in their own name. Many other services call KMS with their caller's
credentials, or with a KMS grant that they create on the caller's behalf. Then the caller needs access, and \`via\` limits that access
to the service. Some services use a role that they are given, such as the role of a build project. Then the role needs access.
docs/services.md lists these services, with the grant for each.
Source: AWS KMS Developer Guide, "kms:ViaService"; Amazon RDS User Guide, "AWS KMS key management".`,
  example: {
    wrong: `keys:
  orders:
    services: [rds]`,
    right: `keys:
  orders:
    grants: [{ to: { role: "arn:aws:iam::111122223333:role/Deployer" }, can: [describe, "kms:CreateGrant"], via: rds }]`,
  },
});

export const grantOnAwsKeyElsewhere = defineDiagnostic<{ key: string; grantee: string; owner: string }>({
  code: 'KW3085',
  severity: 'warning',
  title: 'A grant on an AWS managed key in another account',
  message: ({ key, grantee, owner }) =>
    `the grant to \`${grantee}\` has no effect: \`${key}\` is an AWS managed key of account ${owner}, which no other account can use`,
  help: () => 'import a customer managed key of the other account, or use the AWS managed key of your own account',
  explanation: `The key policy of an AWS managed key lets in only the account of the key, and nobody can change this policy. The aliases of
these keys start with \`aws/\`. Source: AWS KMS Developer Guide, "AWS managed keys"; "Allowing users in other accounts to use a KMS key".`,
  example: {
    wrong: `settings: { aliasGrants: identity }
environments: { prod: { account: "111122223333", region: eu-west-1 } }
stacks:
  main:
    environment: prod
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      theirs:
        alias: arn:aws:kms:eu-west-1:444455556666:alias/aws/s3
        grants: [{ to: ordersApi, can: decrypt }]`,
    right: `settings: { aliasGrants: identity }
environments: { prod: { account: "111122223333", region: eu-west-1 } }
stacks:
  main:
    environment: prod
    principals:
      ordersApi: { role: { assumedBy: lambda.amazonaws.com } }
    imports:
      theirs:
        alias: arn:aws:kms:eu-west-1:444455556666:alias/exchange
        grants: [{ to: ordersApi, can: decrypt }]`,
  },
});

export const trustPolicyTooLong = defineDiagnostic<{ role: string; length: number; maximum: number }>({
  code: 'KW3093',
  title: 'A trust policy that is too long',
  message: ({ role, length, maximum }) =>
    `the trust policy of the role \`${role}\` has ${length} characters without white space; IAM accepts ${maximum} at most`,
  help: () => trustFewer,
  explanation: `IAM limits the trust policy of a role to 2,048 characters without white space. On request, AWS raises this quota for an
account, up to 8,192 characters. Values known only at deployment, such as the name of a role, count with their shortest possible length. A
trust policy of 2,049 to 8,192 characters leads to the warning [KW3094](KW3094.md).
Source: IAM User Guide, "IAM and AWS STS quotas", "Role trust policy length".`,
});

export const trustPolicyNeedsQuota = defineDiagnostic<{ role: string; length: number; standard: number }>({
  code: 'KW3094',
  severity: 'warning',
  title: 'A trust policy that needs a higher quota',
  message: ({ role, length, standard }) =>
    `the trust policy of the role \`${role}\` has ${length} characters without white space; IAM accepts ${standard}, unless the account has a higher quota`,
  help: () => `${trustFewer}; or have AWS raise the quota "Role trust policy length" of the account first`,
  explanation: `IAM limits the trust policy of a role to 2,048 characters without white space, which is about thirty ARNs of roles.
The deployment of a longer trust policy fails with \`Cannot exceed quota for ACLSizePerRole\`. If the account has a higher quota, turn the
warning off under \`rules\`. No quota allows more than 8,192 characters ([KW3093](KW3093.md)).
Source: IAM User Guide, "IAM and AWS STS quotas", "Role trust policy length".`,
});

export const policyCannotBeAttached = defineDiagnostic<{ policy: string; principal: string; reason: string }>({
  code: 'KW8230',
  title: 'An identity policy that cannot be attached',
  message: ({ policy, principal, reason }) => `\`${policy}\` cannot be attached to \`${principal}\`: ${reason}`,
  help: () =>
    'name one role, user or group that this stack creates, or an existing role or user in the account of the stack',
  explanation: `An inline policy is part of one role, user or group. A stack can write the policy into a role, user or group that it
creates, or into an existing role or user in its own account, unless that has \`mutable: false\`. Source: IAM API reference,
PutRolePolicy.`,
  example: {
    wrong: `identityPolicies:
  orders: { attachTo: { service: logs }, statements: [{ actions: "kms:Decrypt", resources: "*" }] }`,
    right: `identityPolicies:
  orders: { attachTo: ordersApi, statements: [{ actions: "kms:Decrypt", resources: "*" }] }`,
  },
});
