import type { Target } from '@keywright/core/emit/emitter';
import { checkStack } from './check-stack.ts';
import { movedFrom } from './moved-from.ts';
import { address, modulePath, modulesFolder } from './names.ts';
import { options, type TerraformOptions } from './options.ts';
import { moduleOutputs } from './outputs.ts';
import { statesPlace } from './states-place.ts';

export const target: Target<TerraformOptions> = {
  name: 'terraform',
  title: 'Terraform',
  capabilities: {
    kmsGrants: true,
    namelessKmsGrants: true,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  pinnedName: {
    pattern: /^[A-Za-z_][A-Za-z0-9_-]*$/,
    rule: 'a Terraform name has letters, digits, "_" and "-", and does not start with a digit',
  },
  options,
  renames: true,
  removesAsDeployed: false,
  deletesFirst: true,
  renamesStacks: false,
  nameOf: address,
  prefixOf: modulePath,
  programFolder: modulesFolder,
  movedFrom,
  addressesOf(resource, stack) {
    return [address(resource, stack), ...moduleOutputs.claimedBy(resource.id, stack).map((name) => `output.${name}`)];
  },
  states: {
    placeIn: statesPlace,
    advice: 'in each root module that was initialised with the former settings, run `terraform init -migrate-state`',
  },
  problemsOf: checkStack,
  loadEmitter: async () => (await import('./emit.ts')).emitter,
};
