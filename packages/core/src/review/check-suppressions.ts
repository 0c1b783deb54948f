import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { eachOnce } from '../diagnostics/each-once.ts';
import { suppressionOnKeyOfOthers } from '../diagnostics/includes.ts';
import { errorCannotBeSuppressed } from '../diagnostics/policy.ts';
import { elements, property } from '../project/located.ts';
import { keysOf, type Model } from '../resolve/model.ts';
import { isRuleCode, type Review } from './review.ts';

/**
 * Reports suppressions that are in untrusted files and hide what others decide: findings of a rule that `rules` makes an error (KW3044),
 * and findings about a key that a trusted file defines (KW2187).
 */
export function checkSuppressions({ stacks, trustedFiles }: Model, { severities }: Review): readonly Diagnostic[] {
  const imports = stacks.flatMap((stack) => [...stack.imports.values()]);
  const ofImports = imports.map((imported) => ({
    imported,
    suppress: elements(property(imported.definition, 'suppress')),
  }));
  const all = [
    ...stacks.flatMap(keysOf).flatMap(({ properties }) => properties.suppress),
    ...ofImports.flatMap(({ suppress }) => suppress),
  ];
  const errors = all.flatMap(({ value: { rule }, span }) => {
    const severity = severities.get(rule);
    if (severity?.severity !== 'error' || trustedFiles.has(span.file)) return [];
    return [report(errorCannotBeSuppressed, span, { rule }, [{ message: 'it is an error here', span: severity.span }])];
  });
  const onKeysOfOthers = ofImports.flatMap(({ imported, suppress }) => {
    if (imported.kind !== 'key') return [];
    const { key } = imported;
    const { definition } = key.stack;
    if (!trustedFiles.has(definition.span.file)) return [];
    return suppress
      .filter(({ value, span }) => isRuleCode(value.rule) && !trustedFiles.has(span.file))
      .map(({ value: { rule }, span }) =>
        report(suppressionOnKeyOfOthers, span, { rule, key: `${definition.name}.${key.name}` }, [
          { message: 'the key is defined here', span: key.nameSpan },
        ]),
      );
  });
  // A stack in several environments is reported once.
  return eachOnce([...errors, ...onKeysOfOthers]);
}
