import { concatAll, type Expression } from '@keywright/core/ir/expression';

type Atom = Exclude<Expression, { readonly kind: 'concat' }>;

/** Replaces expressions in a resource, output or other part of the IR. `replace` receives expressions without parts. */
export function rewrite<Piece>(piece: Piece, replace: (atom: Atom) => Expression): Piece {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    if (isAtom(value)) return replace(value);
    if (isConcat(value)) return concatAll(value.parts.map(replace));
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(piece) as Piece; // expressions become expressions, all else stays
}

/** The atomic parts of all expressions in a part of the IR. */
export function atomsOf(piece: unknown): readonly Atom[] {
  const atoms: Atom[] = [];
  rewrite(piece, (atom) => {
    atoms.push(atom);
    return atom;
  });
  return atoms;
}

function isAtom(value: object): value is Atom {
  const kind = 'kind' in value ? value.kind : undefined;
  return (
    (kind === 'reference' && 'attribute' in value) ||
    (kind === 'crossStack' && 'export' in value) ||
    (kind === 'pseudo' && 'name' in value) ||
    (kind === 'literal' && 'text' in value)
  );
}

function isConcat(value: object): value is Extract<Expression, { readonly kind: 'concat' }> {
  return 'kind' in value && value.kind === 'concat' && 'parts' in value;
}
