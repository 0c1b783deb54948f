/** KW214x: values that differ by environment, key sets, and replicas by region. */
import { defineDiagnostic } from './diagnostic.ts';
import { listOf } from './list-of.ts';

export const differsNowhere = defineDiagnostic<{
  selector: string;
  /** Absent for a standard or a key of a key set, which can be used in any environment. */
  environments: readonly string[] | undefined;
}>({
  code: 'KW2140',
  severity: 'warning',
  title: 'An entry of `in` that applies nowhere',
  message: ({ selector, environments }) =>
    environments === undefined
      ? `nothing in \`${selector}\` uses this standard or key, so the entry applies nowhere`
      : `\`${selector}\` matches none of the environments here, so the entry applies nowhere`,
  help: ({ environments }) => {
    if (environments === undefined) return 'remove it';
    if (environments.length === 0) return 'remove it, or give the stack an environment';
    return `remove it, or name some of the environments here: ${listOf(environments)}`;
  },
  explanation: `An entry under \`in\` says what is different in some of the environments of a key, replica or stack. Under a standard,
the environments of all keys that build on the standard count. An entry that matches none of these environments is usually a leftover, or
the stack was meant to be in the environments that the entry names. An entry for a group that has no environments yet
([KW2103](KW2103.md)) is not reported. Even if an entry applies nowhere, the values that it sets become parameters of the stack's program:
see docs/targets.md.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: prod
    keys:
      orders:
        in:
          dev: { pendingWindow: 7 days }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: [prod, dev]
    keys:
      orders:
        in:
          dev: { pendingWindow: 7 days }`,
  },
});

export const undecidedDifference = defineDiagnostic<{
  selectors: readonly string[];
  what: string;
  shared: readonly string[];
}>({
  code: 'KW2141',
  title: 'Two entries of `in`, neither more specific than the other',
  message: ({ selectors, what, shared }) =>
    selectors.length === 2
      ? `${listOf(selectors)} both ${what} in ${listOf(shared)}, and neither is more specific`
      : `${listOf(selectors)} all ${what} in ${listOf(shared)}, and none of them is the most specific`,
  help: ({ shared: [first] }) => `set it in only one entry, or also in a more specific entry such as \`${first}\``,
  explanation: `The entries of \`in\` that apply in an environment are merged, the most specific last. An entry is more specific than
another if the other also applies in every environment of the first. If two entries overlap and neither is more specific, their order in the
file does not decide. A property that both of them set must also be set in a third entry that is more specific than both. Lists are added
together, so they need no order.`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  dev-eu: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: [prod-eu, prod-us, dev-eu]
    keys:
      orders:
        in:
          prod-*: { pendingWindow: 30 days }
          "*-eu": { pendingWindow: 14 days }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  dev-eu: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: [prod-eu, prod-us, dev-eu]
    keys:
      orders:
        in:
          prod-*: { pendingWindow: 30 days }
          "*-eu": { pendingWindow: 14 days }
          prod-eu: { pendingWindow: 30 days }`,
  },
});

export const absentThere = defineDiagnostic<{ what: string; environments: readonly string[] }>({
  code: 'KW2142',
  title: 'A reference to something that is absent in an environment',
  message: ({ what, environments }) => `${what} is absent in ${listOf(environments)}`,
  help: ({ environments: [first] }) =>
    `make this \`absent\` in \`${first}\` too, under \`in: { ${first}: … }\` of the same stack, or keep the key in \`${first}\``,
  explanation: `With \`in: { sandbox: absent }\` a key does not exist in that environment, nor do its aliases, replicas, grants and
outputs. Anything that refers to the key there, such as an output of the stack or an import in another stack, has to be absent there
too.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: [prod, dev]
    keys:
      orders: {}
      audit: { in: { dev: absent } }
    outputs: { auditKey: "\${keys.audit.arn}" }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  dev: { account: "444455556666", region: eu-west-1 }
stacks:
  security:
    environment: [prod, dev]
    keys:
      orders: {}
      audit: { in: { dev: absent } }
    outputs: { auditKey: "\${keys.audit.arn}" }
    in: { dev: { outputs: { auditKey: absent } } }`,
  },
});

export const keyOfTwoSets = defineDiagnostic<{ key: string; stack: string }>({
  code: 'KW2143',
  title: 'A key in two key sets',
  message: ({ key, stack }) => `two key sets of stack \`${stack}\` have a key \`${key}\``,
  help: () => 'rename one of the keys, or use only one of the sets',
  explanation: `A stack has each key only once, and the order of the key sets must not decide which of them defines the key. To change
a key of a set in one stack, write the changes under \`keys\` of that stack.`,
  example: {
    wrong: `keySets:
  baseline: { logs: {}, s3: {} }
  buckets: { s3: {} }
stacks:
  security: { keySets: [baseline, buckets] }`,
    right: `keySets:
  baseline: { logs: {}, s3: {} }
  buckets: { archive: {} }
stacks:
  security: { keySets: [baseline, buckets] }`,
  },
});

export const keySetNotTaken = defineDiagnostic<{ name: string }>({
  code: 'KW2144',
  severity: 'warning',
  title: 'A key set that no stack uses',
  message: ({ name }) => `no stack uses the key set \`${name}\`, so its keys are not created`,
  help: ({ name }) => `write \`keySets: [${name}]\` in a stack, or remove the set`,
  explanation: 'The keys of a key set are created only in the stacks that use it.',
  example: {
    wrong: `keySets:
  baseline: { logs: {} }
stacks:
  security: { keys: { orders: {} } }`,
    right: `keySets:
  baseline: { logs: {} }
stacks:
  security: { keySets: [baseline], keys: { orders: {} } }`,
  },
});

export const noEnvironmentInRegion = defineDiagnostic<{ region: string }>({
  code: 'KW2145',
  title: 'A replica in a region without an environment',
  // The account is left out, so that the message is the same for all accounts.
  message: ({ region }) => `the account of the key has no environment in ${region}, where this replica would be`,
  help: ({ region }) =>
    `add an environment of that account in ${region}, or move \`replicas\` under \`in\` of the key, for the environments that are to have a replica`,
  explanation: `\`replicas: [{ region: us-east-1 }]\` puts the replica in the environment that has the key's account and that region.
If the stack is deployed to several accounts, each of them needs an environment in that region. The environment also determines
the replica's name and purpose.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
stacks:
  security:
    environment: prod
    keys:
      orders: { multiRegion: true, replicas: [{ region: us-east-1 }] }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  security:
    environment: prod
    keys:
      orders: { multiRegion: true, replicas: [{ region: us-east-1 }] }`,
  },
});

export const severalInRegion = defineDiagnostic<{ region: string }>({
  code: 'KW2146',
  title: 'A replica in a region with several environments',
  message: ({ region }) =>
    `the account of the key has several environments in ${region}, so it is unclear which of them this replica is in`,
  help: () =>
    'name one of them with `environment` instead of `region`; if the key is in several accounts, name a group or pattern with one environment in each',
  explanation: `The environment of a replica decides the replica's tags, and which entries of \`in\` apply to the replica. If an account has
several environments in a region, a replica has to name one.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  dev-us: { account: "111122223333", region: us-east-1 }
stacks:
  security:
    environment: prod
    keys:
      orders: { multiRegion: true, replicas: [{ region: us-east-1 }] }`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
  dev-us: { account: "111122223333", region: us-east-1 }
stacks:
  security:
    environment: prod
    keys:
      orders: { multiRegion: true, replicas: [{ environment: prod-us }] }`,
  },
});
