/**
 * Makes the keys of `project.ts` with a CDK app: two aliases, an admin and two grants each, in stacks of 100. Usage: node synthesise.mjs
 * COUNT OUT
 */
import { App, aws_iam as iam, aws_kms as kms, Stack } from 'aws-cdk-lib';

const [count, outdir] = [Number(process.argv[2]), process.argv[3]];
const app = new App({ outdir });
for (let first = 0; first < count; first += 100) {
  const stack = new Stack(app, `stack${first / 100}`, { env: { account: '111122223333', region: 'eu-west-1' } });
  const admin = iam.Role.fromRoleArn(stack, 'admin', 'arn:aws:iam::111122223333:role/KeyAdmin', { mutable: false });
  const reader = iam.Role.fromRoleArn(stack, 'reader', 'arn:aws:iam::111122223333:role/Reader', { mutable: false });
  const api = new iam.Role(stack, 'api', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  for (let index = first; index < Math.min(first + 100, count); index += 1) {
    const key = new kms.Key(stack, `key${index}`, {
      description: `Key ${index}`,
      enableKeyRotation: true,
      admins: [admin],
    });
    key.addAlias(`app/key${index}`);
    key.addAlias(`app/key${index}/current`);
    key.grantEncryptDecrypt(api);
    key.grantDecrypt(reader);
  }
}
app.synth();
