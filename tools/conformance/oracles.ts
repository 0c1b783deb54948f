import type { Named, Oracle } from './oracle.ts';

/**
 * Every oracle, in the order of docs/conformance.md; loaded when it is to run. Each is given the cases that it brings, or else
 * subjects.
 */
export const oracles: readonly (() => Promise<Oracle<Named>>)[] = [
  async () => (await import('./oracles/cdk.ts')).oracle,
  async () => (await import('./oracles/cfn-lint.ts')).oracle,
  async () => (await import('./oracles/service-spec.ts')).oracle,
  async () => (await import('./oracles/pulumi.ts')).oracle,
  async () => (await import('./oracles/live.ts')).oracle,
  async () => (await import('./oracles/lookups.ts')).oracle,
  async () => (await import('./oracles/terraform.ts')).oracle,
  async () => (await import('./oracles/aws-provider.ts')).oracle,
  async () => (await import('./oracles/laws.ts')).readCfn,
  async () => (await import('./oracles/laws.ts')).readTerraform,
  async () => (await import('./oracles/laws.ts')).readPulumi,
  async () => (await import('./oracles/laws.ts')).lift,
  async () => (await import('./oracles/fleet.ts')).oracle,
  async () => (await import('./oracles/formatters/prettier.ts')).prettier,
  async () => (await import('./oracles/formatters/terraform-fmt.ts')).terraformFmt,
];
