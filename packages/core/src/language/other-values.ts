/** Translates values of other tools into the language's. Each function returns `undefined` for a value that it cannot translate. */

import { keySpecs } from '../kms/key-specs.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { principalInPlace } from './principal.ts';

export type Writer = (value: unknown) => unknown;

/** A writer for values that the language writes in the same way. */
export const same: Writer = (value) => value;

/** Accepts `True`, `"false"` and `yes` too. */
export const truth: Writer = (value) => {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (/^(true|yes|on|enabled)$/.test(word)) return true;
  return /^(false|no|off|disabled)$/.test(word) ? false : undefined;
};

/** A writer for a property that means the opposite of ours. */
export const opposite: Writer = (value) => {
  const flag = truth(value);
  return typeof flag === 'boolean' ? !flag : undefined;
};

/** Adverbs for how often something happens, and the days between. A month counts 30 days here and below, a year 365. */
const intervals: Readonly<Record<string, number>> = {
  weekly: 7,
  monthly: 30,
  quarterly: 90,
  yearly: 365,
  annually: 365,
};

const daysInUnit: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/** `7`, `"7"`, `P7D`, `7 days`, `Duration.days(7)`, `cdk.Duration.days(7)`, `2 weeks`, `1 year` and `yearly`. */
export const days: Writer = (value) => {
  const text = String(typeof value === 'number' || typeof value === 'string' ? value : '')
    .trim()
    .toLowerCase();
  if (Object.hasOwn(intervals, text)) return `${intervals[text]} days`;
  const [, count, unit = 'd'] =
    /^(?:p|(?:\w+\.)*days\()?(\d{1,5})(?:\)| ?([dwmy])(?:ays?|eeks?|onths?|ears?)?)?$/.exec(text) ?? [];
  return count === undefined ? undefined : `${Number(count) * (daysInUnit[unit] ?? 1)} days`;
};

export const rotating: Writer = (value) => truth(value) ?? days(value);

