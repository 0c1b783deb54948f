/** Decides who is inside the organization or the account of a key, according to a policy. Anything uncertain is outside. */
import { type Expression, partsOf } from '../ir/expression.ts';
import type { Condition, PolicyPrincipal, Statement } from '../ir/policy.ts';
import { contextOfCaller } from '../kms/context-of-caller.ts';
import { isOfPreset } from '../policy/preset-source.ts';
import type { StackModel } from '../resolve/model.ts';
import type { Required } from './rule.ts';

export interface Border {
  readonly outside: 'organization' | 'account' | 'nobody';
  readonly stack: StackModel;
  readonly organization: string | undefined;
  /** Whether an account is inside; `own` is the account that the key is deployed to. */
  readonly isAccount: (account: string | undefined) => boolean;
  readonly accountOfStack: (name: string) => string | undefined;
}

/** Represents the account that a stack without an environment is deployed to. */
const sameAccount = 'own';

export function borderOf({ key, inside, accountOfStack }: Required, outside: Border['outside']): Border {
  const account = key.environment.account ?? sameAccount;
  const isOrganization = outside === 'organization';
  return {
    outside,
    stack: key.stack,
    organization: isOrganization ? inside.organization : undefined,
    isAccount: (other) => other === account || (isOrganization && other !== undefined && inside.accounts.has(other)),
    accountOfStack,
  };
}

/** Whether a principal, under these conditions, includes nobody outside. */
export function isInside(
  principal: Exclude<PolicyPrincipal, { kind: 'service' }>,
  conditions: readonly Condition[],
  border: Border,
): boolean {
  switch (principal.kind) {
    case 'aws':
      return border.isAccount(accountOf(principal.arn, border)) || excludesOutsiders(conditions, border);
    case 'federated':
      return border.isAccount(accountOf(principal.provider, border)) || excludesOutsiders(conditions, border);
    case 'anyone':
      return excludesOutsiders(conditions, border);
  }
}

/** Whether a condition of the statement excludes everyone outside. One is enough, since all conditions must hold. */
export function excludesOutsiders(conditions: readonly Condition[], border: Border): boolean {
  return conditions.some((condition) => {
    const test = testOf(condition);
    return test !== undefined && condition.values.every((value) => test.isInside(value, border, condition.operator));
  });
}

/**
 * Describes, for messages, the outside callers for which a statement lets a service act; `undefined` if there are none. All conditions must
 * hold, so a condition that names only inside callers excludes everyone else, even another owner of a bucket, although the bucket's ARN
 * contains no account. If no required condition is about callers, the service acts for any account. Statements of presets are an exception:
 * a preset knows whether the service sends its source.
 */
export function callerOutside(
  { conditions, source }: Pick<Statement, 'conditions' | 'source'>,
  border: Border,
): string | undefined {
  if (excludesOutsiders(conditions, border) || conditions.some((condition) => hasCallersInside(condition, border))) {
    return undefined;
  }
  const strangers = conditions.flatMap((condition) =>
    condition.values.filter((value) => isStranger(value, condition, border)),
  );
  if (strangers[0] !== undefined) {
    const text = textOf(strangers[0], border);
    return text === undefined ? 'an account that only the deployment knows' : `\`${text}\``;
  }
  const isLimited = isOfPreset(source) || conditions.some(namesCallers);
  return isLimited ? undefined : 'any account';
}

/** Operators of conditions that hold for the values that they name. Some also hold for a request without the condition key. */
const positive = /^(For(AnyValue|AllValues):)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like))(IfExists)?$/i;

/** Whether a condition fails for requests without the condition key, unlike one with `IfExists` or `ForAllValues`. */
function isStrict({ operator, values }: Condition): boolean {
  return positive.test(operator) && !/^ForAllValues:|IfExists$/i.test(operator) && values.length > 0;
}

function hasCallersInside(condition: Condition, border: Border): boolean {
  const source = sourceNamed(condition.key);
  return (
    isStrict(condition) &&
    source !== undefined &&
    condition.values.every((one) => source(one, border, condition.operator))
  );
}

/** Whether a condition limits a service to the callers that it names, by the source of a request or by its encryption context. */
function namesCallers(condition: Condition): boolean {
  const isOfCaller = sourceNamed(condition.key) !== undefined || contextOfCaller.test(condition.key);
  return isOfCaller && isStrict(condition);
}

/**
 * Whether a value of a condition lets a service act for a caller outside, or for any account. Services put their caller into the encryption
 * context as well. The ARN of a bucket contains no account, so it decides nothing.
 */
function isStranger(value: Expression, { operator, key }: Condition, border: Border): boolean {
  const source = sourceNamed(key);
  const isContext = key.toLowerCase().startsWith('kms:encryptioncontext:');
  if (!positive.test(operator) || (source === undefined && !isContext)) return false;
  const text = textOf(value, border);
  if (text?.startsWith('arn:')) {
    const [, , service, , account, resource = ''] = text.split(':');
    // With a `String` operator, `arn:aws:sns:*` matches ARNs of all accounts.
    if (account === undefined) return /[*?]/.test(text);
    // Anyone can have a bucket whose name starts in the same way, but the objects in a bucket belong to its owner.
    if (account === '') return /[*?]/.test(service === 's3' ? (resource.split('/')[0] ?? '') : resource);
    return !border.isAccount(accountText(account));
  }
  if (source !== undefined) return !source(value, border, operator);
  // A value of these condition keys that is not an ARN has to be an account: a pattern such as `*` matches the ARNs of all accounts.
  if (contextOfCaller.test(key)) return !border.isAccount(accountText(text));
  return /^\d{12}$/.test(text ?? '') && !border.isAccount(text);
}

