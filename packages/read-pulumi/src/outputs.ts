import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { concatAll, type Expression, literal, type Reference } from '@keywright/core/ir/expression';
import type { Output, Resource, Stack } from '@keywright/core/ir/program';
import { outputLeftOut } from './diagnostics.ts';
import type { ExportFile } from './export-file.ts';
import type { Identity } from './identify.ts';
import { keyIdOf, type Member, plainText } from './plan.ts';
import { referenceTo } from './references.ts';

/**
 * Keeps an output in each stack that has a key that the output names, or a parameter with the output's value. If there is no such stack,
 * the output stays in the first stack.
 */
export function withOutputsOnce(stacks: readonly Stack[]): readonly Stack[] {
  const isOf = ({ resources }: Stack, { name, value }: Output) =>
    value.kind !== 'literal' || resources.some((one) => one.kind === 'sharedParameter' && one.output === name);
  const placed = new Set(
    stacks.flatMap((stack) => stack.outputs.flatMap((output) => (isOf(stack, output) ? [output.name] : []))),
  );
  return stacks.map((stack, at) => ({
    ...stack,
    outputs: stack.outputs.filter((output) => isOf(stack, output) || (at === 0 && !placed.has(output.name))),
  }));
}

/** Returns the outputs of the Pulumi stack whose value is the ARN, id or name of a key or alias that was read, or a text with a KMS ARN. */
export function outputsOf(
  file: ExportFile,
  members: readonly Member[],
  identities: ReadonlyMap<Member, Identity>,
  read: ReadonlyMap<Member, Resource>,
): readonly Output[] {
  const references = new Map<string, Reference>();
  const add = (text: string | undefined, reference: Reference) => {
    // A replica and its primary have the same id; the primary comes first.
    if (text !== undefined && !references.has(text)) references.set(text, reference);
  };
  for (const member of members) {
    const identity = identities.get(member);
    const { exported, kind } = member;
    if (identity === undefined || !read.has(member)) continue;
    if (kind !== 'key' && kind !== 'replicaKey' && kind !== 'alias') continue;
    add(plainText(exported, 'arn'), referenceTo(identity.id, 'arn'));
    if (kind === 'alias') add(plainText(exported, 'name'), referenceTo(identity.id, 'name'));
    else add(keyIdOf(exported), referenceTo(identity.id, 'id'));
  }
  return file.outputs.flatMap(({ name, value, span }): readonly Output[] => {
    if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(name)) return [];
    const reference = references.get(value) ?? withArns(value, references);
    return reference === undefined ? [] : [{ name, value: reference, source: { span } }];
  });
}

/**
 * Replaces the ARNs of keys and aliases that were read by references; other ARNs stay text. Returns `undefined` for a text without a KMS
 * ARN.
 */
function withArns(text: string, references: ReadonlyMap<string, Reference>): Expression | undefined {
  const parts: Expression[] = [];
  let last = 0;
  for (const { 0: arn, index } of text.matchAll(/\barn:[a-z-]+:kms:[a-z0-9-]*:\d*:[\w/-]+/g)) {
    parts.push(literal(text.slice(last, index)), references.get(arn) ?? literal(arn));
    last = index + arn.length;
  }
  return parts.length === 0 ? undefined : concatAll([...parts, literal(text.slice(last))]);
}

/** Reports the outputs that contain a KMS ARN but are in no stack. */
export function outputsLeftOut({ outputs }: ExportFile, stacks: readonly Stack[]): readonly Diagnostic[] {
  const kept = new Set(stacks.flatMap((stack) => stack.outputs.map(({ name }) => name)));
  return outputs
    .filter(({ name, value }) => !kept.has(name) && /\barn:[a-z-]+:kms:/.test(JSON.stringify(value)))
    .map(({ name, span }) => report(outputLeftOut, span, { name }));
}
