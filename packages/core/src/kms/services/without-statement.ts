/**
 * A service that uses a key with the credentials of its caller or through a role. The caller or that role needs the grant, and the key
 * policy needs no statement for the service.
 */
export interface ServiceWithoutStatement {
  /** The service's name, as it would be under `services:`. A grant has the same name under `via`, unless `via` is set here. */
  readonly name: string;
  readonly via?: string;
  /** The service uses a role that it is given, and that role calls KMS directly or through several services. */
  readonly asRole?: true;
  readonly title: string;
  /** Other names that people write. */
  readonly words: readonly string[];
  /** The principal that needs the grant; completes "where `deployer` is". */
  readonly caller: string;
  /** The capabilities and actions that the caller needs. */
  readonly can: readonly string[];
}

const use = ['encryptDecrypt', 'describe'];
/** The service creates a KMS grant with the credentials of its caller, and afterwards uses only that grant. */
const useAndGrant = [...use, 'kms:CreateGrant'];

/**
 * In alphabetical order. A service that has a preset for something else (`s3`, `sns`, `logs`) is not here. Source: the page on encryption
 * in the guide of each service, such as Amazon RDS User Guide, "AWS KMS key management"; for Aurora, Neptune and DocumentDB, which call KMS
 * as `rds`, AWS KMS Developer Guide, "Services that support the kms:ViaService condition key".
 */
