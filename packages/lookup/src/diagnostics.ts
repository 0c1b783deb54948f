/** KW51xx: lookups against live accounts. */
import { type DiagnosticDefinition, defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const noCredentials = defineDiagnostic<{ whose: string; reason: string }>({
  code: 'KW5101',
  severity: 'error',
  title: 'No AWS credentials',
  message: ({ whose, reason }) => `${whose} cannot be loaded: ${reason}`,
  help: () => 'sign in (`aws sso login`), set AWS_PROFILE, or give the environment a `profile`',
  explanation: `A lookup takes credentials from the environment's \`profile\`, or else from where every AWS SDK does: environment
variables, the shared configuration files, IAM Identity Center, a container or an instance. None of them had any.`,
});

export const credentialsExpired = defineDiagnostic<{ whose: string; reason: string }>({
  code: 'KW5102',
  severity: 'error',
  title: 'Expired AWS credentials',
  message: ({ whose, reason }) => `${whose} have expired: ${reason}`,
  help: () => 'sign in again (`aws sso login`), or renew the temporary credentials in the environment variables',
  explanation: `Temporary credentials and sessions of IAM Identity Center end after some hours. What the context file has stays as it was.`,
});

export const credentialsRefused = defineDiagnostic<{ whose: string; place: string; reason: string }>({
  code: 'KW5103',
  severity: 'error',
  title: 'Credentials that AWS does not accept',
  message: ({ whose, place, reason }) => `${whose} are not accepted in ${place}: ${reason}`,
  help: () => 'check the access key, that it belongs to this partition, and the clock of this machine',
  explanation: `AWS answers so when the access key does not exist or was deleted, belongs to another partition (China, GovCloud),
when the secret or the session token does not belong to it, or when the clock of the machine is wrong by minutes.`,
});

export const wrongAccount = defineDiagnostic<{ place: string; actual: string; identity: string }>({
  code: 'KW5104',
  severity: 'error',
  title: 'Credentials of another account',
  message: ({ place, actual, identity }) => `the credentials for ${place} are those of account ${actual} (${identity})`,
  help: () => 'give the environment a `profile` of its account, or a `lookupRole` to assume there',
  explanation: `Before it asks for a key, a lookup compares the account of the credentials (STS GetCallerIdentity) with the account of the
environment. The same alias in another account is another key, and nothing would show the mistake.`,
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
  explanation: `Assuming a role takes two permissions: the role's trust policy has to name the caller (or the caller's account), and a caller of
another account needs an identity policy that allows \`sts:AssumeRole\` on the role. STS gives the same answer when the role does not exist.`,
});

export const accessDenied = defineDiagnostic<{ action: string; on: string; identity: string; reason: string }>({
  code: 'KW5106',
  severity: 'error',
  title: 'A permission is missing',
  message: ({ action, on, identity, reason }) => `${identity} may not call ${action} on ${on}: ${reason}`,
  help: ({ action }) => `allow ${action}; docs/lookups.md has a policy with all that lookups need`,
  explanation: `A lookup needs \`kms:DescribeKey\` on the key, by an identity policy and a key policy that trusts IAM policies or by the key policy
alone. \`kms:ListAliases\` on \`*\` is needed for aliases of AWS managed keys (\`alias/aws/…\`) and spares calls elsewhere.
Service control policies and VPC endpoint policies can refuse either.`,
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
  explanation: `The name did not resolve, the connection failed or was cut, the service answered with an error of its own in every
attempt, or what answered was not AWS. What was found before is kept, so that running the command again asks only for the rest.`,
});

export const throttled = defineDiagnostic<{ action: string; place: string }>({
  code: 'KW5109',
  severity: 'error',
  title: 'Too many requests',
  message: ({ action, place }) => `${action} in ${place}, was throttled in every attempt`,
  help: () => 'wait a little and run `keywright lookup` again: it asks only for what is still missing',
  explanation: `KMS limits the requests of an account and region for each second, whoever makes them. Keywright slows down and tries again
(the SDK's adaptive retries) before it gives up. Source: AWS KMS Developer Guide, "Request quotas".`,
});

export const requestRefused = defineDiagnostic<{ action: string; on: string; reason: string }>({
  code: 'KW5110',
  severity: 'error',
  title: 'A request that AWS refused',
  message: ({ action, on, reason }) => `${action} on ${on} was refused: ${reason}`,
  help: () => 'see what AWS says; the alias or the role may be misspelt',
  explanation: `AWS refused a request for a reason other than credentials, permissions, region or load. The message is AWS's own.`,
});

export const interrupted = defineDiagnostic<{ done: number; total: number }>({
  code: 'KW5111',
  severity: 'error',
  title: 'Interrupted',
  message: ({ done, total }) => `interrupted after ${done} of ${total} aliases`,
  help: () => 'run `keywright lookup` again: it asks only for what is still missing',
  explanation: `What was found before the interruption is kept; the context file is whole.`,
});

export const answerElsewhere = defineDiagnostic<{ asked: string; arn: string }>({
  code: 'KW5112',
  severity: 'error',
  title: 'An answer about another place',
  message: ({ asked, arn }) => `kms:DescribeKey on ${asked} answered with ${arn}, which is not there`,
  help: () => 'check the `partition` of the environment, and AWS_ENDPOINT_URL if it is set',
  explanation: `A key has its partition, region and account in its ARN, and an alias stands for a key of its own account and region. An answer
that contradicts the question comes from something that is not the KMS of that place. It is not recorded.`,
});

export const answerUnusable = defineDiagnostic<{ alias: string; place: string; arn: string }>({
  code: 'KW5114',
  severity: 'error',
  title: 'An answer that cannot be recorded',
  message: ({ alias, place, arn }) =>
    `the key of \`${alias}\` in ${place} is ${JSON.stringify(arn)} according to the answer, which is not the ARN of a key`,
  help: () => 'check AWS_ENDPOINT_URL if it is set: this is not an answer from KMS',
  explanation: `An answer is checked as an entry of the context file is when it is read. One that the file could not have, such as a key id with
a line break in it, comes from something that is not KMS. It is not recorded, and what was recorded stays.`,
});

export const timeIsOver = defineDiagnostic<{ done: number; total: number; minutes: number }>({
  code: 'KW5113',
  severity: 'error',
  title: 'A lookup that takes too long',
  message: ({ done, total, minutes }) =>
    `the lookup was ended after ${minutes} minutes, with ${done} of ${total} aliases`,
  help: () => 'run `keywright lookup` again: it asks only for what is still missing',
  explanation: `An attempt at a call may take ten seconds, and a lookup ten minutes in all, so that nothing waits for ever: a
\`credential_process\` that asks a person, a service that throttles without end, an endpoint that never stops answering. What was
found is kept; the context file is whole.`,
});

export const noSuchAlias = defineDiagnostic<{ alias: string; place: string }>({
  code: 'KW5120',
  severity: 'error',
  title: 'An alias that does not exist',
  message: ({ alias, place }) => `there is no \`${alias}\` in ${place}`,
  help: () => 'check the name, account and region; or write `whenMissing: dummy` while it is still to be created',
  explanation: `An alias belongs to one account and one region. An entry that the context file had for it is removed by
\`keywright lookup --refresh\`: a build must not go on with a key that the alias does not stand for any more.`,
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
  help: () => 'import it by `alias` only, or use the AWS service once with its default key, which creates it',
  explanation: `KMS has aliases for AWS managed keys (\`alias/aws/…\`) before their keys exist. DescribeKey on such an alias would create
the key, so Keywright does not call it: a lookup changes nothing. Source: AWS KMS API Reference, DescribeKey.`,
});

export const keyPendingDeletion = defineDiagnostic<{ alias: string; arn: string; place: string }>({
  code: 'KW5122',
  severity: 'error',
  title: 'A key that is to be deleted',
  message: ({ alias, arn, place }) => `\`${alias}\` in ${place} stands for ${arn}, which is pending deletion`,
  help: () => 'cancel the deletion (`aws kms cancel-key-deletion`), or move the alias to another key',
  explanation: `A key that is pending deletion can do nothing, and what it encrypted is lost when it goes. It is not recorded.`,
});

export const unknownKeyKind = defineDiagnostic<{ alias: string; spec: string; usage: string }>({
  code: 'KW5123',
  severity: 'error',
  title: 'A kind of key that is not known',
  message: ({ alias, spec, usage }) =>
    `the key of \`${alias}\` has spec ${spec} and usage ${usage}, which this version of Keywright does not know`,
  help: () => 'update Keywright, or import the key by `arn`',
  explanation: `Which grants make sense on a key follows from its spec and usage. A key of a kind that is newer than Keywright is not recorded.`,
});

export const entryDisagrees = defineDiagnostic<{ alias: string; place: string; differences: string }>({
  code: 'KW5130',
  severity: 'error',
  title: 'The account disagrees with the context file',
  message: ({ alias, place, differences }) =>
    `\`${alias}\` in ${place} is not what the context file says: ${differences}`,
  help: () => 'run `keywright lookup --refresh`, review the change of keywright.context.json and commit it',
  explanation: `Raised by \`keywright lookup --check\`. Somebody moved the alias to another key, or the entry was imported or edited.
Until the file is refreshed, what is built from it names the old key.`,
});

export const importedAssumptions = defineDiagnostic<{ count: number }>({
  code: 'KW5140',
  severity: 'note',
  title: 'Imported entries rest on assumptions',
  message: ({ count }) =>
    `a CDK context knows only the id of a key: ${count} imported as symmetric encryption ${count === 1 ? 'key' : 'keys'} that you manage`,
  help: () => 'run `keywright lookup --refresh` to record what they really are',
  explanation: `\`cdk.context.json\` holds the key id of an alias and nothing else. Spec SYMMETRIC_DEFAULT, usage ENCRYPT_DECRYPT and manager CUSTOMER
are assumed on import; whether the key is multi-Region follows from its id (\`mrk-\`). A refresh replaces assumptions with facts.`,
});

export const notImported = defineDiagnostic<{ entry: string; reason: string }>({
  code: 'KW5141',
  severity: 'warning',
  title: 'An entry of a CDK context that cannot be imported',
  message: ({ entry, reason }) => `\`${entry}\` is not imported: ${reason}`,
  help: () => 'run `keywright lookup` to resolve the alias instead',
  explanation: `An entry is imported when its name has an account, a region and an alias, and its value a key id. The CDK also records failed lookups.`,
});

export const noCdkContext = defineDiagnostic<Record<never, never>>({
  code: 'KW5142',
  severity: 'error',
  title: 'A file that is not a CDK context',
  message: () => 'this is not a CDK context: it is not a JSON object',
  help: () => 'give the path of a `cdk.context.json`',
  explanation: `The CDK keeps what it looked up in \`cdk.context.json\`, a JSON object with an entry for each lookup.`,
});

/** Every diagnostic of this package, by code. */
export const catalogue: readonly DiagnosticDefinition<never>[] = [
  noCredentials,
  credentialsExpired,
  credentialsRefused,
  wrongAccount,
  roleNotAssumed,
  accessDenied,
  regionNotEnabled,
  notReached,
  throttled,
  requestRefused,
  interrupted,
  answerElsewhere,
  answerUnusable,
  timeIsOver,
  noSuchAlias,
  aliasWithoutKey,
  keyPendingDeletion,
  unknownKeyKind,
  entryDisagrees,
  importedAssumptions,
  notImported,
  noCdkContext,
];
