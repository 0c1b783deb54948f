import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Key, Stack } from '@keywright/core/ir/program';
import { usagesOfSpec } from '@keywright/core/kms/key-specs';
import { address as addressOf } from '@keywright/emit-terraform/names';
import { moduleOf } from '../../kit/terraform/modules.ts';
import type { ProviderSchema } from '../../kit/terraform/plugin/schema.ts';
import { getModules, terraform } from '../../kit/terraform/run-terraform.ts';
import { writeBelow } from '../../kit/terraform/workspace.ts';
import { departures as known } from './departures.ts';
import { type Finding, nothing, together } from './finding.ts';
import { announced, refusals } from './shown.ts';

interface Change {
  readonly name: string;
  /** Returns the changed key; `undefined` if the change does not apply to the key. */
  readonly make: (key: Key) => Key | undefined;
  /** The action that Terraform has to plan. Terraform has to refuse to replace a key that must be retained. */
  readonly comesTo: 'update' | 'replace';
  /** Returns the argument that is no longer written after the change. */
  readonly takesAway?: (key: Key) => string;
}

const another = { kind: 'literal', text: 'another' } as const;
const symmetric = { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' } as const;
const asymmetric = { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT', rotation: { enabled: false } } as const;

const changes: readonly Change[] = [
  {
    name: 'another spec',
    make: (key) =>
      key.origin === 'AWS_KMS' ? { ...key, ...(key.spec === 'SYMMETRIC_DEFAULT' ? asymmetric : symmetric) } : undefined,
    comesTo: 'replace',
  },
  {
    name: 'another usage',
    make(key) {
      const usage = usagesOfSpec[key.spec].find((possible) => possible !== key.usage);
      return usage && key.origin === 'AWS_KMS' ? { ...key, usage } : undefined;
    },
    comesTo: 'replace',
  },
  {
    name: 'another origin',
    make: (key) =>
      key.origin === 'AWS_KMS' && key.spec === 'SYMMETRIC_DEFAULT'
        ? { ...key, origin: 'EXTERNAL', rotation: { enabled: false } }
        : undefined,
    comesTo: 'replace',
  },
  {
    name: 'multi-Region now',
    make: (key) => (key.multiRegion ? undefined : { ...key, multiRegion: true }),
    comesTo: 'replace',
  },
  {
    name: 'no longer multi-Region',
    make: (key) => (key.multiRegion ? { ...key, multiRegion: false } : undefined),
    comesTo: 'replace',
    takesAway: () => 'multi_region',
  },
  { name: 'another description', make: (key) => ({ ...key, description: another }), comesTo: 'update' },
  {
    name: 'no description',
    make: ({ description, ...key }) => (description === undefined ? undefined : key),
    comesTo: 'update',
    takesAway: () => 'description',
  },
  { name: 'other tags', make: (key) => ({ ...key, tags: [{ name: 'another', value: another }] }), comesTo: 'update' },
  {
    name: 'no tags',
    make: (key) => (key.tags.length === 0 ? undefined : { ...key, tags: [] }),
    comesTo: 'update',
    takesAway: () => 'tags',
  },
  {
    name: 'disabled',
    make: (key) => (key.enabled ? { ...key, enabled: false } : undefined),
    comesTo: 'update',
  },
  {
    name: 'enabled',
    make: (key) => (key.enabled ? undefined : { ...key, enabled: true }),
    comesTo: 'update',
    takesAway: ({ origin }) => (origin === 'EXTERNAL' ? 'enabled' : 'is_enabled'),
  },
  {
    name: 'another rotation period',
    make: (key) => (key.rotation.enabled ? { ...key, rotation: { enabled: true, periodDays: 100 } } : undefined),
    comesTo: 'update',
  },
  {
    name: 'the default rotation period',
    make: (key) => ((key.rotation.periodDays ?? 365) === 365 ? undefined : { ...key, rotation: { enabled: true } }),
    comesTo: 'update',
  },
  {
    name: 'no rotation',
    make: (key) => (key.rotation.enabled ? { ...key, rotation: { enabled: false } } : undefined),
    comesTo: 'update',
  },
  {
    name: 'the default waiting period',
    make: ({ pendingWindowDays, ...key }) => (pendingWindowDays === undefined ? undefined : key),
    comesTo: 'update',
    takesAway: () => 'deletion_window_in_days',
  },
  {
    name: 'a statement fewer',
    make: (key) => ({ ...key, policy: { statements: key.policy.statements.slice(0, -1) } }),
    comesTo: 'update',
  },
];

/**
 * Checks that Terraform plans the required action for each change to the keys of a stack, which is deployed in `folder`. `prevent_destroy`
 * must prevent a change that would replace a retained key.
 */
export async function checkChanges(
  stack: Stack,
  folder: string,
  schema: ProviderSchema,
  reattach: string,
): Promise<Finding> {
  const name = `${stack.name}-changed`;
  const module = join('terraform', name);
  cpSync(join(folder, 'terraform', stack.name), join(folder, module), { recursive: true });
  const findings: Finding[] = [];
  for (const change of changes) {
    // A refusal ends a plan, which then does not show the actions for other keys.
    for (const removal of ['retain', 'destroy'] as const) {
      const changed = new Map<Key, Key>();
      for (const key of stack.resources) {
        const after = key.kind === 'key' && key.removal === removal ? change.make(key) : undefined;
        if (key.kind === 'key' && after !== undefined) changed.set(key, after);
      }
      if (changed.size === 0) continue;
      const resources = stack.resources.map((each) => (each.kind === 'key' ? (changed.get(each) ?? each) : each));
      for (const [path, content] of moduleOf({ ...stack, resources }, name) ?? []) writeBelow(folder, path, content);
      await getModules(join(folder, module));
      const outcome = await terraform(
        join(folder, module),
        ['plan', '-refresh=false', '-lock=false', '-json'],
        reattach,
      );
      const { kept, problems } = refusals(outcome);
      const plans = announced(outcome);
      findings.push({
        problems: problems.map((problem) => `${stack.name}: ${change.name}: ${problem}`),
        departures: [],
      });
      for (const key of changed.keys()) {
        const address = addressOf(key, stack);
        const planned = kept.has(address) ? 'refuse' : (plans.get(address) ?? 'nothing');
        findings.push(judged(change, key, planned, `${stack.name}: ${change.name} of ${address}`, schema));
      }
    }
  }
  return together(findings);
}

function judged(change: Change, key: Key, planned: string, place: string, schema: ProviderSchema): Finding {
  const wanted = change.comesTo === 'update' ? 'update' : key.removal === 'retain' ? 'refuse' : 'replace';
  if (planned === wanted) return nothing;
  // A key with imported material has another type, so the existing key is destroyed and another key is created.
  if (change.name === 'another origin' && planned === 'delete') {
    return wanted === 'replace' ? nothing : { problems: [], departures: [known.otherType] };
  }
  const argument = change.takesAway?.(key);
  if (planned === 'nothing' && argument !== undefined && keepsItself(argument, key, schema)) {
    return { problems: [], departures: [known.kept(argument)] };
  }
  return { problems: [`${place} has to ${wanted}, and Terraform plans to ${planned}`], departures: [] };
}

/** Whether an argument is optional and computed. By Terraform's own rule, such an argument keeps its value if it is no longer written. */
function keepsItself(argument: string, { origin }: Key, schema: ProviderSchema): boolean {
  const block = schema.resources.get(origin === 'EXTERNAL' ? 'aws_kms_external_key' : 'aws_kms_key');
  return block?.attributes.some(({ name, computed }) => name === argument && computed) ?? false;
}