export const servicesWithoutStatement: readonly ServiceWithoutStatement[] = [
  {
    name: 'athena',
    via: 's3',
    title: 'Amazon Athena',
    words: ['athena-query-results'],
    caller: 'whoever queries encrypted data or has the results encrypted',
    can: ['decrypt', 'kms:GenerateDataKey'],
  },
  {
    name: 'backup',
    title: 'AWS Backup',
    words: ['backup-vault', 'aws-backup'],
    caller: 'whoever creates the vaults; an account to which backups are copied needs grants of its own',
    can: ['decrypt', 'describe', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:RetireGrant'],
  },
  {
    name: 'codebuild',
    asRole: true,
    title: 'AWS CodeBuild',
    words: [],
    caller: 'the service role of the build projects',
    can: use,
  },
  {
    name: 'codepipeline',
    asRole: true,
    title: 'AWS CodePipeline',
    words: [],
    caller: 'the service role of the pipelines, or a role that an action uses in another account',
    can: use,
  },
  {
    name: 'dynamodb',
    title: 'Amazon DynamoDB',
    words: ['ddb'],
    caller: 'whoever creates and uses the tables',
    can: useAndGrant,
  },
  {
    name: 'ec2',
    title: 'Amazon EC2 with Amazon EBS',
    words: ['ebs', 'elastic-block-store', 'ebs-snapshots', 'snapshots', 'ami', 'amis'],
    caller:
      'whoever creates volumes and starts instances; Auto Scaling has the preset `autoscaling`, and an account with which images or snapshots are shared needs grants of its own',
    can: useAndGrant,
  },
  {
    name: 'ecr',
    title: 'Amazon ECR',
    words: ['elastic-container-registry'],
    caller: 'whoever creates the repositories',
    can: ['describe', 'kms:CreateGrant', 'kms:RetireGrant'],
  },
  {
    name: 'elasticache',
    title: 'Amazon ElastiCache',
    words: [],
    caller: 'whoever creates the caches',
    can: ['describe', 'kms:CreateGrant'],
  },
  {
    name: 'elasticfilesystem',
    title: 'Amazon EFS',
    words: ['efs'],
    caller: 'whoever creates the file systems',
    can: useAndGrant,
  },
  {
    name: 'es',
    title: 'Amazon OpenSearch Service',
    words: ['opensearch', 'opensearch-service', 'elasticsearch'],
    caller: 'whoever creates the domains',
    can: ['describe', 'kms:CreateGrant'],
  },
  {
    name: 'firehose',
    title: 'Amazon Data Firehose',
    words: ['kinesis-firehose', 'data-firehose', 'kinesis-data-firehose'],
    caller: 'whoever creates the streams; the role of a stream needs a grant for an encrypted destination',
    can: ['describe', 'kms:CreateGrant'],
  },
  {
    name: 'fsx',
    title: 'Amazon FSx',
    words: [],
    caller: 'whoever creates the file systems',
    can: useAndGrant,
  },
  {
    name: 'glue',
    asRole: true,
    title: 'AWS Glue jobs and crawlers',
    words: [],
    caller: 'the role of the jobs and crawlers',
    can: ['encryptDecrypt'],
  },
  {
    name: 'kafka',
    title: 'Amazon MSK',
    words: ['msk'],
    caller: 'whoever creates the clusters',
    can: ['describe', 'kms:CreateGrant'],
  },
  {
    name: 'kinesis',
    title: 'Amazon Kinesis Data Streams',
    words: ['kinesis-data-streams'],
    caller: 'whoever writes to the streams and reads from them',
    can: ['decrypt', 'kms:GenerateDataKey'],
  },
  {
    name: 'lambda',
    title: 'AWS Lambda, encrypting environment variables',
    words: ['lambda-function'],
    caller:
      'whoever creates and configures the functions; .zip packages and event filters have the presets `lambda-packages` and `lambda-filters`',
    can: useAndGrant,
  },
  {
    name: 'pipes',
    asRole: true,
    title: 'Amazon EventBridge Pipes',
    words: ['eventbridge-pipes', 'event-pipes'],
    caller: 'the execution role of the pipes',
    can: ['decrypt', 'describe', 'kms:GenerateDataKey'],
  },
  {
    name: 'rds',
    title: 'Amazon RDS, Aurora, Neptune and DocumentDB',
    words: ['aurora', 'neptune', 'docdb', 'documentdb', 'relational-database-service'],
    caller: 'whoever creates the databases',
    can: ['describe', 'kms:CreateGrant'],
  },
  {
    name: 'redshift',
    title: 'Amazon Redshift',
    words: [],
    caller: 'whoever creates the clusters',
    can: useAndGrant,
  },
  {
    name: 'secretsmanager',
    title: 'AWS Secrets Manager',
    words: ['secrets', 'secret-manager'],
    caller: 'whoever writes and reads the secrets',
    can: ['decrypt', 'kms:GenerateDataKey'],
  },
  {
    name: 'sqs',
    title: 'Amazon SQS',
    words: ['simple-queue-service'],
    caller: 'whoever sends and receives messages; services that send have presets: `events`, `s3`, `sns`',
    can: ['decrypt', 'kms:GenerateDataKey'],
  },
  {
    name: 'ssm',
    title: 'AWS Systems Manager Parameter Store',
    words: ['parameter-store', 'ssm-parameter-store', 'systems-manager'],
    caller: 'whoever writes and reads the parameters',
    can: use,
  },
  {
    name: 'states',
    asRole: true,
    title: 'AWS Step Functions',
    words: [],
    caller: 'the execution role of the state machines, and whoever starts and reads executions',
    can: ['decrypt', 'kms:GenerateDataKey'],
  },
  {
    name: 'transfer',
    asRole: true,
    title: 'AWS Transfer Family',
    words: ['sftp'],
    caller: 'the role of the users, for files in encrypted buckets',
    can: ['decrypt', 'kms:GenerateDataKey'],
  },
  {
    name: 'workspaces',
    title: 'Amazon WorkSpaces',
    words: [],
    caller: 'whoever creates the WorkSpaces',
    can: useAndGrant,
  },
];

/** The grant that a service's caller or role needs, as written under a key. */
export function grantForCaller({ name, via = name, asRole, can }: ServiceWithoutStatement, to: string): string {
  const words = can.map((word) => (word.includes(':') ? `"${word}"` : word)).join(', ');
  return `grants: [{ to: ${to}, can: [${words}]${asRole ? '' : `, via: ${via}`} }]`;
}
