/** Puts changes into words, for every format. */

import { isAboutKey, operations } from '@keywright/analyze/facts/actions';
import { inWords } from '@keywright/core/diagnostics/list-of';
import type { Provenance } from '@keywright/core/ir/policy';
import { actionsOf, type Capability, capabilities } from '@keywright/core/kms/capabilities';
import type { KeyTraits } from '@keywright/core/kms/key-specs';
import { covers } from '@keywright/core/policy/trust';
import type { AccessChange, Cause, Change, KeyLoss, PropertyChange, Subject } from '@keywright/migrate';
import { definitionOf } from '@keywright/migrate/compare/merge-equal-changes';

import type { PrincipalNames } from './principal-names.ts';

export interface ChangeText {
  /** `-` means less or worse, `+` more, `~` different, `!` a loss. */
  readonly sign: '-' | '+' | '~' | '!';
  readonly sentence: string;
  readonly lines: readonly ChangeLine[];
}

export interface ChangeLine {
  readonly side: 'before' | 'after';
  readonly text: string;
  /** The first few lines of YAML that cause the change. */
  readonly sources: readonly Provenance[];
  /** The number of further lines. */
  readonly others: number;
}

export function describeChange(change: Change, names: PrincipalNames): ChangeText {
  switch (change.rank) {
    case 'loss':
      return describeLoss(change);
    case 'access':
      return describeAccess(change, names);
    case 'property':
      return describePropertyChange(change);
  }
}

/** Further lines are only counted. */
const mostLocations = 4;

function describeLoss(change: KeyLoss): ChangeText {
  return { sign: '!', sentence: lossSentence(change), lines: locationsOf(change) };
}

function lossSentence({ what, subjects, details, declared }: KeyLoss): string {
  const names = namesOf(subjects);
  const [verb, its, it] = subjects.length === 1 ? ['is', 'its', 'it'] : ['are', 'their', 'them'];
  const differences = details.map(differenceText).join(', ');
  const window = details[0]?.before ?? 'some days';
  switch (what) {
    case 'deleted':
      return declared
        ? `${names} ${verb} removed, as \`removed\` says, and would be deleted after ${window}`
        : `${names} ${verb} gone and would be deleted after ${window} (${its} removal is destroy)`;
    case 'forgotten':
      return declared
        ? `${names} ${verb} removed, as \`removed\` says: the key stays, but nothing manages it any more`
        : `${names} ${verb} gone (${its} removal is retain): CloudFormation and Pulumi would keep ${it}, Terraform would destroy ${it} unless \`removed\` says \`then: retain\``;
    case 'replaced':
      return `${names} would be replaced by a new key, which cannot decrypt what the old one encrypted: ${differences}`;
    case 'redirected':
      return `${names} would point to another key, ${shownValue(details[0]?.after)} instead of ${shownValue(details[0]?.before)}: everything that encrypts through ${its === 'its' ? 'the alias' : 'these aliases'} would use it`;
    case 'disabled':
      return `${names} would be disabled: nobody could use it`;
  }
}

function describeAccess(change: AccessChange, nameOf: PrincipalNames): ChangeText {
  const { what, principals, subjects, gone, came } = change;
  const who = inWords(principals.map(nameOf));
  const doing = `${actionWords(change.actions)} ${namesOf(subjects)}`;
  const lines = [...gone.map((cause) => causeLine('before', cause)), ...came.map((cause) => causeLine('after', cause))];
  switch (what) {
    case 'gains':
      return { sign: '+', sentence: `${who} ${gainWords(change, doing)}`, lines };
    case 'loses':
      return { sign: '-', sentence: `${who} ${lossWords(change, doing)}`, lines };
    case 'otherwise':
      return { sign: '~', sentence: `${who} can ${doing} under different conditions`, lines };
    case 'denial': {
      if (change.withoutTls) {
        const sentence = `the policies of ${namesOf(subjects)} decide differently about requests without TLS, which KMS does not accept`;
        return { sign: '~', sentence, lines };
      }
      const isDenied = came.some(({ effect }) => effect === 'Deny');
      const sentence = isDenied
        ? `${who} still cannot ${doing}, now because of an explicit Deny`
        : `${who} still cannot ${doing}, but no longer because of an explicit Deny`;
      return { sign: '~', sentence, lines };
    }
  }
}

