import type { ImportModel, KeyModel } from '@keywright/core/resolve/model';
import { type GrantedKey, grant, grantAdmin, type WrittenIn } from './grants.ts';
import { regionOf } from './imports.ts';
import { limitAliasGrants } from './limit-alias-grants.ts';
import { limitGroup } from './limit-group.ts';
import { serviceStatements, statementsOf } from './statements.ts';
import { entryFor, stackOf, type Translation } from './translation.ts';

export function completePolicy(key: KeyModel, translation: Translation): void {
  const construct = entryFor(translation.keys, key);
  const stack = entryFor(translation.stacks, key.stack);
  const written: WrittenIn = { model: key.stack, stack, texts: { stack: stackOf(key, translation), key: key.name } };
  const granted = { ...grantedKey(key, translation), construct };
  for (const { value } of key.properties.statements) {
    for (const statement of statementsOf(value, key, translation)) construct.addToResourcePolicy(statement);
  }
  for (const { value } of key.properties.admins) grantAdmin([value], granted, written, translation);
  for (const { value } of key.properties.services) {
    for (const statement of serviceStatements(value, key, translation)) construct.addToResourcePolicy(statement);
  }
  for (const { value } of key.properties.grants) grant(value, granted, written, translation);
  if (key.properties.kmsGrants !== undefined) translation.limits.push({ name: 'kmsGrants' });
}

/** Makes the grants under an import: on the key itself, if this app creates the key. */
export function addGrantsOfImport(imported: ImportModel, translation: Translation): void {
  const stack = entryFor(translation.stacks, imported.stack);
  const written: WrittenIn = { model: imported.stack, stack, texts: stack };
  const granted =
    imported.kind === 'key' ? grantedKey(imported.key, translation) : grantedImport(imported, translation);
  limitAliasGrants(imported, translation);
  for (const definition of imported.definition.value.grants ?? []) grant(definition, granted, written, translation);
}

function grantedKey(key: KeyModel, translation: Translation): GrantedKey {
  return {
    construct: entryFor(translation.keys, key),
    traits: key.traits,
    region: stackOf(key, translation).region,
    groupCannotBeNamed: (who) => limitGroup(who, key, translation),
  };
}

function grantedImport(imported: ImportModel, translation: Translation): GrantedKey {
  return {
    construct: entryFor(translation.imports, imported),
    ...(imported.kind === 'lookup' && imported.entry !== undefined && { traits: imported.entry }),
    region: regionOf(imported, translation),
    // No policy could name the group, and the CDK has already given the group its identity policy.
    groupCannotBeNamed: () => {},
  };
}
