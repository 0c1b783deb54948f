/** KW5150 to KW5177: changes that would lose a key of the last build, and entries of `moved` and `removed`. */

import { defineDiagnostic } from './diagnostic.ts';
import { orInGeneral } from './in-general.ts';
import { inWords, listOf } from './list-of.ts';

const orTold = `The tools identify a key by its name. If you rename a key or remove it from the YAML, they delete it. So a build compares
the project with \`keywright.inventory.json\` in the output folder, which lists the keys of the last build, and stops until the YAML says
what happens to the key. See docs/changes.md.`;

export const keyGone = defineDiagnostic<{
  stack: string;
  definition: string;
  key: string;
  /** The entries of `removed` to write. */
  removed: string;
  /** The possible new name of the key, and the stack under which to write the entry of `moved`. */
  to?: string;
  under?: string;
  from?: string;
  /** The environments that lack the key with the possible new name. */
  without?: readonly string[];
}>({
  code: 'KW5150',
  title: 'A key of the last build is gone',
  message: ({ stack, definition, key, to, under }) => {
    const gone = `the key \`${key}\` of stack \`${stack}\` has disappeared since the last build`;
    return to === undefined ? gone : `${gone}; \`${under === definition ? to : `${under}.${to}`}\` may be the same key`;
  },
  help: ({ definition, removed, from, to, under, without = [] }) => {
    const remove = `under \`stacks.${definition}\`: \`removed: [${removed}]\``;
    if (to === undefined) return `put it back or, if it is meant to go, write ${remove}`;
    const move = `if it is the same key, write under \`stacks.${under}\`: \`moved: [{ from: ${from}, to: ${to} }]\``;
    return without.length === 0
      ? `${move}; if it is meant to go, write ${remove}`
      : `${move}, and for ${inWords(without)}, where there is no \`${to}\`, ${remove}; if it is meant to go everywhere, write only \`removed\``;
  },
  explanation: `${orTold}

In an entry of \`removed\`, \`then: retain\` makes the tool forget the key, which lives on; \`then: destroy\` schedules its deletion. The
message suggests the name of a new key that has the same alias, or the same spec, usage and origin.`,
});

export const replicaGone = defineDiagnostic<{
  stack: string;
  definition: string;
  key: string;
  /** The environment or region of the replica. */
  place: string;
  removed: string;
}>({
  code: 'KW5151',
  title: 'A replica of the last build is gone',
  message: ({ stack, key, place }) =>
    `the replica of \`${key}\` in \`${place}\`, of stack \`${stack}\`, has disappeared since the last build`,
  help: ({ definition, removed }) => `put it back, or write under \`stacks.${definition}\`: \`removed: [${removed}]\``,
  explanation: `Once the replica is deleted, nothing in that region can decrypt with the key. ${orTold}`,
});

export const aliasGone = defineDiagnostic<{
  stack: string;
  definition: string;
  alias: string;
  key: string;
  /** The alias's name now, if only a value in its text has changed. `count` is the number of aliases that changed in this way. */
  now?: string;
  count?: number;
  removed: string;
}>({
  code: 'KW5152',
  title: 'An alias of the last build is gone',
  message: ({ stack, definition, alias, key, now, count = 1 }) => {
    if (now === undefined)
      return `the alias \`${alias}\` of \`${key}\`, in stack \`${stack}\`, has disappeared since the last build`;
    const change = `from \`${alias}\` to \`${now}\``;
    return count === 1
      ? `the name of an alias of \`${definition}.${key}\` has changed since the last build, ${change}`
      : `the names of ${count} aliases of stack \`${definition}\` have changed since the last build, one ${change}`;
  },
  help: ({ definition, now, count = 1, removed }) => {
    const entry = `under \`stacks.${definition}\`: \`removed: [${removed}]\``;
    // The page of this diagnostic shows the help for an alias that was removed.
    return typeof now !== 'string'
      ? `put it back until nothing uses it any more, or write ${entry}`
      : `if anything still uses ${count === 1 ? 'the former name, add it' : 'the former names, add them'} as ${count === 1 ? 'another alias' : 'further aliases'}; if not, write ${entry}`;
  },
  explanation: `Everything that uses the key by that alias stops working once the alias is deleted. KMS cannot rename an alias: a new name
means a new alias. An alias that now points to another key of the stack is not gone. A name that contains \`\${environment}\`,
\`\${account}\`, \`\${stack}\`, \`\${values.team}\` or the like changes with the value. An entry of \`removed\` with the text of the alias
covers every name that this text produced in the last build.

${orTold}`,
});

