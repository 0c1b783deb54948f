/**
 * Checks files included with `stacksIn`. Only the environments of `stacksIn` may contain the stacks and replicas of such a file, the keys
 * of other stacks that it grants access to, and the principals of other stacks that it names.
 */

import { type Diagnostic, type RelatedSpan, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { keyOfOthers, principalOfOthers, stackOutOfPlace } from '../diagnostics/includes.ts';
import { createCollector } from '../diagnostics/result.ts';
import { elements, type Located, oneOrMore, property } from '../project/located.ts';
import type { Project } from '../project/project.ts';
import type { EnvironmentSets } from './environment-sets.ts';
import { type Grantee, granteesOfKmsGrants, type ImportModel, keysOf, type StackModel } from './model.ts';
import { describeEnvironment } from './place.ts';

interface Narrowing {
  readonly allowed: readonly string[];
  readonly environments: ReadonlySet<string>;
  readonly related: readonly RelatedSpan[];
}

/** Reports violations, and problems with `stacksIn` itself. */
export function stacksAreInPlace(
  stacks: readonly StackModel[],
  project: Project,
  sets: EnvironmentSets,
): readonly Diagnostic[] {
  const narrowed = [...project.access].filter(([, { stacksIn }]) => stacksIn.length > 0);
  if (narrowed.length === 0) return [];
  const collector = createCollector();
  const narrowings = new Map<object, Narrowing>();
  const narrowing = (written: Located<readonly string[]>): Narrowing => {
    const existing = narrowings.get(written.value);
    if (existing !== undefined) return existing;
    const environments = new Set(
      elements(written).flatMap((name) => [...(collector.take(sets.find(name))?.environments.keys() ?? [])]),
    );
    const related = [{ message: 'its stacks are restricted here', span: written.span }];
    const created = { allowed: written.value, environments, related };
    narrowings.set(written.value, created);
    return created;
  };
  const byFile = new Map(narrowed.map(([path, { stacksIn }]) => [path, stacksIn.map((written) => narrowing(written))]));
  for (const stack of stacks) {
    for (const one of byFile.get(stack.definition.span.file) ?? [])
      collector.add(...inStack(stack, outOfPlace(stack, one)));
  }
  const outOfReach = (grantee: Grantee): readonly Diagnostic[] => {
    if (grantee.kind !== 'created') return [];
    const { environment } = grantee.created.stack;
    return (byFile.get(grantee.writtenIn) ?? [])
      .filter(({ environments }) => environment.name === undefined || !environments.has(environment.name))
      .map(({ allowed, related }) => {
        const parameters = { principal: grantee.label, environment: describeEnvironment(environment), allowed };
        return report(principalOfOthers, grantee.span, parameters, related);
      });
  };
  for (const stack of stacks) collector.add(...inStack(stack, granteesOf(stack).flatMap(outOfReach)));
  return collector.diagnostics;
}

/** Every principal that a stack names: in its keys, its imports and the trust policies of its roles. */
function granteesOf(stack: StackModel): readonly Grantee[] {
  const imports = [...stack.imports.values()];
  const keys = keysOf(stack);
  const references = [
    ...[...stack.created.values()].flatMap(({ assumedBy }) => assumedBy),
    ...keys.flatMap(({ admins }) => admins),
  ];
  const statements = keys.flatMap((key) => [
    ...key.statements,
    ...(key.policy?.kind === 'statements' ? key.policy.statements : []),
  ]);
  return [
    ...references.flatMap(({ grantees }) => grantees),
    ...granteesOfKmsGrants([...keys, ...imports].flatMap(({ kmsGrants }) => kmsGrants)),
    ...[...keys, ...imports].flatMap(({ grants }) => grants).flatMap(({ grantees }) => grantees),
    ...statements.flatMap(({ principals, notPrincipals }) => [...principals, ...notPrincipals]),
  ];
}

function outOfPlace(stack: StackModel, { allowed, environments, related }: Narrowing): readonly Diagnostic[] {
  // An environment that does not exist has been reported.
  const isElsewhere = (name: string | undefined, exists: boolean) =>
    exists && (name === undefined || !environments.has(name));
  const { environment, definition } = stack;
  const isAnywhere = environment.name === undefined;
  const parameters = { what: `the stack \`${definition.name}\``, environment: environment.name, allowed };
  const reference = oneOrMore(property(definition, 'environment')).find(({ value }) => value === environment.name);
  const span = reference?.span ?? property(definition, 'environment')?.span ?? definition.nameSpan;
  return [
    ...(isElsewhere(environment.name, isAnywhere || environment.account !== undefined)
      ? [report(stackOutOfPlace, span, parameters, related)]
      : []),
    ...[...stack.keys.values()].flatMap(({ name, replicas }) =>
      replicas
        .filter((replica) => isElsewhere(replica.environment.name, true))
        .map((replica) => {
          const what = `a replica of \`${name}\``;
          return report(
            stackOutOfPlace,
            replica.nameSpan,
            { what, environment: replica.environment.name, allowed },
            related,
          );
        }),
    ),
    ...[...stack.imports.values()].flatMap((imported) => {
      if (imported.kind !== 'key' || !isElsewhere(imported.key.environment.name, true)) return [];
      return changesTo(imported).map(({ what, span }) => {
        const key = `${imported.key.stack.definition.name}.${imported.key.name}`;
        const parameters = { key, what, environment: describeEnvironment(imported.key.environment), allowed };
        return report(keyOfOthers, span, parameters, related);
      });
    }),
  ];
}

function changesTo({ definition }: ImportModel) {
  return (['grants', 'kmsGrants', 'aliases'] as const).flatMap((what) => {
    const written = property(definition, what);
    return written === undefined || Object.keys(written.value).length === 0 ? [] : [{ what, span: written.span }];
  });
}
