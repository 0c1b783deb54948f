/** Decides what becomes of resources that are gone. Several entries of `removed` can apply to the same keys. */
import { deployRemovalFirst } from '../diagnostics/changes.ts';
import type { Target } from '../emit/emitter.ts';
import { type Context, leave, letDelete } from './comparison.ts';
import type { Outcome } from './declared.ts';
import type { KnownResource, KnownStack } from './inventory.ts';

/** Entries about the same keys: one, or one for each `removal` that the keys had. */
export type Outcomes = readonly [Outcome, ...Outcome[]];

export function outcomesIn(entries: readonly Outcome[]): Outcomes | undefined {
  const [first, ...others] = entries;
  return first && [first, ...others];
}

/**
 * Whether a resource lives on without its stack. `owned`: all resources of its key. Aliases and KMS grants follow the key or replica that
 * they belong to.
 */
export function isRetained(resource: KnownResource, owned: readonly KnownResource[], entries: Outcomes): boolean {
  const holders = owned.filter((one) => one.kind === 'key' || one.kind === 'replicaKey');
  const holder = holders.find(({ region }) => region === resource.region);
  return (entries.find(({ outcome }) => outcome === holder?.removal) ?? entries[0]).outcome === 'retain';
}

/** Removes a resource from its stack and from the stacks that it was in before. `owned`, `entries`: as for `isRetained`. */
export function remove(
  known: KnownStack,
  old: KnownResource,
  owned: readonly KnownResource[],
  entries: Outcomes,
  context: Context,
): void {
  if (isRetained(old, owned, entries)) leave(known, old, context);
  else letDelete(known, old, context);
}

/** Reports keys for which the tool will not do what an entry of `removed` asks (KW5162): it does what their last deployment specified. */
export function checkThen(
  gone: readonly KnownResource[],
  entries: Outcomes,
  { name, definition = name }: KnownStack,
  targets: readonly Pick<Target<unknown>, 'removesAsDeployed'>[],
  { say }: Pick<Context, 'say'>,
): void {
  const [{ outcome, span }] = entries;
  for (const resource of gone) {
    if (resource.kind !== 'key' && resource.kind !== 'replicaKey') continue;
    if (entries.some((entry) => entry.outcome === resource.removal)) continue;
    if (outcome === 'retain' && !targets.some(({ removesAsDeployed }) => removesAsDeployed)) continue;
    const key = `\`${definition}.${resource.key}\``;
    const what = resource.kind === 'key' ? key : `the replica of ${key} in \`${resource.environment}\``;
    say(deployRemovalFirst, span, { what, removal: resource.removal, outcome });
  }
}
