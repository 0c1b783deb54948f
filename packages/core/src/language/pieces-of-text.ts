export type Piece =
  | { readonly kind: 'text' | 'escape' | 'unclosed'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly text: string; readonly name: string };

/** Splits a text into placeholders, `$${`, an unclosed `${` with all that follows it, and the text between. */
export function* piecesOf(text: string): Generator<Piece> {
  let end = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', end)) {
    if (start > end && text[start - 1] === '$') {
      yield { kind: 'text', text: text.slice(end, start - 1) };
      yield { kind: 'escape', text: '$${' };
      end = start + 2;
      continue;
    }
    const close = text.indexOf('}', start);
    if (close < 0) {
      yield { kind: 'text', text: text.slice(end, start) };
      yield { kind: 'unclosed', text: text.slice(start) };
      return;
    }
    yield { kind: 'text', text: text.slice(end, start) };
    end = close + 1;
    yield { kind: 'placeholder', text: text.slice(start, end), name: text.slice(start + 2, close) };
  }
  yield { kind: 'text', text: text.slice(end) };
}
