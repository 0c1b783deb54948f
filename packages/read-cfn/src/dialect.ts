import type { Dialect } from '@keywright/core/syntax/compose';

const functions = [
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
];

/**
 * The YAML of CloudFormation: 1.1, with short forms of the functions. Source: CloudFormation User Guide, "Intrinsic function reference";
 * YAML 1.1, "Boolean Language-Independent Type", without `y` and `n`, which no common parser takes for booleans.
 */
export const cloudFormationYaml: Dialect = {
  tags: new Map([
    ['!Ref', 'Ref'],
    ['!Condition', 'Condition'],
    ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
  ]),
  words: new Map([
    ['yes', true],
    ['on', true],
    ['no', false],
    ['off', false],
  ]),
};
