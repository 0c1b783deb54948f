import type { KeyDefinition } from '@keywright/core/language/key';
import type { Draft } from './draft.ts';

const ofProject = [
  'keywright',
  'app',
  'settings',
  'targets',
  'accounts',
  'environments',
  'principals',
  'standards',
  'stacks',
];
const ofKey = [
  'environment',
  'region',
  'standard',
  'description',
  'spec',
  'usage',
  'origin',
  'customKeyStore',
  'xksKey',
  'multiRegion',
  'enabled',
  'rotation',
  'pendingWindow',
  'removal',
  'bypassPolicyLockoutSafetyCheck',
  'tags',
  'aliases',
  'names',
  'policyId',
  'policy',
  'statements',
  'admins',
  'services',
  'grants',
  'kmsGrants',
  'replicas',
  'suppress',
  'in',
];

/** Sorts the entries of a draft in the order in which people read them. */
export function inOrder(draft: Draft): Draft {
  const stacks = Object.entries(draft.stacks ?? {}).map(([name, { keys, ...stack }]) => {
    const sorted = Object.entries(keys ?? {}).map(([key, definition]) => {
      const replicas = definition.replicas?.map((replica) => sort(replica, ofKey));
      const differences = Object.entries(definition.in ?? {}).map(
        ([where, one]) => [where, one === 'absent' ? one : sort(one, ofKey)] as const,
      );
      const whole: KeyDefinition = {
        ...definition,
        ...(replicas !== undefined && { replicas }),
        ...(differences.length > 0 && { in: Object.fromEntries(differences) }),
      };
      return [key, sort(whole, ofKey)] as const;
    });
    const { environment, targets, tags, principals, ...rest } = stack;
    const start = {
      environment,
      targets,
      tags,
      principals,
      ...(keys !== undefined && { keys: Object.fromEntries(sorted) }),
    };
    const whole = Object.entries({ ...start, ...rest }).filter(([, value]) => value !== undefined);
    return [name, Object.fromEntries(whole)] as const;
  });
  const standards = Object.entries(draft.standards ?? {}).map(([name, one]) => [name, sort(one, ofKey)] as const);
  const whole: Draft = {
    ...draft,
    ...(standards.length > 0 && { standards: Object.fromEntries(standards) }),
    stacks: Object.fromEntries(stacks),
  };
  return sort(whole, ofProject);
}

function sort<T extends object>(value: T, order: readonly string[]): T {
  const position = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const entries = Object.entries(value).sort(([one], [other]) => position(one) - position(other));
  return Object.fromEntries(entries) as T; // the same entries
}
