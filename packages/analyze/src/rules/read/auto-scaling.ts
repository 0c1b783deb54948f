import type { Principal } from '../../principal.ts';
import { shown } from '../../value/value.ts';

/** Whether a principal is a service-linked role of Amazon EC2 Auto Scaling or of Spot Instances. */
export function isRoleOfAutoScaling(principal: Principal | undefined): boolean {
  const roles = /:role\/aws-service-role\/(autoscaling|spot|spotfleet)\.amazonaws\.com\//;
  return principal?.kind === 'role' && roles.test(shown(principal.arn));
}
