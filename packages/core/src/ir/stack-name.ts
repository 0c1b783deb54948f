import { joinedText, type Literal, literal, literalFrom } from './expression.ts';
import type { Stack } from './program.ts';

/** The name of a stack as text. If its definition has a list of environments, the environment's name in it comes from the deployment. */
export function stackNameText({
  name,
  definition,
  environment,
}: Pick<Stack, 'name' | 'definition' | 'environment'>): Literal {
  if (definition === undefined || environment.name === undefined) return literal(name);
  return joinedText([literal(`${definition}-`), literalFrom('environment', environment.name)]);
}

/** Whether a name that people use means a stack: its own name or, for all deployments of a definition, that of the definition. */
export function isStack({ name, definition }: Pick<Stack, 'name' | 'definition'>, named: string): boolean {
  return name === named || definition === named;
}
