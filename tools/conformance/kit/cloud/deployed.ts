import type { Stack } from '@keywright/core/ir/program';

/** Deploys a stack. The stacks of the same tool that come before it in the program have to be deployed already. */
export type StackDeployer = (stack: Stack) => Promise<StackDeployed>;

/** The part of a deployment's report about a stack that the services do not show. A property is absent if the deployer never reports it. */
export interface StackDeployed {
  /** The settings of keys, by the ARN of the key. */
  readonly keys?: ReadonlyMap<string, KeySettings>;
  /** Absent if the deployer has no grants or does not track them. */
  readonly grants?: readonly GrantSettings[];
  readonly outputs?: readonly { readonly name: string; readonly value: unknown }[];
}

/** The settings of a key that the tool records but KMS does not show. */
export interface KeySettings {
  readonly retained: boolean;
  readonly windowDays: number;
  readonly bypassesLockoutCheck: boolean;
}

/** The settings of a grant that the tool records but KMS does not show. */
export interface GrantSettings {
  readonly name: string | undefined;
  readonly grantee: string | undefined;
  readonly retireOnDelete: boolean;
}
