import { type CallsThrough, present } from '@keywright/lookup/sdk-clients';
import type { KeyCalls, Page } from './key-calls.ts';

/** The calls through the AWS SDK, with the longest pages that KMS returns. Source: AWS KMS API Reference, `Limit` of each action. */
export const keyCallsThrough: CallsThrough<KeyCalls> = (kms, client, abortSignal) => {
  const options = { abortSignal };
  return {
    async listKeys(Marker) {
      const { Keys = [], ...end } = await client.send(new kms.ListKeysCommand({ Limit: 1000, Marker }), options);
      return pageOf(
        Keys.map(({ KeyId }) => present(KeyId, 'KeyId')),
        end,
      );
    },
    async listAliases(Marker) {
      const { Aliases = [], ...end } = await client.send(new kms.ListAliasesCommand({ Limit: 100, Marker }), options);
      return pageOf(
        Aliases.map(({ AliasName, TargetKeyId }) => ({
          name: present(AliasName, 'AliasName'),
          ...(TargetKeyId !== undefined && { keyId: TargetKeyId }),
        })),
        end,
      );
    },
    async describeKey(KeyId) {
      const { KeyMetadata: key } = await client.send(new kms.DescribeKeyCommand({ KeyId }), options);
      const primaryArn = key?.MultiRegionConfiguration?.PrimaryKey?.Arn;
      const xksKeyId = key?.XksKeyConfiguration?.Id;
      return {
        keyId: present(key?.KeyId, 'KeyId'),
        arn: present(key?.Arn, 'Arn'),
        description: key?.Description ?? '',
        spec: present(key?.KeySpec, 'KeySpec'),
        // The default of CreateKey. The answer of moto has no usage if none was given.
        usage: key?.KeyUsage ?? 'ENCRYPT_DECRYPT',
        origin: present(key?.Origin, 'Origin'),
        manager: present(key?.KeyManager, 'KeyManager'),
        enabled: key?.Enabled ?? false,
        state: present(key?.KeyState, 'KeyState'),
        multiRegion: key?.MultiRegion ?? false,
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
    close: () => client.destroy(),
  };
};

interface End {
  readonly Truncated?: boolean | undefined;
  readonly NextMarker?: string | undefined;
}

function pageOf<T>(items: readonly T[], { Truncated, NextMarker }: End): Page<T> {
  return { items, ...(Truncated === true && { marker: present(NextMarker, 'NextMarker') }) };
}
