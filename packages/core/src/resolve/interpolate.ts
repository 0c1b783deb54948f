import { report } from '../diagnostics/diagnostic.ts';
import { unclosedPlaceholder, unknownPlaceholder } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { concatAll, type Expression, literal } from '../ir/expression.ts';
import type { Located } from '../project/located.ts';
import type { Place } from './place.ts';

/** Finds the value of a placeholder that is not one of the place's own; undefined when it knows none. */
export type PlaceholderLookup = (name: string) => Expression | undefined;

/**
 * Text of the project with `${account}`, `${region}`, `${partition}` and `${dnsSuffix}` replaced, the names that are known at the place
 * (`${environment}`, `${stack}`, …) too, and `$${` read as `${`. Anything else in `${…}` goes to `lookup`; what that does not
 * know is KW2006, a `${` that nothing closes KW2012.
 */
export function interpolate(
  text: Located<string>,
  place: Place,
  lookup: PlaceholderLookup = () => undefined,
  known: readonly string[] = [],
): Result<Expression> {
  // Most texts have none.
  if (!text.value.includes('${')) return { value: literal(text.value), diagnostics: [] };
  const collector = createCollector();
  const unknown = new Set<string>();
  const resolved = replacePlaceholders(text.value, (name) => {
    if (name === undefined) {
      collector.add(report(unclosedPlaceholder, text.span, {}));
      return undefined;
    }
    const own = ofAws(place, name) ?? ofProject(place, name) ?? lookup(name);
    if (own === undefined) unknown.add(name);
    return own;
  });
  for (const name of unknown) {
    const names = [...placeholdersOfAws, ...Object.keys(place.names), ...known];
    collector.add(report(unknownPlaceholder, text.span, { placeholder: name, known: names }));
  }
  return collector.result(resolved);
}

/** As `interpolate` for a policy file in AWS's own format: whatever is not one of the four names is IAM's and stays. */
export function interpolatePolicyFile(text: string, place: Place): Expression {
  if (!text.includes('${')) return literal(text);
  return replacePlaceholders(text, (name) => (name === undefined ? undefined : ofAws(place, name)));
}

const placeholdersOfAws = ['account', 'region', 'partition', 'dnsSuffix'] as const;

function ofAws(place: Place, name: string): Expression | undefined {
  const own = placeholdersOfAws.find((one) => one === name);
  return own && place[own];
}

function ofProject({ names }: Place, name: string): Expression | undefined {
  const text = Object.hasOwn(names, name) ? names[name as keyof Place['names']] : undefined; // hasOwn established it
  return text === undefined ? undefined : literal(text);
}

/** What `resolvePlaceholder` does not know stays as it is; it is asked about `undefined` for a `${` that nothing closes. */
function replacePlaceholders(
  text: string,
  resolvePlaceholder: (name: string | undefined) => Expression | undefined,
): Expression {
  const parts: Expression[] = [];
  let end = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', end)) {
    if (start > end && text[start - 1] === '$') {
      parts.push(literal(text.slice(end, start - 1)), literal('${'));
      end = start + 2;
      continue;
    }
    const close = text.indexOf('}', start);
    if (close < 0) {
      resolvePlaceholder(undefined);
      break;
    }
    parts.push(literal(text.slice(end, start)));
    end = close + 1;
    parts.push(resolvePlaceholder(text.slice(start + 2, close)) ?? literal(text.slice(start, end)));
  }
  parts.push(literal(text.slice(end)));
  return concatAll(parts);
}
