/** Source: CloudFormation User Guide, "Understand CloudFormation quotas". */
export const limits = {
  resources: 500,
  parameters: 200,
  outputs: 200,
  parameterBytes: 4096,
  descriptionBytes: 1024,
  bytes: 1_000_000,
} as const;
