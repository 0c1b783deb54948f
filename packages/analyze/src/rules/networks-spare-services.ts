import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { describeNamed } from '../describe.ts';
import { parseOperator } from '../evaluate/operators.ts';
import { using } from '../facts/actions.ts';
import type { PolicyCondition, PolicyStatement } from '../picture.ts';
import { shown } from '../value/value.ts';
import { listed } from './read/names.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; services: readonly string[] }>({
  code: 'KW7032',
  severity: 'warning',
  title: 'A Deny by network that also hits AWS services',
  message: ({ key, services }) =>
    `this Deny with a condition on \`${key}\` also hits ${services.length === 0 ? 'AWS services that use the key for its users' : `${listed(services)}, which the key policy lets in`}`,
  help: () =>
    'add `Bool: { "aws:ViaAWSService": false, "aws:PrincipalIsAWSService": false }` to the conditions of the Deny',
  explanation: `When S3, EBS or another AWS service uses a key for somebody, the request comes from the service, not from that
person's network. So a Deny of everything outside a range of addresses, a VPC or a VPC endpoint stops these services: encrypted
volumes cannot be attached, and encrypted objects cannot be read. Two conditions spare different requests: \`aws:ViaAWSService\`
spares those that a service makes for somebody; \`aws:PrincipalIsAWSService\` spares those that a service makes as itself, if the
key policy lets it in. Source: AWS KMS Developer Guide, "Using the IP address condition in policies with AWS KMS permissions" and
"Using VPC endpoint conditions in policies with AWS KMS permissions"; IAM User Guide, "AWS global condition context keys",
aws:ViaAWSService.`,
  example: {
    wrong: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: "kms:*"
    conditions: { NotIpAddress: { "aws:SourceIp": 203.0.113.0/24 } }`,
    right: `statements:
  - effect: Deny
    principals: { anyone: true }
    actions: "kms:*"
    conditions:
      NotIpAddress: { "aws:SourceIp": 203.0.113.0/24 }
      Bool: { "aws:ViaAWSService": false, "aws:PrincipalIsAWSService": false }`,
  },
});

/** A Deny that limits the use of a key to some networks does not block AWS services. */
export const networksSpareServices: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const { effect, principals, conditions, ref } = statement;
    if (effect === 'Allow' || principals?.every(({ kind }) => kind === 'service') === true) return [];
    const network = conditions.find(isOfOtherNetworks);
    if (network === undefined || !hasAny(operationsIn(statement), using)) return [];
    const say = (services: readonly string[]) => [
      report(definition, ref.source.span, { key: network.key, services: [...new Set(services)] }),
    ];
    if (!conditions.some(isAboutCallsThroughServices)) return say([]);
    const isForServices = principals === undefined || principals.some(({ kind }) => kind === 'anyone');
    if (!isForServices || conditions.some(isAboutServices)) return [];
    const services = (key?.policy ?? []).flatMap((one) => (one.effect === 'Allow' ? servicesOf(one) : []));
    return services.length === 0 ? [] : say(services);
  },
};

function servicesOf({ principals = [] }: PolicyStatement): readonly string[] {
  return principals.filter(({ kind }) => kind === 'service').map(describeNamed);
}

/** Whether a condition holds for requests from outside certain networks. */
export function isOfOtherNetworks({ operator: written, key, values }: PolicyCondition): boolean {
  if (!/^aws:(SourceIp|VpcSourceIp|SourceVpc|SourceVpce|SourceVpcArn)$/i.test(key)) return false;
  const { operator } = parseOperator(written);
  if (operator === 'null') return values.every((value) => shown(value).toLowerCase() === 'true');
  return operator?.negated === true;
}

function isAboutCallsThroughServices({ key }: PolicyCondition): boolean {
  return /^(aws:(ViaAWSService|CalledVia(First|Last)?)|kms:ViaService)$/i.test(key);
}

/** Whether a condition can distinguish requests that services make as themselves, or tests the source that a service acts for. */
function isAboutServices({ key }: PolicyCondition): boolean {
  return /^aws:(Principal(IsAWSService|ServiceName(sList)?)|Source(Account|Arn|OrgID|OrgPaths))$/i.test(key);
}
