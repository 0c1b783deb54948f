import type { StackProgram } from '@keywright/core/emit/stack-programs';
import type { Expression } from '@keywright/core/ir/expression';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import type { Scope } from './lower.ts';

export interface TemplatePlan {
  /** The file's name, without extension. */
  readonly name: string;
  readonly stackName: string;
  readonly description: string;
  readonly program: StackProgram;
  readonly environment: Environment;
  readonly resources: readonly Resource[];
  readonly parameters: readonly PlannedParameter[];
  readonly outputs: readonly PlannedOutput[];
  readonly scope: Scope;
}

export type PlannedParameter =
  /** CloudFormation reads the value from an SSM parameter. The name of the SSM parameter can differ by deployment. */
  | { readonly kind: 'ssm'; readonly name: string; readonly description: string; readonly parameterName: string }
  /** The deployer passes on an output of the template for the stack's own region. */
  | {
      readonly kind: 'output';
      readonly name: string;
      readonly description: string;
      readonly stackName: string;
      readonly output: string;
    }
  /** The deployer passes on another stack's export, which exists only in that stack's region. */
  | {
      readonly kind: 'export';
      readonly name: string;
      readonly description: string;
      readonly exportName: string;
    };

export interface PlannedOutput {
  readonly name: string;
  readonly description: string;
  readonly value: Expression;
  /** The output's value in another deployment of the program. */
  valueIn(deployment: Stack): Expression;
  /** The id of the value that the output exports to other stacks of the project. */
  readonly exports?: string;
  /** The name of the export in a deployment of the program, if the YAML exports the output. */
  exportNameIn?(deployment: Stack): Expression;
  /** The span of the output in the YAML; absent for an output that only provides a parameter of a replica template. */
  readonly source?: string;
}
