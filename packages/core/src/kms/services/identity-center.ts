import { literal } from '../../ir/expression.ts';
import { formatArn } from '../../ir/format-arn.ts';
import * as z from '../../schema/schema.ts';
import { condition, definePreset, fromOwnAccount, ids, ownArn, servicePrincipal, symmetricOnly } from './preset.ts';

const nowhere = literal('');

export const identityCenter = definePreset({
  name: 'identity-center',
  title:
    'AWS IAM Identity Center and its identity store, for a key in the management account. Administrators need a grant with `via`, and AWS applications need a statement; the source page has both',
  words: ['sso', 'aws-sso', 'single-sign-on', 'iam-identity-center', 'identitystore', 'identity-store', 'sso-admin'],
  source: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/baseline-KMS-key-policy.html',
  options: () =>
    z.strictObject({
      instances: ids('Ids of the instances (`ssoins-…`). Default: every instance of the account.'),
      identityStores: ids('Ids of the identity stores (`d-…`). Default: every identity store of the account.'),
    }),
  requires: symmetricOnly,
  statements: ({ instances, identityStores }, place) => {
    // The ARN of an instance contains neither an account nor a region.
    const instance = (id: string) =>
      formatArn({ ...place, account: nowhere, region: nowhere }, 'sso', literal(`instance/${id}`));
    const store = (id: string) => ownArn(place, 'identitystore', `identitystore/${id}`, nowhere);
    const services = [
      { host: 'sso.amazonaws.com', context: 'aws:sso:instance-arn', arns: instances?.map(instance) },
      {
        host: 'identitystore.amazonaws.com',
        context: 'aws:identitystore:identitystore-arn',
        arns: identityStores?.map(store),
      },
    ];
    return [
      ...services.map(({ host, context, arns = [literal('*')] }) => ({
        principals: [servicePrincipal(host)],
        actions: ['kms:Decrypt', 'kms:ReEncryptTo', 'kms:ReEncryptFrom', 'kms:GenerateDataKeyWithoutPlaintext'],
        conditions: [fromOwnAccount(place), condition('StringLike', `kms:EncryptionContext:${context}`, ...arns)],
      })),
      { principals: services.map(({ host }) => servicePrincipal(host)), actions: ['kms:DescribeKey'], conditions: [] },
    ];
  },
});
