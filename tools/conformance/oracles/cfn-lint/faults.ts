import { commonFaults } from '../../kit/templates/common-faults.ts';
import { draftFault, propertyFault, textFault } from '../../kit/templates/template-fault.ts';
import type { Fault } from '../../oracle.ts';

/** Has a mistake for each kind of problem that cfn-lint finds and a parser does not. */
export const faults: readonly Fault[] = [
  ...commonFaults,
  textFault('an escape that YAML does not have', (text) => text.replace(/^Description: .*$/m, 'Description: "\\q"')),
  textFault('a line indented by one too many', (text) => text.replace(/^ {6}TargetKeyId/m, '       TargetKeyId')),
  textFault('a key that is there twice', (text) => text.replace(/^( {6}AliasName: .*\n)/m, '$1$1')),
  textFault('a form of a policy that does not exist', (text) =>
    text.replace(/Version: '2012-10-17'/, "Version: '2021-10-17'"),
  ),
  propertyFault('a misspelt property', 'AWS::KMS::Alias', (alias) => {
    alias.AliasNames = alias.AliasName;
  }),
  propertyFault('a word for a number', 'AWS::KMS::Key', (key) => {
    key.PendingWindowInDays = 'ten';
  }),
  propertyFault('a number out of bounds', 'AWS::KMS::Key', (key) => {
    key.PendingWindowInDays = 31;
  }),
  propertyFault('text for a list', 'AWS::KMS::Key', (key) => {
    key.Tags = 'owner=platform';
  }),
  propertyFault('an alias without its prefix', 'AWS::KMS::Alias', (alias) => {
    alias.AliasName = 'orders';
  }),
  propertyFault('a tag that is there twice', 'AWS::KMS::Key', (key) => {
    key.Tags = [
      { Key: 'a', Value: '1' },
      { Key: 'a', Value: '2' },
    ];
  }),
  statementFault('a wrong action in a key policy', (statement) => {
    statement.Action = 'kms:Decript';
  }),
  statementFault('an effect that does not exist', (statement) => {
    statement.Effect = 'Alow';
  }),
  statementFault('a key policy statement without a principal', (statement) => delete statement.Principal),
  statementFault('an element that a statement does not have', (statement) => {
    statement.Conditions = {};
  }),
  propertyFault('text that looks like a substitution which is forgotten', 'AWS::KMS::Key', (key) => {
    key.Description = 'of ${AWS::AccountId}';
  }),
  draftFault('a circle of dependencies', ({ Resources }) => {
    const [id, resource] = Object.entries(Resources ?? {}).find(([, { Type }]) => Type === 'AWS::KMS::Alias') ?? [];
    const key = Object.values(Resources ?? {}).find(({ Type }) => Type === 'AWS::KMS::Key');
    if (resource === undefined || key === undefined || !JSON.stringify(resource).includes('"Ref"')) return false;
    key.DependsOn = id;
    return true;
  }),
  draftFault('an output that shows an import although nobody asked for it', (draft) => {
    draft.Outputs = { ...draft.Outputs, Sneaky: { Value: { 'Fn::ImportValue': 'other:keys:orders:arn' } } };
    return true;
  }),
  draftFault('a parameter that nothing uses', (draft) => {
    draft.Parameters = { ...draft.Parameters, Unused: { Type: 'String' } };
    return true;
  }),
  draftFault('a 201st output', (draft) => {
    draft.Outputs = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`More${index}`, { Value: 'x' }]));
    return true;
  }),
];

function statementFault(name: string, change: (statement: Record<string, unknown>) => unknown): Fault {
  return propertyFault(name, 'AWS::KMS::Key', ({ KeyPolicy }) => {
    const [first] = (KeyPolicy as { readonly Statement: readonly Record<string, unknown>[] }).Statement; // every policy has this form
    if (first === undefined) return false;
    change(first);
  });
}
