/** Checks what an untrusted file adds to a key that a trusted file defines. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { moreThanUse } from '../diagnostics/includes.ts';
import { expressionKey } from '../ir/expression.ts';
import { kmsActions } from '../kms/actions.ts';
import { grantOperations } from '../kms/grant-operations.ts';
import type { ConditionsDefinition } from '../language/conditions.ts';
import type { GrantDefinition } from '../language/grant.ts';
import { listOf } from '../language/text.ts';
import { elements, entries, type Located, oneOrMore, property } from '../project/located.ts';
import type { ImportModel, Model } from '../resolve/model.ts';
import { mayBeSamePlace, type Place, placeOf } from '../resolve/place.ts';
import { grantedActions } from './granted-actions.ts';
import { isKnownAction } from './known-actions.ts';
import { covers } from './trust.ts';

/**
 * Reports imports in untrusted files that let principals do more with a key of a trusted file than use it and read about it (KW2186).
 * Whoever may change the policy of a key can take the key away from its owners. An import by ARN or lookup is reported if a trusted file
 * has, or may have in some deployment, a key in the same account and region.
 */
export function othersOnlyUseKeys(model: Model): readonly Diagnostic[] {
  const { stacks, trustedFiles } = model;
  const imports = stacks
    .filter(({ definition }) => !trustedFiles.has(definition.span.file))
    .flatMap((stack) => [...stack.imports.values()]);
  if (imports.length === 0) return [];
  const places = [...new Map(placesOfTrustedKeys(model).map((place) => [placeKey(place), place])).values()];
  const mayBeTrusted = (place: Place) => places.some((trusted) => mayBeSamePlace(trusted, place));
  return imports.flatMap((imported) => {
    const { name, stack, place, definition } = imported;
    if (imported.kind === 'key') {
      const { key } = imported;
      if (!trustedFiles.has(key.stack.definition.span.file)) return [];
      const about = `the key \`${key.stack.definition.name}.${key.name}\``;
      const beyondUse = [
        ...elements(property(definition, 'grants')).flatMap((grant) => moreThanUseIn(grant, imported)),
        ...operationsBeyondUse(imported),
      ];
      const related = [{ message: 'the key is defined here', span: key.nameSpan }];
      return inStack(
        stack,
        beyondUse.map(({ value, span, isLimitable }) =>
          report(moreThanUse, span, { word: value, about, isLimitable }, related),
        ),
      );
    }
    if (imported.kind === 'alias' || !mayBeTrusted(place)) return []; // a KMS grant on an alias is refused anyway
    const about = `\`${name}\`, which may be a key of keywright.yaml,`;
    return inStack(
      stack,
      operationsBeyondUse(imported).map(({ value, span }) =>
        report(moreThanUse, span, { word: value, about, isLimitable: false }),
      ),
    );
  });
}

type BeyondUse = Located<string> & { readonly isLimitable: boolean };

function moreThanUseIn(
  grant: Located<GrantDefinition>,
  imported: Extract<ImportModel, { kind: 'key' }>,
): readonly BeyondUse[] {
  const { traits, name } = imported.key;
  return oneOrMore<string>(property(grant, 'can')).flatMap((word) => {
    // Problems with the word are reported when the policy is decided.
    const actions = grantedActions([word], traits, name).value;
    const beyond = actions.flatMap((action) => kmsActions.filter((name) => covers(action, name) && !isUse(name)));
    const createsGrants = beyond.length > 0 && beyond.every((action) => action === 'kms:CreateGrant');
    if (actions.every(isKnownAction) && (beyond.length === 0 || (createsGrants && isForAwsResources(grant.value.when))))
      return [];
    return [{ ...word, isLimitable: createsGrants }];
  });
}

function operationsBeyondUse({ definition }: ImportModel): readonly BeyondUse[] {
  return entries(property(definition, 'kmsGrants'))
    .flatMap((grant) => elements(property(grant, 'operations')))
    .filter(({ value }) => !isUse(`kms:${value}`))
    .map((operation) => ({ ...operation, isLimitable: false }));
}

/** Whether an action uses a key, as a KMS grant can allow, or only reads about it. */
function isUse(action: string): boolean {
  return uses.has(action) || /^kms:(?:Describe|Get|List)/.test(action);
}

const uses: ReadonlySet<string> = new Set(
  grantOperations
    .filter((operation) => operation !== 'CreateGrant' && operation !== 'RetireGrant')
    .map((use) => `kms:${use}`),
);

function isForAwsResources(conditions: ConditionsDefinition | undefined): boolean {
  const { Bool: tests = {} } = conditions ?? {};
  return Object.entries(tests).some(
    ([key, values]) =>
      key.toLowerCase() === 'kms:grantisforawsresource' &&
      listOf(values).length > 0 &&
      listOf(values).every((value) => String(value) === 'true'),
  );
}

function placesOfTrustedKeys({ deployments, likenesses, trustedFiles }: Model): readonly Place[] {
  return deployments
    .filter(({ definition }) => trustedFiles.has(definition.span.file))
    .filter((stack) => (likenesses.get(stack) ?? stack).keys.size > 0)
    .flatMap(({ place, replicaEnvironments }) => [place, ...replicaEnvironments.map((one) => placeOf(one))]);
}

function placeKey({ account, region }: Place): string {
  return `${expressionKey(account)} ${expressionKey(region)}`;
}
