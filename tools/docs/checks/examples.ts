import { readdirSync } from 'node:fs';
import * as z from 'zod';

const folder = 'packages/core/src/language';

/** Returns the examples of the language that its schema does not accept. Editors show these examples too. */
export async function exampleProblems(): Promise<string[]> {
  const files = readdirSync(folder).filter((name) => !name.includes('.test.'));
  const problems = await Promise.all(
    files.map(async (file) => {
      const module: Readonly<Record<string, unknown>> = await import(
        `@keywright/core/language/${file.replace('.ts', '')}`
      );
      return Object.values(module)
        .filter((part) => part instanceof z.ZodType)
        .flatMap((part) => examplesOf(part).filter((example) => !part.safeParse(example).success))
        .map((example) => `${file}: ${JSON.stringify(example)} is not what its schema accepts`);
    }),
  );
  return problems.flat();
}

function examplesOf(part: z.ZodType): readonly unknown[] {
  const examples = part.meta()?.examples;
  return Array.isArray(examples) ? examples : [];
}
