import type { KeyTraits } from '@keywright/core/kms/key-specs';
import type { GrantDefinition } from '@keywright/core/language/grant';
import type { StackModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { listOf } from '../source/list.ts';
import { type Who, whoAre } from '../source/who.ts';
import { actionsOf, grantMethods } from './actions.ts';
import { namedPrincipal, principalOf } from './principals.ts';
import { type Conditions, conditionsIn, joinConditions, oneOrMany, type Texts } from './text.ts';
import type { Dropped, Translation } from './translation.ts';

export interface GrantedKey {
  readonly construct: kms.IKey;
  /** Absent if only the key's ARN is known. */
  readonly traits?: Pick<KeyTraits, 'spec'>;
  /** The region of the services in `via`. */
  readonly region: string;
  /** Called for a group, if the key policy would have to name it but cannot. */
  readonly groupCannotBeNamed: (who: Who) => void;
}

/** The stack of a grant: in the model and, for the meaning of `${account}`, in the CDK. */
export interface WrittenIn {
  readonly model: StackModel;
  readonly stack: core.Stack;
  readonly texts: Texts;
}

/** Makes a grant of the language: one grant of the CDK for each grantee. */
export function grant(
  definition: GrantDefinition,
  key: GrantedKey,
  written: WrittenIn,
  translation: Translation,
): void {
  const words = listOf<string>(definition.can);
  const services = listOf<string>(definition.via).map((service) =>
    service.includes('.') ? service : `${service}.${key.region}.amazonaws.com`,
  );
  const [onlyService, another] = services;
  const when = conditionsIn(written.texts, definition.when);
  const conditions =
    services.length === 0 ? when : joinConditions(when, { StringEquals: { 'kms:ViaService': oneOrMany(services) } });
  for (const who of whoAre(listOf(definition.to), written.model, translation.source)) {
    const attachable = principalOf(who, written.stack, translation, written.texts);
    const isNamed = isOfKeysAccount(who, key, written, translation) && !drops('elsewhere', translation);
    const { principal, conditions: own } = isNamed ? namedPrincipal(who, written.texts, translation) : attachable;
    const isPlain = onlyService !== undefined && another === undefined && definition.when === undefined;
    const { kms } = translation.library;
    // With `minimizePolicies`, the CDK cannot merge a narrowed principal with a statement that has the same conditions.
    const { minimizePolicies } = translation.source.model.settings;
    const canDrop = !minimizePolicies && isBeside(who, principal, key, translation);
    if (isPlain && !isConstruct(principal) && !minimizePolicies) {
      grantWords(words, key, who, new kms.ViaServicePrincipal(onlyService, principal), {});
    } else if (isPlain && canDrop && !isGroup(who) && drops('via', translation)) {
      grantWords(words, key, who, new kms.ViaServicePrincipal(onlyService, principal), {});
    } else if (
      services.length === 0 &&
      definition.when !== undefined &&
      canDrop &&
      !isGroup(who) && // the CDK would name a narrowed group in a key policy, where KMS accepts none
      drops('when', translation)
    ) {
      const narrowed = new translation.library.iam.PrincipalWithConditions(principal, { ...when });
      grantWords(words, key, who, narrowed, {});
    } else grantWords(words, key, who, principal, joinConditions(conditions, own));
  }
}

/** Like `grant`, but for administrators, with the CDK's method `grantAdmin`. */
export function grantAdmin(
  references: Parameters<typeof whoAre>[0],
  key: GrantedKey & { readonly construct: kms.Key },
  written: WrittenIn,
  translation: Translation,
): void {
  for (const who of whoAre(references, written.model, translation.source)) {
    const { principal, conditions } = principalOf(who, written.stack, translation, written.texts);
    grantWith(conditions, key, who, principal, () => key.construct.grantAdmin(principal));
  }
}

function grantWords(
  words: readonly string[],
  key: GrantedKey,
  who: Who,
  principal: iam.IPrincipal,
  conditions: Conditions,
): void {
  const { construct } = key;
  const [word = '', another] = words;
  const named = another === undefined ? grantMethods[word as keyof typeof grantMethods] : undefined; // undefined for any other word
  const method = named !== undefined && named in construct ? named : undefined; // version 1 has fewer
  const call = () =>
    method === undefined ? construct.grant(principal, ...actionsOf(words, key.traits)) : construct[method](principal);
  grantWith(conditions, key, who, principal, call);
}

/** Makes a grant of the CDK, and adds conditions to its statements. */
function grantWith(
  conditions: Conditions,
  key: GrantedKey,
  who: Who,
  principal: iam.IPrincipal,
  call: () => unknown,
): void {
  const made = statementsMadeBy(principal, key.construct, () => attempt(key, who, call));
  for (const statement of made) statement.addConditions(conditions);
}

/** Calls a method of the CDK that may find that a key policy cannot name the group. The group then already has its identity policy. */
function attempt(key: GrantedKey, who: Who, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!/Cannot use an IAM Group as the 'Principal'/.test(String(error))) throw error;
    key.groupCannotBeNamed(who);
  }
}

