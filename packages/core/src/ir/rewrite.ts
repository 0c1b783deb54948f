import { type Concat, concatAll, type Expression, type Part } from './expression.ts';

/** Replaces expressions in a resource, an output or any other piece of the IR. `replace` receives each part of an expression. */
export function rewrite<Piece>(piece: Piece, replace: (part: Part) => Expression): Piece {
  return rewriteWhole(piece, (expression) =>
    expression.kind === 'concat' ? concatAll(expression.parts.map(replace)) : replace(expression),
  );
}

/** Replaces expressions in a piece of the IR; `replace` receives each expression as a whole. */
export function rewriteWhole<Piece>(piece: Piece, replace: (expression: Expression) => Expression): Piece {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    if (isPart(value) || isConcat(value)) return replace(value);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(piece) as Piece; // expressions become expressions, all else stays
}

/** The parts of all expressions in a piece of the IR. */
export function partsIn(piece: unknown): readonly Part[] {
  const parts: Part[] = [];
  rewrite(piece, (part) => {
    parts.push(part);
    return part;
  });
  return parts;
}

function isPart(value: object): value is Part {
  const kind = 'kind' in value ? value.kind : undefined;
  return (
    (kind === 'reference' && 'attribute' in value) ||
    (kind === 'crossStack' && 'export' in value) ||
    (kind === 'pseudo' && 'name' in value) ||
    (kind === 'literal' && 'text' in value)
  );
}

function isConcat(value: object): value is Concat {
  return 'kind' in value && value.kind === 'concat' && 'parts' in value;
}
