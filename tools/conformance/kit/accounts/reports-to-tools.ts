/** Compares what a deployment reports only to its tool: outputs, what happens to keys and grants on deletion, and bypassed checks. */
import type { Program, Stack } from '@keywright/core/ir/program';
import type { GrantSettings, KeySettings, StackDeployed } from '../cloud/deployed.ts';
import type { Meaning } from './meaning.ts';
import type { ReportToTool } from './snapshot.ts';

export function reportsToTools(deployed: ReadonlyMap<string, StackDeployed>): readonly ReportToTool[] {
  return [...deployed].flatMap(([stack, { keys, grants, outputs }]) => [
    ...[...(keys ?? [])].map(([arn, value]) => report(stack, `key ${arn}`, value)),
    ...(grants ?? []).map((value) => report(stack, 'grant', value)),
    ...(outputs ?? []).map(({ name, value }) => report(stack, `output ${name}`, value)),
  ]);
}

/** Returns the reports according to the IR, limited to what the tool of each stack reports. */
export function expectedReports(
  program: Program,
  meaning: Meaning,
  deployed: ReadonlyMap<string, StackDeployed>,
): readonly ReportToTool[] {
  return program.stacks.flatMap((stack) => {
    const { keys, grants, outputs } = deployed.get(stack.name) ?? {};
    return [
      ...(keys === undefined ? [] : keysOf(stack, meaning)),
      ...(grants === undefined ? [] : grantsOf(stack, meaning)),
      ...(outputs === undefined ? [] : outputsOf(stack, meaning)),
    ];
  });
}

function outputsOf(stack: Stack, meaning: Meaning): readonly ReportToTool[] {
  return stack.outputs.map(({ name, value }) => report(stack.name, `output ${name}`, meaning.text(value, stack)));
}

function keysOf(stack: Stack, meaning: Meaning): readonly ReportToTool[] {
  return stack.resources.flatMap((resource) => {
    if (resource.kind !== 'key' && resource.kind !== 'replicaKey') return [];
    const value: KeySettings = {
      retained: resource.removal === 'retain',
      windowDays: resource.pendingWindowDays ?? 30,
      bypassesLockoutCheck: resource.bypassPolicyLockoutSafetyCheck === true,
    };
    return [report(stack.name, `key ${meaning.arn(resource, stack)}`, value)];
  });
}

function grantsOf(stack: Stack, meaning: Meaning): readonly ReportToTool[] {
  return stack.resources.flatMap((resource) => {
    if (resource.kind !== 'kmsGrant') return [];
    const value: GrantSettings = {
      name: resource.named ? resource.name : undefined,
      grantee: meaning.text(resource.grantee, stack),
      retireOnDelete: resource.retireOnDelete,
    };
    return [report(stack.name, 'grant', value)];
  });
}

function report(stack: string, about: string, value: unknown): ReportToTool {
  return { kind: 'report', stack, about, value };
}
