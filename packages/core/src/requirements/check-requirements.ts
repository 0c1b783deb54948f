/** Reports keys that violate the project's requirements, and exceptions that no longer apply. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { exceptionWithoutNeed, requirementOfNothing } from '../diagnostics/requirements.ts';
import type { Policies } from '../policy/decide-policies.ts';
import type { ExceptionModel, Model, RequiredKey, RequirementModel } from '../resolve/model.ts';
import { adminsAreNotCreated } from './admins-are-not-created.ts';
import { adminsAreNotDenied } from './admins-are-not-denied.ts';
import { adminsAreRequired } from './admins-are-required.ts';
import { adminsKeepTheirPolicies } from './admins-keep-their-policies.ts';
import { aliasesAreRequired, importsOfException } from './aliases-are-required.ts';
import { buildsOnAStandard } from './builds-on-a-standard.ts';
import { isForDestroyed, keysAreNotDestroyed } from './keys-are-not-destroyed.ts';
import { isForMoved, keysDoNotMoveOut } from './keys-do-not-move-out.ts';
import { multiRegionIsRequired } from './multi-region-is-required.ts';
import { nobodyIsOutside } from './nobody-is-outside.ts';
import { originIsRequired } from './origin-is-required.ts';
import { pendingWindowIsRequired } from './pending-window-is-required.ts';
import { removalIsRequired } from './removal-is-required.ts';
import { rotationIsRequired } from './rotation-is-required.ts';
import type { Required, RequirementRule } from './rule.ts';
import { specIsRequired } from './spec-is-required.ts';
import { tagsAreRequired } from './tags-are-required.ts';

const rules: readonly RequirementRule[] = [
  buildsOnAStandard,
  removalIsRequired,
  rotationIsRequired,
  pendingWindowIsRequired,
  multiRegionIsRequired,
  specIsRequired,
  originIsRequired,
  tagsAreRequired,
  aliasesAreRequired,
  adminsAreRequired,
  adminsAreNotDenied,
  adminsAreNotCreated,
  adminsKeepTheirPolicies,
  nobodyIsOutside,
];

export function checkRequirements(model: Model, { keyPolicies, identityPolicies }: Policies): readonly Diagnostic[] {
  const imports = model.stacks.flatMap((stack) => [...stack.imports.values()]);
  const keysElsewhere = imports.filter(({ kind }) => kind !== 'key');
  const created = model.stacks.flatMap((stack) => [...stack.created.values()]);
  const attached = [...identityPolicies.values()].flat();
  const accounts = new Map(model.stacks.map((stack) => [stack.name, stack.environment.account]));
  return model.requirements.flatMap((requirement) => {
    const withProject = (required: RequiredKey): Required => ({
      ...required,
      definition: requirement.definition,
      inside: requirement.inside,
      trustedFiles: model.trustedFiles,
      policy: keyPolicies.get(required.key),
      attached,
      created,
      keysElsewhere,
      accountOfStack: (name) => accounts.get(name),
    });
    const check = (key: RequiredKey) => {
      const required = withProject(key);
      return inStack(
        key.key.stack,
        rules.flatMap((rule) => rule(required)),
      );
    };
    const usesOf = ({ keys, definition: { value } }: ExceptionModel): Uses => {
      const imports = requirement.keys.map((key) => importsOfException(value.key, withProject(key)));
      return {
        isKnown: keys.length > 0 || imports.some(({ isKnown }) => isKnown),
        isNeeded:
          keys.some((key) => check(key).length > 0) ||
          imports.some(({ isNeeded }) => isNeeded) ||
          isForDestroyed(model, value.key) ||
          isForMoved(model, value.key),
      };
    };
    return [
      ...requirement.keys.flatMap(check),
      ...keysAreNotDestroyed(model, requirement),
      ...keysDoNotMoveOut(model, requirement),
      ...(requirement.isComplete ? leftOver(requirement, usesOf) : []),
    ];
  });
}

interface Uses {
  /** Whether the requirement applies to what the exception names, or would apply without the exception. */
  readonly isKnown: boolean;
  readonly isNeeded: boolean;
}

/** Reports requirements and exceptions that match no key. */
function leftOver(
  { definition, keys, exceptions }: RequirementModel,
  usesOf: (exception: ExceptionModel) => Uses,
): readonly Diagnostic[] {
  const requirement = definition.name;
  const isOfNothing = keys.length === 0 && exceptions.every((exception) => exception.keys.length === 0);
  const unneeded = exceptions.flatMap((exception) => {
    const { isKnown, isNeeded } = usesOf(exception);
    const { value, span } = exception.definition;
    return isNeeded ? [] : [report(exceptionWithoutNeed, span, { key: value.key, requirement, isKnown })];
  });
  return [...unneeded, ...(isOfNothing ? [report(requirementOfNothing, definition.nameSpan, { requirement })] : [])];
}
