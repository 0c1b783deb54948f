/** KW214x: what differs by environment, key sets and replicas by region. */
import { defineDiagnostic } from './diagnostic.ts';

export const differsNowhere = defineDiagnostic<{
  selector: string;
  /** Absent for a standard, whose keys can be anywhere. */
  environments: readonly string[] | undefined;
}>({
  code: 'KW2140',
  severity: 'warning',
  title: 'An entry of `in` that holds nowhere',
  message: ({ selector, environments }) =>
    environments === undefined
      ? `no key or replica in \`${selector}\` builds on this standard, so that this changes nothing`
      : `none of the environments that this is for is \`${selector}\`, so that it changes nothing`,
  help: ({ environments }) => {
    if (environments === undefined) return 'remove it';
    if (environments.length === 0) return 'remove it, or give the stack an environment';
    return `remove it, or name some of its environments: ${listOf(environments)}`;
  },
  explanation: `An entry under \`in\` says what is different in some of the environments in which a key, replica or stack is, or in which keys
build on a standard. An entry for other environments is most often left over, or the stack was meant to be in them.`,
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
      ? `${listOf(selectors)} both decide ${what} in ${listOf(shared)}, and neither is inside the other`
      : `${listOf(selectors)} all decide ${what} in ${listOf(shared)}, and none of them is inside the others`,
  help: ({ shared: [first] }) => `leave it to one of them, or write an entry \`${first}\`, which is inside both`,
  explanation: `The entries of \`in\` that hold in an environment are merged, the most specific last: an entry is more specific than another one if
all its environments are among those of the other. Where two entries overlap, and neither is inside the other, the order in the
file decides nothing: what both set has to be said by an entry that is inside both. Lists are added to each other, so that
they need no order.`,
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
  title: 'Something that is absent in an environment',
  message: ({ what, environments }) => `${what} is absent in ${listOf(environments)}`,
  help: ({ environments: [first] }) => `leave out what needs it, or keep it in \`${first}\``,
  explanation: `With \`in: { sandbox: absent }\` a key is not in that environment: neither the key nor its aliases, replicas, grants and outputs. What
refers to the key there, an output of the stack or an import of another one, has to be absent there too.`,
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
    outputs: { ordersKey: "\${keys.orders.arn}" }`,
  },
});

/** Names in backticks; of many the first. */
function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `\`${name}\``);
  if (names.length > 5) return `${shown.join(', ')} and ${names.length - 5} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
