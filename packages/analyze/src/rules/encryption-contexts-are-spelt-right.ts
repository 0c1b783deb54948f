import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { contextMeant } from '../facts/encryption-contexts.ts';
import type { PolicyCondition } from '../picture.ts';
import { shown } from '../value/value.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ name: string; meant: string }>({
  code: 'KW7025',
  severity: 'warning',
  title: 'A misspelt encryption context of an AWS service',
  message: ({ name }) => `no AWS service puts \`${name}\` into its encryption context`,
  help: ({ meant }) => `did you mean \`${meant}\`?`,
  explanation: `AWS services put the ARN or the name of what they encrypt into the encryption context: \`aws:cloudtrail:arn\`,
\`aws:logs:arn\`, \`aws:s3:arn\`, \`SecretARN\`. A condition on a misspelt name is never met or, with a negated operator, always met. A
name that resembles none of these names is assumed to be the application's own and is not reported. Source: AWS KMS Developer Guide, "AWS
KMS condition keys", kms:EncryptionContext:context-key; each service's page about encryption.`,
  example: {
    wrong: `statements:
  - principals: { service: cloudtrail }
    actions: "kms:GenerateDataKey*"
    conditions: { ArnLike: { "kms:EncryptionContext:aws:loudtrail:arn": "arn:aws:cloudtrail:*:\${account}:trail/*" } }`,
    right: `statements:
  - principals: { service: cloudtrail }
    actions: "kms:GenerateDataKey*"
    conditions: { ArnLike: { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:\${account}:trail/*" } }`,
  },
});

export const encryptionContextsAreSpeltRight: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { conditions, ref } }) =>
    conditions.flatMap(namesIn).flatMap((name): readonly Diagnostic[] => {
      const intended = contextMeant(name);
      return intended === undefined ? [] : [report(definition, ref.source.span, { name, meant: intended })];
    }),
};

/** The names of an encryption context that a condition has in its condition key, or as values of `kms:EncryptionContextKeys`. */
function namesIn({ key, values }: PolicyCondition): readonly string[] {
  if (key.toLowerCase() === 'kms:encryptioncontextkeys') return values.map(shown);
  const name = /^kms:encryptioncontext:(.+)$/i.exec(key)?.[1];
  return name === undefined ? [] : [name];
}
