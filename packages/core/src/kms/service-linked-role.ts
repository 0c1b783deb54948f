/** Whether an ARN is that of a service-linked role. Source: IAM User Guide, "Create a service-linked role". */
export function isServiceLinkedRole(arn: string): boolean {
  return arn.includes(':role/aws-service-role/');
}
