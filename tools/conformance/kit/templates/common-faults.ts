import type { Fault } from '../../oracle.ts';
import { draftFault, propertyFault, textFault } from './template-fault.ts';

/** Mistakes that every oracle for templates has to notice. */
export const commonFaults: readonly Fault[] = [
  textFault('a quote that is not closed', (text) => text.replace(/: '([^'\n]*)'$/m, ": '$1")),
  textFault('a reference to nothing', (text) => text.replace(/TargetKeyId: !Ref \w+/, 'TargetKeyId: !Ref Nobody')),
  textFault('an attribute that a key does not have', (text) => text.replace(/(!GetAtt \w+Key)\.Arn/, '$1.Arns')),
  textFault('text that substitutes nothing', (text) => text.replace('${AWS::Partition}', '${AWS::Partitions}')),
  propertyFault('a required property that is missing', 'AWS::KMS::Alias', (alias) => delete alias.TargetKeyId),
  propertyFault('a key spec that does not exist', 'AWS::KMS::Key', (key) => {
    key.KeySpec = 'RSA_1024';
  }),
  draftFault('a resource type that does not exist', ({ Resources }) => {
    const [first] = Object.values(Resources ?? {});
    if (first !== undefined) first.Type = 'AWS::KMS::Keys';
    return first !== undefined;
  }),
  draftFault('an output without a value', ({ Outputs }) => {
    const [first] = Object.values(Outputs ?? {});
    return first !== undefined && delete first.Value;
  }),
  draftFault('a logical id with a hyphen', ({ Resources = {} }) => {
    Resources['orders-key'] = { Type: 'AWS::IAM::Group' };
    return true;
  }),
  draftFault('a 501st resource', ({ Resources = {} }) => {
    for (let count = Object.keys(Resources).length; count < 501; count += 1) {
      Resources[`More${count}`] = { Type: 'AWS::IAM::Group' };
    }
    return true;
  }),
];
