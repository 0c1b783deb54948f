import { posix } from 'node:path';
import type { Expression } from '@keywright/core/ir/expression';
import type { Condition, PolicyPrincipal } from '@keywright/core/ir/policy';
import { servicesCalled } from '@keywright/core/kms/services/called';
import { servicePresets } from '@keywright/core/kms/services/presets';
import { servicesWithoutStatement } from '@keywright/core/kms/services/without-statement';
import type { ServiceDefinition } from '@keywright/core/language/key';
import type { StatementDefinition } from '@keywright/core/language/statement';
import type { KeyModel } from '@keywright/core/resolve/model';
import type * as core from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { load } from 'js-yaml';
import { listOf } from '../source/list.ts';
import { whoAre } from '../source/who.ts';
import { namedPrincipal, wholeHost } from './principals.ts';
import { type Conditions, conditionsIn, joinConditions, oneOrMany, type Texts, textIn } from './text.ts';
import { stackOf, type Translation } from './translation.ts';

/** The statement in the policy that KMS gives to a key created without one. Source: AWS KMS Developer Guide, "Default key policy". */
const kmsDefault: StatementDefinition = {
  sid: 'Enable IAM User Permissions',
  principals: { account: '${account}' },
  actions: 'kms:*',
};

/** Returns the policy that replaces the default policy, or that is added to the legacy policy. */
export function policyOf(key: KeyModel, translation: Translation): iam.PolicyDocument | undefined {
  const policy = key.properties.policy;
  if (policy === undefined) return undefined;
  const { iam } = translation.library;
  const { value } = policy;
  if (typeof value === 'string')
    return new iam.PolicyDocument({ statements: [...statementsOf(kmsDefault, key, translation)] });
  if ('file' in value) {
    const path = posix.normalize(posix.join(posix.dirname(policy.file.source.path), value.file));
    return readDocument(translation.source.readFile(path) ?? '', stackOf(key, translation), translation);
  }
  return new iam.PolicyDocument({
    statements: value.flatMap((statement) => statementsOf(statement, key, translation)),
  });
}

/**
 * Returns a statement of the language in the CDK's form. In the CDK, all principals of a statement have the same conditions, so an
 * organization gets a separate statement.
 */
export function statementsOf(
  definition: StatementDefinition,
  key: KeyModel,
  translation: Translation,
): readonly iam.PolicyStatement[] {
  const { iam } = translation.library;
  const ofKey = { stack: stackOf(key, translation), key: key.name };
  const texts = (list: string | readonly string[] | undefined) => listOf(list).map((text) => textIn(ofKey, text));
  const resources = texts(definition.resources);
  const notResources = texts(definition.notResources);
  const body: iam.PolicyStatementProps = {
    ...(definition.sid && { sid: definition.sid }), // an empty sid counts as none
    effect: definition.effect === 'Deny' ? iam.Effect.DENY : iam.Effect.ALLOW,
    ...(definition.actions !== undefined && { actions: [...listOf(definition.actions)] }),
    ...(definition.notActions !== undefined && { notActions: [...listOf(definition.notActions)] }),
    ...(notResources.length > 0 ? { notResources } : { resources: resources.length > 0 ? resources : ['*'] }),
  };
  const who = (references: StatementDefinition['principals']) =>
    whoAre(listOf(references), key.stack, translation.source).map((one) => namedPrincipal(one, ofKey, translation));
  const conditions = conditionsIn(ofKey, definition.conditions);
  if (definition.notPrincipals !== undefined) {
    const notPrincipals = who(definition.notPrincipals).map(({ principal }) => principal);
    return [new iam.PolicyStatement({ ...body, notPrincipals, conditions })];
  }
  const together = new Map<string, { readonly conditions: Conditions; readonly principals: iam.IPrincipal[] }>();
  for (const { principal, conditions: own } of who(definition.principals)) {
    const group = JSON.stringify([own, principal.policyFragment.conditions]);
    const existing = together.get(group);
    if (existing !== undefined) existing.principals.push(principal);
    else together.set(group, { conditions: joinConditions(conditions, own), principals: [principal] });
  }
  return [...together.values()].map((group, index) => {
    const sid = body.sid !== undefined && index > 0 ? { sid: `${body.sid}${index + 1}` } : {}; // each statement needs its own sid
    return new iam.PolicyStatement({ ...body, ...sid, ...group });
  });
}

/** Reads a policy file, which has AWS's own format. Only the four placeholders are replaced, and not in the names of actions. */
function readDocument(text: string, stack: core.Stack, { library }: Translation): iam.PolicyDocument {
  const replaced = (value: unknown) => valueIn(stack, value);
  const document = load(text) as { readonly Statement: object | readonly object[] };
  const statements = listOf(document.Statement).map((statement) => {
    const { Sid, Action, NotAction, ...rest } = statement as Record<string, unknown>;
    return {
      ...(Sid !== undefined && { Sid }),
      ...(Action !== undefined && { Action }),
      ...(NotAction !== undefined && { NotAction }),
      ...(replaced(rest) as object),
    };
  });
  return library.iam.PolicyDocument.fromJson({ Statement: statements });
}

/** Translates all texts in a value for the CDK. */
function valueIn(texts: Texts, value: unknown): unknown {
  if (typeof value === 'string') return textIn(texts, value);
  if (Array.isArray(value)) return value.map((each) => valueIn(texts, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, valueIn(texts, entry)]));
}

/**
 * Returns the statements of a preset. Their content comes from the table of presets, so the CDK judges only the form of a policy with these
 * statements.
 */
export function serviceStatements(
  definition: ServiceDefinition,
  key: KeyModel,
  translation: Translation,
): readonly iam.PolicyStatement[] {
  const { iam } = translation.library;
  const { name, ...options } = typeof definition === 'string' ? { name: definition } : definition;
  const preset = servicePresets.find((candidate) => candidate.name === name);
  // Keywright only warns about such a service (KW3080).
  if (preset === undefined && servicesWithoutStatement.some((other) => servicesCalled(name).includes(other.name)))
    return [];
  if (preset === undefined) throw new Error(`there is no service ${name}`);
  translation.limits.push({ name: 'services' });
  const text = (expression: Expression): string => {
    switch (expression.kind) {
      case 'literal':
        return expression.text;
      case 'concat':
        return expression.parts.map(text).join('');
      case 'pseudo':
        return textIn(stackOf(key, translation), `\${${expression.name}}`);
      default:
        throw new Error(`the preset ${name} refers to a resource`);
    }
  };
  const principal = (of: PolicyPrincipal): iam.IPrincipal => {
    switch (of.kind) {
      case 'aws':
        return new iam.ArnPrincipal(text(of.arn));
      case 'service':
        return wholeHost(text(of.host), translation);
      case 'federated':
        return new iam.FederatedPrincipal(text(of.provider), {});
      case 'anyone':
        return new iam.AnyPrincipal();
    }
  };
  const conditions = (list: readonly Condition[]): Conditions =>
    list
      .map((test) => ({ [test.operator]: { [test.key]: oneOrMany(test.values.map(text)) } }))
      .reduce<Conditions>(joinConditions, {});
  const texts = { stack: stackOf(key, translation), key: key.name };
  return preset.statements(valueIn(texts, options) as typeof options, key.place).map(
    (statement) =>
      new iam.PolicyStatement({
        ...(statement.sid !== undefined && { sid: statement.sid }),
        actions: [...(statement.actions ?? [])],
        resources: ['*'],
        principals: (statement.principals ?? []).map(principal),
        conditions: conditions(statement.conditions),
      }),
  );
}
