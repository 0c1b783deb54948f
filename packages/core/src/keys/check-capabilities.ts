import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { inStack } from '../diagnostics/in-stack.ts';
import { cannotExpress } from '../diagnostics/target.ts';
import type { Capabilities, Target } from '../emit/emitter.ts';
import type { KmsGrantDefinition } from '../language/grant.ts';
import { entries, type Named, property } from '../project/located.ts';
import { type KeyModel, keysOf, type Model } from '../resolve/model.ts';
import type { Span } from '../source/span.ts';

/** A feature that some target cannot express, with the span that uses the feature. */
interface Need {
  readonly what: string;
  readonly span: Span;
  readonly possible: (capabilities: Capabilities) => boolean;
}

/**
 * Reports KW4002 at each line that uses a feature that one of the stack's targets cannot express. `only`: the targets of this compilation.
 */
export function checkCapabilities(
  model: Model,
  targets: readonly Target<unknown>[],
  only: readonly string[] | undefined,
): readonly Diagnostic[] {
  return model.stacks.flatMap((stack) => {
    const concerned = targets.filter(({ name }) => stack.targets.includes(name) && (only?.includes(name) ?? true));
    const problems = [
      ...keysOf(stack).flatMap((key) => [...needsOf(key), ...lackedBySome(key, concerned)]),
      ...[...stack.imports.values()].flatMap(({ definition }) =>
        grantNeeds(entries(property(definition, 'kmsGrants'))),
      ),
    ].flatMap(({ what, span, possible }) =>
      concerned
        .filter(({ capabilities }) => !possible(capabilities))
        .map(({ title }) => {
          const others = targets.filter(({ capabilities }) => possible(capabilities)).map(({ name }) => name);
          return report(cannotExpress, span, { target: title, what, others });
        }),
    );
    return inStack(stack, problems);
  });
}

function needsOf(key: KeyModel): readonly Need[] {
  const { origin } = key.traits;
  return [
    // A replica has the origin of its primary key, so only the primary key's origin is checked.
    ...(key.primary === undefined
      ? [
          {
            what: `a key of origin ${origin}`,
            span: key.properties.origin?.span ?? key.nameSpan,
            possible: ({ origins }: Capabilities) => origins.includes(origin),
          },
        ]
      : []),
    ...grantNeeds([...key.properties.kmsGrants.values()]),
  ];
}

function lackedBySome(key: KeyModel, targets: readonly Target<unknown>[]): readonly Need[] {
  const kind = key.primary === undefined ? 'key' : 'replica';
  const lacked = new Set(targets.flatMap(({ capabilities }) => capabilities.lacks?.[kind] ?? []));
  return [...lacked].flatMap((name) => {
    const setting = key.properties[name];
    if (setting === undefined || !('span' in setting) || setting.value === false) return [];
    return {
      what: `\`${name}\` on a ${kind}`,
      span: setting.span,
      possible: ({ lacks }: Capabilities) => !lacks?.[kind]?.includes(name),
    };
  });
}

function grantNeeds(grants: readonly Named<KmsGrantDefinition>[]): readonly Need[] {
  return grants.map((grant): Need => {
    const named = property(grant, 'named');
    return named?.value === false
      ? { what: 'a KMS grant without a name', span: named.span, possible: (can) => can.namelessKmsGrants }
      : { what: 'a KMS grant', span: grant.nameSpan, possible: ({ kmsGrants }) => kmsGrants };
  });
}
