/** The properties of a resource that AWS never sees: where and how it was written, its names in generated code, the order of creation. */
export const notDeployed: ReadonlySet<string> = new Set([
  'id',
  'source',
  'names',
  'formerNames',
  'formerStacks',
  'isRepointed',
  'dependsOn',
  'writtenName',
  'resolvedName',
]);