export const keyReplaced = defineDiagnostic<{
  key: string;
  stack: string;
  property: string;
  before: string;
  after: string;
}>({
  code: 'KW5153',
  title: 'A change that would replace a key',
  message: ({ key, property, before, after }) =>
    `the \`${property}\` of \`${key}\` was ${before} in the last build and is ${after} now, but KMS cannot change it`,
  help: ({ key, before, property }) =>
    `put back \`${property}: ${before}\`, add a key with another name and the new value, and move the aliases to it; keep \`${key}\`, without aliases, as long as anything needs it to decrypt or verify`,
  explanation: `The spec, usage and origin of a KMS key cannot change, and neither can its custom key store or its key in an external key
manager. A key also stays multi-Region or single-Region. Terraform and Pulumi would schedule the deletion of the key and create another one,
which cannot decrypt anything that the old one encrypted; CloudFormation refuses. So you need a second key. Once nothing needs the old key
any more, remove it with \`removed\`. See docs/changes.md.
Source: AWS KMS Developer Guide, "Key types"; AWS CloudFormation template reference, AWS::KMS::Key.`,
});

export const targetGone = defineDiagnostic<{
  stack: string;
  definition: string;
  target: string;
  title: string;
  /** The entries of `removed` to write; absent if keys of the stack move. */
  removed?: string;
  /** The stack that the keys move to. `definition` is its definition. */
  to?: string;
}>({
  code: 'KW5154',
  title: 'A target that a stack no longer has',
  message: ({ stack, title, to }) =>
    to === undefined
      ? `stack \`${stack}\` was generated for ${title} in the last build, but no longer is`
      : `keys of stack \`${stack}\`, which was generated for ${title} in the last build, are now in \`${to}\`, which is not`,
  help: ({ definition, target, removed }) =>
    removed === undefined
      ? `add \`${target}\` to the \`targets\` of \`stacks.${definition}\`; once every deployment has followed the move, the target can go with \`removed\``
      : `put \`${target}\` back under \`targets\`, or write under \`stacks.${definition}\`: \`removed: [${removed}]\`; if another tool is to have the keys, hand them over with \`keywright adopt\` before that tool deploys`,
  explanation: `The deployment of this tool stays, but nothing updates it any more, and whoever deletes it deletes the keys. With
\`then: retain\`, take the keys out of the deployment before you delete it. Another target of the stack creates new keys, unless its tool
takes over the existing keys with the steps of \`keywright adopt\`. If keys move to a stack without the target, the tool finds the keys in
no stack and deletes them. ${orTold}`,
});

const atTop = 'at the top of `keywright.yaml`';

export const stackGone = defineDiagnostic<{
  stack: string;
  /** The environments from which the stack has disappeared, if other environments still have it. */
  environments: readonly string[];
  keys: readonly string[];
  /** The entries of `moved` to write if the key has another name, and the stack under which to write them. */
  moved?: string;
  to?: string;
  /** The entries of `removed` to write; absent if another stack has taken the place of the lost stack, which then cannot be removed. */
  removed?: string;
  /** The stack under which to write the entries of `removed`; absent if they belong at the top of the project. */
  under?: string;
}>({
  code: 'KW5155',
  title: 'A stack of the last build is gone',
  message: ({ stack, environments, keys }) => {
    const from = environments.length === 0 ? '' : ` from ${listOf(environments)}`;
    return `stack \`${stack}\` has disappeared${from} since the last build, with ${listOf(keys)}`;
  },
  help: ({ moved, to, removed, under }) => {
    const place = under === undefined ? atTop : `under \`stacks.${under}\``;
    const gone = removed && `meant to go, write ${place}: \`removed: [${removed}]\``;
    if (moved === undefined) return gone === undefined ? 'put it back' : `put it back or, if it is ${gone}`;
    const entry = `under \`stacks.${to}\`: \`moved: [${moved}]\``;
    return gone === undefined ? `write ${entry}` : `if it has another name now, write ${entry}; if it is ${gone}`;
  },
  explanation: `A stack is gone if its name changed, if an environment was removed from its list, or if a definition that was in one
environment is now in several, since the name of the stack then includes the environment. If one entry says \`then: retain\` and another
\`then: destroy\` for the same stack or environment, the first applies to the keys that had \`removal: retain\`, and the second to the keys
that had \`removal: destroy\`. In an untrusted file, write \`removed: [{ stack: … }]\` under any stack of the file. ${orTold}`,
});