/** The name of an outsider in messages. */
export function describePrincipal(principal: PolicyPrincipal, caller?: string): string {
  const text = (expression: Expression) => {
    const parts = partsOf(expression);
    if (parts.some(({ kind }) => kind === 'reference' || kind === 'crossStack')) return 'a principal of another stack';
    return `\`${parts.map((part) => (part.kind === 'literal' ? part.text : part.kind === 'pseudo' ? `\${${part.name}}` : '')).join('')}\``;
  };
  switch (principal.kind) {
    case 'service':
      return `the service ${text(principal.host)}${caller === undefined ? '' : ` for ${caller}`}`;
    case 'aws':
      return text(principal.arn).replace(/^`arn:[^:]+:iam::(\d{12}):root`$/, 'account $1');
    case 'federated':
      return text(principal.provider);
    case 'anyone':
      return 'everyone';
  }
}

type Test = (value: Expression, border: Border, operator: string) => boolean;

const ofAccount: Test = (value, border) => border.isAccount(accountText(textOf(value, border)));
/** `ArnLike` compares an ARN part by part, so a wildcard in another part never reaches into the account. With `StringLike`, it can. */
const ofArn: Test = (value, border, operator) => {
  const text = /Arn(Equals|Like)/i.test(operator) ? textOf(value, border) : undefined;
  return border.isAccount(text === undefined ? accountOf(value, border) : accountText(text.split(':')[4]));
};
const ofOrganization: Test = (value, border) =>
  border.outside === 'organization' && isOrganization(textOf(value, border), border);
const ofPath: Test = (value, border) => {
  const [organization, ...units] = textOf(value, border)?.split('/') ?? [];
  return border.outside === 'organization' && units.length > 0 && isOrganization(organization, border);
};
/** Whether a text is the id of the organization, or the policy variable for the key's organization. */
const isOrganization = (text: string | undefined, { organization }: Border) =>
  text !== undefined && (text === organization || /^\$\{aws:ResourceOrgID\}$/i.test(text));

/** Maps a condition key to the operators and the test of its values with which a condition excludes outsiders. */
const narrowing: Readonly<Record<string, { readonly operators: RegExp; readonly isInside: Test }>> = {
  'aws:principalorgid': { operators: /^(ForAnyValue:)?String(Equals|Like)$/, isInside: ofOrganization },
  'aws:principalorgpaths': { operators: /^ForAnyValue:String(Equals|Like)$/, isInside: ofPath },
  'aws:principalaccount': { operators: /^(ForAnyValue:)?String(Equals|Like)$/, isInside: ofAccount },
  'kms:calleraccount': { operators: /^(ForAnyValue:)?String(Equals|Like)$/, isInside: ofAccount },
  'aws:principalarn': { operators: /^(ForAnyValue:)?(String|Arn)(Equals|Like)$/, isInside: ofArn },
};

/** The conditions that identify a service's caller. */
const sources: Readonly<Record<string, Test>> = {
  'aws:sourceaccount': ofAccount,
  'aws:sourcearn': ofArn,
  'aws:sourceorgid': ofOrganization,
  'aws:sourceorgpaths': ofPath,
  'aws:sourceowner': ofAccount,
  'kms:calleraccount': ofAccount,
};

function sourceNamed(key: string): Test | undefined {
  const name = key.toLowerCase();
  return Object.hasOwn(sources, name) ? sources[name] : undefined;
}

function testOf({ operator, key, values }: Condition) {
  const name = key.toLowerCase();
  const test = Object.hasOwn(narrowing, name) ? narrowing[name] : undefined;
  return test !== undefined && values.length > 0 && test.operators.test(operator) ? test : undefined;
}

/** Twelve digits, or the key's account. Anything else, including a wildcard, is not an account. */
function accountText(text: string | undefined): string | undefined {
  return text !== undefined && (text === sameAccount || /^\d{12}$/.test(text)) ? text : undefined;
}

/** The account of an ARN, or of a principal that is an account id; `undefined` if uncertain. */
function accountOf(arn: Expression, border: Border): string | undefined {
  if (arn.kind === 'reference') return border.stack.environment.account ?? sameAccount;
  if (arn.kind === 'crossStack') return border.accountOfStack(arn.stack);
  const text = textOf(arn, border);
  if (text === undefined) return undefined;
  if (/^\d{12}$/.test(text)) return text;
  const [start, partition = '', service, region, account] = text.split(':');
  const isWhole = start === 'arn' && !/[*?]/.test(`${partition}${service}${region}`);
  return isWhole ? accountText(account) : undefined;
}

/**
 * The text of a value, with the id of the key's account in place of `${aws:ResourceAccount}` and of the deployment's account. An id that
 * only the deployment knows becomes `sameAccount`.
 */
function textOf(value: Expression, border: Border): string | undefined {
  const texts = partsOf(value).map((part) => {
    if (part.kind === 'literal') return part.text;
    if (part.kind !== 'pseudo') return undefined;
    return part.name === 'account' ? (border.stack.environment.account ?? sameAccount) : part.name;
  });
  if (texts.includes(undefined)) return undefined;
  return texts.join('').replaceAll(/\$\{aws:ResourceAccount\}/gi, border.stack.environment.account ?? sameAccount);
}
