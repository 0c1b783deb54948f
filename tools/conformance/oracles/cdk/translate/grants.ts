import type { GrantDefinition } from '@keywright/core/language/grant';
import type { KeyTraits, StackModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { listOf } from '../list.ts';
import { type Who, whoAre } from '../who.ts';
import { actionsOf, grantMethods } from './actions.ts';
import { principalOf } from './principals.ts';
import { type Conditions, conditionsIn, joinConditions, oneOrMany } from './text.ts';
import type { Translation } from './translation.ts';

/** A key as somebody grants on it. */
export interface GrantedKey {
  readonly construct: kms.IKey;
  /** Of a key of which more than the ARN is known. */
  readonly traits?: Pick<KeyTraits, 'spec'>;
  /** Its region, for `via`. */
  readonly region: string;
  /** A group cannot be named in its key policy: says so. */
  readonly groupCannotBeNamed: (who: Who) => void;
}

/** Where a grant is written: the stack of the model and, for what `${account}` means there, of the CDK. */
export interface WrittenIn {
  readonly model: StackModel;
  readonly stack: core.Stack;
  readonly texts: core.Stack;
}

/** Makes one grant of the language: one grant of the CDK for each grantee. */
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
    const { principal, conditions: own } = principalOf(who, written.stack, translation, written.texts);
    const isPlain = onlyService !== undefined && another === undefined && definition.when === undefined;
    if (isPlain && !isConstruct(principal) && !translation.source.model.settings.minimizePolicies) {
      // The CDK has a principal for just this. When it minimizes, it fails to merge one with a statement of these conditions.
      const via = new translation.library.kms.ViaServicePrincipal(onlyService, principal);
      grantWords(words, key, who, via, {});
    } else grantWords(words, key, who, principal, joinConditions(conditions, own));
  }
}

/** As `grant` for administrators, for whom the CDK has a method of its own. */
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
  const named = another === undefined ? grantMethods[word as keyof typeof grantMethods] : undefined; // undefined for another word
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

/** The CDK has given the group its identity policy when it finds that it cannot name it. */
function attempt(key: GrantedKey, who: Who, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!/Cannot use an IAM Group as the 'Principal'/.test(String(error))) throw error;
    key.groupCannotBeNamed(who);
  }
}

/**
 * The statements that a grant makes, on both sides. `Grant` takes conditions, the methods of a key do not pass any on, and
 * the grant that they return does not show the statement on the principal.
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

function isConstruct(principal: iam.IPrincipal): boolean {
  return 'node' in principal;
}
