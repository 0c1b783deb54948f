/** A recorded call that defines a schema: a call of a zod function (`string`) or, with `of`, of a method of another schema (`min`). */
export interface Note {
  readonly call: string;
  readonly args: readonly unknown[];
  readonly of: Note | undefined;
}
