import { concat, type Expression, literal, literalText } from '../../ir/expression.ts';

/**
 * The hosts of principals that are not `<service>.amazonaws.com` in every partition, by service and, if they differ in one partition only,
 * by that partition's DNS suffix. Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS"; CDK,
 * region-info, `Default.servicePrincipal`; Terraform AWS provider, `aws_service_principal`.
 */
const otherPrincipals: readonly {
  readonly service: string;
  readonly dnsSuffix?: string;
  readonly regional: boolean;
}[] = [
  { service: 'logs', regional: true },
  { service: 'codedeploy', dnsSuffix: 'amazonaws.com.cn', regional: true },
  { service: 'elasticmapreduce', dnsSuffix: 'amazonaws.com.cn', regional: false },
  { service: 'cloudhsm', dnsSuffix: 'c2s.ic.gov', regional: false },
  { service: 'config', dnsSuffix: 'c2s.ic.gov', regional: false },
  { service: 'workspaces', dnsSuffix: 'c2s.ic.gov', regional: false },
  { service: 'dms', dnsSuffix: 'sc2s.sgov.gov', regional: false },
];

/** The host that names an AWS service in a policy. A service with a dot is a complete host already. */
export function servicePrincipalHost(
  service: string,
  place: { readonly region: Expression; readonly dnsSuffix: Expression },
): Expression {
  if (service.includes('.')) return literal(service);
  const suffix = literalText(place.dnsSuffix);
  const exception = otherPrincipals.find(
    (row) => row.service === service && (row.dnsSuffix === undefined || row.dnsSuffix === suffix),
  );
  if (exception === undefined) return literal(`${service}.amazonaws.com`);
  return exception.regional
    ? concat(literal(`${service}.`), place.region, literal('.'), place.dnsSuffix)
    : concat(literal(`${service}.`), place.dnsSuffix);
}

/** Source: AWS Account Management Reference Guide, "Enable or disable AWS Regions in your account", opt-in Regions. */
const optInRegions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

/**
 * The host of a service; in an opt-in region it contains the region, as the pages of GuardDuty and Macie require. A region that only the
 * deployment knows counts as always enabled.
 */
export function servicePrincipalHostInOptInRegions(service: string, region: Expression): Expression {
  return region.kind === 'literal' && optInRegions.includes(region.text)
    ? concat(literal(`${service}.`), region, literal('.amazonaws.com'))
    : literal(`${service}.amazonaws.com`);
}
