import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { badRoleDescription } from '../diagnostics/principals.ts';
import { tagProblems } from '../keys/tag-problems.ts';
import { entries, property } from '../project/located.ts';
import { problemsOf } from '../resolve/interpolate.ts';
import type { CreatedModel, Model } from '../resolve/model.ts';
import { iamNamesAreUnique } from './iam-names-are-unique.ts';

/** Reports what IAM would refuse about the roles, users and groups that stacks create, whatever their policies say. */
export function checkPrincipals(model: Model): readonly Diagnostic[] {
  const created = model.stacks.flatMap((stack) => [...stack.created.values()]);
  return [
    ...created.flatMap((one) => inStack(one.stack, [...tagsAreAccepted(one), ...descriptionIsAccepted(one)])),
    ...iamNamesAreUnique(created),
  ];
}

function tagsAreAccepted(created: CreatedModel): readonly Diagnostic[] {
  if (created.kind === 'group') return []; // groups have no tags
  const tags = entries(property(created.body, 'tags')).map((tag) => [tag.name, tag] as const);
  const owner = { name: created.name, nameSpan: created.definition.nameSpan, place: created.stack.place };
  // Source: IAM User Guide, "Tags for AWS Identity and Access Management resources", "Rules for tagging".
  return tagProblems(new Map([...created.stack.tags, ...tags]), owner, true);
}

/** Source: IAM API reference, CreateRole, Description. */
const descriptionText = /^[\t\n\r\u0020-\u007e\u00a1-\u00ff]*$/;

function descriptionIsAccepted(created: CreatedModel): readonly Diagnostic[] {
  const description = property(created.body, 'description');
  if (description === undefined) return [];
  return problemsOf(description, created.stack.place, ({ value, span }) =>
    descriptionText.test(value) ? [] : [report(badRoleDescription, span, { role: created.name })],
  );
}
