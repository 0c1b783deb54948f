import type * as z from 'zod';

/** What a schema adds to an issue, for the help of the diagnostic. */
export interface Advice {
  /** The message shows how to write this very value, so an example would not help. */
  readonly showsForm?: true;
  /** What to write in place of this very value, and the property to write it under, unless it is the same. */
  readonly instead?: { readonly value: string; readonly under?: string };
  /** What else the user may mean by a value of the wrong kind, or by a mapping that lacks a YAML key. */
  readonly otherwise?: string;
}

export type Explanation = string | ({ readonly message?: string } & Advice);

/**
 * The parameters of a schema that explains its own issues; if an explanation has no message, the usual message stays. Zod asks for the
 * message before it copies the properties of an issue, so the advice can be added to these properties here.
 */
export function explainedBy(explain: (value: unknown) => Explanation): { readonly error: z.core.$ZodErrorMap } {
  return {
    error: (issue) => {
      const explanation = explain(issue.input);
      if (typeof explanation === 'string') return explanation;
      const { message, ...advice } = explanation;
      Object.assign(issue, advice);
      return message;
    },
  };
}
