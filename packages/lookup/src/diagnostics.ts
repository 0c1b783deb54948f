/** KW51xx: lookups against live accounts. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { orInGeneral } from '@keywright/core/diagnostics/in-general';

export const noCredentials = defineDiagnostic<{ whose: string; reason: string }>({
  code: 'KW5101',
  severity: 'error',
  title: 'No AWS credentials',
  message: ({ whose, reason }) => `${whose} cannot be loaded: ${reason}`,
  help: () => 'sign in (`aws sso login`), set AWS_PROFILE, or give the environment a `profile`',
  explanation: `If the environment has a \`profile\`, a lookup uses the credentials of that profile. Otherwise it looks where every AWS SDK
looks: environment variables, the shared configuration files, IAM Identity Center, the container or the instance. None of these had
credentials.`,
});

export const credentialsExpired = defineDiagnostic<{ whose: string; reason: string }>({
  code: 'KW5102',
  severity: 'error',
  title: 'Expired AWS credentials',
  message: ({ whose, reason }) => `${whose} have expired: ${reason}`,
  help: () => 'sign in again (`aws sso login`), or renew the temporary credentials in the environment variables',
  explanation: `Temporary credentials and IAM Identity Center sessions expire after some hours. The context file stays unchanged.`,
});

export const credentialsRefused = defineDiagnostic<{ whose: string; place: string; reason: string }>({
  code: 'KW5103',
  severity: 'error',
  title: 'Credentials that AWS does not accept',
  message: ({ whose, place, reason }) => `${whose} are not accepted in ${place}: ${reason}`,
  help: () => 'check that the access key exists in this partition, and that the clock of this machine is right',
  explanation: `AWS refuses credentials if the access key does not exist, was deleted or belongs to another partition (China, GovCloud), if
the secret or the session token does not match the access key, or if the machine's clock is off by minutes.`,
});

export const wrongAccount = defineDiagnostic<{ place: string; actual: string; identity: string }>({
  code: 'KW5104',
  severity: 'error',
  title: 'Credentials for another account',
  message: ({ place, actual, identity }) => `the credentials for ${place} belong to account ${actual} (${identity})`,
  help: () => 'give the environment a `profile` of its account, or a `lookupRole` to assume there',
  explanation: `Before a lookup asks for a key, it compares the account of the credentials (STS GetCallerIdentity) with the account of the
environment. In another account, the same alias points to another key. Without this comparison, the lookup would record that key, and
nobody would notice.`,
  example: {
    wrong: `environments:
  data: { account: "444455556666", region: eu-west-1 }`,
    right: `environments:
  data: { account: "444455556666", region: eu-west-1, lookupRole: KmsAliasReader }`,
  },
});

export const roleNotAssumed = defineDiagnostic<{ role: string; reason: string }>({
  code: 'KW5105',
  severity: 'error',
  title: 'A role that cannot be assumed',
  message: ({ role, reason }) => `${role} cannot be assumed: ${reason}`,
  help: () => 'check that the role exists, that its trust policy names you, and that you may call sts:AssumeRole on it',
  explanation: `The role's trust policy has to name the caller (or the caller's account). A caller from another account also needs an
identity policy that allows \`sts:AssumeRole\` on the role. STS gives the same answer if the role does not exist.`,
});

export const accessDenied = defineDiagnostic<{ action: string; on: string; identity: string; reason: string }>({
  code: 'KW5106',
  severity: 'error',
  title: 'A permission is missing',
  message: ({ action, on, identity, reason }) => `${identity} may not call ${action} on ${on}: ${reason}`,
  help: ({ action }) =>
    `allow ${orInGeneral(action, 'the action')}; docs/lookups.md has a policy with everything that lookups need`,
  explanation: `A lookup needs \`kms:DescribeKey\` on the key. The key policy can allow it, or an identity policy if the key policy leaves
the decision to IAM policies. \`kms:ListAliases\` on \`*\` is needed for aliases of AWS managed keys (\`alias/aws/…\`) and saves calls for
other aliases. Service control policies and VPC endpoint policies can refuse either action.`,
});

export const regionNotEnabled = defineDiagnostic<{ place: string; reason: string }>({
  code: 'KW5107',
  severity: 'error',
  title: 'A region that the account has not enabled',
  message: ({ place, reason }) => `${place}, does not seem to be enabled: ${reason}`,
  help: () => 'enable the region for the account, or check the region of the environment',
  explanation: `Regions that AWS opened after March 2019 are off until an account enables them; until then AWS does not accept the
account's credentials there. Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account".`,
});

export const notReached = defineDiagnostic<{ action: string; place: string; reason: string }>({
  code: 'KW5108',
  severity: 'error',
  title: 'AWS could not be reached',
  message: ({ action, place, reason }) => `${action} in ${place}, got no usable answer: ${reason}`,
  help: () =>
    'check the network, the name of the region and AWS_ENDPOINT_URL if it is set, then run `keywright lookup` again',
  explanation: `The host name did not resolve, the connection failed or was cut, every attempt ended in a server error, or something other
than AWS answered. Earlier results are kept, so running the command again asks only for the rest.`,
});

export const throttled = defineDiagnostic<{ action: string; place: string }>({
  code: 'KW5109',
  severity: 'error',
  title: 'Too many requests',
  message: ({ action, place }) => `${action} in ${place}, was throttled in every attempt`,
  help: () => 'wait a little and run `keywright lookup` again: it asks only for what is still missing',
  explanation: `KMS limits the requests per second of each account and region, whoever makes them. Keywright slows down and retries
(the SDK's adaptive retries) before it gives up. Source: AWS KMS Developer Guide, "Request quotas".`,
});

export const requestRefused = defineDiagnostic<{ action: string; on: string; reason: string }>({
  code: 'KW5110',
  severity: 'error',
  title: 'A request that AWS refused',
  message: ({ action, on, reason }) => `${action} on ${on} was refused: ${reason}`,
  help: () => 'check what AWS says; the alias or the role may be misspelt',
  explanation: `AWS refused a request for a reason other than credentials, permissions, region or load. The message quotes AWS.`,
});

export const interrupted = defineDiagnostic<{ done: number; total: number }>({
  code: 'KW5111',
  severity: 'error',
  title: 'Interrupted',
  message: ({ done, total }) => `interrupted after ${done} of ${total} aliases`,
  help: () => 'run `keywright lookup` again: it asks only for what is still missing',
  explanation: `Everything found before the interruption is saved in the context file, which stays valid.`,
});

export const answerElsewhere = defineDiagnostic<{ asked: string; arn: string }>({
  code: 'KW5112',
  severity: 'error',
  title: 'An answer about another account or region',
  message: ({ asked, arn }) =>
    `kms:DescribeKey on ${asked} answered with ${arn}, which is in another account, region or partition`,
  help: () => 'check the `partition` of the environment, and AWS_ENDPOINT_URL if it is set',
  explanation: `A key's ARN contains its partition, region and account, and an alias points to a key in its own account and region. So this
answer does not come from KMS in the account and region of the request, and is not recorded.`,
});

export const answerUnusable = defineDiagnostic<{ alias: string; place: string; arn: string }>({
  code: 'KW5114',
  severity: 'error',
  title: 'An answer that cannot be recorded',
  message: ({ alias, place, arn }) =>
    `the answer for \`${alias}\` in ${place} is ${JSON.stringify(arn)}, which is not the ARN of a key`,
  help: () => 'check AWS_ENDPOINT_URL if it is set: this is not an answer from KMS',
  explanation: `An answer has to pass the same checks as an entry of the context file. An answer that fails them, such as a key id with a
line break in it, does not come from KMS. It is not recorded, and the entry in the context file stays as it is.`,
});

export const timeIsOver = defineDiagnostic<{ done: number; total: number; minutes: number }>({
  code: 'KW5113',
  severity: 'error',
  title: 'A lookup that takes too long',
  message: ({ done, total, minutes }) =>
    `the lookup was stopped after ${minutes} minutes, with ${done} of ${total} aliases done`,
  help: () => 'run `keywright lookup` again: it asks only for what is still missing',
  explanation: `An attempt at a call ends after ten seconds, and a whole lookup after ten minutes. Otherwise a lookup could hang forever,
for example because a \`credential_process\` waits for a person, a service never stops throttling, or an endpoint never stops answering.
Everything found so far is saved in the context file, which stays valid.`,
});

export const noSuchAlias = defineDiagnostic<{ alias: string; place: string }>({
  code: 'KW5120',
  severity: 'error',
  title: 'An alias that does not exist',
  message: ({ alias, place }) => `there is no \`${alias}\` in ${place}`,
  help: () => 'check the name, account and region; or write `whenMissing: dummy` until the alias is created',
  explanation: `An alias belongs to one account and one region. \`keywright lookup --refresh\` removes its entry from the context file.
Otherwise builds would keep using a key that the alias no longer points to.`,
  example: {
    wrong: `imports:
  shared: { lookup: { alias: alias/sharde } }`,
    right: `imports:
  shared: { lookup: { alias: alias/shared } }`,
  },
});

export const aliasWithoutKey = defineDiagnostic<{ alias: string; place: string }>({
  code: 'KW5121',
  severity: 'error',
  title: 'An alias without a key',
  message: ({ alias, place }) => `\`${alias}\` in ${place} has no key yet`,
  help: () =>
    'import the key by `alias` alone, or use the AWS service once with its default key, which creates the key',
  explanation: `KMS has aliases for AWS managed keys (\`alias/aws/…\`) before their keys exist. DescribeKey on such an alias would create
the key, so Keywright does not call it: a lookup changes nothing. Source: AWS KMS API Reference, DescribeKey.`,
});

export const keyPendingDeletion = defineDiagnostic<{ alias: string; arn: string; place: string }>({
  code: 'KW5122',
  severity: 'error',
  title: 'A key that is pending deletion',
  message: ({ alias, arn, place }) => `\`${alias}\` in ${place} points to ${arn}, which is pending deletion`,
  help: () => 'cancel the deletion (`aws kms cancel-key-deletion`), or move the alias to another key',
  explanation: `A key that is pending deletion cannot be used. Once it is deleted, everything encrypted with it is lost. A lookup does not
record such a key.`,
});

export const unknownKeyKind = defineDiagnostic<{ alias: string; spec: string; usage: string }>({
  code: 'KW5123',
  severity: 'error',
  title: 'An unknown kind of key',
  message: ({ alias, spec, usage }) =>
    `the key of \`${alias}\` has spec ${spec} and usage ${usage}, which this version of Keywright does not know`,
  help: () => 'update Keywright, or import the key by `arn`',
  explanation: `The spec and usage of a key decide which grants make sense on it. A key of a kind that this version of Keywright does not
know is not recorded.`,
});

export const entryDisagrees = defineDiagnostic<{ alias: string; place: string; differences: string }>({
  code: 'KW5130',
  severity: 'error',
  title: 'The account disagrees with the context file',
  message: ({ alias, place, differences }) =>
    `\`${alias}\` in ${place} is not what the context file says: ${differences}`,
  help: () => 'run `keywright lookup --refresh`, then review the change to keywright.context.json and commit it',
  explanation: `Raised by \`keywright lookup --check\`. Somebody moved the alias to another key, or the entry was imported or edited.
Until the file is refreshed, everything built from it names the old key.`,
});

export const importedAssumptions = defineDiagnostic<{ count: number }>({
  code: 'KW5140',
  severity: 'note',
  title: 'Imported entries that rest on assumptions',
  message: ({ count }) =>
    `${count === 1 ? '1 key is' : `${count} keys are`} imported as ${count === 1 ? 'a symmetric encryption key' : 'symmetric encryption keys'} that you manage: a CDK context contains only ids`,
  help: () => 'run `keywright lookup --refresh` to record what AWS says about these keys',
  explanation: `For each alias, \`cdk.context.json\` has a key id and nothing else. The import assumes spec SYMMETRIC_DEFAULT, usage
ENCRYPT_DECRYPT and manager CUSTOMER; the key's id (\`mrk-\`) shows whether it is multi-Region. A refresh replaces assumptions with facts.`,
});

export const notImported = defineDiagnostic<{ entry: string; reason: string }>({
  code: 'KW5141',
  severity: 'warning',
  title: 'An entry of a CDK context that cannot be imported',
  message: ({ entry, reason }) => `\`${entry}\` is not imported: ${reason}`,
  help: () => 'run `keywright lookup` to resolve the alias instead',
  explanation: `An entry is imported if its name has an account, a region and an alias, and its value is a key id. The CDK also records
failed lookups, which have no key id.`,
});

export const noCdkContext = defineDiagnostic<Record<never, never>>({
  code: 'KW5142',
  severity: 'error',
  title: 'A file that is not a CDK context',
  message: () => 'this is not a CDK context: it is not a JSON object',
  help: () => 'give the path of a `cdk.context.json`',
  explanation: `The CDK stores its lookups in \`cdk.context.json\`, a JSON object with an entry for each lookup.`,
});
