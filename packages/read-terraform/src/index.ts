/** The public API of `@keywright/read-terraform`; everything else in the package may change in any release. */
export { readTerraform, readTerraformModule } from './read-terraform.ts';
