import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string }>({
  code: 'KW7018',
  severity: 'warning',
  title: 'A symmetric key that is not rotated',
  message: ({ key }) => `\`${key}\` is not rotated`,
  help: () => 'add `rotation: true`, or a period such as `rotation: 180 days`',
  explanation: `Rotation limits how much is encrypted with the same key material, and how long leaked material is useful. KMS keeps the old
material, so nothing has to be encrypted again and no user of the key notices. Only symmetric encryption keys whose
material KMS created can be rotated this way; other keys are not reported, and a replica rotates with its primary.

The same finding elsewhere:

| benchmark or tool | number |
| --- | --- |
| CIS AWS Foundations Benchmark 3.0 | 3.6 (3.8 in 1.4, 2.8 in 1.2) |
| AWS Security Hub | KMS.4 |
| AWS Config | \`cmk-backing-key-rotation-enabled\` |
| AWS Control Tower | CT.KMS.PR.1 |
| NIST SP 800-53 Rev. 5 | SC-12, SC-12(2), SC-28(3) |
| PCI DSS 3.2.1 | 3.6.4 |
| checkov | CKV_AWS_7 |
| Trivy, tfsec | AVD-AWS-0065 |
| cfn-nag | F19 |
| Prowler | \`kms_cmk_rotation_enabled\` |

Source: AWS KMS Developer Guide, "Rotate AWS KMS keys"; AWS Security Hub User Guide, "Security Hub controls for AWS KMS".`,
  example: {
    wrong: `description: Encrypts order records`,
    right: `description: Encrypts order records
rotation: true`,
  },
});

export const symmetricKeysRotate: KeyRule = {
  definition,
  about: 'key',
  check: ({ resource }) => {
    const { kind, spec, origin, source, name } = resource;
    if (kind === 'replicaKey' || spec !== 'SYMMETRIC_DEFAULT' || origin !== 'AWS_KMS') return [];
    return resource.rotation.enabled ? [] : [report(definition, source.span, { key: name })];
  },
};