export const placeGone = defineDiagnostic<{
  kind: 'environment' | 'account' | 'region';
  name: string;
  /** The other places of this kind that are gone as well. */
  others: readonly string[];
  /** The new name of the place, if it was renamed. */
  to?: string;
  count: number;
  stacks: readonly string[];
  removed: string;
}>({
  code: 'KW5170',
  title: 'An environment, account or region of the last build is gone',
  message: ({ kind, name, others, to, count, stacks }) => {
    const what = others.length === 0 ? `${kind} \`${name}\` has` : `${kind}s ${listOf([name, ...others])} have`;
    const now = to === undefined ? '' : `; \`${to}\` is the same ${kind === 'account' ? kind : 'account and region'}`;
    return `the ${what} disappeared since the last build, with ${count === 1 ? '1 key' : `${count} keys`} of ${listOf(stacks)}${now}`;
  },
  help: ({ kind, name, others, to, removed }) => {
    const gone = `meant to go, write ${atTop}: \`removed: [${removed}]\``;
    const renamed = `${atTop}: \`moved: [{ ${kind}: ${name}, to: ${to} }]\``;
    if (to !== undefined) return `if it has another name now, write ${renamed}; if it is ${gone}`;
    return others.length === 0 ? `put it back or, if it is ${gone}` : `put them back or, if they are ${gone}`;
  },
  explanation: `One entry covers the keys of all stacks in the environment, account or region. With \`then: retain\` the tools forget the
keys, which live on; with \`then: destroy\` you destroy the deployments yourself, with the outputs of the last build. If one entry says
\`then: retain\` and another \`then: destroy\` for the same place, the first applies to the keys that had \`removal: retain\`, and the
second to the keys that had \`removal: destroy\`. An entry under \`removed\` of a stack takes precedence. ${orTold}`,
});

export const stackElsewhere = defineDiagnostic<{
  stack: string;
  definition: string;
  before: string;
  after: string;
  /** The environment in the last build, if it has a name and something besides the app has changed. */
  environment?: string;
  /** The new account or region, if the stack is in an environment of the same name as before. */
  place?: string;
}>({
  code: 'KW5156',
  title: 'A stack that moves to another account, region or app',
  message: ({ stack, before, after }) => `stack \`${stack}\` was in ${before} in the last build and is in ${after} now`,
  help: ({ definition, environment, place }) => {
    if (environment === undefined) {
      return 'put it back, and create a separate stack, environment or project for the other place';
    }
    return place !== undefined
      ? `create an environment of another name for ${place}; then put \`${environment}\` back or, if it is meant to go, write ${atTop}: \`removed: [{ environment: ${environment}, then: retain }]\``
      : `put it back and create a separate stack for the other place; or, if the keys in the old place are to stay as they are, write under \`stacks.${definition}\`: \`removed: [{ environment: ${environment}, then: retain }]\``;
  },
  explanation: `A KMS key cannot leave its account and region. Terraform and Pulumi would not find the keys of the old place, and would
create new ones, which cannot decrypt anything that the old ones encrypted. A stack that moves but keeps its name needs an empty Terraform
state and a new Pulumi stack in the new place, since the existing ones contain the keys of the old place. The name of the app is part of
the names of CloudFormation stacks and Pulumi projects: with another app name, these tools would create everything again. ${orTold}`,
});

export const movesToNothing = defineDiagnostic<{ stack: string; to: string }>({
  code: 'KW5157',
  title: 'A move to a key that does not exist',
  message: ({ stack, to }) => `this key cannot become \`${to}\`: stack \`${stack}\` has no such key`,
  help: () => 'correct `to`, or add the key under `keys` of this stack',
  explanation:
    'In an entry of `moved`, `to` is a name under `keys` of the same stack, or the `from` of another entry. See docs/changes.md.',
  example: {
    wrong: `keys:
  purchases: {}
moved: [{ from: orders, to: purchase }]`,
    right: `keys:
  purchases: {}
moved: [{ from: orders, to: purchases }]`,
  },
});

