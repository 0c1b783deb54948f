import type { Expectation } from '@keywright/core/emit/adoption';
import * as z from 'zod';

const texts = z.array(z.string());

const expectation = z.object({
  tool: z.enum(['terraform', 'pulumi', 'cfn']),
  file: z.string(),
  imports: z.array(z.object({ address: z.string(), id: z.string() })),
  forgets: texts,
  creates: texts,
  retains: texts,
  rewords: texts,
});

const plan = z.object({
  version: z.literal(1),
  steps: z.array(z.object({ number: z.int(), title: z.string(), expects: expectation.optional() })),
});

/** Returns what each step of a `plan.json` expects, by its number; `undefined` if the text is not a plan. */
export function readPlan(
  text: string,
): ReadonlyMap<number, { readonly title: string; readonly expects?: Expectation | undefined }> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = plan.safeParse(value);
  return parsed.success ? new Map(parsed.data.steps.map((step) => [step.number, step])) : undefined;
}
