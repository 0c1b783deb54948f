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
  /** CloudFormation reads the value from an SSM parameter, which each deployment of a program names. */
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
  /** The name under which the YAML exports the output, in a deployment of the program. */
  exportNameIn?(deployment: Stack): Expression;
  /** The span that requests the output; absent for an output that feeds a replica template. */
  readonly source?: string;
}
