import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { matchesText } from '../value/compare.ts';
import { joinValue, shown, type Value } from '../value/value.ts';
import { listed } from './read/names.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ values: readonly string[]; key: string; region: string }>({
  code: 'KW7014',
  severity: 'warning',
  title: 'A service of another region in kms:ViaService',
  message: ({ values, key, region }) =>
    `no request for \`${key}\` comes through ${listed(values)}: the key is in ${region}`,
  help: ({ region }) => `write \`<service>.${region}.amazonaws.com\`, or use \`via\` in a grant`,
  explanation: `A service uses keys of its own region only. So \`kms:ViaService\` is the service's name in the key's region, such as
\`s3.eu-west-1.amazonaws.com\`; for a replica, that is the replica's region. The value ends in \`.amazonaws.com\` in every partition,
including China's. In a list that several regions share, one value has to name the key's region.
Source: AWS KMS Developer Guide, "AWS KMS condition keys", kms:ViaService.`,
  example: {
    wrong: `statements:
  - principals: keyAdmins
    actions: kms:Decrypt
    conditions: { StringEquals: { "kms:ViaService": s3.us-east-1.amazonaws.com } } # the key is in eu-west-1`,
    right: `statements:
  - principals: keyAdmins
    actions: kms:Decrypt
    conditions: { StringEquals: { "kms:ViaService": "s3.\${region}.amazonaws.com" } }`,
  },
});

export const viaServiceIsInTheRegion: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement: { conditions, ref }, key }) => {
    if (key === undefined) return [];
    return conditions.flatMap(({ key: name, operator, values }): readonly Diagnostic[] => {
      if (name.toLowerCase() !== 'kms:viaservice' || operator.toLowerCase() === 'null') return [];
      if (values.some((value) => isPossible(value, key.region))) return [];
      const parameters = { values: values.map(shown), key: key.name, region: shown(key.region) };
      return [report(definition, ref.source.span, parameters)];
    });
  },
};

function isPossible(pattern: Value, region: Value): boolean {
  if (typeof pattern === 'string' && typeof region === 'string' && !/[*?$]/.test(pattern)) {
    return pattern.endsWith(`.${region}.amazonaws.com`);
  }
  const any = joinValue([{ unknown: 'value', of: 'the service' }, '.', region, '.amazonaws.com']);
  return matchesText(pattern, any) !== false;
}
