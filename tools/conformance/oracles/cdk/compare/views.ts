import type { KeyTraits } from '@keywright/core/kms/key-specs';
import { type CreatedModel, type KeyModel, keysOf } from '@keywright/core/resolve/model';
import { type Place, placeOf } from '../source/places.ts';
import type { Translated } from '../source/translated.ts';
import { keyLabel } from '../source/who.ts';
import { type Deployed, principalName } from './deployed.ts';
import { type Permission, type Permissions, permissionsOf, type Statement } from './policy.ts';

/** A key in the forms that policies use to name it. */
export interface KeyView {
  readonly key: KeyModel;
  readonly label: string;
  readonly stack: string;
  readonly place: Place;
  readonly arn: string;
  /** Names any key of the account and region. */
  readonly wildcard: string;
  /** The test that narrows the wildcard to the aliases of the key; empty if the key has none. */
  readonly aliasTest: string;
}

/** A role, user or group that a stack creates. */
export interface PrincipalView {
  readonly created: CreatedModel;
  /** For example `role first.api`. */
  readonly label: string;
  readonly stack: string;
  readonly place: Place;
  /** The name of the principal in key policies. */
  readonly principal: string;
  /** The identity policy of the principal in its own stack. */
  readonly policy: string;
}

/** A key that a stack imports by ARN or by lookup. */
export interface ImportView {
  readonly stack: string;
  readonly arn: string;
  readonly traits: SpecialTraits;
}

/** A key that a stack imports by alias. Nothing else is known about it, so it is assumed to be of the most common kind. */
export type AliasView = Pick<KeyView, 'wildcard' | 'aliasTest'> & { readonly traits: SpecialTraits };

