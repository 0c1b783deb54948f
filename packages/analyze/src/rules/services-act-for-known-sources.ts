import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { describeNamed } from '../describe.ts';
import { using } from '../facts/actions.ts';
import type { PolicyCondition } from '../picture.ts';
import { demands, limitsWho } from './read/conditions.ts';
import { listed } from './read/names.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ services: readonly string[]; key: string }>({
  code: 'KW7009',
  severity: 'warning',
  title: 'A service that acts for everyone',
  message: ({ services, key }) => `${listed(services)} can use \`${key}\` on behalf of any account`,
  help: () =>
    'add a condition on `aws:SourceAccount` or `aws:SourceArn`, or use the preset under `services` if there is one',
  explanation: `A service principal is the service itself, whoever it works for. Without a condition on the account or resource that it acts for,
somebody else's resource can make the service use this key: the confused deputy. \`aws:SourceAccount\`, \`aws:SourceArn\`,
\`aws:SourceOrgID\` and \`aws:SourceOrgPaths\` say it; CloudWatch Logs and CloudTrail say it in their encryption context
(\`kms:EncryptionContext:aws:logs:arn\`). Not every service sends them: its documentation tells. Statements that only read metadata of the key are not reported. Presets under \`services\` have the condition that the service's documentation asks for.
Source: IAM User Guide, "The confused deputy problem", "Cross-service confused deputy prevention".`,
  example: {
    wrong: `statements:
  - { principals: { service: sns }, actions: [kms:Decrypt, "kms:GenerateDataKey*"] }`,
    right: `statements:
  - principals: { service: sns }
    actions: [kms:Decrypt, "kms:GenerateDataKey*"]
    conditions: { StringEquals: { "aws:SourceAccount": "\${account}" } }`,
  },
});

/** A service uses a key for an account or resource that the statement names. */
export const servicesActForKnownSources: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const { effect, principals = [], conditions, ref } = statement;
    // A preset has the conditions that the service's page has: Route 53 sends no source with CreateGrant.
    if (ref.source.through?.startsWith('service ') === true) return [];
    const services = principals.filter(({ kind }) => kind === 'service');
    if (services.length === 0 || key === undefined || effect === 'Deny') return [];
    if (!hasAny(operationsIn(statement), [...using, 'CreateGrant'])) return [];
    if (conditions.some((condition) => limitsWho(condition) || namesAResource(condition))) return [];
    return [report(definition, ref.source.span, { services: services.map(describeNamed), key: key.name })];
  },
};

/** The encryption context that some services make of the ARN of what they encrypt. */
function namesAResource(condition: PolicyCondition): boolean {
  return /^kms:encryptioncontext:aws:.*arn$/i.test(condition.key) && demands(condition);
}