export const saidTwice = defineDiagnostic<{ what: string }>({
  code: 'KW5158',
  title: 'Two entries that decide what happens to the same key',
  message: ({ what }) => `another entry already says what happens to \`${what}\``,
  help: () => 'remove one of the two entries',
  explanation:
    'Only one thing can happen to a key: it becomes another key, replaces a key of the last build, or is gone. An entry such as `moved: [{ from: main.* }]` covers many keys. Other entries can cover some of these keys, but at least one key must remain for this entry. See docs/changes.md.',
  example: {
    wrong: `keys:
  purchases: {}
  invoices: {}
moved: [{ from: orders, to: purchases }, { from: orders, to: invoices }]`,
    right: `keys:
  purchases: {}
  invoices: {}
moved: [{ from: orders, to: purchases }]`,
  },
});

export const movedOntoExisting = defineDiagnostic<{ from: string; to: string; stack: string }>({
  code: 'KW5159',
  title: 'A move onto another key of the last build',
  message: ({ from, to, stack }) =>
    `\`${from}\` cannot become \`${to}\` of stack \`${stack}\`, which was another key in the last build`,
  help: () => 'give this key a name that no other key had in the last build',
  explanation: 'Two keys of the last build cannot become one: one of them would be deleted. See docs/changes.md.',
});

export const stillThere = defineDiagnostic<{ what: string; entry: 'moved' | 'removed' }>({
  code: 'KW5160',
  title: 'An entry of `moved` or `removed` for something that still exists',
  message: ({ what, entry }) => `${what} is listed under \`${entry}\` but still exists`,
  help: ({ what }) => `delete this entry, or remove ${orInGeneral(what, 'what it names')}`,
  explanation:
    '`moved` and `removed` say what happened to something that is no longer in the YAML. See docs/changes.md.',
  example: {
    wrong: `keys:
  archive: {}
removed: [{ key: archive, then: retain }]`,
    right: `keys:
  orders: {}
removed: [{ key: archive, then: retain }]`,
  },
});

export const movesInCircles = defineDiagnostic<{ from: string; isByOthers: boolean }>({
  code: 'KW5161',
  title: 'Keys that move in a circle',
  message: ({ from, isByOthers }) =>
    isByOthers ? `following \`moved\` from \`${from}\` leads back to it` : `\`${from}\` keeps its name and its stack`,
  help: ({ isByOthers }) =>
    isByOthers
      ? 'to swap the names of two keys, give one key a third name, build and deploy; then give both keys their final names'
      : 'remove the entry',
  explanation: 'No tool can swap the names of two keys in one deployment. See docs/changes.md.',
  example: {
    wrong: `keys:
  blue: {}
  green: {}
moved: [{ from: blue, to: green }, { from: green, to: blue }]`,
    right: `keys:
  blue: {}
  teal: {}
moved: [{ from: green, to: teal }]`,
  },
});

export const deployRemovalFirst = defineDiagnostic<{ what: string; removal: string; outcome: string }>({
  code: 'KW5162',
  title: 'A key that was deployed with another `removal`',
  message: ({ what, removal, outcome }) =>
    `\`then: ${outcome}\` has no effect: ${what} had \`removal: ${removal}\` in the last build, and its tool follows that`,
  help: ({ removal, outcome }) =>
    `write \`then: ${removal}\`, in a separate entry if this one is right for other keys; or put back what was removed, with \`removal: ${outcome}\`, build, deploy, and only then remove it again`,
  explanation: `CloudFormation and Pulumi treat a removed key as its last deployment specified. Terraform and Pulumi refuse to delete a
retained key, so deleting it takes two deployments and does not happen by accident. Only Terraform can forget a key that was deployed with
\`removal: destroy\`.
Source: CloudFormation User Guide, "DeletionPolicy attribute"; Pulumi, "retainOnDelete".`,
});

