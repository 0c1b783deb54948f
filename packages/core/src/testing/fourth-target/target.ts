/** A small target, which shows what a target consists of: this folder, and its line in the list of targets. */

import * as z from 'zod';
import type { Target } from '../../emit/emitter.ts';
import { outputs, section } from './names.ts';

export const target: Target<object> = {
  name: 'ini',
  title: 'INI',
  capabilities: {
    kmsGrants: true,
    namelessKmsGrants: true,
    origins: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
    sharesAcrossAccounts: true,
    sharesAcrossRegions: true,
  },
  pinnedName: { pattern: /^[^\p{C}\]]+$/u, rule: 'a section has no control characters and no "]"' },
  options: z.strictObject({ templates: z.string().optional() }),
  renames: true,
  removesAsDeployed: true,
  deletesFirst: false,
  renamesStacks: false,
  nameOf: section,
  addressesOf: (resource, stack) => [section(resource, stack), ...outputs.claimedBy(resource.id, stack)],
  loadEmitter: async () => (await import('./emit.ts')).emitter,
};
