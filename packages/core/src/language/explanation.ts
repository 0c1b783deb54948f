import type * as z from 'zod';

/** What a schema adds to an issue, for the help of the diagnostic. */
export interface Advice {
  /** The message shows how to write this very value, so an example would not help. */
  readonly showsForm?: true;
  /** What else a mapping that lacks this key could mean. */
  readonly otherwise?: string;
}

export type Explanation = string | ({ readonly message?: string } & Advice);

/**
 * The parameters of a schema that explains its issues itself; without a message they get the usual one. Zod copies the properties of an
 * issue after it has asked for the message, so they can be added here.
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
