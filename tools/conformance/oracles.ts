import type { Named, Oracle } from './oracle.ts';

/** An oracle. Its code is loaded when it runs. */
export interface NamedOracle {
  readonly name: string;
  /** Set for an oracle that is too slow for every run. It runs only with `--long`, or if `--oracle` names it. */
  readonly long?: true;
  /**
   * Roughly how long the oracle takes while other oracles run at the same time on two cores. Those that take longest start first, so that
   * no oracle is left running alone at the end.
   */
  readonly seconds: number;
  load(): Promise<Oracle<Named>>;
}

/** The oracles in the order of docs/conformance.md. An oracle judges its own cases or, if it has none, the common subjects. */
export const oracles: readonly NamedOracle[] = [
  { name: 'aws-cdk-lib', seconds: 130, load: async () => (await import('./oracles/cdk.ts')).oracle },
  { name: 'cfn-lint', seconds: 60, load: async () => (await import('./oracles/cfn-lint.ts')).oracle },
  { name: 'aws-service-spec', seconds: 15, load: async () => (await import('./oracles/service-spec.ts')).oracle },
  { name: 'pulumi', seconds: 260, load: async () => (await import('./oracles/pulumi.ts')).oracle },
  { name: 'live', seconds: 420, load: async () => (await import('./oracles/live.ts')).oracle },
  { name: 'lookups', seconds: 130, load: async () => (await import('./oracles/lookups.ts')).oracle },
  { name: 'terraform', seconds: 350, load: async () => (await import('./oracles/terraform.ts')).oracle },
  { name: 'aws-provider', seconds: 900, load: async () => (await import('./oracles/aws-provider.ts')).oracle },
  { name: 'read-cfn', seconds: 70, load: async () => (await import('./oracles/laws.ts')).readCfn },
  { name: 'read-terraform', seconds: 100, load: async () => (await import('./oracles/laws.ts')).readTerraform },
  { name: 'read-pulumi', seconds: 240, load: async () => (await import('./oracles/laws.ts')).readPulumi },
  { name: 'lift', seconds: 370, load: async () => (await import('./oracles/laws.ts')).lift },
  { name: 'moves', long: true, seconds: 300, load: async () => (await import('./oracles/aws-provider.ts')).moves },
  { name: 'rounds', long: true, seconds: 200, load: async () => (await import('./oracles/rounds.ts')).oracle },
  { name: 'walks', long: true, seconds: 300, load: async () => (await import('./oracles/walks.ts')).oracle },
  { name: 'fleet', long: true, seconds: 280, load: async () => (await import('./oracles/fleet.ts')).oracle },
  { name: 'prettier', seconds: 10, load: async () => (await import('./oracles/formatters/prettier.ts')).prettier },
  {
    name: 'terraform fmt',
    seconds: 20,
    load: async () => (await import('./oracles/formatters/terraform-fmt.ts')).terraformFmt,
  },
];

/** Returns an oracle by its name. Throws for an unknown name. */
export function oracleNamed(name: string): NamedOracle {
  const found = oracles.find((oracle) => oracle.name === name);
  if (found === undefined) throw new Error(`no oracle is called ${name}`);
  return found;
}
