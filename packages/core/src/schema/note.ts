/** The record of a call that defines a schema: of a function of zod (`string`) or, with `of`, of a method of another schema (`min`). */
export interface Note {
  readonly call: string;
  readonly args: readonly unknown[];
  readonly of: Note | undefined;
}
