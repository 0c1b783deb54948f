import { report } from '../diagnostics/diagnostic.ts';
import { cyclicDefinition } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { PolicyDocument } from '../ir/policy.ts';
import type { CreatedModel } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';
import { orderByNeeds } from '../stacks/dependency-order.ts';

/**
 * Orders the principals that a stack creates. A role comes after the principals that its trust policy names; otherwise the order in the
 * YAML stays. IAM refuses a trust policy that names a missing role, so roles that trust each other, or themselves, are reported (KW2004).
 */
export function orderPrincipals(
  created: Iterable<CreatedModel>,
  trustPolicies: ReadonlyMap<CreatedModel, PolicyDocument>,
): Result<readonly CreatedModel[]> {
  const collector = createCollector();
  const all = [...created];
  const byId = new Map(all.map((principal) => [principal.id, principal]));
  const needsOf = (principal: CreatedModel) =>
    (trustPolicies.get(principal)?.statements ?? []).flatMap(({ principals = [], source }) =>
      principals.flatMap((trusted): readonly { readonly to: CreatedModel; readonly span: Span }[] => {
        if (trusted.kind !== 'aws' || trusted.arn.kind !== 'reference') return [];
        const to = byId.get(trusted.arn.resource);
        return to === undefined ? [] : [{ to, span: source.span }];
      }),
    );
  const ordered = orderByNeeds(all, needsOf, (start, circle) => {
    const cycle = [start.name, ...circle.map(({ to }) => to.name)];
    const related = circle.map(({ to, span }, index) => ({
      message: `\`${cycle[index]}\` trusts \`${to.name}\``,
      span,
    }));
    collector.add(
      report(cyclicDefinition, circle[0]?.span ?? start.definition.nameSpan, { kind: 'principal', cycle }, related),
    );
  });
  return collector.result(ordered);
}
