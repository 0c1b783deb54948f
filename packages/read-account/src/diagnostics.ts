/** KW8150 to KW8189: keys of live accounts. What a call answers is reported as lookups report it (KW5101 to KW5112). */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const unreadableRecord = defineDiagnostic<{ problem: string }>({
  code: 'KW8150',
  severity: 'error',
  title: 'Answers of an account that cannot be read',
  message: ({ problem }) => `this line is not an answer from an account: ${problem}`,
  help: () => 'delete the file, and ask the account again',
  explanation: `What accounts answer is kept in a file for each account and region, a line for each key, so that an interrupted import
goes on where it stopped. Keywright wrote every line; this one was changed, or belongs to another version.`,
});

export const incompleteRecord = defineDiagnostic<{ place: string }>({
  code: 'KW8151',
  severity: 'error',
  title: 'An account that was not read to the end',
  message: ({ place }) => `the answers of ${place} end before all of its keys are there`,
  help: () => 'run the import again: it asks for what is missing',
  explanation: `The import was interrupted, or the account refused to answer about a key. What is missing could be any key, so nothing of
the account is imported as if it were all.`,
});

export const leavingKey = defineDiagnostic<{ arn: string }>({
  code: 'KW8152',
  severity: 'note',
  title: 'A key that is to be deleted',
  message: ({ arn }) => `${arn} is scheduled for deletion and is not imported`,
  help: () => 'cancel its deletion (`aws kms cancel-key-deletion`) if it is to live on, and import it again',
  explanation: `A key that is pending deletion cannot be used, changed or given an alias.`,
});

export const primaryNotRead = defineDiagnostic<{ arn: string; primary: string }>({
  code: 'KW8153',
  severity: 'error',
  title: 'A replica without its primary',
  message: ({ arn, primary }) => `${arn} is a replica of ${primary}, which was not read`,
  help: ({ primary }) => `read ${primary.split(':')[3] ?? 'the region of its primary'} of the same account too`,
  explanation: `A replica key belongs to the stack of its primary, from which it has its key material, key spec, usage and rotation.`,
});

export const unknownKindOfKey = defineDiagnostic<{ arn: string; what: string; value: string }>({
  code: 'KW8154',
  severity: 'error',
  title: 'A kind of key that is not known',
  message: ({ arn, what, value }) =>
    `the ${what} of ${arn} is ${JSON.stringify(value)}, which this version does not know`,
  help: () => 'leave the key where it is, or update Keywright',
  explanation: `KMS gets new key specs and origins. A key of a kind that Keywright does not know is left out whole.`,
});

export const serviceGrant = defineDiagnostic<{ arn: string; count: number }>({
  code: 'KW8155',
  severity: 'note',
  title: 'KMS grants that services made',
  message: ({ arn, count }) =>
    `${count} KMS grant${count === 1 ? '' : 's'} on ${arn} that AWS services made ${count === 1 ? 'is' : 'are'} not imported`,
  help: () => 'nothing: the services make and retire them',
  explanation: `EBS, RDS, DynamoDB and others make a KMS grant for each volume, database or table that they encrypt, and retire it when they
need it no longer. It is theirs: no tool manages it.`,
});
