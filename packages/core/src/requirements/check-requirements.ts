/** Reports keys that violate the project's requirements, and exceptions that no longer apply. */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { exceptionWithoutNeed, requirementOfNothing } from '../diagnostics/requirements.ts';
import type { Policies } from '../policy/decide-policies.ts';
import type { ExceptionModel, Model, RequiredKey, RequirementModel } from '../resolve/model.ts';
import { adminsAreRequired } from './admins-are-required.ts';
import { aliasesAreRequired } from './aliases-are-required.ts';
import { buildsOnAStandard } from './builds-on-a-standard.ts';
import { multiRegionIsRequired } from './multi-region-is-required.ts';
import { nobodyIsOutside } from './nobody-is-outside.ts';
import { originIsRequired } from './origin-is-required.ts';
import { pendingWindowIsRequired } from './pending-window-is-required.ts';
import { removalIsRequired } from './removal-is-required.ts';
import { rotationIsRequired } from './rotation-is-required.ts';
import type { RequirementRule } from './rule.ts';
import { specIsRequired } from './spec-is-required.ts';
import { tagsAreRequired } from './tags-are-required.ts';

/** The checks for the properties of a requirement, one a file. */
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
  nobodyIsOutside,
];

/** Every key that violates a requirement, whichever file or construct made it so. */
export function checkRequirements(model: Model, { keyPolicies }: Policies): readonly Diagnostic[] {
  const accounts = new Map(model.stacks.map((stack) => [stack.name, stack.environment.account]));
  return model.requirements.flatMap((requirement) => {
    const check = (required: RequiredKey) => {
      const { definition, inside } = requirement;
      const policy = keyPolicies.get(required.key);
      const accountOfStack = (name: string) => accounts.get(name);
      const found = rules.flatMap((rule) => rule({ ...required, definition, inside, policy, accountOfStack }));
      return inStack(required.key.stack, found);
    };
    return [...requirement.keys.flatMap(check), ...(requirement.isComplete ? leftOver(requirement, check) : [])];
  });
}

/** Reports requirements and exceptions that match no key. */
function leftOver(
  { definition, keys, exceptions }: RequirementModel,
  check: (required: RequiredKey) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const requirement = definition.name;
  const isNeeded = (exception: ExceptionModel) => exception.keys.some((key) => check(key).length > 0);
  const isOfNothing = keys.length === 0 && exceptions.every((exception) => exception.keys.length === 0);
  return [
    ...exceptions
      .filter((exception) => !isNeeded(exception))
      .map(({ definition: { value, span }, keys: own }) =>
        report(exceptionWithoutNeed, span, { key: value.key, requirement, isKnown: own.length > 0 }),
      ),
    ...(isOfNothing ? [report(requirementOfNothing, definition.nameSpan, { requirement })] : []),
  ];
}
