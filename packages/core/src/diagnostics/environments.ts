/** KW21xx: accounts, environments and groups of environments. */
import { defineDiagnostic } from './diagnostic.ts';
import { inCode } from './list-of.ts';

const helpOfEmpty = {
  pattern: 'correct or remove the pattern: `*` matches any characters in the name of an environment',
  group:
    'correct what the environments of the group have in common, list the group under `groups` of an environment, or remove the group',
  account: 'give the account `regions`, each of which defines an environment',
};

export const fitsNoEnvironment = defineDiagnostic<{ what: string; kind: 'pattern' | 'group' | 'account' }>({
  code: 'KW2100',
  title: 'A group or pattern without environments',
  message: ({ what, kind }) =>
    kind === 'pattern' ? `no environment matches \`${what}\`` : `the ${kind} \`${what}\` has no environments`,
  help: ({ kind }) => helpOfEmpty[kind],
  explanation: `A group or pattern without environments is usually misspelt. Anything that names it would silently have no effect: a key
would be in no account, or would lack the group's changes. For a group that says what its environments have in common, this is only the
warning KW2103, unless exactly one environment is needed where the group is named. See docs/language.md.`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
stacks:
  security:
    environment: [prod-eu, "prod-us*"]
    keys: { orders: {} }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  security:
    environment: [prod-eu, "prod-us*"]
    keys: { orders: {} }`,
  },
});

export const groupWithoutEnvironments = defineDiagnostic<{ group: string }>({
  code: 'KW2103',
  severity: 'warning',
  title: 'A group that has no environments yet',
  message: ({ group }) => `the group \`${group}\` has no environments`,
  help: () => 'leave the group as it is if such environments are still to come; otherwise correct its properties',
  explanation: `A group that says what its environments have in common can be written before the first of them exists, so that a
platform team's file need not wait for accounts. Until then, no stack is deployed to the group, and entries of \`in\` for it change
nothing. If environments exist that should be in the group, one of its properties is misspelt. See docs/language.md.`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1, purpose: production }
groups:
  production: { region: eu-wst-* }
stacks:
  security:
    environment: prod-eu
    keys: { orders: {} }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1, purpose: production }
groups:
  production: { region: eu-west-* }
stacks:
  security:
    environment: prod-eu
    keys: { orders: {} }`,
  },
});

export const sharedName = defineDiagnostic<{ name: string; kinds: readonly [string, string] }>({
  code: 'KW2101',
  title: 'A name that an environment, a group or an account has already',
  message: ({ name, kinds: [one, other] }) => `\`${name}\` is both ${one} and ${other}`,
  help: () => 'rename one of the two',
  explanation: `Environments, groups and accounts are named in the same places, so a name must belong to only one of them. This includes
groups that exist only because an environment lists them under \`groups\`. See docs/language.md.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1, groups: [prod] }
stacks:
  security:
    environment: prod
    keys: { orders: {} }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1, groups: [prod] }
  prod-us: { account: "111122223333", region: us-east-1, groups: [prod] }
stacks:
  security:
    environment: prod
    keys: { orders: {} }`,
  },
});

export const severalEnvironments = defineDiagnostic<{ reference: string; environments: readonly string[] }>({
  code: 'KW2102',
  title: 'Several environments where one is needed',
  message: ({ reference, environments }) =>
    `\`${reference}\` matches ${environments.length} environments, but exactly one is needed here`,
  help: ({ environments }) =>
    environments.length > 12 ? 'name one environment' : `name one of ${inCode(environments)}`,
  explanation: `A lookup asks one account in one region, and an import is one key. Both accept a group or pattern if it matches exactly one
environment. See docs/language.md.`,
  example: {
    wrong: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  platform:
    environment: [prod-eu, prod-us]
    keys: { root: {} }
  reports:
    environment: prod-eu
    imports: { root: { key: platform.root, environment: prod-* } }`,
    right: `environments:
  prod-eu: { account: "111122223333", region: eu-west-1 }
  prod-us: { account: "111122223333", region: us-east-1 }
stacks:
  platform:
    environment: [prod-eu, prod-us]
    keys: { root: {} }
  reports:
    environment: prod-eu
    imports: { root: { key: platform.root, environment: prod-us } }`,
  },
});
