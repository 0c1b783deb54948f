import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { literal } from '@keywright/core/ir/expression';
import { dnsSuffixes, dnsSuffixOf, partitionOf } from '@keywright/core/kms/partitions';
import { servicePrincipalHost } from '@keywright/core/kms/services/principal-host';
import { partsOf, type Value } from '../value/value.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; host: string; service: string; expected: string }>({
  code: 'KW7043',
  severity: 'warning',
  title: 'A service with a wrong name',
  message: ({ key, host, expected }) =>
    `no request for \`${key}\` comes from \`${host}\`: the service calls KMS as \`${expected}\``,
  help: ({ service }) =>
    `write \`service: ${service}\`, which becomes the right name in each region, or \`services: [${service}]\`, which adds the conditions too`,
  explanation: `Most services call KMS as \`<service>.amazonaws.com\`, but a few do not. CloudWatch Logs calls KMS as
\`logs.<region>.amazonaws.com\`. The name \`logs.amazonaws.com\` is only for the trust policies of roles: a statement with it in a key
policy lets nobody in, so no encrypted log group can be created. In China, the name ends in \`.amazonaws.com.cn\`, so a statement for
\`logs.\${region}.amazonaws.com\` lets nobody in either. [KW2018](KW2018.md) reports the name of a service in another region.
Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS"; Terraform AWS provider,
\`aws_service_principal\`.`,
  example: {
    wrong: `statements:
  - principals: { service: logs.amazonaws.com }
    actions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"]
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:\${region}:\${account}:*" } }`,
    right: `statements:
  - principals: { service: logs }
    actions: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey*"]
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:\${region}:\${account}:*" } }`,
  },
});

/** A key policy names a regional service by its host in the key's region. The compiler reports hosts in other regions. */
export const servicesHaveTheirOwnNames: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { principals = [], ref }, key }) => {
    if (key === undefined) return [];
    const region = typeof key.region === 'string' ? key.region : '<region>';
    const hosts = principals.flatMap((named) => (named.kind === 'service' ? textOf(named.host) : []));
    return hosts.flatMap((host): readonly Diagnostic[] => {
      const service = serviceOf(host, region);
      const expected = service && hostIn(service, region);
      if (service === undefined || expected === undefined || hosts.includes(expected)) return [];
      return [report(definition, ref.source.span, { key: key.name, host, service, expected })];
    });
  },
};

/** A host as text, with `amazonaws.com` as its suffix and `<region>` for a region that is known only at deployment. */
function textOf(host: Value): string {
  return partsOf(host)
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.unknown === 'dnsSuffix' ? 'amazonaws.com' : `<${part.unknown}>`;
    })
    .join('');
}

/** The service that a host names, with or without the region; `undefined` for a host in another region and for other texts. */
function serviceOf(host: string, region: string): string | undefined {
  const suffix = dnsSuffixes.find((candidate) => host.endsWith(`.${candidate}`));
  if (suffix === undefined) return undefined;
  const [service, ...others] = host.slice(0, -suffix.length - 1).split('.');
  return others.every((label) => label === region) ? service : undefined;
}

/** The host of a service in a region; `undefined` if the host does not contain the region. */
function hostIn(service: string, region: string): string | undefined {
  const dnsSuffix = literal(dnsSuffixOf(partitionOf(region)));
  const host = servicePrincipalHost(service, { region: literal(region), dnsSuffix });
  return host.kind === 'literal' && host.text.startsWith(`${service}.${region}.`) ? host.text : undefined;
}
