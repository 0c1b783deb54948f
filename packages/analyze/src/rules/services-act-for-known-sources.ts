import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inCode } from '@keywright/core/diagnostics/list-of';
import { literal, literalText } from '@keywright/core/ir/expression';
import { contextOfCaller } from '@keywright/core/kms/context-of-caller';
import { servicePresets } from '@keywright/core/kms/services/presets';
import { servicesWithoutStatement } from '@keywright/core/kms/services/without-statement';
import { isOfPreset } from '@keywright/core/policy/preset-source';
import { describeNamed } from '../describe.ts';
import { using } from '../facts/actions.ts';
import type { PictureKey, PolicyCondition } from '../picture.ts';
import { limitsCallers, namesAResource } from './read/conditions.ts';
import { listed } from './read/names.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{
  services: readonly string[];
  key: string;
  presets: readonly string[];
  /** Whether the statement comes from an option of a preset, which names what the service acts for. */
  isOption: boolean;
}>({
  code: 'KW7009',
  severity: 'warning',
  title: 'A service that acts for any account',
  message: ({ services, key }) => `${listed(services)} can use \`${key}\` on behalf of any account`,
  help: ({ presets, isOption }) =>
    isOption === true
      ? 'write the account into the ARN, or write only the name of the resource, which then means a resource in the key’s account'
      : presets.length > 0
        ? `${oneOf(presets)}: the preset has the conditions that work for this service`
        : 'add a condition on `aws:SourceArn` or `aws:SourceAccount`, whichever the service sends according to its documentation',
  explanation: `A service principal is the service itself, whoever it works for. Without a condition on the account or resource that it
acts for, somebody else's resource can make the service use this key (the "confused deputy"). \`aws:SourceAccount\`, \`aws:SourceArn\`,
\`aws:SourceOrgID\` and \`aws:SourceOrgPaths\` identify that account or resource; in requests from CloudWatch Logs and CloudTrail, the
encryption context does (\`kms:EncryptionContext:aws:logs:arn\`). Not every service sends these condition keys, and some services send
them only in some requests: EventBridge sends them for SQS queues but not for SNS topics, where
\`kms:EncryptionContext:aws:sns:topicArn\` shows whose topic it is. Statements that only read metadata of the key are not reported.
Presets under \`services\` have the condition that the service's documentation recommends.
Source: Amazon SNS Developer Guide, "Enable compatibility between event sources from AWS services and encrypted topics"; IAM User
Guide, "The confused deputy problem", "Cross-service confused deputy prevention".`,
  example: {
    wrong: `statements:
  - { principals: { service: sns }, actions: [kms:Decrypt, "kms:GenerateDataKey*"] }`,
    right: `statements:
  - principals: { service: sns }
    actions: [kms:Decrypt, "kms:GenerateDataKey*"]
    conditions: { ArnLike: { "aws:SourceArn": "arn:aws:sns:\${region}:\${account}:*" } }`,
  },
});

/** A service uses a key on behalf of an account or resource that the statement names. */
export const servicesActForKnownSources: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }) => {
    const { effect, principals = [], conditions, ref } = statement;
    // A preset's statement without a condition on the source is right: it follows the service's documentation, and some requests have no
    // source (Route 53 sends none with CreateGrant). If the statement has such a condition, the preset's options can name any resource in
    // it.
    const isOption = isOfPreset(ref.source);
    if (isOption && !conditions.some(isAboutSources)) return [];
    const services = principals.filter(({ kind }) => kind === 'service');
    if (services.length === 0 || key === undefined || effect === 'Deny') return [];
    if (!hasAny(operationsIn(statement), [...using, 'CreateGrant'])) return [];
    if (conditions.some((condition) => limitsCallers(condition) || namesAResource(condition))) return [];
    const hosts = services.map(describeNamed);
    const presetsByHost = isOption ? [] : hosts.map((host) => presetsFor(host, key));
    // Advice for some of the services would mislead about the other services.
    const isComplete = presetsByHost.every((presets) => presets.length > 0);
    const presets = isComplete ? [...new Set(presetsByHost.flat())].sort() : [];
    return [report(definition, ref.source.span, { services: hosts, key: key.name, presets, isOption })];
  },
};

/** The advice to write one of the presets, as the start of a sentence. */
function oneOf(presets: readonly string[]): string {
  if (presets.length === 1) return `write \`services: [${presets[0]}]\``;
  return `under \`services\`, write whichever of ${inCode(presets)} fits`;
}

/** The presets that fit this key and have a conditional statement for the host. */
function presetsFor(host: string, { region, traits }: PictureKey): readonly string[] {
  const regionName = typeof region === 'string' ? region : 'us-east-1';
  const place = {
    account: literal('111122223333'),
    region: literal(regionName),
    partition: literal('aws'),
    dnsSuffix: literal(regionName.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'),
  };
  const hostHere = host.replace(/<region of [^<>]*>/, regionName).replace(/<dnsSuffix of [^<>]*>/, 'amazonaws.com');
  // DynamoDB, AWS Backup and the like publish to topics, but otherwise use a key for their callers.
  const worksForCallers = servicesWithoutStatement.some(({ name }) => hostHere === `${name}.amazonaws.com`);
  return servicePresets
    .filter(({ name }) => name !== 'topic-publishers' || !worksForCallers)
    .filter(({ requires }) => traits === undefined || requires.specs.includes(traits.spec))
    .filter(({ statements }) =>
      statements({}, place).some(
        ({ principals = [], conditions }) =>
          conditions.length > 0 &&
          principals.some((principal) => principal.kind === 'service' && literalText(principal.host) === hostHere),
      ),
    )
    .map(({ name }) => name);
}

/** Whether a condition tests the source that a service acts for, strictly or not. */
function isAboutSources({ key }: PolicyCondition): boolean {
  return /^aws:source(account|arn|orgid|orgpaths|owner)$/i.test(key) || contextOfCaller.test(key);
}
