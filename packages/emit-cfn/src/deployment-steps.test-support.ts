/** A step of `deployments.json`. Keywright defines the format: see docs/targets.md. */
export interface DeploymentStep {
  readonly template: string;
  readonly stack: string;
  readonly account?: string;
  readonly region?: string;
  readonly dependsOn: readonly string[];
  readonly after?: readonly string[];
  readonly parameters: Readonly<Record<string, GivenValue>>;
}

/** The value of a parameter, or the output of another stack that provides it. */
type GivenValue =
  | { readonly value: string | number; readonly stack?: never; readonly output?: never }
  | { readonly stack: string; readonly output: string; readonly value?: never };

/** Returns the steps of the `deployments.json` among generated files; none if CloudFormation is no target. */
export function deploymentSteps(files: ReadonlyMap<string, string>): readonly DeploymentStep[] {
  const text = files.get('cfn/deployments.json');
  return text === undefined ? [] : (JSON.parse(text) as { readonly steps: readonly DeploymentStep[] }).steps;
}
