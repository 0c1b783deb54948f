/**
 * Makes the keys of `fleet.ts` with a CDK app: a stack of eight keys in three regions of each account. Usage: node fleet.mjs ACCOUNTS OUT
 */
import { App, aws_iam as iam, aws_kms as kms, Stack, Tags } from 'aws-cdk-lib';

const [accounts, outdir] = [Number(process.argv[2]), process.argv[3]];
const app = new App({ outdir });
for (let first = 0; first < accounts; first += 1) {
  const account = String(100_000_000_001 + first);
  for (const region of ['eu-west-1', 'us-east-1', 'ap-southeast-2']) {
    const stack = new Stack(app, `core-a${account}-${region}`, { env: { account, region } });
    const admin = iam.Role.fromRoleArn(stack, 'admin', `arn:aws:iam::${account}:role/KeyAdmin`, { mutable: false });
    const reader = iam.Role.fromRoleArn(stack, 'reader', `arn:aws:iam::${account}:role/Reader`, { mutable: false });
    for (let index = 0; index < 8; index += 1) {
      const key = new kms.Key(stack, `key${index}`, {
        description: `Key ${index} of ${account}`,
        enableKeyRotation: true,
        admins: [admin],
      });
      key.addAlias(`fleet/key${index}`);
      key.grantDecrypt(reader);
      Tags.of(key).add('owner', 'platform');
      Tags.of(key).add('environment', `a${account}-${region}`);
    }
  }
}
app.synth();