/**
 * Returns the statements that a grant makes on both sides. `Grant` takes conditions, but the methods of a key do not pass any on, and the
 * grant that they return does not show the statement on the principal.
 */
function statementsMadeBy(principal: iam.IPrincipal, key: kms.IKey, run: () => void): readonly iam.PolicyStatement[] {
  const made: iam.PolicyStatement[] = [];
  const restorePrincipal = watch(principal, 'addToPrincipalPolicy', made);
  const restoreKey = watch(key, 'addToResourcePolicy', made);
  try {
    run();
  } finally {
    restorePrincipal();
    restoreKey();
  }
  return made;
}

function watch<K extends string>(
  target: { readonly [Name in K]: (statement: iam.PolicyStatement) => unknown },
  method: K,
  seen: iam.PolicyStatement[],
): () => void {
  const original = target[method];
  Object.defineProperty(target, method, {
    configurable: true,
    value: (statement: iam.PolicyStatement) => {
      seen.push(statement);
      return original.call(target, statement);
    },
  });
  return () => {
    Reflect.deleteProperty(target, method);
  };
}

function isConstruct(principal: iam.IPrincipal): principal is iam.IPrincipal & IConstruct {
  return 'node' in principal; // only a construct has a node
}

/** Whether the CDK may drop a part of a grant. It may unless it is made to keep everything. */
function drops(what: Dropped, { dropped, keeps }: Translation): boolean {
  dropped.add(what);
  return !keeps;
}

/**
 * Whether a key is created in the stack and account of a principal. A narrowed principal is no longer a construct, so the CDK does not see
 * where it is.
 */
function isBeside(who: Who, principal: iam.IPrincipal, key: GrantedKey, { keys, library }: Translation): boolean {
  if (!isConstruct(principal) || ![...keys.values()].some((made) => made === key.construct)) return false;
  const stack = library.core.Stack.of(principal);
  if (library.core.Stack.of(key.construct) !== stack) return false;
  if (who.kind !== 'described') return who.kind === 'created';
  // No policy can be attached to a role that AWS manages: see the departure `rolesOfAws`.
  return (
    principal.principalAccount === stack.account && !('role' in who.definition && isRoleOfAws(who.definition.role))
  );
}

/** Whether an existing principal is in the account of a key that is created, while the grant is in a stack of another account. */
function isOfKeysAccount(who: Who, { construct }: GrantedKey, { stack }: WrittenIn, translation: Translation): boolean {
  if (who.kind !== 'described' || ![...translation.keys.values()].some((made) => made === construct)) return false;
  const { definition } = who;
  const arn = 'role' in definition ? definition.role : 'user' in definition ? definition.user : '';
  const { account } = translation.library.core.Stack.of(construct);
  return account !== stack.account && arn.split(':')[4] === account;
}

function isGroup(who: Who): boolean {
  return who.kind === 'created' && who.created.kind === 'group';
}

function isRoleOfAws(arn: string): boolean {
  return /:role\/(aws-reserved|aws-service-role)\//.test(arn);
}
