/**
 * A value in a template: JSON with CloudFormation's intrinsic functions at its leaves. The YAML form and the JSON form are printed from it.
 */
export type Value = string | number | boolean | Intrinsic | readonly Value[] | MapValue;

/** A mapping with its entries in printing order. */
export interface MapValue {
  readonly kind: 'map';
  readonly entries: readonly (readonly [string, Value])[];
}

export type Intrinsic = Variable | Sub | Join;

/** A variable of `Fn::Sub`: the content of `${…}`. */
export type SubVariable = Ref | GetAtt;

/** A value that one intrinsic function computes. */
export type Variable = SubVariable | ImportValue;

/** `Ref` of a resource, a parameter or a pseudo parameter. */
export interface Ref {
  readonly kind: 'ref';
  readonly name: string;
}

export interface GetAtt {
  readonly kind: 'getAtt';
  readonly logicalId: string;
  readonly attribute: string;
}

export interface ImportValue {
  readonly kind: 'importValue';
  readonly exportName: Value;
}

/** `Fn::Sub` without a map of variables. Strings are literal text; the printers escape them. */
export interface Sub {
  readonly kind: 'sub';
  readonly parts: readonly (string | SubVariable)[];
}

/** `Fn::Join` with an empty delimiter. */
export interface Join {
  readonly kind: 'join';
  readonly parts: readonly (string | Variable)[];
}

export function map(entries: readonly (readonly [string, Value | undefined])[]): MapValue {
  return {
    kind: 'map',
    entries: entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined),
  };
}
