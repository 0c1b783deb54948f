import type { Target } from '@keywright/core/emit/emitter';
import { checkStack } from './check-stack.ts';
import { catalogue } from './diagnostics.ts';
import { mayBeTooLong } from './may-be-too-long.ts';
import { logicalIdOf, templateNameOf } from './names.ts';
import { type CfnOptions, options } from './options.ts';
import { lacks } from './rows.ts';

export const target: Target<CfnOptions> = {
  name: 'cfn',
  title: 'CloudFormation',
  capabilities: {
    kmsGrants: false,
    namelessKmsGrants: false,
    lacks,
    // Source: CloudFormation template reference, AWS::KMS::Key, Origin.
    origins: ['AWS_KMS', 'EXTERNAL'],
    sharesAcrossAccounts: false,
    sharesAcrossRegions: false,
  },
  pinnedName: {
    pattern: /^[A-Za-z0-9]{1,255}$/,
    rule: 'a logical id has letters and digits only, 255 of them at most',
  },
  options,
  renames: false,
  removesAsDeployed: true,
  deletesFirst: false,
  renamesStacks: false,
  nameOf: logicalIdOf,
  addressesOf(resource, stack) {
    // KMS grants need no name: core refuses them for this target.
    if (resource.kind === 'kmsGrant') return [];
    return [`${templateNameOf(resource, stack)}/${logicalIdOf(resource)}`];
  },
  problemsOf: checkStack,
  mayBeTooLong,
  get diagnostics() {
    return catalogue;
  },
  loadEmitter: async () => (await import('./emit.ts')).emitter,
};
