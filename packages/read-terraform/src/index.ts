/** What `@keywright/read-terraform` promises to those who build on it; everything else of the package may change in any release. */
export { type ReadTerraformOptions, readTerraform, readTerraformModule } from './read-terraform.ts';
