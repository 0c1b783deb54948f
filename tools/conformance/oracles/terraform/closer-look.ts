import type { Resource, Stack } from '@keywright/core/ir/program';
import { usagesOfSpec } from '@keywright/core/kms/key-specs';
import { resourceType } from '@keywright/emit-terraform/names';

/**
 * Selects the stacks to examine more closely: every stack with something that no earlier stack had. The selection is the same in every run
 * over the same subjects.
 */
export function createCloserLook(): (stack: Stack) => boolean {
  const seen = new Set<string>();
  return (stack) => {
    const fresh = featuresOf(stack).filter((feature) => !seen.has(feature));
    for (const feature of fresh) seen.add(feature);
    return fresh.length > 0;
  };
}

function featuresOf(stack: Stack): readonly string[] {
  const imports = stack.imports.map(({ nativeTargets }) =>
    nativeTargets.includes('terraform') ? 'the state of another stack' : 'a parameter',
  );
  const place = stack.environment.region === undefined ? 'anywhere' : 'in a region';
  return [place, ...imports, ...stack.resources.flatMap(featuresOfResource)];
}

function featuresOfResource(resource: Resource): readonly string[] {
  const type = resourceType(resource);
  const own = [type, ...(resource.names.terraform === undefined ? [] : [`${type} pinned`])];
  if (resource.kind !== 'key') return own;
  const { removal, multiRegion, rotation, enabled, spec, description, tags } = resource;
  const words = [
    multiRegion && 'multi-Region',
    rotation.periodDays !== undefined && 'rotation period',
    !enabled && 'disabled',
    usagesOfSpec[spec].length > 1 && 'two usages',
    description !== undefined && 'description',
    tags.length > 0 && 'tags',
  ];
  return [...own, ...words.filter((word) => word !== false).map((word) => `${type} ${removal} ${word}`)];
}
