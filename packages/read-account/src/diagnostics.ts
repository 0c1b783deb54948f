/** KW8150 to KW8189: keys of live accounts. Failed calls are reported as in lookups (KW5101 to KW5112). */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { listOf } from '@keywright/core/diagnostics/list-of';

export const unreadableRecord = defineDiagnostic<{ problem: string }>({
  code: 'KW8150',
  severity: 'error',
  title: 'An unreadable answer from an account',
  message: ({ problem }) => `this line is not an answer from an account: ${problem}`,
  help: () => 'delete the file, and run the import again',
  explanation: `Answers are stored in a file for each account and region, one line per answer, so that an interrupted import can continue
where it stopped. Only Keywright writes this file. Somebody changed this line, or another version of Keywright wrote it.`,
});

export const incompleteRecord = defineDiagnostic<{ place: string }>({
  code: 'KW8151',
  severity: 'error',
  title: 'An account that was only partly read',
  message: ({ place }) => `the answers from ${place} do not cover all of its keys`,
  help: () => 'run the import again: it asks for what is missing',
  explanation: `The import was interrupted, or the account refused to answer about a key. Any key could be missing, so nothing from the
account is imported.`,
});

export const leavingKey = defineDiagnostic<{ arn: string; aliases: readonly string[] }>({
  code: 'KW8152',
  severity: 'note',
  title: 'A key that is pending deletion',
  message: ({ arn, aliases }) =>
    `${arn} is scheduled for deletion and is not imported${aliases.length === 0 ? '' : `, nor ${aliases.length === 1 ? 'is its alias' : 'are its aliases'} ${listOf(aliases)}`}`,
  help: () =>
    'to keep the key, cancel the deletion (`aws kms cancel-key-deletion`), delete the folder with the saved answers and import again',
  explanation: `A key that is pending deletion cannot be used, changed or given an alias.`,
});

export const primaryNotRead = defineDiagnostic<{ arn: string; primary: string }>({
  code: 'KW8153',
  severity: 'error',
  title: 'A replica without its primary',
  message: ({ arn, primary }) => `${arn} is a replica of ${primary}, which was not read`,
  help: ({ primary }) => `read ${primary.split(':')[3] ?? 'the region of its primary'} of the same account too`,
  explanation: `In Keywright, a replica is part of the same stack as its primary key. It has the key material, key spec, usage and rotation
of the primary key.`,
});

export const unknownKindOfKey = defineDiagnostic<{ arn: string; what: string; value: string }>({
  code: 'KW8154',
  severity: 'error',
  title: 'An unknown kind of key',
  message: ({ arn, what, value }) =>
    `the ${what} of ${arn} is ${JSON.stringify(value)}, which this version of Keywright does not know`,
  help: () => 'update Keywright, or leave the key where it is',
  explanation: `KMS keeps adding key specs and origins. A key of a kind that Keywright does not know is left out entirely.`,
});

export const serviceGrant = defineDiagnostic<{ arn: string; count: number }>({
  code: 'KW8155',
  severity: 'note',
  title: 'KMS grants created by AWS services',
  message: ({ arn, count }) =>
    `${count} KMS grant${count === 1 ? '' : 's'} on ${arn} created by AWS services ${count === 1 ? 'is' : 'are'} not imported`,
  help: () => 'nothing to do: the services create and retire them',
  explanation: `EBS, RDS, DynamoDB and others create a KMS grant for each volume, database or table that they encrypt, and retire it when
they no longer need it. Such a KMS grant belongs to the service, and no tool manages it.`,
});