export const movedToAnotherPlace = defineDiagnostic<{
  keys: readonly string[];
  stack: string;
  /** The environments of the keys; empty if environments have no names. */
  environments: readonly string[];
  to: string;
  /** The environments in which the keys do move. */
  others: readonly string[];
  removed: string;
  /** The stack under which to write the entries of `removed`; absent if they belong at the top of the project. */
  under?: string;
}>({
  code: 'KW5163',
  title: 'A key moves to another account or region',
  message: ({ keys, stack, environments, to, others }) => {
    const there = environments.length === 0 ? '' : ` in ${listOf(environments)}`;
    const elsewhere =
      others.length === 0 ? '' : `; in ${listOf(others)} ${keys.length === 1 ? 'it moves' : 'they move'}`;
    return `${listOf(keys)} of stack \`${stack}\`${there} cannot move to stack \`${to}\`, which is not in that account and region${elsewhere}`;
  },
  help: ({ keys, to, environments, removed, under }) => {
    const keep = environments.length === 0 ? 'put it back' : `deploy \`${to}\` in ${listOf(environments)} too`;
    const gone = keys.length === 1 ? 'the key there is meant to go' : 'the keys there are meant to go';
    return `${keep}; or, if ${gone}, write ${under === undefined ? atTop : `under \`stacks.${under}\``}: \`removed: [${removed}]\``;
  },
  explanation: `A KMS key cannot leave its account and region; only a multi-Region key can have replicas elsewhere. A renamed stack can be in
fewer environments than before. An entry of \`removed\` under the stack's new name then says what happens to the keys in the environments
that the stack left. See docs/changes.md.`,
});

export const nameCannotChange = defineDiagnostic<{ title: string; target: string; before: string; after: string }>({
  code: 'KW5164',
  title: 'A pinned name that would replace a key',
  message: ({ title, before, after }) =>
    `${title} knows this resource as \`${before}\`: under the name \`${after}\`, it would create another resource and delete this one`,
  help: ({ target, before }) => `pin \`names: { ${target}: ${before} }\`, or pin nothing`,
  explanation: `To CloudFormation, a resource with another logical id is a different resource. A key that is renamed in the YAML keeps the
logical id of the last build. If you pin a logical id, pin the same one. Source: CloudFormation User Guide, "Resources section".`,
});

export const nameStillTaken = defineDiagnostic<{
  names: readonly string[];
  titles: readonly string[];
  /** Whether the key of this name was removed, not moved. */
  isPutBack: boolean;
}>({
  code: 'KW5165',
  title: 'A name that another key had',
  message: ({ names, titles }) =>
    `${inWords(titles)} may still use ${listOf(names)} for another resource, which was moved or removed`,
  help: ({ isPutBack }) => {
    const other = 'choose another name; or, once every deployment has been updated, build with `--drop-moves`';
    return isPutBack
      ? `${other}; to get the removed key itself back, restore the outputs of the earlier build from version control if nothing has been deployed since, or build with \`--drop-moves\` and take it over with \`keywright adopt\``
      : other;
  },
  explanation: `If a deployment has not been updated since the former resource of this name was moved or removed, the tool would mistake
this resource for the former one. Terraform refuses a \`moved\` or \`removed\` block whose address exists again.
\`keywright build --drop-moves\` leaves out the moves and removals of earlier builds. See docs/changes.md.`,
});

export const stackNameTaken = defineDiagnostic<{ stack: string; now?: string }>({
  code: 'KW5172',
  title: 'A stack with the former name of another stack',
  message: ({ stack, now }) =>
    now === undefined
      ? `\`${stack}\` was the name of another stack, now gone, which may still be deployed`
      : `\`${stack}\` was the name of another stack: its keys are in \`${now}\` now, but may still be deployed under the old name`,
  help: ({ stack }) =>
    `choose another name; or, once every deployment has been updated and the former \`${stack}\` is deleted, with its state in Terraform, build with \`--drop-moves\``,
  explanation: `A stack or an environment was renamed or removed, and now another stack or environment takes its name. A deployment that has
not been updated since would mistake the new stack for the former stack. Even if all deployments have been updated, Terraform's state under
this name still has the resources of the former stack, and Terraform would give the new stack's settings to the keys of the former one. So
the name is free only after \`keywright build --drop-moves\`, and after the former state has been deleted. See docs/changes.md.`,
});

