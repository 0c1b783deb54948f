/** KW50xx: the context file, `keywright.context.json`. */
import { defineDiagnostic } from './diagnostic.ts';

export const contextContradicts = defineDiagnostic<{ alias: string; arn: string }>({
  code: 'KW5001',
  title: 'A context entry that contradicts itself',
  message: ({ alias, arn }) => `the entry for \`${alias}\` contradicts its own ARN \`${arn}\``,
  help: () => 'run `keywright lookup`, which asks for the alias again, and do not edit the file by hand',
  explanation: `The ARN of a key contains the key's region, account and id. If they differ from the other fields of the entry, somebody
edited or merged the file by hand.`,
});

export const contextTwice = defineDiagnostic<{ alias: string; account: string; region: string }>({
  code: 'KW5002',
  title: 'An alias that appears twice in the context file',
  message: ({ alias, account, region }) =>
    `\`${alias}\` of account ${account}, ${region}, appears twice in the context file`,
  help: () => 'run `keywright lookup`, which asks for the alias again, or remove the wrong entry',
  explanation:
    'A merge of two branches can leave two entries for one alias. Their order does not say which of them is right.',
});
export const contextMissing = defineDiagnostic<{ alias: string; account: string; region: string }>({
  code: 'KW5010',
  title: 'A lookup that has not been done',
  message: ({ alias, account, region }) =>
    `\`${alias}\` in account ${account}, ${region}, is not in keywright.context.json`,
  help: () => 'run `keywright lookup` with credentials for the account, and commit keywright.context.json',
  explanation: `A build never accesses the network. It finds the key of an alias in the committed file \`keywright.context.json\`, which
\`keywright lookup\` fills.`,
});

export const dummyUsed = defineDiagnostic<{ alias: string; account: string; region: string }>({
  code: 'KW5011',
  severity: 'warning',
  title: 'A dummy key is used',
  message: ({ alias, account, region }) =>
    `\`${alias}\` did not exist in account ${account}, ${region}, when it was looked up, so a dummy key stands for it`,
  help: () => 'create the alias and run `keywright lookup --refresh`, or do not deploy the output',
  explanation: `With \`whenMissing: dummy\`, a lookup of an alias that does not exist records the key id
1234abcd-12ab-34cd-56ef-1234567890ab, as in the CDK. No real key has this id. The output can be read and tested but must not be
deployed.`,
});
