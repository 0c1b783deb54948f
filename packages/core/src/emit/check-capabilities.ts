import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { cannotExpress } from '../diagnostics/target.ts';
import { entries, property } from '../project/located.ts';
import type { KeyModel, Model } from '../resolve/model.ts';
import { single } from '../resolve/standards.ts';
import type { Span } from '../source/span.ts';
import type { Capabilities, Target } from './emitter.ts';

/** Something that not every target can express, and the place that asks for it. */
interface Need {
  readonly what: string;
  readonly span: Span;
  readonly possible: (capabilities: Capabilities) => boolean;
}

/** What a target of a stack cannot express is KW4002 at the line that asks for it. `only` are the targets compiled for. */
export function checkCapabilities(
  model: Model,
  targets: readonly Target<unknown>[],
  only: readonly string[] | undefined,
): readonly Diagnostic[] {
  return model.stacks.flatMap((stack) => {
    const asked = targets.filter(({ name }) => stack.targets.includes(name) && (only?.includes(name) ?? true));
    return [...stack.keys.values()].flatMap(needsOf).flatMap(({ what, span, possible }) =>
      asked
        .filter(({ capabilities }) => !possible(capabilities))
        .map(({ title }) => {
          const others = targets.filter(({ capabilities }) => possible(capabilities)).map(({ name }) => name);
          return report(cannotExpress, span, { target: title, what, others });
        }),
    );
  });
}

function needsOf(key: KeyModel): readonly Need[] {
  const { origin } = key.traits;
  const own = key.layers.at(-1);
  return [
    {
      what: `a key of origin ${origin}`,
      span: single(key.layers, 'origin')?.span ?? key.nameSpan,
      possible: ({ origins }) => origins.includes(origin),
    },
    ...entries(own && property(own, 'kmsGrants')).map(
      ({ nameSpan }): Need => ({ what: 'a KMS grant', span: nameSpan, possible: ({ kmsGrants }) => kmsGrants }),
    ),
  ];
}
