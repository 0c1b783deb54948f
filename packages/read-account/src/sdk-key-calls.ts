import { type CallsThrough, keyFactsOf, lookupCalls, pageOf, present } from '@keywright/lookup/sdk-clients';
import type { KeyCalls } from './key-calls.ts';

/** Makes the calls through the AWS SDK, with the longest pages that KMS returns. Source: AWS KMS API Reference, `Limit` of each action. */
export const keyCallsThrough: CallsThrough<KeyCalls> = (kms, client, abortSignal) => {
  const options = { abortSignal };
  return {
    ...lookupCalls(kms, client, abortSignal),
    async listKeys(Marker) {
      const { Keys = [], ...end } = await client.send(new kms.ListKeysCommand({ Limit: 1000, Marker }), options);
      return pageOf(
        Keys.map(({ KeyId }) => present(KeyId, 'KeyId')),
        end,
      );
    },
    async describeKey(KeyId) {
      const { KeyMetadata: key } = await client.send(new kms.DescribeKeyCommand({ KeyId }), options);
      const primaryArn = key?.MultiRegionConfiguration?.PrimaryKey?.Arn;
      const xksKeyId = key?.XksKeyConfiguration?.Id;
      return {
        ...keyFactsOf(key),
        description: key?.Description ?? '',
        origin: present(key?.Origin, 'Origin'),
        enabled: key?.Enabled ?? false,
        ...(key?.MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA' && {
          primaryArn: present(primaryArn, 'PrimaryKey'),
        }),
        ...(key?.CustomKeyStoreId !== undefined && { customKeyStoreId: key.CustomKeyStoreId }),
        ...(xksKeyId !== undefined && { xksKeyId }),
      };
    },
    async keyPolicy(KeyId) {
      const { Policy } = await client.send(new kms.GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }), options);
      return present(Policy, 'Policy');
    },
    async rotation(KeyId) {
      const answer = await client.send(new kms.GetKeyRotationStatusCommand({ KeyId }), options);
      return {
        enabled: answer.KeyRotationEnabled ?? false,
        ...(answer.RotationPeriodInDays !== undefined && { periodDays: answer.RotationPeriodInDays }),
      };
    },
    async listTags(KeyId, Marker) {
      const { Tags = [], ...end } = await client.send(
        new kms.ListResourceTagsCommand({ KeyId, Limit: 50, Marker }),
        options,
      );
      return pageOf(
        Tags.map(({ TagKey, TagValue }) => ({ name: present(TagKey, 'TagKey'), value: TagValue ?? '' })),
        end,
      );
    },
    async listGrants(KeyId, Marker) {
      const { Grants = [], ...end } = await client.send(
        new kms.ListGrantsCommand({ KeyId, Limit: 100, Marker }),
        options,
      );
      return pageOf(
        Grants.map((grant) => ({
          id: present(grant.GrantId, 'GrantId'),
          ...(grant.Name && { name: grant.Name }),
          grantee: present(grant.GranteePrincipal, 'GranteePrincipal'),
          ...(grant.RetiringPrincipal && { retiringPrincipal: grant.RetiringPrincipal }),
          operations: grant.Operations ?? [],
          ...(grant.Constraints?.EncryptionContextEquals && {
            encryptionContext: grant.Constraints.EncryptionContextEquals,
          }),
          ...(grant.Constraints?.EncryptionContextSubset && {
            encryptionContextSubset: grant.Constraints.EncryptionContextSubset,
          }),
        })),
        end,
      );
    },
  };
};
