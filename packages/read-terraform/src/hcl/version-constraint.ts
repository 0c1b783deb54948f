/**
 * Whether a version satisfies the constraint of a `module` block, such as `>= 3.0, < 4.0` or `~> 3.1`. A pre-release satisfies only a
 * constraint that names it. A constraint that Terraform would refuse counts as satisfied. Source: Terraform, "Version constraints".
 */
export function satisfies(version: string, constraint: string): boolean {
  const installed = numbersOf(version);
  if (installed === undefined) return true;
  return constraint.split(',').every((part) => {
    const [, operator = '', text = ''] = /^\s*(=|!=|>=?|<=?|~>)?\s*v?(\S+)\s*$/.exec(part) ?? [];
    const bound = numbersOf(text);
    if (bound === undefined) return true;
    const isSame =
      version === text || (installed.release === '' && bound.release === '' && order(installed, bound) === 0);
    if (operator === '' || operator === '=') return isSame;
    if (operator === '!=') return !isSame;
    if (installed.release !== '' && version !== text) return false;
    const comparison = order(installed, bound);
    switch (operator) {
      case '>':
        return comparison > 0;
      case '>=':
        return comparison >= 0;
      case '<':
        return comparison < 0;
      case '<=':
        return comparison <= 0;
      default:
        // `~>` requires every number as written, except the last, which may be higher.
        return (
          comparison >= 0 && bound.numbers.slice(0, -1).every((number, at) => number === (installed.numbers[at] ?? 0))
        );
    }
  });
}

interface Version {
  readonly numbers: readonly number[];
  /** The pre-release, such as `beta1` in `1.2.0-beta1`. */
  readonly release: string;
}

function numbersOf(version: string): Version | undefined {
  const [, numbers, release = ''] = /^v?(\d+(?:\.\d+)*)(?:-([^+]*))?(?:\+.*)?$/.exec(version) ?? [];
  return numbers === undefined ? undefined : { numbers: numbers.split('.').map(Number), release };
}

function order({ numbers: one }: Version, { numbers: other }: Version): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
