import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownPlaceholder } from '../diagnostics/resolve.ts';
import { concat, type Expression, literal } from '../ir/expression.ts';
import type { Located } from '../project/located.ts';
import type { Place } from './place.ts';

const placeholder = /\$\$\{|\$\{([^}]*)\}/g;

/** Finds the value of a placeholder that is not one of the place's four; undefined when it knows none. */
export type PlaceholderLookup = (name: string) => Expression | undefined;

/**
 * Text of the project with `${account}`, `${region}`, `${partition}` and `${dnsSuffix}` replaced and `$${` read as `${`.
 * Anything else in `${…}` goes to `lookup`; what that does not know is KW2006 and stays as it is.
 */
export function interpolate(
  text: Located<string>,
  place: Place,
  diagnostics: Diagnostic[],
  lookup: PlaceholderLookup = () => undefined,
  known: readonly string[] = [],
): Expression {
  // Most texts have none.
  if (!text.value.includes('${')) return literal(text.value);
  return replacePlaceholders(text.value, (name) => {
    const own = ownValue(place, name) ?? lookup(name);
    if (own === undefined) {
      diagnostics.push(
        report(unknownPlaceholder, text.span, { placeholder: name, known: [...Object.keys(place), ...known] }),
      );
    }
    return own;
  });
}

/** As `interpolate` for a policy file in AWS's own format: whatever is not one of the four names is IAM's and stays. */
export function interpolatePolicyFile(text: string, place: Place): Expression {
  if (!text.includes('${')) return literal(text);
  return replacePlaceholders(text, (name) => ownValue(place, name));
}

function ownValue(place: Place, name: string): Expression | undefined {
  return Object.hasOwn(place, name) ? place[name as keyof Place] : undefined; // hasOwn established it
}

function replacePlaceholders(text: string, resolvePlaceholder: PlaceholderLookup): Expression {
  const parts: Expression[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push(literal(text.slice(end, match.index)));
    end = match.index + match[0].length;
    const [whole, name] = match;
    parts.push(name === undefined ? literal('${') : (resolvePlaceholder(name) ?? literal(whole)));
  }
  return concat(...parts, literal(text.slice(end)));
}