export function aliasViews({ source, environments }: Translated): readonly AliasView[] {
  return source.model.stacks.flatMap((stack) => {
    const { account, region, partition } = placeOf(environments.get(stack) ?? {});
    return [...stack.imports.values()].flatMap((imported): readonly AliasView[] =>
      imported.kind === 'alias'
        ? [
            {
              wildcard: `arn:${partition}:kms:${region}:${account}:key/*`,
              aliasTest: JSON.stringify(['ForAnyValue:StringEquals', 'kms:ResourceAliases', [imported.alias.text]]),
              traits: { spec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS', multiRegion: false },
            },
          ]
        : [],
    );
  });
}

/** The properties that decide what administrators of a key can do in addition. */
export type SpecialTraits = Pick<KeyTraits, 'spec' | 'origin' | 'multiRegion'>;

export function importViews({ source, environments }: Translated): readonly ImportView[] {
  return source.model.stacks.flatMap((stack) => {
    const { account, region, partition } = placeOf(environments.get(stack) ?? {});
    return [...stack.imports.values()].flatMap((imported) => {
      const { value } = imported.definition;
      const raw = imported.kind === 'lookup' ? imported.entry?.arn : 'arn' in value ? value.arn : undefined;
      const arn = raw
        ?.replaceAll('${account}', account)
        .replaceAll('${region}', region)
        .replaceAll('${partition}', partition);
      // If only the ARN of a key is known, the key is assumed to be of the most common kind.
      const { spec = 'SYMMETRIC_DEFAULT' as const, multiRegion = false } =
        imported.kind === 'lookup' ? (imported.entry ?? {}) : {};
      const traits = { spec, origin: 'AWS_KMS' as const, multiRegion };
      return arn === undefined ? [] : [{ stack: stack.name, arn, traits }];
    });
  });
}

export function keyViews({ source, environments }: Translated): readonly KeyView[] {
  return source.model.stacks.flatMap((stack) =>
    keysOf(stack).map((key) => {
      const place = placeOf(key.primary === undefined ? (environments.get(stack) ?? {}) : key.environment);
      const prefix = `arn:${place.partition}:kms:${place.region}:${place.account}:key/`;
      const aliases = key.aliases.map(({ aliasName }) => aliasName).sort();
      return {
        key,
        label: keyLabel(key),
        stack: stack.name,
        place,
        arn: `${prefix}<id of ${stack.name}.${key.name}>`,
        wildcard: `${prefix}*`,
        aliasTest:
          aliases.length === 0 ? '' : JSON.stringify(['ForAnyValue:StringEquals', 'kms:ResourceAliases', aliases]),
      };
    }),
  );
}

export function principalViews({ source, environments }: Translated): readonly PrincipalView[] {
  return source.model.stacks.flatMap((stack) =>
    [...stack.created.values()].map((created) => {
      const place = placeOf(environments.get(stack) ?? {});
      const name = principalName(created);
      return {
        created,
        label: `${created.kind} ${stack.name}.${created.name}`,
        stack: stack.name,
        place,
        principal: `AWS arn:${place.partition}:iam::${place.account}:${created.kind}/${name}`,
        policy: `policy of ${created.kind} ${name} in ${stack.name}`,
      };
    }),
  );
}

const noStatements: readonly Statement[] = [];

/** Returns the permissions of a policy; none if there is no such policy. */
export function permissionsIn(deployed: Deployed, label: string): Permissions {
  return permissionsOf(deployed.policies.get(label)?.statements ?? noStatements);
}

export function has(deployed: Deployed, label: string, permission: Permission): boolean {
  const { sid, effect, principal, action, resource, condition } = permission;
  return permissionsIn(deployed, label).has(JSON.stringify({ sid, effect, principal, action, resource, condition }));
}

/** Whether an identity policy allows what a statement in a key policy allows. The identity policy may name the key in any way. */
export function allowsOn(deployed: Deployed, label: string, inKeyPolicy: Permission, view: KeyView): boolean {
  const { condition } = inKeyPolicy;
  return [
    { resource: view.arn, condition },
    { resource: '*', condition },
    { resource: view.wildcard, condition: withTest(condition, view.aliasTest) },
  ].some((named) => has(deployed, label, { ...inKeyPolicy, ...named, sid: '', principal: '' }));
}

/**
 * Returns the labels of the identity policies of a principal. `principal` is the principal's ARN in a key policy: `AWS
 * arn:aws:iam::…:role/path/Name`.
 */
export function identityPoliciesOf(deployed: Deployed, principal: string): readonly string[] {
  const [, kind, name] = /^AWS arn:[^:]+:iam::[^:]*:(role|user|group)\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  if (kind === undefined) return [];
  return [...deployed.policies.keys()].filter((label) => label.startsWith(`policy of ${kind} ${name} in `));
}

export function accountOf(principal: string): string | undefined {
  return /^AWS arn:[^:]+:(?:iam|sts)::([^:]*):/.exec(principal)?.[1];
}

/** Returns a condition without one of its tests; `undefined` if it lacks the test. */
export function withoutTest(condition: string, test: string): string | undefined {
  if (test === '') return condition;
  const tests = condition.split(' and ');
  return tests.includes(test) ? tests.filter((one) => one !== test).join(' and ') : undefined;
}

export function hasTest(condition: string, test: string): boolean {
  return test !== '' && condition.split(' and ').includes(test);
}

export function withTest(condition: string, test: string): string {
  const tests = [...condition.split(' and '), test].filter((one) => one !== '');
  return tests.sort().join(' and ');
}

/**
 * Whether a key policy leaves the decision about an action to the IAM policies of the key's account. Ignores statements with actions in
 * `except`.
 */
export function delegates(
  deployed: Deployed,
  { label, place }: KeyView,
  action: string,
  except: readonly string[] = [],
): boolean {
  // Matches the account in any partition, because an account is in exactly one.
  const isRoot = (principal: string) =>
    principal === `AWS ${place.account}` ||
    (principal.startsWith('AWS arn:') && principal.endsWith(`:iam::${place.account}:root`));
  return [...permissionsIn(deployed, label).values()].some(
    (permission) =>
      permission.effect === 'Allow' &&
      isRoot(permission.principal) &&
      permission.resource === '*' &&
      permission.condition === '' &&
      !except.includes(permission.action) &&
      includes(permission.action, action),
  );
}

/** Whether an action, which may have wildcards, includes another action. */
export function includes(pattern: string, action: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === '*') return '.*';
    return part === '?' ? '[^*]' : part.replaceAll(/[^A-Za-z0-9]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'i').test(action);
}
