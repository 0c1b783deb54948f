import { commonFaults } from '../../kit/templates/common-faults.ts';
import { draftFault, propertyFault, textFault } from '../../kit/templates/template-fault.ts';
import type { Fault } from '../../oracle.ts';

/** Has a mistake for each thing that the specification or the limits determine. */
export const faults: readonly Fault[] = [
  ...commonFaults,
  textFault('an import that nobody exports', (text) => text.replace(/!ImportValue \S+/, '!ImportValue nobody:exports')),
  propertyFault('a misspelt property', 'AWS::KMS::Key', (key) => {
    key.EnableKeyRotations = true;
  }),
  propertyFault('a property of a property that does not exist', 'AWS::KMS::Key', (key) => {
    key.Tags = [{ Name: 'a', Value: 'b' }];
  }),
  propertyFault('a property that only CloudFormation sets', 'AWS::KMS::Key', (key) => {
    key.KeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
  }),
  propertyFault('a word for a number', 'AWS::KMS::Key', (key) => {
    key.PendingWindowInDays = '10';
  }),
  propertyFault('a broken number', 'AWS::KMS::Key', (key) => {
    key.RotationPeriodInDays = 90.5;
  }),
  draftFault('a parameter for a number that is text', ({ Parameters }) => {
    const number = Object.values(Parameters ?? {}).find(({ Type }) => Type === 'Number');
    if (number !== undefined) number.Type = 'String';
    return number !== undefined;
  }),
  propertyFault('a word for a truth', 'AWS::KMS::Key', (key) => {
    key.EnableKeyRotation = 'true';
  }),
  propertyFault('text for a list', 'AWS::IAM::Policy', (policy) => {
    policy.Roles = 'reader';
  }),
  propertyFault('a number for text', 'AWS::KMS::Key', (key) => {
    key.Description = 42;
  }),
  propertyFault('a list for a policy', 'AWS::KMS::Key', (key) => {
    key.KeyPolicy = [key.KeyPolicy];
  }),
  propertyFault('a computed value for a number', 'AWS::KMS::Key', (key) => {
    key.PendingWindowInDays = { Ref: 'AWS::Region' };
  }),
  propertyFault('a reference to nothing in a policy', 'AWS::KMS::Key', (key) => {
    const policy = key.KeyPolicy as { readonly Statement: Record<string, unknown>[] }; // every policy has this form
    policy.Statement.push({ Principal: { AWS: { 'Fn::GetAtt': ['Nobody', 'Arn'] } } });
  }),
  draftFault('a resource that waits for nothing', ({ Resources }) => {
    const [first] = Object.values(Resources ?? {});
    if (first !== undefined) first.DependsOn = 'Nobody';
    return first !== undefined;
  }),
  draftFault('a parameter that nobody gives a value', (draft) => {
    draft.Parameters = { ...draft.Parameters, Orphan: { Type: 'String' } };
    return true;
  }),
  draftFault('an export that is there twice', ({ Outputs }) => {
    const exported = Object.values(Outputs ?? {}).find(({ Export }) => Export !== undefined);
    if (Outputs === undefined || exported === undefined) return false;
    Outputs.Twice = { ...exported };
    return true;
  }),
  draftFault('an export whose name has a blank', ({ Outputs }) => {
    const exported = Object.values(Outputs ?? {}).find(({ Export }) => Export !== undefined);
    if (exported !== undefined) exported.Export = { Name: 'orders key' };
    return exported !== undefined;
  }),
  draftFault('a 201st output', (draft) => {
    draft.Outputs = { ...draft.Outputs, ...many(201, { Value: 'x' }) };
    return true;
  }),
  draftFault('a 201st parameter', (draft) => {
    draft.Parameters = many(201, { Type: 'String', Default: 'x' });
    return true;
  }),
  textFault('more than 1 MB', (text) => text + '#'.repeat(1_000_000)),
];

function many(count: number, each: Record<string, unknown>): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`More${index}`, each]));
}