export const inventoryUnusable = defineDiagnostic<{
  path: string;
  reason: string;
  cause?: 'missing' | 'partial' | 'conflict' | 'newer';
}>({
  code: 'KW5166',
  title: 'The inventory cannot be used',
  message: ({ path, reason }) => `${path} cannot be used: ${reason}`,
  help: ({ path, cause }) => {
    switch (cause) {
      case 'missing':
        return 'restore it from version control; if an earlier version of Keywright wrote these outputs, build once with the keywright.yaml from which they were generated';
      case 'partial':
        return 'restore it from version control; if an earlier version of Keywright wrote these outputs, build once without `--stack` and `--target`';
      case 'conflict':
        return `take the whole folder from the branch that is deployed, such as \`git restore --source=main --staged --worktree -- ${folderOf(path)}\`, and run keywright build`;
      case 'newer':
        return 'update Keywright';
      default:
        return 'restore it from version control; without it a build cannot know which keys it would lose';
    }
  },
  explanation: `\`keywright.inventory.json\` in the output folder lists the keys of the last build. Commit it with the outputs, and do not
edit it. After a merge with conflicts, take the whole output folder of the branch that is deployed, and build again: the build adds what
only keywright.yaml has, and reports each key of that branch that keywright.yaml has lost. While the inventory
cannot be read, nothing is written, whatever the options. Version 0.1 wrote no inventory: the first build over its outputs writes one,
unless the outputs have keys or aliases that the project no longer has, or the build leaves out some of the outputs.`,
});

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '.';
}

export const aliasCannotStay = defineDiagnostic<{ alias: string; title: string }>({
  code: 'KW5167',
  title: 'An alias that the tool cannot retain',
  message: ({ alias, title }) => `${title} deletes the alias \`${alias}\` when it leaves the stack`,
  help: ({ alias }) =>
    `keep the alias as long as anybody uses it; after that, write \`removed: [{ alias: ${alias}, then: destroy }]\``,
  explanation: `The templates give aliases no \`DeletionPolicy\`, so CloudFormation deletes an alias that leaves the template.
Source: CloudFormation User Guide, "DeletionPolicy attribute".`,
});

/** `what`: the key, alias, role, policy or stack that changes; absent for `--drop-moves`. */
export const halfOfAChange = defineDiagnostic<{ what?: string }>({
  code: 'KW5168',
  title: 'A partial build of a change that needs a full build',
  message: ({ what }) =>
    `${what === undefined ? '`--drop-moves`' : `the change to \`${what}\``} also affects stacks or targets that this build leaves out`,
  help: () => 'build without `--stack` and `--target`',
  explanation: `A key that moves leaves one stack and enters another, and all targets have to follow in one build. The environments of a
stack share a module or a template, so they have to follow in one build too if anything in it is renamed or removed, or if some of them need
a module or a template of their own. After a partial build, the stacks, environments or targets that the build left out would delete the
key, or get the policies of other environments. They would also delete the key if \`--drop-moves\` left out a move that they have not
followed yet.`,
});

export const aliasGoesToo = defineDiagnostic<{ key: string; aliases: readonly string[]; title: string }>({
  code: 'KW5169',
  severity: 'warning',
  title: 'A retained key that loses its aliases',
  message: ({ key, aliases, title }) =>
    `\`${key}\` lives on, but ${title} deletes ${listOf(aliases)} at the next deployment`,
  help: () =>
    'make sure that everything uses the key by its id or ARN before you deploy; aliases can be created again by hand',
  explanation: `The templates give aliases no \`DeletionPolicy\`. Terraform forgets aliases along with their key, and so does Pulumi if
you run the commands in \`pulumi/changes.md\`; CloudFormation deletes them. The key and the data it encrypted are not touched.
Source: CloudFormation User Guide, "DeletionPolicy attribute".`,
});

export const oldEntryApplies = defineDiagnostic<{
  stack: string;
  key: string;
  /** The stack from which the entry removed the key in an earlier build. */
  elsewhere: string;
  /** The new key, and the entry of `moved` that would make it the same key. */
  to: string;
  under: string;
  moved: string;
}>({
  code: 'KW5177',
  severity: 'warning',
  title: 'An entry of `removed` that applies once more',
  message: ({ stack, key, elsewhere, to }) =>
    `this entry removed \`${key}\` from \`${elsewhere}\` in an earlier build, and now removes it from \`${stack}\` too; but the new key \`${to}\` may be the same key`,
  help: ({ to, under, moved }) =>
    `if \`${to}\` is the same key, delete this entry and write under \`stacks.${under}\`: \`moved: [${moved}]\`; if not, there is nothing to do`,
  explanation: `An entry of \`removed\` applies in all environments of its stack. If it is still there after it removed a
key from one of them, it also applies when the key is renamed in another: the tools then remove the key there and create a new one. You can
delete an entry after the next build, since the inventory remembers what it did. See docs/changes.md.`,
});

