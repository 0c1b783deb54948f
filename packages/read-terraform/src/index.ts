/** The public API of `@keywright/read-terraform`; everything else in the package may change in any release. */
export { hostOf, type ModuleHost } from './hcl/module-host.ts';
export { readTerraform, readTerraformModule } from './read-terraform.ts';
