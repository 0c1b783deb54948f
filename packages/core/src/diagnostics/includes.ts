/** KW218x: what an included file may decide. */
import { defineDiagnostic } from './diagnostic.ts';
import { inCode } from './list-of.ts';

export const sectionOfRoot = defineDiagnostic<{ section: string; path: string }>({
  code: 'KW2180',
  title: 'A section that belongs in keywright.yaml',
  message: ({ section }) => `\`${section}\` applies to the whole project, so an included file cannot have it`,
  help: ({ section, path }) =>
    `move \`${section}\` to keywright.yaml; if the same people own both files, keywright.yaml can include this one as \`{ files: ${path}, trusted: true }\``,
  explanation: `Settings, severities of rules, requirements and options of targets apply to every key of a project. They belong in
\`keywright.yaml\`, or in a file that it includes with \`trusted: true\`, so that the owners of these files decide about them. Otherwise a
team's file could turn off what the project asks of the team. See docs/platform-teams.md.`,
});

export const environmentsOfNarrowedFile = defineDiagnostic({
  code: 'KW2181',
  title: 'A restricted file that defines environments',
  message: () => 'this file is included with `stacksIn`, so it cannot define environments',
  help: () =>
    'define the environment in keywright.yaml, and add it to `stacksIn` there if stacks of this file belong in it',
  explanation: `\`stacksIn\` names the environments in which the stacks of a file can be. A file that defines environments could
give any account one of these names, or a name that matches a pattern in \`stacksIn\`. See docs/platform-teams.md.`,
});

export const stackOutOfPlace = defineDiagnostic<{
  what: string;
  environment: string | undefined;
  allowed: readonly string[];
}>({
  code: 'KW2182',
  title: 'A stack outside the environments of its file',
  message: ({ what, environment, allowed }) =>
    `${what} ${environment === undefined ? 'can be deployed anywhere' : `is in \`${environment}\``}; this file may have stacks in ${inCode(allowed)} only`,
  help: ({ environment }) =>
    environment === undefined
      ? 'give the stack one of these as its `environment`'
      : 'name one of these environments, or ask the owners of keywright.yaml to extend `stacksIn`',
  explanation: `\`include: [{ files: …, stacksIn: […] }]\` in \`keywright.yaml\` restricts the environments of the stacks in these
files, and of the replicas of their keys. Files that they include in turn are restricted as well. A stack without an environment could
be deployed anywhere. See docs/platform-teams.md.`,
});

export const keyOfOthers = defineDiagnostic<{
  key: string;
  what: string;
  environment: string;
  allowed: readonly string[];
}>({
  code: 'KW2183',
  title: 'A change to a key that this file may not change',
  message: ({ key, what, environment, allowed }) =>
    `\`${what}\` would change the key \`${key}\` in ${environment}; this file may change keys in ${inCode(allowed)} only`,
  help: ({ what, key }) =>
    what === 'aliases'
      ? `remove \`aliases\`; the owners of \`${key}\` can add the alias under \`aliases\` of the key`
      : `remove \`${what}\`; the owners of \`${key}\` can grant the access under \`grants\` of the key`,
  explanation: `An import of a key of another stack can have grants, KMS grants and aliases. They change the key itself: a grant becomes
part of its policy, and a KMS grant or an alias is attached to it. A file included with \`stacksIn\` may change only keys in the
environments named there. Otherwise it could let anyone use keys that others own. If the key's own policy allows the use, no such grant
is needed. See docs/platform-teams.md.`,
});

export const principalOfOthers = defineDiagnostic<{
  principal: string;
  environment: string;
  allowed: readonly string[];
}>({
  code: 'KW2184',
  title: 'A principal that this file may not change',
  message: ({ principal, environment, allowed }) =>
    `\`${principal}\` is created in ${environment}; this file may only change what is in ${inCode(allowed)}`,
  help: ({ principal }) =>
    `name it by its ARN, such as \`{ role: "arn:aws:iam::…:role/…" }\`, or ask the owners of keywright.yaml to name \`${principal}\` under \`principals\``,
  explanation: `A grant to a role, user or group of another stack adds a policy to that principal, in the other stack. If a policy of
another account or region names the principal, the principal also gets a fixed name, so the tool has to replace the principal. For these
reasons, a file included with \`stacksIn\` can name another stack's principal only if that stack is in one of the environments listed there.
The file can refer to any other principal in two ways. The first is by ARN, which does not change the principal: the key policy lets it in,
and its owners decide whether it may use the key. The second is by a name that \`keywright.yaml\` or a trusted file defines under
\`principals\`, such as \`archiver: { stack: platform, environment: shared, name: archiver }\`. See docs/platform-teams.md.`,
});