export const principalReplaced = defineDiagnostic<{
  kind: string;
  principal: string;
  stack: string;
  /** The fixed name that the principal has now; absent if the tools generate its name. */
  name?: string;
  /** The fixed name that the principal had in the last build; absent if the tools generated its name or if the name is not known. */
  before?: string;
}>({
  code: 'KW5171',
  severity: 'warning',
  title: 'A role, user or group that gets another name',
  message: ({ kind, principal, stack, name, before }) => {
    const instead = before === undefined ? '' : ` in place of \`${before}\``;
    const change = name === undefined ? 'loses its fixed name' : `gets the fixed name \`${name}\`${instead}`;
    return `the ${kind} \`${principal}\` of \`${stack}\` ${change}, so the tools replace the ${kind}`;
  },
  help: ({ kind, before }) => {
    const keep = before === undefined ? 'its name in AWS as `name`' : `\`name: ${before}\``;
    const holder = orInGeneral(kind, 'role, user or group');
    return `after you deploy, update whatever names the ${holder} outside this project; to keep the ${holder} as it is, write ${keep}`;
  },
  explanation: `The tools generate the names of roles, users and groups, unless \`name\` says otherwise. A policy in another account or
region can name a role only if the role's ARN is known beforehand. So the role gets a fixed name, and loses this name once no such policy
names the role. The same goes for users and groups. Without \`name\`, the fixed name consists of the names of the app, the stack and the
role, and changes when the stack or its environment is renamed. IAM cannot rename a role: the tools create it under the new name and delete
the old one, with its ARN and everything attached to it by hand. Policies of this project name the new role.`,
});

export const principalGone = defineDiagnostic<{ kind: string; principal: string; stack: string }>({
  code: 'KW5175',
  severity: 'warning',
  title: 'A role, user or group that is gone',
  message: ({ kind, principal, stack }) =>
    `the ${kind} \`${principal}\` of \`${stack}\` has disappeared since the last build, so the tools delete the ${kind}`,
  help: ({ kind, principal }) =>
    `if anything still uses the ${orInGeneral(kind, 'role, user or group')}, put \`${principal}\` back under \`principals\` of the stack`,
  explanation: `Whatever runs as a role that is gone fails from the next deployment on. A role that is renamed in the YAML becomes a new
role with another ARN, unless \`name\` sets the role's name in IAM. With \`name\`, the role stays, and Terraform and Pulumi learn that it is
the same role. The same goes for users and groups.`,
});

export const accessInterrupted = defineDiagnostic<{
  what: string;
  titles: readonly string[];
  /** The former name of a policy; absent for a KMS grant. */
  before?: string;
  /** The stack that had the policy in the last build, if the policy is in another stack now. */
  from?: string;
  /** The stack that has the policy now. */
  to?: string;
}>({
  code: 'KW5176',
  severity: 'warning',
  title: 'A policy or KMS grant that is deleted and created again',
  message: ({ what, titles, before, from, to }) => {
    const deletes = `${inWords(titles)} ${titles.length > 1 ? 'delete' : 'deletes'} it`;
    if (from !== undefined)
      return `${what} goes from stack \`${from}\` to \`${to}\`, so ${deletes} when \`${from}\` no longer contains it`;
    return `${what} ${before === undefined ? 'changes' : 'gets another name'}, so ${deletes} before creating it again`;
  },
  help: ({ before, from, to }) => {
    if (before !== undefined) {
      const keep = before.includes('${') ? '' : `; or keep the name: \`policyName: ${before}\``;
      return `deploy when nobody needs the access for a moment${keep}`;
    }
    return from === undefined
      ? 'deploy when nobody needs the access for a moment; or leave this grant as it is, add another one with the change, and delete this one in a later build'
      : `give the policy of \`${to}\` another name with \`policyName\`; or update or delete \`${from}\` first and only then deploy \`${to}\`, when nobody needs the access for a moment`;
  },
  explanation: `IAM cannot rename an inline policy, and KMS cannot change a grant. Terraform and Pulumi delete the old policy or grant
first. Until the new one exists, whoever relies on it has no access. Without \`policyName\`, the name of a policy contains the name of the
stack, and changes with it. CloudFormation creates the new policy first.

IAM knows an inline policy by its principal and its name alone. If a policy goes to another stack and keeps its name, that stack puts it in
place, and the former stack then deletes it: the principal loses its access until the policy is deployed anew.
Source: Terraform Registry, aws_iam_role_policy and aws_kms_grant; Pulumi documentation, "deleteBeforeReplace".`,
});