/** The form in which words are compared: `KeySpec.RSA_2048`, `RSA2048` and `rsa-2048` are equal. */
export function normal(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Maps words of other tools, in the form that `normal` returns, to the values in our language that they mean. */
const otherWords: Readonly<Record<string, string>> = {
  delete: 'destroy',
  remove: 'destroy',
  retainonupdateordelete: 'retain',
  retainexceptoncreate: 'retain',
  keep: 'retain',
  prod: 'production',
  staging: 'test',
  qa: 'test',
  dev: 'development',
  sandbox: 'development',
  symmetric: 'SYMMETRIC_DEFAULT',
  aes256: 'SYMMETRIC_DEFAULT',
  ed25519: 'ECC_NIST_EDWARDS25519',
  secp256k1: 'ECC_SECG_P256K1',
  encrypt: 'ENCRYPT_DECRYPT',
  encryption: 'ENCRYPT_DECRYPT',
  sign: 'SIGN_VERIFY',
  signing: 'SIGN_VERIFY',
  mac: 'GENERATE_VERIFY_MAC',
  hmac: 'GENERATE_VERIFY_MAC',
  generatemac: 'GENERATE_VERIFY_MAC',
  kms: 'AWS_KMS',
  awskmskey: 'AWS_KMS',
  imported: 'EXTERNAL',
  byok: 'EXTERNAL',
  cloudhsm: 'AWS_CLOUDHSM',
  xks: 'EXTERNAL_KEY_STORE',
  identities: 'identity',
  warn: 'warning',
  info: 'note',
  notice: 'note',
  no: 'off',
  none: 'off',
  false: 'off',
  ignore: 'off',
  disable: 'off',
  disabled: 'off',
  cloudformation: 'cfn',
  cf: 'cfn',
  tf: 'terraform',
  opentofu: 'terraform',
};

/** The one of `values` that another tool's word means: `destroy` for `RemovalPolicy.DESTROY` and `Delete`. */
export function wordAmong(word: string, values: readonly string[]): string | undefined {
  const short = word.split(/[.:]/).at(-1) ?? word;
  const find = (candidate: string) => values.find((value) => normal(value) === normal(candidate));
  const normalWord = normal(short);
  return find(short) ?? (Object.hasOwn(otherWords, normalWord) ? find(otherWords[normalWord] ?? '') : undefined);
}

export function among(values: readonly string[]): Writer {
  return (value) => (typeof value === 'string' ? wordAmong(value, values) : undefined);
}

export const spec = among(keySpecs);
export const removal = among(['retain', 'destroy']);

/** The list that the user probably meant by a text: `a, b`, or `-a -b`, where the dashes lack a space; `undefined` for other text. */
export function listIn(text: string): readonly string[] | undefined {
  const hasDashes = text.startsWith('-');
  const words = hasDashes ? text.slice(1).split(/\s+-/) : text.split(/,\s*/);
  const isList = hasDashes || words.length > 1;
  return isList && words.every((word) => /^[\w./:*@-]+$/.test(word)) ? words : undefined;
}

/** Translates one value or several into a list. */
export function list(item: Writer): Writer {
  return (value) => {
    const one = typeof value === 'string' ? (listIn(value) ?? [value]) : [value];
    const items = (Array.isArray(value) ? value : one).map(item);
    return items.length === 0 || items.includes(undefined) ? undefined : items;
  };
}

/** The value of a one-element list; longer lists stay lists. */
export function oneOrList(item: Writer): Writer {
  return (value) => {
    const items = list(item)(value);
    return Array.isArray(items) && items.length === 1 ? items[0] : items;
  };
}

export const text: Writer = (value) => (typeof value === 'string' && value !== '' ? value : undefined);

const policyKinds = ['AWS', 'Service', 'Federated'];

/** Principals by name, ARN, account or host, or as in a policy: `{ AWS: … }`. */
export const principals: Writer = (value) => {
  const isOfPolicy = isMapping(value) && Object.keys(value).every((kind) => policyKinds.includes(kind));
  const members = (isOfPolicy ? Object.values(value).flat() : [value].flat()).map(principal);
  if (members.length === 0 || members.includes(undefined)) return undefined;
  return members.length === 1 ? members[0] : members;
};

function principal(value: unknown): unknown {
  if (typeof value !== 'string') return isMapping(value) ? value : undefined;
  return principalInPlace(value)?.principal ?? (/^[A-Za-z][\w.-]*$/.test(value) ? value : undefined);
}

export const principalList: Writer = (value) => {
  const members = principals(value);
  return members === undefined ? undefined : [members].flat();
};

/** The text of a principal of this kind: for `{ role: … }`, the ARN. */
export function principalOf(kind: string): Writer {
  return (value) => {
    const members = principals(value);
    return isMapping(members) && Object.hasOwn(members, kind) ? members[kind] : undefined;
  };
}

/** The principals that may assume a role, from its trust policy, or from a value that names principals itself. */
export const trusted: Writer = (value) => {
  if (!isMapping(value) || !('Statement' in value || 'Principal' in value)) return principals(value);
  const [statement, ...others] = [value.Statement ?? value].flat();
  return isMapping(statement) && others.length === 0 ? principals(statement.Principal) : undefined;
};

/** Tags by name, from a list of `{ Key, Value }`. */
export const tagsByName: Writer = (value) => {
  if (isMapping(value)) return value;
  if (!Array.isArray(value)) return undefined;
  const entries = value.map((tag: unknown): readonly unknown[] => {
    if (!isMapping(tag)) return [];
    return [tag.Key ?? tag.key, tag.Value ?? tag.value];
  });
  return entries.every(([key, content]) => typeof key === 'string' && typeof content === 'string')
    ? Object.fromEntries(entries)
    : undefined;
};

/** Grants of one capability to the named principals. */
export function granting(can: string): Writer {
  return (value) => {
    const to = principals(value);
    return to === undefined ? undefined : [{ to, can }];
  };
}
