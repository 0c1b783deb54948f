/** KW801x to KW804x: CloudFormation templates. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { orInGeneral } from '@keywright/core/diagnostics/in-general';

export const notATemplate = defineDiagnostic<{ problem: string }>({
  code: 'KW8010',
  severity: 'error',
  title: 'A file that is not a CloudFormation template',
  message: ({ problem }) => `this is not a CloudFormation template: ${problem}`,
  help: () => 'give the template that is deployed: `aws cloudformation get-template --stack-name NAME`',
  explanation: `A template is a mapping, in YAML or JSON, with \`Resources\`: a mapping of logical ids, each with a \`Type\`.`,
});

export const macro = defineDiagnostic<{ name: string }>({
  code: 'KW8011',
  severity: 'error',
  title: 'A template that a macro changes',
  message: ({ name }) => `the macro ${name} can change anything in this template, so none of it is read`,
  help: () =>
    'read the processed template: `aws cloudformation get-template --template-stage Processed --stack-name NAME`',
  explanation: `A transform runs in the account when the template is deployed. \`AWS::LanguageExtensions\` and
\`AWS::Serverless-2016-10-31\` are known not to touch keys; any other transform may. Source: CloudFormation User Guide, "Macros".`,
});

export const loop = defineDiagnostic<{ name: string; reason: string }>({
  code: 'KW8012',
  severity: 'error',
  title: 'Resources that a loop or a macro creates',
  message: ({ name, reason }) => `resources created by ${name} are not read: ${reason}`,
  help: () =>
    'read the processed template: `aws cloudformation get-template --template-stage Processed --stack-name NAME`',
  explanation: `\`Fn::ForEach\` is expanded if it loops over texts, a list parameter with a value, or an element of a mapping. What
other loops and \`Fn::Transform\` create is known only when the template is deployed, and may include keys. Source: CloudFormation User
Guide, "Fn::ForEach".`,
});

export const unexpectedProperty = defineDiagnostic<{ resource: string; property: string }>({
  code: 'KW8013',
  severity: 'error',
  title: 'A property that Keywright cannot express',
  message: ({ resource, property }) => `${resource} has \`${property}\`, which Keywright cannot express`,
  help: () => 'correct the name of the property, remove the property, or keep this resource in the template',
  explanation: `Without the property, the generated key, replica or alias would differ from the deployed one, so the resource is left out.`,
});

export const unexpectedValue = defineDiagnostic<{ resource: string; property: string; expected: string }>({
  code: 'KW8014',
  severity: 'error',
  title: 'A value that CloudFormation would not accept',
  message: ({ resource, property, expected }) => `\`${property}\` of ${resource} has to be ${expected}`,
  help: () => 'correct the value in the template',
  explanation: `The resource is left out. Source: CloudFormation template reference, the page of each type.`,
});

export const replicaWithoutPrimary = defineDiagnostic<{ replica: string; problem: string }>({
  code: 'KW8015',
  severity: 'error',
  title: 'A replica with an unknown primary key',
  message: ({ replica, problem }) => `${replica} is a replica, and ${problem}`,
  help: () =>
    'read both templates, each with its account and region, and say with `--parameters` which output is the primary key’s ARN: { "PrimaryArn": { "stack": "orders", "output": "KeyArn" } }',
  explanation: `In Keywright, a replica belongs to the stack of its primary key. In CloudFormation, the primary key is in another
template, since a template is deployed to one region, and a parameter passes the key's ARN to the replica's template. The file for
\`--parameters\` says which output of the other template that parameter gets. If the primary key has no output, write
\`LogicalId.Arn\` in place of the output's name.`,
});

export const neededIsMissing = defineDiagnostic<{ resource: string; missing: string }>({
  code: 'KW8016',
  severity: 'error',
  title: 'A resource that depends on something unreadable',
  message: ({ resource, missing }) => `${resource} is left out because it needs ${missing}, which could not be read`,
  help: ({ missing }) => `fix the problem reported for ${orInGeneral(missing, 'what is missing')}`,
  explanation: `An alias is not imported without its key, and a policy is not imported without its role.`,
});

export const policyStays = defineDiagnostic<{ resource: string; reason: string }>({
  code: 'KW8017',
  severity: 'warning',
  title: 'An identity policy that stays in its template',
  message: ({ resource, reason }) => `${resource} allows or denies the use of KMS and stays in its template: ${reason}`,
  help: () =>
    'keep the policy in the template. The imported project does not show the access that this policy allows or denies',
  explanation: `An identity policy is read if it is inline and belongs to one role, user or group. Managed policies, and policies attached
to several principals, stay where they are.`,
});

export const nestedStack = defineDiagnostic<{ resource: string }>({
  code: 'KW8019',
  severity: 'warning',
  title: 'A nested stack that is not read',
  message: ({ resource }) => `${resource} creates a nested stack, and the template of that stack is not read`,
  help: () => 'if the template of the nested stack has keys, read that template too',
  explanation: `The template of a nested stack is at its \`TemplateURL\`. Keywright reads it if it is part of a \`cdk.out\`, or if the
\`TemplateURL\` (of AWS SAM: the \`Location\`) is the path of a file beside the template, as it is before \`aws cloudformation package\`.
It does not open addresses such as \`https://…\`.`,
});

export const notAnAssembly = defineDiagnostic<{ problem: string }>({
  code: 'KW8018',
  severity: 'error',
  title: 'A folder that is not a cloud assembly',
  message: ({ problem }) => `this is not a cloud assembly of the CDK: ${problem}`,
  help: () => 'create it again: `npx cdk synth --output cdk.out`',
  explanation: `The CDK writes its output to a folder, \`cdk.out\`. In it, \`manifest.json\` lists the stacks with their templates,
accounts and regions. A stage has a manifest of its own in a subfolder.`,
});

export const missingContext = defineDiagnostic<{ key: string }>({
  code: 'KW8023',
  severity: 'error',
  title: 'A cloud assembly with placeholder values',
  message: ({ key }) => `the CDK has not looked up \`${key}\`, so the templates contain a placeholder for this value`,
  help: () => 'run `npx cdk synth` with credentials that can look it up; then import the new `cdk.out`',
  explanation: `An app can look up values when it is synthesised, such as an SSM parameter (\`valueFromLookup\`) or a key
(\`Key.fromLookup\`). Until the \`cdk\` command has found a value and written it to \`cdk.context.json\`, the templates contain a
placeholder, and \`missing\` in \`manifest.json\` lists the lookups that are still to be done. A key policy with a placeholder would name a
principal or an account that nobody chose, so nothing is read from this assembly.`,
});

export const outputLeftOut = defineDiagnostic<{ what: string; reason: string; advice: string }>({
  code: 'KW8020',
  severity: 'warning',
  title: 'An output or export that is left out',
  message: ({ what, reason }) => `${what} is left out: ${reason}`,
  help: ({ advice }) => advice,
  explanation: `CloudFormation refuses to remove an export that another stack imports. An output is read if its condition is known, and its
export if the export's name is known. The name often contains \`AWS::StackName\`, which can be given like a parameter.`,
});

export const onlyCloudFormation = defineDiagnostic<{ part: string; of: string }>({
  code: 'KW8021',
  severity: 'warning',
  title: 'A part of a template that is not imported',
  message: ({ part, of }) => `\`${part}\` of ${of} is not imported: the generated template will not have it`,
  help: () => 'before you deploy the generated template, make sure that nothing relies on it',
  explanation: `These parts of a template do not describe what is deployed, so the generated template does not have them:

- \`Rules\` and \`Hooks\` of the template
- \`Metadata\`, \`CreationPolicy\` and \`UpdatePolicy\` of a resource
- \`DependsOn\` with the name of a resource that is not imported
- an \`UpdateReplacePolicy\` that differs from the \`DeletionPolicy\`
- an \`UpdateReplacePolicy\` or a \`DeletionPolicy\` of an alias or principal
- the rotation period of a key that does not rotate

Metadata that the CDK writes for itself is not reported.`,
});

export const otherDescription = defineDiagnostic<Record<never, never>>({
  code: 'KW8022',
  severity: 'note',
  title: 'A template description that is not kept',
  message: () =>
    'the description of the template is not kept: the generated template has its own, which names the app and the stack',
  help: () => 'put what readers need into the descriptions of the keys',
  explanation: `\`Description\` of a template is text for readers of the console. Keywright writes one of its own.`,
});
