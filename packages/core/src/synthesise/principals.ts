import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Literal } from '../ir/expression.ts';
import { withNameOrigins } from '../ir/given-name.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import type { Group, Role, User } from '../ir/program.ts';
import { entries, property } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { CreatedModel } from '../resolve/model.ts';
import { interpolateTags } from './keys.ts';

/** The role, user or group that a stack creates. The IAM name is settled only when all uses of the principal are known. */
export function synthesisePrincipal(
  created: CreatedModel,
  trustPolicies: ReadonlyMap<CreatedModel, PolicyDocument>,
  physicalName: Literal | undefined,
): Result<Role | User | Group> {
  const collector = createCollector();
  const { body, definition, kind, stack } = created;
  const withName = <T extends Role | User | Group>(principal: T): T =>
    physicalName === undefined ? principal : withNameOrigins(principal, physicalName);
  const common = {
    id: created.id,
    name: created.name,
    names: definition.value.names ?? {},
    dependsOn: [],
    source: { span: definition.nameSpan },
    ...(physicalName !== undefined && { physicalName: physicalName.text }),
  };
  if (kind === 'group') return collector.result(withName({ ...common, kind }));

  const ownTags = entries(property(body, 'tags')).map((tag) => [tag.name, tag] as const);
  const tags = collector.take(interpolateTags(new Map([...stack.tags, ...ownTags]), stack.place));
  if (kind === 'user') return collector.result(withName({ ...common, kind, tags }));

  const description = property(body, 'description');
  return collector.result(
    withName({
      ...common,
      kind,
      ...(description !== undefined && { description: collector.take(interpolate(description, stack.place)) }),
      assumeRolePolicy: trustPolicies.get(created) ?? { statements: [] }, // each role has one
      tags,
    }),
  );
}
