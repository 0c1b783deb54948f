/** HCL's syntax tree. `at` is the offset in the file where a node starts. Source: HCL Native Syntax Specification. */
export type HclExpression = { readonly at: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly (string | HclExpression)[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: HclExpression; readonly name: string }
  | { readonly kind: 'index'; readonly of: HclExpression; readonly key: HclExpression }
  /** `of[*].a.b`; `each` is the part after the star, for each element. */
  | { readonly kind: 'splat'; readonly of: HclExpression; readonly each: HclExpression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly HclExpression[]; readonly expands: boolean }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[] }
  | { readonly kind: 'object'; readonly items: readonly (readonly [key: HclExpression, value: HclExpression])[] }
  | {
      readonly kind: 'conditional';
      readonly test: HclExpression;
      readonly yes: HclExpression;
      readonly no: HclExpression;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: HclExpression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: HclExpression; readonly right: HclExpression }
  | {
      readonly kind: 'for';
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly over: HclExpression;
      readonly key: HclExpression | undefined;
      readonly value: HclExpression;
      /** Whether there is a `...` after the value, which puts all values of a key in a list. */
      readonly groups: boolean;
      readonly when: HclExpression | undefined;
    }
);

export interface HclAttribute {
  readonly name: string;
  readonly value: HclExpression;
  readonly start: number;
  readonly end: number;
}

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
  readonly start: number;
  /** Where the head ends, before the brace. */
  readonly headEnd: number;
}

/** Attributes by name, and blocks in source order. */
export interface HclBody {
  readonly attributes: ReadonlyMap<string, HclAttribute>;
  readonly blocks: readonly HclBlock[];
}

export class HclProblem extends Error {
  readonly offset: number;

  constructor(problem: string, offset: number) {
    super(problem);
    this.offset = offset;
  }
}
