/** KW830x: why keys cannot be handed over as they are. KW831x: what a plan would do beyond the hand-over. */
import { type DiagnosticDefinition, defineDiagnostic } from '@keywright/core/diagnostics/diagnostic';

export const notInSource = defineDiagnostic<{ what: string }>({
  code: 'KW8300',
  title: 'Something that would be made new',
  message: ({ what }) => `${what} is not in the source, so that its tool would make it`,
  help: () =>
    'name the right source with --from, leave its stack out with --stack, or add it to the project after the hand-over',
  explanation: `Raised by \`keywright adopt\`. A hand-over makes nothing: it takes over what exists. A key is found by one of its aliases,
by the name that the source's tool has for it (\`names\`), or by its name under \`keys\`; an alias by its name; a KMS grant by its name or by what it says; a role, user or group by its
name in IAM; an identity policy by whom it is attached to and its name.`,
});

export const withoutId = defineDiagnostic<{ what: string; address: string }>({
  code: 'KW8301',
  title: 'A key that AWS has no id for in the source',
  message: ({ what, address }) => `the source does not say what AWS calls ${what} (\`${address}\`)`,
  help: () =>
    'give the ids of a CloudFormation stack with --ids and the output of `aws cloudformation describe-stack-resources`, or read a state or the account',
  explanation: `Raised by \`keywright adopt\`. A tool takes over a key by its id. Templates and Terraform code do not have it; a state, an
export, an account, and CloudFormation's list of a stack's resources do.`,
});

export const ambiguousInSource = defineDiagnostic<{ what: string; addresses: readonly string[] }>({
  code: 'KW8302',
  title: 'Several that it may be',
  message: ({ what, addresses }) =>
    `${what} may be any of ${addresses.map((address) => `\`${address}\``).join(', ')} of the source`,
  help: () =>
    'give it an alias that only one of them has, or pin the name that the source’s tool has for it with `names`',
  explanation: `Raised by \`keywright adopt\`. Taking over the wrong key would give it the policy of another one.`,
});

export const twoForOne = defineDiagnostic<{ what: string; other: string; address: string }>({
  code: 'KW8303',
  title: 'Two keys that are one',
  message: ({ what, other, address }) => `${what} and ${other} are both \`${address}\` of the source`,
  help: () => 'keep one of them in the project, or tell them apart by their aliases',
  explanation: `Raised by \`keywright adopt\`. Two descriptions of one key would change it back and forth for ever.`,
});

export const wouldChange = defineDiagnostic<{
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
  help: () => 'write what is there now, hand over, and change it afterwards',
  explanation: `Raised by \`keywright adopt\`. The three tools take a wrong description of what exists: Terraform and Pulumi change it in the
same deployment, CloudFormation does not even compare. So that a hand-over can be taken back, it changes nothing.`,
});

export const policyWouldChange = defineDiagnostic<{
  what: string;
  address: string;
  gone: readonly string[];
  came: readonly string[];
}>({
  code: 'KW8305',
  title: 'A hand-over that would write another policy',
  message: ({ what, address, gone, came }) => {
    const lists = [
      ...(gone.length === 0 ? [] : [`there now and not in the project: ${gone.join('; ')}`]),
      ...(came.length === 0 ? [] : [`in the project and not there: ${came.join('; ')}`]),
    ];
    return `taking over ${what} (\`${address}\`) would write another policy: ${lists.join('. ')}`;
  },
  help: () => 'write the policy that is there now, Sids and Id included, hand over, and change it afterwards',
  explanation: `Raised by \`keywright adopt\`. Statements are compared as text once every reference stands for what AWS calls it; their order and
that of lists does not count. A Sid counts although nobody gains or loses by it: the tool would write the policy, and a policy that is written
can lock somebody out. \`keywright import\` writes policies as they are, and \`keywright diff\` says who gains and loses what.`,
});

export const nameNotPinned = defineDiagnostic<{ what: string; name: string }>({
  code: 'KW8306',
  title: 'A name that the tool would choose anew',
  message: ({ what, name }) =>
    `${what} is called ${name} in IAM and has no \`name\` in the project, so that it would be replaced`,
  help: ({ name }) => `add \`name: ${name}\``,
  explanation: `Raised by \`keywright adopt\`. Without a name a tool makes one up, and replaces a role that has another: whoever uses it loses what
they could do. Measured with the AWS provider 5.100, whose \`name_prefix\` replaces an imported role.`,
});

export const leftBehind = defineDiagnostic<{ what: string; address: string; key: string }>({
  code: 'KW8307',
  title: 'Something of a key that would stay behind',
  message: ({ what, address, key }) =>
    `${what} (\`${address}\`) belongs to the key \`${key}\` and is not in the project`,
  help: () => 'add it to the project, so that it goes with its key; take it out later if it is not wanted',
  explanation: `Raised by \`keywright adopt\`. An alias, replica or KMS grant that stays behind is deleted as soon as somebody takes the key out of the
code of its tool, together with all that refers to it.`,
});

export const cannotAdopt = defineDiagnostic<{ what: string; target: string; reason: string }>({
  code: 'KW8308',
  title: 'Something that the tool cannot take over',
  message: ({ what, target, reason }) => `${target} cannot take over ${what}: ${reason}`,
  help: () => 'leave its stack out with --stack, or leave it with the tool that has it',
  explanation: `Raised by \`keywright adopt\`, which describes only steps that the tool can take.`,
});

export const doesMore = defineDiagnostic<{ address: string; what: string }>({
  code: 'KW8310',
  title: 'A plan that does more than the step',
  message: ({ address, what }) => `\`${address}\` ${what}`,
  help: () => 'do not apply it: find out why, and make the plan again',
  explanation: `Raised by \`keywright adopt --verify\`. Of what the step takes over or lets go nothing may be created, changed, replaced or deleted,
and nothing else may be touched either.`,
});

export const doesLess = defineDiagnostic<{ address: string; what: string }>({
  code: 'KW8311',
  title: 'A plan that does less than the step',
  message: ({ address, what }) => `\`${address}\` ${what}`,
  help: () =>
    'do not apply it: look whether the files of the step are where it says, and whether the step has been taken already',
  explanation: `Raised by \`keywright adopt --verify\`. What a plan does not import is made new by a later one, and what it does not forget is deleted.`,
});

export const unreadablePlan = defineDiagnostic<{ file: string; expected: string; problem: string }>({
  code: 'KW8312',
  title: 'No plan that can be checked',
  message: ({ file, expected, problem }) => `${file} is not ${expected}: ${problem}`,
  help: () => 'write it with the commands of the step',
  explanation: `Raised by \`keywright adopt --verify\`. What cannot be read is not fine.`,
});

export const catalogue: readonly DiagnosticDefinition<never>[] = [
  notInSource,
  withoutId,
  ambiguousInSource,
  twoForOne,
  wouldChange,
  policyWouldChange,
  nameNotPinned,
  leftBehind,
  cannotAdopt,
  doesMore,
  doesLess,
  unreadablePlan,
];
