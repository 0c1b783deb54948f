/** KW830x: reasons why keys cannot be handed over as they are. KW831x: actions of a plan beyond the hand-over. */
import { defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';
import { inCode } from '@keywright/core/diagnostics/list-of';

export const notInSource = defineDiagnostic<{ what: string }>({
  code: 'KW8300',
  title: 'Something that would be created',
  message: ({ what }) => `${what} is not in the source, so the tool would create it`,
  help: () =>
    'name the right source with --from, leave the stack of the resource out with --stack, or add the resource to the project after the hand-over',
  explanation: `Raised by \`keywright adopt\`. A hand-over creates nothing: it takes over what exists. A resource of the project is
matched to one of the source:

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
    'give the ids of a CloudFormation stack with --ids and the output of `aws cloudformation describe-stack-resources`, or read a state or the account',
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
  explanation: `Raised by \`keywright adopt\`. Two descriptions of one key would change it back and forth forever.`,
});

export const handOverChanges = defineDiagnostic<{
  what: string;
  address: string;
  property: string;
  before: string;
  after: string;
}>({
  code: 'KW8304',
  title: 'A hand-over that would change something',
  message: ({ what, address, property, before, after }) =>
    `taking over ${what} (\`${address}\`) would change its ${property} from ${before} to ${after}`,
  help: () => 'describe what is there now, hand over, and change it afterwards',
  explanation: `Raised by \`keywright adopt\`. All three tools accept a wrong description of what exists. Terraform and Pulumi change
the resource to match the description in the same deployment, and CloudFormation does not even compare the two. A hand-over changes
nothing, so that it can be undone.`,
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
  help: () => 'write the policy that is there now, Sids and Id included, hand over, and change it afterwards',
  explanation: `Raised by \`keywright adopt\`. Statements are compared as text, with every reference replaced by AWS's name for it. The
order of statements, and of the elements of lists, does not count. A Sid counts although it changes nobody's access: the tool would write
the policy, and writing a policy can lock somebody out. \`keywright import\` writes policies as they are, and
\`keywright diff\` says who gains and loses what.`,
});

export const nameNotPinned = defineDiagnostic<{ what: string; name: string }>({
  code: 'KW8306',
  title: 'A name that the tool would generate again',
  message: ({ what, name }) =>
    `${what} is called ${name} in IAM and has no \`name\` in the project, so it would be replaced`,
  help: ({ name }) => `add \`name: ${name}\``,
  explanation: `Raised by \`keywright adopt\`. Without a name, a tool generates one, and replaces a role that has a different name: the
users of that role lose their access. Measured with the AWS provider 5.100, whose \`name_prefix\` replaces an imported role.`,
});

export const leftBehind = defineDiagnostic<{ what: string; address: string; key: string }>({
  code: 'KW8307',
  title: 'A part of a key that would stay behind',
  message: ({ what, address, key }) =>
    `${what} (\`${address}\`) belongs to the key \`${key}\` and is not in the project`,
  help: () => 'add it to the project, so that it goes with its key; remove it later if it is not wanted',
  explanation: `Raised by \`keywright adopt\`. An alias, replica or KMS grant that stays behind is deleted as soon as somebody removes
the key, and everything that refers to it, from the code of the old tool.`,
});

export const cannotAdopt = defineDiagnostic<{ what: string; target: string; reason: string }>({
  code: 'KW8308',
  title: 'Something that the new tool cannot take over',
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
over or lets go of, and must not touch anything else.`,
});

export const planDoesLess = defineDiagnostic<{ address: string; what: string }>({
  code: 'KW8311',
  title: 'A plan that does less than the step',
  message: ({ address, what }) => `\`${address}\` ${what}`,
  help: () =>
    'do not apply the plan; check that the files of the step are where the step says, and that the step has not been taken already',
  explanation: `Raised by \`keywright adopt --verify\`. A later plan would create what this one does not import, and delete what it does
not forget.`,
});

export const unreadablePlan = defineDiagnostic<{ file: string; expected: string; problem: string }>({
  code: 'KW8312',
  title: 'A plan that cannot be checked',
  message: ({ file, expected, problem }) => `${file} is not ${expected}: ${problem}`,
  help: () => 'write the file again, with the commands in the step that asks for the check',
  explanation: `Raised by \`keywright adopt --verify\`. The command fails, since a plan that nobody could check may destroy a key.`,
});
