import type { Diagnostic, RelatedSpan } from '../diagnostics/diagnostic.ts';
import type { Unmet } from '../diagnostics/requirements.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import type { RequirementDefinition } from '../language/requirement.ts';
import type { IdentityPolicyDocument } from '../policy/identity-policies.ts';
import { type Located, property } from '../project/located.ts';
import type { CreatedModel, ImportModel, Inside, Model, RequiredKey, RequirementModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';

/** A key that a requirement applies to, with its decided policy. */
export interface Required extends RequiredKey {
  readonly definition: RequirementModel['definition'];
  readonly inside: Inside;
  readonly policy: PolicyDocument | undefined;
  /** All identity policies of the project. */
  readonly attached: readonly IdentityPolicyDocument[];
  /** All roles, users and groups that the project creates. */
  readonly created: readonly CreatedModel[];
  /** Imports that do not name a key of the project. */
  readonly keysElsewhere: readonly ImportModel[];
  /** The files that decide for the whole project. */
  readonly trustedFiles: Model['trustedFiles'];
  /** The account of a stack, by its name; `undefined` for a stack that can be deployed anywhere. */
  readonly accountOfStack: (name: string) => string | undefined;
}

/** Checks one property of a requirement on one key. Pure; reports violations. */
export type RequirementRule = (required: Required) => readonly Diagnostic[];

/** The parameters that every diagnostic about a violated requirement has. */
export function unmet({ key, definition }: Required): Unmet {
  return { key: key.name, requirement: definition.name, because: definition.value.because };
}

/** The span where a key sets a property; the key's own span if a standard or nothing sets it. */
export function spanOf({ key }: Required, written: Located<unknown> | undefined): Span {
  return written === undefined || written.through !== undefined ? key.nameSpan : written.span;
}

/** The requirement's line, and the line of a standard that contradicts it. */
export function related(
  { definition }: Required,
  name: keyof RequirementDefinition,
  written?: Located<unknown>,
): readonly RelatedSpan[] {
  const requirementSpan = property(definition, name)?.span ?? definition.nameSpan;
  return [
    { message: `what \`${definition.name}\` requires`, span: requirementSpan },
    ...(written?.through === undefined
      ? []
      : [{ message: `it comes from the ${written.through}`, span: written.span }]),
  ];
}
