import { report } from '@keywright/core/diagnostics/diagnostic';
import { createCollector, type Result } from '@keywright/core/diagnostics/result';
import type { LeftOut } from '@keywright/core/reading/reader';
import { malformedEntry, unfinished, unreadType } from './diagnostics.ts';
import type { ExportedResource, ExportFile } from './export-file.ts';
import { labelOf } from './fields.ts';
import { hasOnlyReadInputs } from './inputs.ts';
import { asInAwsProvider } from './native.ts';
import { keyIdOf, plainText } from './plan.ts';
import { isBetweenStacks } from './resources.ts';
import { declaresKeys, type Kind, kindOf } from './types.ts';
import { isEncrypted } from './value.ts';

export interface Candidate {
  readonly exported: ExportedResource;
  readonly kind: Kind;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly leftOut: readonly LeftOut[];
  /** The providers, by URN. */
  readonly providers: ReadonlyMap<string, ExportedResource>;
}

/** Finds the resources whose types are read and whose state matches AWS. */
export function candidatesIn({ resources, outputs, pending }: ExportFile): Result<Candidates> {
  const collector = createCollector();
  const candidates = new Map<string, Candidate>();
  const leftOut: LeftOut[] = [];
  const providers = new Map<string, ExportedResource>();
  const operations = new Set(pending.flatMap(({ urn, operation }) => (operation === 'reading' ? [] : [urn])));
  for (const { urn, type, operation, span } of pending) {
    // A pending operation that only reads does not change AWS.
    if (kindOf(type) === undefined || operation === 'reading') continue;
    const resource = labelOf({ type, name: urn.split('::').slice(3).join('::') });
    const advice = 'check whether it happened, run `pulumi refresh`, and export the stack again';
    collector.add(report(unfinished, span, { resource, state: `in the middle of ${operation}`, advice }));
  }
  for (const exported of resources.map(asInAwsProvider)) {
    const { urn, type, span, isCustom, isExternal, isReplaced } = exported;
    if (type.startsWith('pulumi:providers:')) providers.set(urn, exported);
    if (!isCustom || isExternal || type.startsWith('pulumi:')) continue;
    const kind = kindOf(type);
    const resource = labelOf(exported);
    if (kind === undefined || !isRead(exported, kind, outputs)) {
      leftOut.push({ type, address: urn, span });
      if (declaresKeys(type)) collector.add(report(unreadType, span, { resource, type }));
    } else if (isReplaced) {
      // The replacement has the same URN, and is read instead.
      if (kind !== 'key' && kind !== 'replicaKey') continue;
      const advice = 'the next `pulumi up` deletes the old key: make sure that nothing needs it, then export again';
      const state = `replaced, and its old key ${keyIdOf(exported) ?? ''} is still to be deleted`;
      collector.add(report(unfinished, span, { resource, state, advice }));
    } else if (exported.trouble !== undefined) {
      collector.add(report(unfinished, span, { resource, ...exported.trouble }));
    } else if (candidates.has(urn)) {
      collector.add(report(malformedEntry, span, { problem: `there are two resources with the URN ${urn}` }));
    } else if (!operations.has(urn)) {
      candidates.set(urn, { exported, kind });
    }
  }
  return collector.result({ candidates: [...candidates.values()], leftOut, providers });
}

/**
 * Whether Keywright can express everything about a principal or parameter. If not, it stays outside the program, and other resources refer
 * to it by ARN.
 */
function isRead(exported: ExportedResource, kind: Kind, stackOutputs: ExportFile['outputs']): boolean {
  const { inputs, outputs } = exported;
  switch (kind) {
    case 'sharedParameter':
      return (
        plainText(exported, 'type') === 'String' &&
        hasOnlyReadInputs(exported, 'parameter') &&
        // The provider marks every value as secret. Only an export with `--show-secrets` shows which key the value is about.
        !isEncrypted(outputs.value ?? inputs.value) &&
        (isBetweenStacks(plainText(exported, 'name')) || holdsOutput(exported, stackOutputs))
      );
    case 'role':
    case 'user':
    case 'group': {
      const hasOwnPath = (outputs.path ?? inputs.path ?? '/') !== '/';
      const hasOwnDuration = (inputs.maxSessionDuration ?? 3600) !== 3600;
      return !hasOwnPath && !hasOwnDuration && hasOnlyReadInputs(exported, 'principal');
    }
    default:
      return true;
  }
}

/** Whether the Pulumi stack has an output with the name and the value of a parameter. */
function holdsOutput(exported: ExportedResource, stackOutputs: ExportFile['outputs']): boolean {
  const value = plainText(exported, 'value');
  return value !== undefined && stackOutputs.some((output) => output.name === exported.name && output.value === value);
}
