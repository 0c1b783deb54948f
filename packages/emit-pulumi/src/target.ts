import type { Target } from '@keywright/core/emit/emitter';
import { checkStack } from './check-stack.ts';
import { namesOf } from './names.ts';
import { options, type PulumiOptions } from './options.ts';
import { programOutputs } from './outputs.ts';

export const target: Target<PulumiOptions> = {
  name: 'pulumi',
  title: 'Pulumi',
  capabilities: {
    kmsGrants: true,
    // Pulumi generates a name for a grant that has none.
    namelessKmsGrants: false,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  pinnedName: {
    // `::` separates the parts of a URN, and the name is such a part.
    pattern: /^(?!.*::)[^\p{C}\p{Z}]([^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u,
    rule: 'a Pulumi name has no "::", no control characters, and no spaces at its ends',
  },
  options,
  renames: true,
  programsHaveFormerNames: true,
  removesAsDeployed: true,
  // A replacement has the same name, so the old resource is deleted first. Both could exist only with names that Pulumi generates.
  deletesFirst: true,
  renamesStacks: true,
  nameOf(resource, stack) {
    const { type, name } = namesOf(stack).of(resource);
    return `${type}::${name}`;
  },
  addressesOf(resource, stack) {
    const { type, name } = namesOf(stack).of(resource);
    return [`${type}::${name}`, ...programOutputs.claimedBy(resource.id, stack).map((output) => `output ${output}`)];
  },
  states: {
    placeIn: ({ stackName }) => stackName,
    advice: 'rename each Pulumi stack with `pulumi stack rename`',
  },
  problemsOf: checkStack,
  loadEmitter: async () => (await import('./emit.ts')).emitter,
};
