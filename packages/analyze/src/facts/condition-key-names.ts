/**
 * The condition keys of KMS and the global ones, in AWS's spelling, with the types of their values. Source: Service Authorization
 * Reference, "Condition keys for AWS Key Management Service"; AWS KMS Developer Guide, "AWS KMS condition keys"; IAM User Guide, "AWS
 * global condition context keys"; AWS IoT Core Developer Guide, "Authorizing direct calls to AWS services".
 */

export type ConditionKeyType = 'Text' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IP address';

export interface ConditionKey {
  /** AWS's spelling: `kms:ViaService`, `aws:PrincipalTag/`. */
  readonly name: string;
  readonly type: ConditionKeyType;
  /** Whether a request can have several values for the condition key. */
  readonly multivalued: boolean;
  /** Whether a name that the user chooses follows the name of the condition key. */
  readonly family: boolean;
}

const names: Readonly<Record<ConditionKeyType, readonly string[]>> = {
  Text: [
    'aws:CalledViaAWSMCP',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:Ec2InstanceSourceVpc',
    'aws:FederatedProvider',
    'aws:PrincipalAccount',
    'aws:PrincipalOrgID',
    'aws:PrincipalServiceName',
    'aws:PrincipalType',
    'aws:referer',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:SourceAccount',
    'aws:SourceIdentity',
    'aws:SourceOrgID',
    'aws:SourceOwner',
    'aws:SourceVpc',
    'aws:SourceVpcArn',
    'aws:SourceVpce',
    'aws:UserAgent',
    'aws:userid',
    'aws:username',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'credentials-iot:AwsCertificateId',
    'credentials-iot:ThingName',
    'credentials-iot:ThingTypeName',
    'glue:CredentialIssuingService',
    'glue:RoleAssumedBy',
    'identitystore:UserId',
    'kms:CallerAccount',
    'kms:CustomerMasterKeySpec',
    'kms:CustomerMasterKeyUsage',
    'kms:DataKeyPairSpec',
    'kms:EncryptionAlgorithm',
    'kms:ExpirationModel',
    'kms:GranteePrincipal',
    'kms:GranteeServicePrincipal',
    'kms:GrantConstraintType',
    'kms:KeyAgreementAlgorithm',
    'kms:KeyOrigin',
    'kms:KeySpec',
    'kms:KeyUsage',
    'kms:MacAlgorithm',
    'kms:MessageType',
    'kms:MultiRegionKeyType',
    'kms:PrimaryRegion',
    'kms:ReplicaRegion',
    'kms:RequestAlias',
    'kms:RetiringPrincipal',
    'kms:RetiringServicePrincipal',
    'kms:SigningAlgorithm',
    'kms:ViaService',
    'kms:WrappingAlgorithm',
    'kms:WrappingKeySpec',
  ],
  ARN: [
    'aws:ChatbotSourceArn',
    'aws:PrincipalArn',
    'aws:SourceArn',
    'ec2:SourceInstanceArn',
    'kms:GrantConstraintSourceArn',
    'lambda:SourceFunctionArn',
    'ssm:SourceInstanceArn',
  ],
  Bool: [
    'aws:AssumedRoot',
    'aws:IsMcpServiceAction',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalIsAWSService',
    'aws:SecureTransport',
    'aws:ViaAWSMCPService',
    'aws:ViaAWSService',
    'kms:BypassPolicyLockoutSafetyCheck',
    'kms:GrantIsForAWSResource',
    'kms:MultiRegion',
    'kms:ReEncryptOnSameKey',
  ],
  Numeric: [
    'aws:MultiFactorAuthAge',
    'ec2:RoleDelivery',
    'kms:RotationPeriodInDays',
    'kms:ScheduleKeyDeletionPendingWindowInDays',
    'kms:TrailingDaysWithoutKeyUsage',
  ],
  Date: ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime', 'kms:ValidTo'],
  'IP address': ['aws:Ec2InstanceSourcePrivateIPv4', 'aws:SourceIp', 'aws:VpcSourceIp'],
};

/** Multivalued condition keys. All their values are text. */
const multivalued: readonly string[] = [
  'aws:CalledVia',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalServiceNamesList',
  'aws:ResourceOrgPaths',
  'aws:SourceOrgPaths',
  'aws:TagKeys',
  'aws:VpceOrgPaths',
  'kms:EncryptionContextKeys',
  'kms:GrantOperations',
  'kms:ResourceAliases',
];

/** Condition keys followed by a name that the user chooses. */
const prefixes: readonly string[] = [
  'aws:OriginIdentity/',
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:ResourceTag/',
  'kms:EncryptionContext:',
  'kms:RecipientAttestation:',
];

export const conditionKeys: readonly ConditionKey[] = [
  ...Object.entries(names).flatMap(
    ([type, ofType]) =>
      ofType.map((name): ConditionKey => ({ name, type: type as ConditionKeyType, multivalued: false, family: false })), // Object.entries loses the type of the keys
  ),
  ...multivalued.map((name): ConditionKey => ({ name, type: 'Text', multivalued: true, family: false })),
];

const families = prefixes.map((name): ConditionKey => ({ name, type: 'Text', multivalued: false, family: true }));
const byName = new Map(conditionKeys.map((key) => [key.name.toLowerCase(), key]));

/** The condition key with this name, in any case; `undefined` if unknown. */
export function conditionKeyNamed(name: string): ConditionKey | undefined {
  const lower = name.toLowerCase();
  return (
    byName.get(lower) ??
    families.find((family) => lower.startsWith(family.name.toLowerCase()) && lower.length > family.name.length)
  );
}

/** Suggestions for a misspelt condition key. Families have a placeholder for the name that the user chooses. */
export const suggestions: readonly string[] = [
  ...conditionKeys.map(({ name }) => name),
  ...prefixes.map((prefix) => `${prefix}<name>`),
];
