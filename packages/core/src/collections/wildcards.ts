/**
 * Whether a text matches a pattern of tokens. A token that `isStar` accepts matches any number of elements; any other
 * token matches one element, which it must fit (`fits`). A regular expression with many `*` would backtrack for too long.
 */
export function matchesWildcards<Token, Element>(
  pattern: ArrayLike<Token>,
  text: ArrayLike<Element>,
  isStar: (token: Token) => boolean,
  fits: (token: Token, element: Element) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    const token = pattern[at];
    if (token !== undefined && isStar(token)) {
      star = at;
      at += 1;
      resume = index;
    } else if (token !== undefined && fits(token, text[index] as Element)) {
      at += 1;
      index += 1;
    } else {
      if (star < 0) return false;
      // Let the last `*` match one more element.
      at = star + 1;
      resume += 1;
      index = resume;
    }
  }
  return Array.prototype.slice.call(pattern, at).every(isStar);
}