export const accountOfTrustedFile = defineDiagnostic<{ environment: string; account: string; owner: string }>({
  code: 'KW2185',
  title: 'An environment in an account that others define',
  message: ({ environment, account, owner }) =>
    `this file cannot define \`${environment}\` in account ${account}, which \`${owner}\` already defines`,
  help: ({ environment }) =>
    `remove \`${environment}\` and name an existing environment of the account; if none is in the right region, ask the owners of keywright.yaml to add one`,
  explanation: `\`keywright.yaml\` and the files it trusts decide the purpose, groups, tags and values of their accounts. With a second
environment in such an account, an untrusted file could call a production account \`development\`. Keys in that environment would get what
standards and stacks say about development under \`in\`. Stacks that are deployed to all development environments would be deployed to that
environment too. An environment in any other account is fine, unless the file is included with \`stacksIn\`. See docs/platform-teams.md.`,
});

export const moreThanUse = defineDiagnostic<{ word: string; about: string; isLimitable: boolean }>({
  code: 'KW2186',
  title: 'A grant of more than the use of a key that a trusted file defines',
  message: ({ word, about }) => `\`${word}\` on ${about} goes beyond use of the key, and this file can grant use only`,
  help: ({ word, isLimitable }) =>
    word === 'kms:RevokeGrant'
      ? 'leave out `kms:RevokeGrant`, which could take away the grants of others; or ask the owners of the key to grant it under `grants` of the key'
      : isLimitable === true
        ? 'add `when: { Bool: { "kms:GrantIsForAWSResource": true } }`, which lets AWS services create grants for their resources; or ask the owners of the key to grant it under `grants` of the key'
        : 'grant what is needed to use the key, such as `encryptDecrypt`; or ask the owners of the key to grant the rest under `grants` or `kmsGrants` of the key',
  explanation: `On a key that \`keywright.yaml\` or a trusted file defines, a stack of an untrusted file can grant only use of the key. Use
means the operations that a KMS grant can allow (encrypting, decrypting, signing, MACs, key pairs, \`kms:DescribeKey\`,
\`kms:GetPublicKey\`), reading the key's metadata (\`kms:Get*\`, \`kms:List*\`), and \`kms:CreateGrant\` for AWS resources. Anything else
would let a team take the key from its owners or give it to anyone. Examples are \`administer\`, \`kms:*\`, \`kms:PutKeyPolicy\`,
\`kms:ScheduleKeyDeletion\`, \`kms:RevokeGrant\`, and a KMS grant with \`CreateGrant\` or \`RetireGrant\`. A key that is imported by ARN or
lookup may be the key of a trusted file. So KMS grants on the imported key are checked as well if a trusted file has a key in the same
account and region. No \`suppress\` removes this error. See docs/platform-teams.md.`,
});

export const suppressionOnKeyOfOthers = defineDiagnostic<{ rule: string; key: string }>({
  code: 'KW2187',
  title: 'A suppression for a key that a trusted file defines',
  message: ({ rule, key }) =>
    `this would hide findings of ${rule} about the key \`${key}\`, which this file does not own`,
  help: () => 'remove the suppression; the owners of the key can suppress the rule under `suppress` of the key',
  explanation: `\`suppress\` of an import hides what rules find in the import's grants. If an untrusted file imports a key that
\`keywright.yaml\` or a trusted file defines, these findings are about access to a key that others own. So the owners of the key decide,
with \`suppress\` on the key. Warnings about the import itself, such as KW3034, can be suppressed. See docs/platform-teams.md.`,
});
