/** KW4xxx: what a target cannot express, and templates that fail. */
import { defineDiagnostic } from './diagnostic.ts';

export const templateFails = defineDiagnostic<{ target: string; template: string; reason: string }>({
  code: 'KW4001',
  severity: 'error',
  title: 'A template of your own fails',
  message: ({ target, template, reason }) =>
    `the ${target} template ${template} fails: ${reason.replaceAll(/\s+/g, ' ')}`,
  help: ({ target }) =>
    `mend the template, or remove it from the folder in targets.${target}.templates to use the built-in one`,
  explanation: `A project can replace the Handlebars templates of a target with \`targets: { <target>: { templates: <folder> } }\`.
Templates run in strict mode: a name that the view does not have is an error rather than nothing. They can use the
block helpers \`if\`, \`unless\`, \`each\` and \`with\` and the built-in partials, and cannot reach JavaScript prototypes.`,
});

export const cannotExpress = defineDiagnostic<{ target: string; what: string; others: readonly string[] }>({
  code: 'KW4002',
  severity: 'error',
  title: 'Something that a target cannot express',
  message: ({ target, what }) => `${target} cannot express ${what}`,
  help: ({ others }) =>
    others.length === 0
      ? 'no target can express it'
      : `generate this stack for ${others.join(' or ')} only, with \`targets\``,
  explanation: `What a target cannot express is an error at the line that asks for it, never silently left out. CloudFormation has no KMS
grants, no custom key stores and no keys in external key stores.`,
  example: { wrong: 'targets: [cfn, terraform]', right: 'targets: [terraform]' },
});

export const cannotShare = defineDiagnostic<{
  target: string;
  across: string;
  producer: string;
  producedFor: boolean;
  exportId: string;
}>({
  code: 'KW4003',
  severity: 'error',
  title: 'A value that cannot reach the other stack',
  message: ({ target, across, producer, producedFor, exportId }) =>
    producedFor
      ? `${target} cannot take \`${exportId}\` of stack \`${producer}\` across ${across}`
      : `stack \`${producer}\` is not generated for ${target}, and \`${exportId}\` cannot pass between tools across ${across}`,
  help: () => 'import the key by `arn` or by `lookup` instead of `key`, or bring the two stacks together',
  explanation: `A stack gets a value of another stack the way its tool does it: by Export and ImportValue in CloudFormation, by remote state in
Terraform, by a stack reference in Pulumi; between different tools through an SSM parameter. CloudFormation exports and SSM
parameters end at the account and the region.`,
});

export const sameAddress = defineDiagnostic<{ target: string; address: string }>({
  code: 'KW4004',
  severity: 'error',
  title: 'Two resources get the same name',
  message: ({ target, address }) => `two resources would be called \`${address}\` in ${target}`,
  help: () => 'rename one of them, or pin a name with `names`',
  explanation: `Names in the generated code are made from the names in YAML, in the style of each target, and never numbered, so that adding
one resource cannot rename another. Two names that differ only in their style (\`orders-api\` and \`ordersApi\`) can then
come out the same.`,
});

export const badTargetName = defineDiagnostic<{ target: string; name: string; rule: string }>({
  code: 'KW4005',
  severity: 'error',
  title: 'A pinned name that the target refuses',
  message: ({ target, name }) => `\`${name}\` cannot be a name in ${target}`,
  help: ({ rule }) => rule,
  explanation: 'A pinned name is used exactly as it is written, so it has to be one that the target accepts.',
});

export const cannotExpressInVersion = defineDiagnostic<{ target: string; what: string; remedy: string }>({
  code: 'KW4006',
  severity: 'error',
  title: 'Something that the chosen version of a target cannot express',
  message: ({ target, what }) => `${target} cannot express ${what}`,
  help: ({ remedy }) => remedy,
  explanation: `A target's options can choose an older version of what it generates for, which may lack arguments that a key needs. The
AWS provider for Terraform takes the spec of a key with imported material since version 6.11 only.`,
});
