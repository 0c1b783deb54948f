/** KW830x: reasons why keys cannot be handed over as they are. KW831x: actions of a plan beyond the hand-over. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { inCode } from '@keywright/core/diagnostics/list-of';

export const notInSource = defineDiagnostic<{ what: string }>({
  code: 'KW8300',
  title: 'A resource that is not in the source',
  message: ({ what }) => `${what} is not in the source, so the tool would create it`,
  help: () =>
    'name the right source with --from, choose only other stacks with --stack, or add the resource to the project after the hand-over',
  explanation: `Raised by \`keywright adopt\`. A hand-over takes over existing resources and creates none. Each resource of the project is
matched to a resource of the source:

- a key by one of its aliases, by its name in the source's tool (\`names\`), or by its name under \`keys\`
- an alias by its name
- a KMS grant by its name or its content
- a role, user or group by its name in IAM
- an identity policy by its holder and its name`,
});

export const withoutId = defineDiagnostic<{ what: string; address: string }>({
  code: 'KW8301',
  title: 'A key without an id in the source',
  message: ({ what, address }) => `the source does not contain the id of ${what} (\`${address}\`)`,
  help: () =>
    'for a CloudFormation stack, pass the output of `aws cloudformation describe-stack-resources` with --ids; otherwise, name a state or the account with --from',
  explanation: `Raised by \`keywright adopt\`. A tool takes over a key by its id. Templates and Terraform code do not contain it; a
state, an export, an account, and CloudFormation's list of a stack's resources do.`,
});

export const ambiguousInSource = defineDiagnostic<{ what: string; addresses: readonly string[] }>({
  code: 'KW8302',
  title: 'A resource with several possible matches in the source',
  message: ({ what, addresses }) => `${what} may be any of ${inCode(addresses)} in the source`,
  help: () =>
    'give the key an alias that only one key in the source has, or pin its name in the source’s tool with `names`',
  explanation: `Raised by \`keywright adopt\`. Taking over the wrong key would give it the policy of another key.`,
});

export const keyMatchedTwice = defineDiagnostic<{ what: string; other: string; address: string }>({
  code: 'KW8303',
  title: 'Two keys of the project that are the same key in the source',
  message: ({ what, other, address }) => `${what} and ${other} are both \`${address}\` in the source`,
  help: () => 'keep one of them in the project, or tell them apart by their aliases',
  explanation: `Raised by \`keywright adopt\`. If the project described one key twice, each description would undo the changes of the other
in every deployment.`,
});

export const handOverChanges = defineDiagnostic<{
  what: string;
  address: string;
  property: string;
  before: string;
  after: string;
}>({
  code: 'KW8304',
  title: 'A hand-over that would change a resource',
  message: ({ what, address, property, before, after }) =>
    `taking over ${what} (\`${address}\`) would change its ${property} from ${before} to ${after}`,
  help: () => 'write the present value in the YAML, hand the resource over, and change the value afterwards',
  explanation: `Raised by \`keywright adopt\`. None of the three tools refuses a description that differs from the existing resource.
Terraform and Pulumi change the resource to match the description in the same deployment, and CloudFormation does not even compare the two.
A hand-over changes nothing, so that it can be undone.`,
});

export const policyWouldChange = defineDiagnostic<{
  what: string;
  address: string;
  gone: readonly string[];
  came: readonly string[];
}>({
  code: 'KW8305',
  title: 'A hand-over that would change a policy',
  message: ({ what, address, gone, came }) => {
    const lists = [
      ...(gone.length === 0 ? [] : [`only the deployed policy has ${gone.join('; ')}`]),
      ...(came.length === 0 ? [] : [`only the project’s policy has ${came.join('; ')}`]),
    ];
    return `taking over ${what} (\`${address}\`) would change its policy: ${lists.join(', and ')}`;
  },
  help: () =>
    'write the present policy in the YAML, including its Sids and its Id, hand the resource over, and change the policy afterwards',
  explanation: `Raised by \`keywright adopt\`. Statements are compared as text, with every reference replaced by AWS's name for it. The
order of statements, and of the elements of lists, does not matter. A different Sid changes nobody's access and is still reported: the tool
would have to write the policy, and writing a policy can lock somebody out. \`keywright import\` writes policies as they are, and
\`keywright diff\` says who gains and loses what.`,
});

export const nameNotPinned = defineDiagnostic<{ what: string; name: string }>({
  code: 'KW8306',
  title: 'A principal without its IAM name in the project',
  message: ({ what, name }) =>
    `${what} is called ${name} in IAM and has no \`name\` in the project, so it would be replaced`,
  help: ({ name }) => `add \`name: ${name}\``,
  explanation: `Raised by \`keywright adopt\`. Without \`name\`, the tool generates a name, and replaces a role that has another name.
Whoever uses the old role loses access. Measured with the AWS provider 5.100: \`name_prefix\` replaces an imported role.`,
});

export const leftBehind = defineDiagnostic<{ what: string; address: string; key: string }>({
  code: 'KW8307',
  title: 'A part of a key that would stay behind',
  message: ({ what, address, key }) =>
    `${what} (\`${address}\`) belongs to the key \`${key}\` and is not in the project`,
  help: () =>
    'add it to the project, so that it is handed over with its key; if nobody needs it, remove it after the hand-over',
  explanation: `Raised by \`keywright adopt\`. After a hand-over, somebody removes the key, and everything that refers to the key, from the
code of the old tool. The old tool would then delete an alias, replica or KMS grant that stayed behind.`,
});

export const cannotAdopt = defineDiagnostic<{ what: string; target: string; reason: string }>({
  code: 'KW8308',
  title: 'A resource that the new tool cannot take over',
  message: ({ what, target, reason }) => `${target} cannot take over ${what}: ${reason}`,
  help: () => 'leave the stack out with --stack, or leave the resource to the tool that manages it now',
  explanation: `Raised by \`keywright adopt\`, which describes only steps that the new tool can take.`,
});

export const planDoesMore = defineDiagnostic<{ address: string; what: string }>({
  code: 'KW8310',
  title: 'A plan that does more than the step',
  message: ({ address, what }) => `\`${address}\` ${what}`,
  help: () => 'do not apply the plan; find out why it does more, and make a new plan',
  explanation: `Raised by \`keywright adopt --verify\`. The plan must not create, change, replace or delete anything that the step takes
over or forgets, and must not touch anything else.`,
});

export const planDoesLess = defineDiagnostic<{ address: string; what: string }>({
  code: 'KW8311',
  title: 'A plan that does less than the step',
  message: ({ address, what }) => `\`${address}\` ${what}`,
  help: () =>
    'do not apply the plan; check that the files of the step are where the step says, and that the step has not been taken already',
  explanation: `Raised by \`keywright adopt --verify\`. If the plan does not import a resource, a later plan would create that resource. If
the plan does not forget a resource, a later plan would delete it.`,
});

export const unreadablePlan = defineDiagnostic<{ file: string; expected: string; problem: string }>({
  code: 'KW8312',
  title: 'A plan that cannot be checked',
  message: ({ file, expected, problem }) => `${file} is not ${expected}: ${problem}`,
  help: () => 'write the file again, with the commands from the step that you are checking',
  explanation: `Raised by \`keywright adopt --verify\`. The command fails, since a plan that nobody could check may destroy a key.`,
});
