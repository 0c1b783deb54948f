import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import {
  contextOfGrantRefused,
  grantBeforeMaterial,
  grantInOtherRegion,
  grantOnAlias,
  grantOnDisabledKey,
  operationNotOfKey,
} from '../diagnostics/keys.ts';
import { keyOwnerHasToAllow } from '../diagnostics/policy.ts';
import { accountRoot } from '../ir/account-root.ts';
import { literalText } from '../ir/expression.ts';
import { canBeGranted, grantOperations, hasEncryptionContext } from '../kms/grant-operations.ts';
import type { KeyTraits } from '../kms/key-specs.ts';
import { limits } from '../kms/limits.ts';
import type { KmsGrantDefinition } from '../language/grant.ts';
import { elements, entries, type Named, property } from '../project/located.ts';
import type { ImportModel, KeyModel } from '../resolve/model.ts';
import { nothingIsReplaced } from '../resolve/not-replaced.ts';
import { sameOrUnknown } from '../resolve/place.ts';
import type { KeyRule } from './rule.ts';

/** KMS can create the KMS grants of a key or replica. */
export const kmsGrantsArePossible: KeyRule = (key) => {
  return [...key.properties.kmsGrants.values()].flatMap((grant) => [
    ...problemsOf(grant, key.name, key.traits),
    ...(key.traits.origin === 'EXTERNAL' ? [report(grantBeforeMaterial, grant.nameSpan, { key: key.name })] : []),
  ]);
};

/** No KMS grant can be created on a disabled key or replica. A key that already has its KMS grants can suppress this. */
export const kmsGrantsNeedAnEnabledKey = (key: KeyModel): readonly Diagnostic[] => {
  const { enabled } = key.properties;
  if (enabled?.value !== false) return [];
  return [...key.properties.kmsGrants.values()].map((grant) =>
    report(grantOnDisabledKey, grant.nameSpan, { key: key.name }, [
      { message: 'the key is disabled here', span: enabled.span },
    ]),
  );
};

/** KMS can create the KMS grants of a stack on an imported key, whose spec and usage may be unknown. */
export function importGrantsArePossible(imported: ImportModel): readonly Diagnostic[] {
  const grants = entries(property(imported.definition, 'kmsGrants'));
  if (imported.kind === 'alias') {
    return grants.map(({ nameSpan }) => report(grantOnAlias, nameSpan, { key: imported.name }));
  }
  const { region } = imported.stack.environment;
  const ofKey = literalText(imported.place.region);
  return grants.flatMap((grant) => [
    ...problemsOf(grant, imported.name, traitsOf(imported)),
    ...(sameOrUnknown(region, ofKey)
      ? []
      : [
          report(grantInOtherRegion, grant.nameSpan, {
            key: imported.name,
            keyRegion: ofKey ?? '',
            region: region ?? '',
          }),
        ]),
  ]);
}

/**
 * Notes that the owner of an imported key must let another account create KMS grants on it. The key of another stack may do so in its policy.
 */
export function ownerAllowsKmsGrants(imported: Exclude<ImportModel, { kind: 'key' }>): readonly Diagnostic[] {
  const { name, place, stack } = imported;
  const owner = literalText(place.account);
  const { account } = stack.environment;
  // Nothing can be created on a key that is known by its alias only.
  if (imported.kind === 'alias' || owner === undefined || account === undefined || owner === account) return [];
  const statement = JSON.stringify({
    Effect: 'Allow',
    Principal: { AWS: literalText(accountRoot(stack.place)) },
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Resource: '*',
  });
  return entries(property(imported.definition, 'kmsGrants')).map((grant) =>
    report(keyOwnerHasToAllow, grant.nameSpan, {
      key: name,
      grantee: grant.name,
      isKmsGrant: true,
      owner,
      account,
      statement,
    }),
  );
}

function traitsOf(imported: ImportModel): KeyModel['traits'] | undefined {
  if (imported.kind === 'key') return imported.key.traits;
  if (imported.kind !== 'lookup' || imported.entry === undefined) return undefined;
  return { ...imported.entry, origin: 'AWS_KMS' };
}

function problemsOf(
  grant: Named<KmsGrantDefinition>,
  key: string,
  traits: KeyTraits | undefined,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  if (traits !== undefined) {
    const possible = grantOperations.filter((operation) => canBeGranted(operation, traits));
    for (const { value, span } of elements(property(grant, 'operations'))) {
      if (possible.includes(value)) continue;
      const { spec, usage } = traits;
      diagnostics.push(report(operationNotOfKey, span, { operation: value, key, spec, usage, possible }));
    }
  }
  const context = property(grant, 'encryptionContext') ?? property(grant, 'encryptionContextSubset');
  if (context === undefined) return diagnostics;
  const refuse = (problem: string, advice: string, span = context.span) =>
    diagnostics.push(report(contextOfGrantRefused, span, { problem, advice }));
  if (traits !== undefined && !hasEncryptionContext(traits)) {
    refuse(`requests to \`${key}\`, a key of spec ${traits.spec}, have no encryption context`, 'remove it');
  }
  const pairs = entries(context);
  const { encryptionContextPairs, encryptionContextCharacters } = limits;
  if (pairs.length === 0) {
    refuse(
      'the encryption context has no pairs, so it constrains nothing',
      'write a pair, or remove the encryption context',
    );
  }
  if (pairs.length > encryptionContextPairs) {
    refuse(
      `the encryption context of a KMS grant has ${encryptionContextPairs} pairs at most; this one has ${pairs.length}`,
      'remove some, or make several grants',
    );
  }
  for (const { name, value, span, nameSpan } of pairs) {
    const what = 'the encryption context of a KMS grant';
    diagnostics.push(...nothingIsReplaced(what, name, nameSpan), ...nothingIsReplaced(what, value, span));
    for (const [what, text] of [
      ['name', name],
      ['value', value],
    ] as const) {
      if (text.length > encryptionContextCharacters) {
        refuse(
          `a ${what} in the encryption context of a KMS grant has ${encryptionContextCharacters} characters at most; this one has ${text.length}`,
          'shorten it',
          span,
        );
      }
    }
  }
  return diagnostics;
}
