import type { Emitter, Target } from '@keywright/core/emit/emitter';
import { target as cfn } from '@keywright/emit-cfn/target';
import { target as pulumi } from '@keywright/emit-pulumi/target';
import { target as terraform } from '@keywright/emit-terraform/target';

/** Every target, in the order in which they are listed and built. */
export const targets: readonly Target<unknown>[] = [cfn, terraform, pulumi];

const emitters: Readonly<Record<string, () => Promise<Emitter<unknown>>>> = {
  cfn: async () => (await import('@keywright/emit-cfn/emit')).emitter,
  terraform: async () => (await import('@keywright/emit-terraform/emit')).emitter,
  pulumi: async () => (await import('@keywright/emit-pulumi/emit')).emitter,
};

/** The half of a target that prints. Only what prints loads it: templates and printers cost time. */
export async function loadEmitter(target: string): Promise<Emitter<unknown>> {
  const load = emitters[target];
  if (load === undefined) throw new Error(`the target ${target} has no emitter`);
  return load();
}
