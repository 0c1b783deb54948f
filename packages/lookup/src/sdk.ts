export interface Sdk {
  readonly kms: typeof import('@aws-sdk/client-kms');
  readonly sts: typeof import('@aws-sdk/client-sts');
  readonly credentials: typeof import('@aws-sdk/credential-providers');
}

/**
 * Loads the AWS SDK on first use, because the SDK takes longer to load than everything else in the command. Keeps the SDK's warning about
 * old versions of Node out of the output.
 */
export async function loadSdk(): Promise<Sdk> {
  const [kms, sts, credentials] = await Promise.all([
    import('@aws-sdk/client-kms'),
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/credential-providers'),
  ]);
  silenceNodeWarning(() => new sts.STSClient({ region: 'us-east-1' }).destroy());
  return { kms, sts, credentials };
}

/**
 * The SDK warns once per process, when the first client is created, unless this variable is set at that moment. Source: @aws-sdk/core,
 * `emitWarningIfUnsupportedVersion`.
 */
const warningDisabled = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

function silenceNodeWarning(makeFirstClient: () => void): void {
  const before = process.env[warningDisabled];
  process.env[warningDisabled] = 'true';
  try {
    makeFirstClient();
  } finally {
    if (before === undefined) delete process.env[warningDisabled];
    else process.env[warningDisabled] = before;
  }
}