const outside = 'if a policy outside this project allows it';

function gainWords({ before, after }: AccessChange, doing: string): string {
  const isMore = before === 'sometimes' || (before === 'outside' && after === 'outside');
  return `can now ${doing}${isMore ? ' in more cases' : ''}${after === 'outside' ? `, ${outside}` : ''}`;
}

function lossWords({ before, after }: AccessChange, doing: string): string {
  if (after === 'never') return `can no longer ${doing}`;
  return after === 'outside' && before !== 'outside' ? `can ${doing} only ${outside}` : `can ${doing} in fewer cases`;
}

function causeLine(side: ChangeLine['side'], { effect, kind, sid, conditions, sources }: Cause): ChangeLine {
  const name = {
    keyPolicy: effect,
    identityPolicy: `${effect} of an identity policy`,
    kmsGrant: 'KMS grant',
    trustPolicy: `${effect} of the trust policy`,
  }[kind];
  const title = sid === undefined || sid === '' ? '' : ` “${sid}”`;
  const when = conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`;
  return { side, text: `${name}${title}${when}`, ...locations(sources) };
}

function locations(sources: readonly Provenance[]): Pick<ChangeLine, 'sources' | 'others'> {
  const distinct = new Map(sources.map((source) => [JSON.stringify([source.span, source.through]), source]));
  // Naming one more line takes no more room than `1 other`.
  const count = distinct.size === mostLocations + 1 ? distinct.size : mostLocations;
  return { sources: [...distinct.values()].slice(0, count), others: Math.max(0, distinct.size - count) };
}

function describePropertyChange(change: PropertyChange): ChangeText {
  const { what, subjects } = change;
  const names = namesOf(subjects);
  const are = subjects.length === 1 ? 'is' : 'are';
  switch (what) {
    case 'added':
      return { sign: '+', sentence: `${names} ${are} new`, lines: locationsOf(change) };
    case 'removed':
      return { sign: '-', sentence: `${names} ${are} gone`, lines: locationsOf(change) };
    case 'changed':
      if (change.property === 'moved') {
        return {
          sign: '~',
          sentence: `${names} used to be ${change.before}: the same key`,
          lines: locationsOf(change),
        };
      }
      return { sign: '~', sentence: `${names}: ${differenceText(change)}`, lines: locationsOf(change) };
  }
}

function differenceText({ property, before, after }: Pick<PropertyChange, 'property' | 'before' | 'after'>): string {
  if (before === undefined) return `${property} ${shownValue(after)} is new`;
  if (after === undefined) return `${property} ${shownValue(before)} is gone`;
  return `${property} ${shownValue(before)} → ${shownValue(after)}`;
}

/** A value as written, or in quotes if its start and end would not be visible. */
function shownValue(value = ''): string {
  return /^[\w./:@-][\w ./:@,-]*$/.test(value) && value.trim() === value ? value : JSON.stringify(value);
}

function locationsOf(change: Change): readonly ChangeLine[] {
  const sources = change.subjects.flatMap(({ source }) => (source === undefined ? [] : [source]));
  return sources.length === 0 ? [] : [{ side: sideOfSubjects(change), text: '', ...locations(sources) }];
}

/** A subject in several environments is named once. */
function namesOf(subjects: readonly Subject[]): string {
  const general = new Map<string, { readonly names: string[]; readonly environments: string[] }>();
  for (const subject of subjects) {
    const { stack = '', environment } = subject;
    const definition = definitionOf(stack, environment);
    const isOne = definition === stack;
    const key = nameOf(isOne ? subject : { ...subject, stack: definition });
    const group = general.get(key) ?? { names: [], environments: [] };
    general.set(key, group);
    group.names.push(nameOf(subject));
    if (environment !== undefined && !isOne) group.environments.push(environment);
  }
  return inWords(
    [...general].flatMap(([name, { names, environments }]) =>
      environments.length < 2 ? names : [`${name} (${environments.join(', ')})`],
    ),
  );
}

function nameOf({ kind, stack, name }: Subject): string {
  switch (kind) {
    case 'key':
    case 'replicaKey':
      return `${stack}.${name}`;
    case 'alias':
      return `${name} of ${stack}`;
    case 'stack':
      return `stack ${name}`;
    case 'referredKey':
      return name;
    case 'kmsGrant':
      return `KMS grant ${stack}.${name}`;
    case 'sharedParameter':
      return `parameter ${name}`;
    case 'identityPolicy':
      return `the policy of ${stack}.${name}`;
    default:
      return `${kind} ${stack}.${name}`;
  }
}

/** The words before the name of a key, such as `decrypt with`, `administer` or `Decrypt and Sign with`. */
function actionWords(actions: readonly string[]): string {
  if (actions.every((action) => action.startsWith('sts:')))
    return actions.length === 1 && actions[0] === 'sts:AssumeRole' ? 'assume' : `${inWords(actions)} on`;
  const names = actions.map((action) => action.replace(/^kms:/, ''));
  if (onKeys.every((operation) => names.includes(operation))) return 'do everything with';
  const text = [...names].sort().join();
  const capability = capabilities.find((word) => kindsOfKeys.some((traits) => expanded(word, traits) === text));
  return capability === undefined ? `do ${inWords(names)} with` : words[capability];
}

const onKeys = operations.filter(isAboutKey);

const words: Readonly<Record<Capability, string>> = {
  encrypt: 'encrypt with',
  decrypt: 'decrypt with',
  encryptDecrypt: 'encrypt and decrypt with',
  sign: 'sign with',
  verify: 'verify with',
  signVerify: 'sign and verify with',
  generateMac: 'make MACs with',
  verifyMac: 'verify MACs with',
  deriveSharedSecret: 'derive shared secrets with',
  administer: 'administer',
  describe: 'describe',
};

/** Kinds of keys, one for each meaning that a capability can have. */
const kindsOfKeys: readonly KeyTraits[] = (['SYMMETRIC_DEFAULT', 'RSA_2048'] as const).flatMap((spec) =>
  (['AWS_KMS', 'EXTERNAL'] as const).flatMap((origin) =>
    [false, true].map((multiRegion) => ({ spec, usage: 'ENCRYPT_DECRYPT', origin, multiRegion }) as const),
  ),
);

/** The operations of a capability with a key, as one text to compare. */
function expanded(capability: Capability, traits: KeyTraits): string {
  const patterns = actionsOf(capability, traits);
  return onKeys
    .filter((operation) => patterns.some((pattern) => covers(pattern, `kms:${operation}`)))
    .sort()
    .join();
}

/** The ranks, in the order of the report. */
export const ranks = ['loss', 'access', 'property'] as const satisfies readonly Change['rank'][];

export const headings: Readonly<Record<Change['rank'], string>> = {
  loss: 'Keys that would be lost or swapped',
  access: 'Access',
  property: 'Properties',
};

/** The side where the subject of a change exists. */
export function sideOfSubjects({ what }: Change): ChangeLine['side'] {
  return what === 'deleted' || what === 'forgotten' || what === 'removed' ? 'before' : 'after';
}

/** `1 loss of keys, 2 gains of access, 3 other differences`. */
export function summary(changes: readonly Change[]): string {
  if (changes.length === 0) return 'no difference';
  const count = (isOne: (change: Change) => boolean) => changes.filter(isOne).length;
  const parts = [
    counted(
      count(({ rank, what }) => rank === 'loss' && what !== 'redirected'),
      'loss of keys',
      'losses of keys',
    ),
    counted(
      count(({ what }) => what === 'redirected'),
      'redirected alias',
      'redirected aliases',
    ),
    counted(
      count(({ what }) => what === 'gains'),
      'gain of access',
      'gains of access',
    ),
    counted(
      count(({ what }) => what === 'loses'),
      'loss of access',
      'losses of access',
    ),
    counted(
      count(({ what }) => what === 'otherwise' || what === 'denial'),
      'other change of access',
      'other changes of access',
    ),
    counted(
      count(({ rank }) => rank === 'property'),
      'other difference',
      'other differences',
    ),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}
