import type { Fault } from '../../oracle.ts';
import { readTemplate } from './compare/template.ts';
import {
  type Draft,
  type DraftResource,
  type DraftStatement,
  type DraftStep,
  statementsOf,
  templatesOf,
  withFile,
} from './draft.ts';
import { faultsBesideDepartures } from './faults-beside-departures.ts';
import { faultsBesideOtherDepartures } from './faults-beside-other-departures.ts';

/** Has at least one mistake for each thing that is compared. A departure that is too wide may hide several mistakes. */
export const faults: readonly Fault[] = [
  inKeyPolicy('a wrong action in a key policy', namesSomebody, (statement) => {
    statement.Action = 'kms:DisableKey';
  }),
  inKeyPolicy('an action too many in a key policy', namesSomebody, (statement) => {
    statement.Action = [...[statement.Action].flat(), 'kms:PutKeyPolicy'];
  }),
  inKeyPolicy('a lost condition in a key policy', hasCondition, (statement) => {
    delete statement.Condition;
  }),
  inKeyPolicy('a changed condition in a key policy', hasCondition, (statement) => {
    statement.Condition = { ...(statement.Condition as object), Bool: { 'aws:SecureTransport': 'true' } };
  }),
  inKeyPolicy(
    'a Deny that becomes an Allow',
    ({ Effect }) => Effect === 'Deny',
    (statement) => {
      statement.Effect = 'Allow';
    },
  ),
  inKeyPolicy('everybody in place of somebody', namesSomebody, (statement) => {
    statement.Principal = { AWS: '*' };
  }),
  inKeyPolicy(
    'a sid that is lost',
    ({ Sid }) => Sid !== undefined,
    (statement) => {
      delete statement.Sid;
    },
  ),
  inResource('swapped principals in a key policy', 'AWS::KMS::Key', ({ Properties }) => {
    const named = statementsOf(Properties?.KeyPolicy).filter(({ Principal }) => Principal !== undefined);
    const [one] = named;
    const other = named.find(
      ({ Principal, Action }) =>
        JSON.stringify(Principal) !== JSON.stringify(one?.Principal) &&
        // If the stack's own account is unknown, two accounts may be the same.
        !(isRoot(Principal) && isRoot(one?.Principal)) &&
        JSON.stringify(Action) !== JSON.stringify(one?.Action),
    );
    if (one === undefined || other === undefined) return false;
    [one.Principal, other.Principal] = [other.Principal, one.Principal];
    return true;
  }),
  inResource('a grant that is lost in a key policy', 'AWS::KMS::Key', ({ Properties }) => {
    const statements = statementsOf(Properties?.KeyPolicy);
    if (statements.length < 2) return false;
    statements.pop();
    return true;
  }),
  inResource('a key policy that trusts another account', 'AWS::KMS::Key', ({ Properties }) => {
    statementsOf(Properties?.KeyPolicy).push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::121212121212:root' },
      Action: 'kms:*',
      Resource: '*',
    });
    return true;
  }),
  inResource('a key policy without its first statement', 'AWS::KMS::Key', ({ Properties }) => {
    return statementsOf(Properties?.KeyPolicy).shift() !== undefined;
  }),
  inResource('an administrator who cannot replicate', 'AWS::KMS::Key', ({ Properties }) => {
    const statement = statementsOf(Properties?.KeyPolicy).find(({ Action }) =>
      [Action].flat().includes('kms:ReplicateKey'),
    );
    if (statement === undefined) return false;
    statement.Action = [statement.Action].flat().filter((action) => action !== 'kms:ReplicateKey');
    return true;
  }),
  inIdentityPolicy('a wrong action on the grantee', always, (statement) => {
    statement.Action = 'kms:DisableKey';
  }),
  inIdentityPolicy(
    'a policy for every key in place of one',
    ({ Resource }) => typeof Resource === 'object',
    (statement) => {
      statement.Resource = '*';
    },
  ),
  inIdentityPolicy('a lost alias in a policy about another account', namesAlias, (statement) => {
    const { 'ForAnyValue:StringEquals': _, ...others } = statement.Condition as Record<string, unknown>; // it has this operator
    statement.Condition = others;
  }),
  inIdentityPolicy('the keys of a wrong region', namesOtherKeys, (statement) => {
    statement.Resource = String(statement.Resource).replace(/^(arn:[^:]+:kms):[^:]+:/, '$1:ap-south-1:');
  }),
  inResource('a policy on somebody else', 'AWS::IAM::Policy', ({ Properties = {} }) => {
    if (Properties.Roles === undefined) return false;
    Properties.Roles = ['Somebody'];
    return true;
  }),
  inResource('a grant that is lost on the grantee', 'AWS::IAM::Policy', ({ Properties }) => {
    return statementsOf(Properties?.PolicyDocument).pop() !== undefined;
  }),
  inResource('a role that anybody can assume', 'AWS::IAM::Role', ({ Properties }) => {
    const [first] = statementsOf(Properties?.AssumeRolePolicyDocument);
    if (first === undefined) return false;
    first.Principal = { AWS: '*' };
    return true;
  }),
  inResource('a misspelt argument', 'AWS::KMS::Key', ({ Properties = {} }) => {
    const { Description, ...others } = Properties;
    if (Description === undefined) return false;
    replace(Properties, { ...others, Descriptions: Description });
    return true;
  }),
  inResource('a misspelt part of a statement', 'AWS::KMS::Key', ({ Properties }) => {
    const conditional = statementsOf(Properties?.KeyPolicy).find(hasCondition);
    if (conditional === undefined) return false;
    const { Condition, ...others } = conditional;
    replace(conditional, { ...others, Conditions: Condition });
    return true;
  }),
  inResource('a broken escape', 'AWS::KMS::Key', ({ Properties = {} }) => {
    // Needs text with substitutions of CloudFormation.
    const { Description } = Properties;
    if (typeof Description !== 'string' || !/\$\{[^}]+\}/.test(Description)) return false;
    Properties.Description = { 'Fn::Sub': Description };
    return true;
  }),
  inText('a lost escape', (text) => text.replace('${!', '${')),
  // Changes the text, because each tool names policies in its own way.
  inText('a placeholder that is text', (text) =>
    text.replace(/^(?!.*PolicyName)(.*)\$\{AWS::Region\}/m, '$1${!AWS::Region}'),
  ),
  inResource('text with a character more', 'AWS::KMS::Key', ({ Properties = {} }) => {
    if (typeof Properties.Description !== 'string') return false;
    Properties.Description += ' ';
    return true;
  }),
  inResource('a lost tag', 'AWS::KMS::Key', ({ Properties = {} }) => {
    const tags = Properties.Tags as unknown[] | undefined; // a list in every template
    return tags?.pop() !== undefined;
  }),
  inResource('a rotation that is off', 'AWS::KMS::Key', ({ Properties = {} }) => {
    if (Properties.EnableKeyRotation !== true) return false;
    Properties.EnableKeyRotation = false;
    return true;
  }),
  inResource('a key that goes with its stack', 'AWS::KMS::Key', (resource) => {
    if (resource.DeletionPolicy !== 'RetainExceptOnCreate') return false;
    resource.DeletionPolicy = 'Delete';
    return true;
  }),
  inResource('an alias of another key', 'AWS::KMS::Alias', ({ Properties = {} }) => {
    Properties.TargetKeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
    return true;
  }),
  inResource('a wrong alias', 'AWS::KMS::Alias', ({ Properties = {} }) => {
    Properties.AliasName = `${Properties.AliasName}s`;
    return true;
  }),
  inResource('a role under a name of its own', 'AWS::IAM::Role', ({ Properties = {} }) => {
    if (Properties.RoleName !== undefined) return false;
    Properties.RoleName = 'Reader';
    return true;
  }),
  inTemplate('an export of the wrong value', ({ Outputs }) => {
    const exported = Object.values(Outputs ?? {}).find(
      ({ Value, Export }) => Export && JSON.stringify(Value).includes('Arn'),
    );
    if (exported === undefined) return false;
    exported.Value = { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/other' };
    return true;
  }),
  inTemplate('an output of the wrong value', ({ Outputs }) => {
    // Needs an output of the user, not one for a replica's template.
    const output = Object.values(Outputs ?? {}).find(
      ({ Description = '', Export }) =>
        Export === undefined &&
        /^(\w+$|(ARN|ID|Name) of |Output )/.test(Description) &&
        !Description.endsWith(', for the templates of replicas'),
    );
    if (output === undefined) return false;
    output.Value = 'something else';
    return true;
  }),
  inTemplate('a resource that nobody asked for', ({ Resources }) => {
    if (Resources === undefined) return false;
    Resources.Stray = { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/stray', TargetKeyId: 'none' } };
    return true;
  }),
  {
    name: 'a lost order of deployment',
    plant(subject) {
      const path = 'cfn/deployments.json';
      const order = JSON.parse(subject.files.get(path) ?? '{"steps":[]}') as { readonly steps: DraftStep[] };
      // A template of replicas comes after the template of its own stack, which is not compared.
      const step = order.steps.find(
        ({ dependsOn, parameters }) => dependsOn.length > 0 && Object.keys(parameters).length === 0,
      );
      if (step === undefined) return undefined;
      step.dependsOn = [];
      return withFile(subject, path, JSON.stringify(order));
    },
  },
  ...faultsBesideDepartures,
  ...faultsBesideOtherDepartures,
];

function always(): boolean {
  return true;
}

/**
 * Whether an Allow without a sid names a principal other than the account root or everybody. Another statement is likely to allow the same
 * to the root or to everybody.
 */
function namesSomebody({ Effect, Principal, Sid }: DraftStatement): boolean {
  const isEverybody = JSON.stringify(Principal) === '{"AWS":"*"}';
  return Effect === 'Allow' && Sid === undefined && !isRoot(Principal) && !isEverybody;
}

function isRoot(principal: unknown): boolean {
  return JSON.stringify(principal ?? '').includes(':root');
}

function hasCondition({ Condition }: DraftStatement): boolean {
  return Condition !== undefined;
}

function namesAlias({ Condition }: DraftStatement): boolean {
  return JSON.stringify(Condition ?? {}).includes('kms:ResourceAliases');
}

function namesOtherKeys({ Resource }: DraftStatement): boolean {
  return typeof Resource === 'string' && Resource.endsWith(':key/*');
}

function replace(target: Record<string, unknown>, value: Record<string, unknown>): void {
  for (const name of Object.keys(target)) delete target[name];
  Object.assign(target, value);
}

/** Returns a fault in a template. `change` returns `false` if it cannot make the mistake. */
function inTemplate(name: string, change: (draft: Draft) => boolean): Fault {
  return {
    name,
    plant(subject) {
      for (const [path, text] of templatesOf(subject)) {
        const draft = readTemplate(text) as Draft; // a copy that may be changed
        if (change(draft)) return withFile(subject, path, JSON.stringify(draft));
      }
      return undefined;
    },
  };
}

function inResource(name: string, type: string, change: (resource: DraftResource) => boolean): Fault {
  return inTemplate(name, ({ Resources }) =>
    Object.values(Resources ?? {}).some((resource) => resource.Type === type && change(resource)),
  );
}

function inKeyPolicy(
  name: string,
  isPlace: (of: DraftStatement) => boolean,
  change: (of: DraftStatement) => void,
): Fault {
  return inStatement(name, 'AWS::KMS::Key', 'KeyPolicy', isPlace, change);
}

function inIdentityPolicy(
  name: string,
  isPlace: (of: DraftStatement) => boolean,
  change: (of: DraftStatement) => void,
): Fault {
  return inStatement(name, 'AWS::IAM::Policy', 'PolicyDocument', isPlace, change);
}

function inStatement(
  name: string,
  type: string,
  property: string,
  isPlace: (of: DraftStatement) => boolean,
  change: (of: DraftStatement) => void,
): Fault {
  return inResource(name, type, ({ Properties }) => {
    const statement = statementsOf(Properties?.[property]).find(isPlace);
    if (statement === undefined) return false;
    change(statement);
    return true;
  });
}

function inText(name: string, edit: (text: string) => string): Fault {
  return {
    name,
    plant(subject) {
      for (const [path, text] of templatesOf(subject)) {
        const edited = edit(text);
        if (edited !== text) return withFile(subject, path, edited);
      }
      return undefined;
    },
  };
}
