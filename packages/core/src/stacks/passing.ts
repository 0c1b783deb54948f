/** How a target passes a value from one stack to another. */
import { report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import type { Result } from '../diagnostics/result.ts';
import { cannotShare } from '../diagnostics/target.ts';
import type { Target } from '../emit/emitter.ts';
import type { Reference } from '../ir/expression.ts';
import type { Provenance } from '../ir/policy.ts';
import type { StackImport } from '../ir/program.ts';
import type { StackModel } from '../resolve/model.ts';
import { sameOrUnknown } from '../resolve/place.ts';
import { nameTextOf } from '../resolve/stack-environments.ts';
import { sharedParameterName } from './shared-parameter.ts';

/** A value of one stack that another stack uses. */
export interface SharedValue {
  readonly producer: StackModel;
  readonly exportId: string;
  readonly value: Reference;
  readonly source: Provenance;
  readonly reason: string;
}

/** Whether every target of the consumer can pass a value from the producer to the consumer, wherever the two stacks are. */
export function areInReach(targets: readonly Target<unknown>[], consumer: StackModel, producer: StackModel): boolean {
  return consumer.targets.every((name) =>
    targets.some((target) => target.name === name && isInReach(target, consumer, producer)),
  );
}

function isInReach({ name, capabilities }: Target<unknown>, consumer: StackModel, producer: StackModel): boolean {
  const { sameAccount, sameRegion } = distance(consumer, producer);
  return (
    producer.targets.includes(name) &&
    (sameAccount || capabilities.sharesAcrossAccounts) &&
    (sameRegion || capabilities.sharesAcrossRegions)
  );
}

function distance({ environment: one }: StackModel, { environment: other }: StackModel) {
  return {
    sameAccount: sameOrUnknown(one.account, other.account),
    sameRegion: sameOrUnknown(one.region, other.region),
  };
}

/**
 * How the targets of a consumer get a value: by their own means, or from an SSM parameter if the two stacks are in the same place. A target
 * that can do neither is reported.
 */
export function passingOf(
  targets: readonly Target<unknown>[],
  consumer: StackModel,
  { producer, exportId, source: { span } }: SharedValue,
): Result<Pick<StackImport, 'nativeTargets' | 'parameterName'>> {
  const ofConsumer = targets.filter(({ name }) => consumer.targets.includes(name));
  const native = ofConsumer.filter((target) => isInReach(target, consumer, producer));
  const nativeTargets = native.map(({ name }) => name);
  const others = ofConsumer.filter((target) => !native.includes(target));
  if (others.length === 0) return { value: { nativeTargets }, diagnostics: [] };
  const { sameAccount, sameRegion } = distance(consumer, producer);
  if (sameAccount && sameRegion) {
    const parameterName = sharedParameterName(producer.app, nameTextOf(producer), exportId).text;
    return { value: { nativeTargets, parameterName }, diagnostics: [] };
  }
  const across = sameAccount ? 'regions' : 'accounts';
  const problems = others.map(({ name, title }) => {
    const producedFor = producer.targets.includes(name);
    return report(cannotShare, span, { target: title, across, producer: producer.name, producedFor, exportId });
  });
  return { value: { nativeTargets }, diagnostics: inStack(consumer, problems) };
}
