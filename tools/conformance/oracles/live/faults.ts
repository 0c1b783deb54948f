import { fault, type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';

const cfn = (name: string, mistake: Mistake): Fault =>
  fault(`CloudFormation: ${name}`, /^cfn\/.*\.template\.yaml$/, mistake);
const terraform = (name: string, mistake: Mistake): Fault =>
  fault(`Terraform: ${name}`, /^terraform\/[^/]+\/main\.tf$/, mistake);
const pulumi = (name: string, mistake: Mistake): Fault =>
  fault(`Pulumi: ${name}`, /^pulumi\/[^/]+\/index\.ts$/, mistake);

/** Replaces a reference to a role by the role's ARN. The value is the same, but nothing waits for the role. */
const principalWrittenOut: Mistake = (text) => {
  for (const [, id, kind = '', name] of text.matchAll(
    /^ {2}(\w+(Role|User)):\n(?: {4}.*\n)*? {6}(?:Role|User)Name: ([\w.-]+)$/gm,
  )) {
    const [, account] = /arn:aws:iam::(\d{12}):root/.exec(text) ?? [];
    const keys = text.split(/^(?= {2}\w+:$)/m);
    const key = keys.find((part) => /Type: AWS::KMS::Key\n/.test(part) && part.includes(`!GetAtt ${id}.Arn`));
    if (account === undefined || key === undefined || /(Role|User)\.Arn/.test(key.replaceAll(`${id}.Arn`, '')))
      continue;
    const arn = `arn:aws:iam::${account}:${kind.toLowerCase()}/${name}`;
    return text.replace(key, () => key.replaceAll(`!GetAtt ${id}.Arn`, arn));
  }
  return undefined;
};

/**
 * Mistakes in the output for one tool. There are mistakes of every kind for each tool, because the resources of each tool are made by
 * different code before they are compared.
 */
export const faults: readonly Fault[] = [
  cfn('a wrong action', replaced(/kms:Decrypt$/m, 'kms:Encrypt')),
  cfn('a lost condition', withoutBlock(/^ +Condition:$/)),
  cfn('a swapped principal', replaced(/(AWS: arn:aws:iam::)\d{12}:root/, '$1123456789012:root')),
  cfn('a misspelt property', replaced(/EnableKeyRotation:/, 'EnableKeyRotations:')),
  cfn('a broken escape in a text', replaced(/\\n/, '\\\\n')),
  cfn('a broken escape of an interpolation', replaced(/\$\{!/, '${')),
  cfn('a text that YAML reads as something else', replaced(/(Value: )'(\d+|yes|null|1e3|0123)'$/m, '$1$2')),
  cfn('an alias of another name', replaced(/AliasName: alias\//, 'AliasName: alias/x')),
  cfn('another rotation period', replaced(/(RotationPeriodInDays: )\d+/, '$1181')),
  cfn('a key that is enabled', replaced(/^ +Enabled: false\n/m, '')),
  cfn('a key that goes with its stack', replaced(/DeletionPolicy: RetainExceptOnCreate/, 'DeletionPolicy: Delete')),
  cfn('another primary', replaced(/PrimaryKeyArn: .*/, 'PrimaryKeyArn: nothing')),
  cfn('a lockout check that is made', replaced(/^ +BypassPolicyLockoutSafetyCheck: true\n/m, '')),
  cfn('an import that nobody exports', replaced(/(!ImportValue )/, '$1x:')),
  cfn('a principal for which a key does not wait', principalWrittenOut),
  terraform('a wrong action', replaced(/"kms:Decrypt"/, '"kms:Encrypt"')),
  terraform('a lost condition', withoutBlock(/^ +Condition = \{$/)),
  terraform('a swapped principal', replaced(/(AWS += "arn:aws:iam::)\d{12}:root"/, '$1123456789012:root"')),
  terraform('a misspelt argument', replaced(/deletion_window_in_days/, 'deletion_window_days')),
  terraform('a broken escape in a text', replaced(/\\n/, '\\\\n')),
  terraform('a broken escape of an interpolation', replaced(/\$\$\{/, '${')),
  terraform('a lost alias', withoutBlock(/^resource "aws_kms_alias"/)),
  terraform('another tag', replaced(/^( +tags = \{\n +\S+ += ")/m, '$1x')),
  terraform('another grant', replaced(/(operations += \[")Decrypt/, '$1Encrypt')),
  terraform('a replica where its primary is', replaced(/^ +provider = aws\.\w+\n\n?/m, '')),
  pulumi('a wrong action', replaced(/"kms:Decrypt"/, '"kms:Encrypt"')),
  pulumi('a lost condition', withoutBlock(/^ +Condition: \{$/)),
  pulumi('a swapped principal', replaced(/(AWS: "arn:aws:iam::)\d{12}:root"/, '$1123456789012:root"')),
  pulumi('a misspelt argument', replaced(/enableKeyRotation:/, 'enableKeyRotations:')),
  pulumi('a broken escape in a text', replaced(/\\n/, '\\\\n')),
  pulumi('a lost policy of a principal', withoutBlock(/^new aws\.iam\.RolePolicy\($/)),
];
