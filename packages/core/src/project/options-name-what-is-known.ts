import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { missingValue, unclosedPlaceholder, unknownPlaceholder } from '../diagnostics/resolve.ts';
import { deploymentPlaceholders, valueNamed } from '../emit/deployment-text.ts';
import { piecesOf } from '../language/pieces-of-text.ts';
import { isMapping } from '../syntax/is-mapping.ts';
import { elements, entries, type Located, retyped } from './located.ts';
import type { Project } from './project.ts';

/**
 * Checks the placeholders in the options of targets, and reports those that have no value in any deployment: unknown ones (KW2006), values
 * that no environment has (KW2030), and unclosed ones (KW2012).
 */
export function optionsNameWhatIsKnown(
  options: Located<unknown>,
  { environments, isWhole }: Project,
): readonly Diagnostic[] {
  const values = new Set([...environments.values()].flatMap(({ value }) => Object.keys(value.values ?? {})));
  return textsOf(options).flatMap(({ value: text, span }) =>
    [...piecesOf(text)].flatMap((piece) => {
      if (piece.kind === 'unclosed') return report(unclosedPlaceholder, span, {});
      if (piece.kind !== 'placeholder' || deploymentPlaceholders.some((name) => name === piece.name)) return [];
      const value = valueNamed(piece.name);
      if (value === undefined) {
        const known = [...deploymentPlaceholders, 'values.<name>'];
        return report(unknownPlaceholder, span, { placeholder: piece.name, known });
      }
      // An invalid file may define the value.
      if (values.has(value) || !isWhole) return [];
      return report(missingValue, span, { name: value, environments: [...environments.keys()], known: [...values] });
    }),
  );
}

function textsOf(of: Located<unknown>): readonly Located<string>[] {
  const { value } = of;
  if (typeof value === 'string') return [retyped(of, value)];
  if (Array.isArray(value)) return elements(retyped<readonly unknown[]>(of, value)).flatMap(textsOf);
  return isMapping(value) ? entries(retyped(of, value)).flatMap(textsOf) : [];
}