export const aliasesMoved = defineDiagnostic<{
  from: string;
  to: string;
  /** The aliases that pointed to `from` and now point to `to`. */
  moved: readonly string[];
  /** The aliases that pointed to `to` and now point to `from`. */
  back: readonly string[];
}>({
  code: 'KW5173',
  severity: 'warning',
  title: 'An alias that points to another existing key',
  message: ({ from, to, moved, back }) => {
    if (back.length > 0)
      return `\`${from}\` and \`${to}\` exchange aliases: ${pointing(moved)} to \`${to}\` and ${listOf(back)} to \`${from}\` from now on`;
    return `${pointing(moved)} to \`${to}\` from now on, and pointed to \`${from}\` in the last build`;
  },
  help: ({ from, to, back }) =>
    back.length > 0
      ? `if \`${from}\` and \`${to}\` were meant to swap names, undo this: give one key a third name with \`moved\`, build and deploy, and only then give both keys their final names; otherwise check that those who use the aliases may use the other key too`
      : `check that those who use the alias may use \`${to}\`, and keep \`${from}\` as long as anything needs what it encrypted`,
  explanation: `An alias decides which key encrypts new data. After the deployment, callers that name the alias use the other key, with
its key policy; what was encrypted before still needs the former key. If two keys exchange their names in the YAML together with
everything below them, nothing moves in AWS except the aliases, policies and descriptions: each key gets those of the other key. An alias
for a key that is new in this build is not reported. \`keywright diff\` reports every alias that points to another key (KW8244). See
docs/changes.md.`,
});

export const statesElsewhere = defineDiagnostic<{ tool: string; advice: string }>({
  code: 'KW5174',
  severity: 'warning',
  title: 'A tool that will look for its states in another place',
  message: ({ tool }) => `${tool} will look for the states of the stacks in another place than after the last build`,
  help: ({ advice }) =>
    `before you deploy, move the states: ${orInGeneral(advice, '`terraform init -migrate-state` for Terraform, `pulumi stack rename` for Pulumi')}`,
  explanation: `The options of a target say where the tool keeps the states of stacks: \`backend\` for Terraform, \`stackName\` for
Pulumi. The place also changes if it contains \`\${app}\` or \`\${environment}\`, and the app or the environment gets another name. A tool
that finds no state in the new place creates every key of the stack again, beside the existing keys. Keywright cannot see whether the states
have been moved. The warning appears once, because the build records the new place. Settings that do not say where a state is, such as
\`use_lockfile\`, can change without this warning. See docs/changes.md.`,
});

function pointing(aliases: readonly string[]): string {
  return `${listOf(aliases)} ${aliases.length === 1 ? 'points' : 'point'}`;
}

export const addressCannotMove = defineDiagnostic<{ title: string; address: string; to: string; problem: string }>({
  code: 'KW8331',
  title: 'An address that cannot become a resource',
  message: ({ title, address, to, problem }) => `\`${title}: ${address}\` cannot become \`${to}\`: ${problem}`,
  help: () =>
    'take the address from `terraform state list`, and set `to` to the name of the resource in this stack; or delete the entry',
  explanation: `An entry of \`moved\` with a Terraform address says that an existing resource, in a module or with \`count\` or
\`for_each\`, is now a resource of the stack. The type in the address has to be the same, since Terraform cannot move a resource to
another type. Keywright writes no \`aws_kms_key_policy\`, because the key contains its policy, so Terraform is told to forget such a
resource. See docs/changes.md.`,
  example: {
    wrong: `targets: [terraform]
keys: { orders: {} }
moved: [{ from: "Terraform: module.kms.aws_kms_alias.this[0]", to: orders }]`,
    right: `targets: [terraform]
keys: { orders: {} }
moved: [{ from: "Terraform: module.kms.aws_kms_key.this[0]", to: orders }]`,
  },
});
