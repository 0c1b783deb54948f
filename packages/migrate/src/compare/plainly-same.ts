/**
 * Finds keys whose access cannot have changed, because everything that decides about it has the same form and order in both programs. After
 * a change to a project, this holds for nearly every key, and such a key needs no shape. In: both pictures. Out: a function that takes the
 * key in each picture and returns `false` if a closer look is needed.
 */
import { principalsConcerning } from '@keywright/analyze/find';
import type { Picture, PictureKey, PicturePrincipal } from '@keywright/analyze/picture';

export function comparePlainly(old: Picture, now: Picture): (before: PictureKey, after: PictureKey) => boolean {
  const patterns = ({ identityPatterns, identityByAlias }: Picture) => [identityPatterns, identityByAlias];
  if (!isAlike(patterns(old), patterns(now))) return () => false;
  const differing = new Set(
    [...old.principals, ...now.principals].flatMap(({ id }) =>
      isAlike(aboutPrincipal(old.principalsById.get(id)), aboutPrincipal(now.principalsById.get(id))) ? [] : [id],
    ),
  );
  // If the two keys are alike, they name the same principals, so the principals of one side are enough.
  const isAboutOthers = (key: PictureKey) =>
    differing.size > 0 && principalsConcerning(old, key).some(({ id }) => differing.has(id));
  return (before, after) => isAlike(aboutKey(before), aboutKey(after)) && !isAboutOthers(before);
}

function aboutKey({ id: _, name, stack, source, ...rest }: PictureKey): object {
  return rest;
}

function aboutPrincipal(principal: PicturePrincipal | undefined): object | undefined {
  if (principal === undefined) return undefined;
  const { created, tags, federated } = principal;
  return { isCreated: created !== undefined, tags, federated };
}

/** Whether two values are equal, apart from the `ref` of a statement, which has its Sid and span. */
function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one))
    return (
      Array.isArray(other) && one.length === other.length && one.every((value, index) => isAlike(value, other[index]))
    );
  if (one instanceof Map)
    return (
      other instanceof Map &&
      one.size === other.size &&
      [...one].every(([name, value]) => other.has(name) && isAlike(value, other.get(name)))
    );
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name === 'ref' || isAlike(Reflect.get(one, name), Reflect.get(other, name)))
  );
}
