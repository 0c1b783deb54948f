/** Text in a target's options that differs by deployment: `state-${account}`. */

import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownToDeployment } from '../diagnostics/target.ts';
import type { Environment, Stack } from '../ir/program.ts';
import * as z from '../schema/schema.ts';

/** What a deployment knows about itself: its stack and place. */
export type Deployment = Pick<Stack, 'name' | 'app'> & { readonly environment: Environment };

const valuesOf = ({ name, app, environment }: Deployment) => ({
  app,
  stack: name,
  environment: environment.name,
  account: environment.account,
  region: environment.region,
  partition: environment.partition,
});

type PlaceholderName = keyof ReturnType<typeof valuesOf>;

const names: readonly PlaceholderName[] = ['app', 'stack', 'environment', 'account', 'region', 'partition'];
const placeholder = /\$\{([^}]*)\}/g;

function isName(text: string): text is PlaceholderName {
  return names.some((name) => name === text);
}

function firstUnknown(text: string): string | undefined {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name).find((name) => !isName(name));
}

/** Text in which a deployment fills in placeholders: `${app}`, `${stack}`, `${environment}`, `${account}`, `${region}`, `${partition}`. */
export const deploymentText = z
  .string()
  .min(1)
  .refine((text) => firstUnknown(text) === undefined, {
    error: ({ input }) =>
      `there is no \`\${${firstUnknown(String(input))}}\`; there are ${names.map((name) => `\`\${${name}}\``).join(', ')}`,
  });

/** Every text in a value of an option. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * Fills in a deployment's values. A placeholder without a value stays: `unknownPlaceholders` reports it before anything
 * is written.
 */
export function fill(text: string, deployment: Deployment): string {
  const values = valuesOf(deployment);
  return text.replaceAll(placeholder, (written, name: string) => (isName(name) ? values[name] : undefined) ?? written);
}

/** The ARN of the role that a deployment's providers assume: the option's, or the environment's. */
export function roleOf(assumeRole: string | undefined, deployment: Deployment): string | undefined {
  return assumeRole === undefined ? deployment.environment.deployRole : fill(assumeRole, deployment);
}

/** The placeholders in an option's texts (`targets.terraform.backend`) for which a stack has no value (KW4008). */
export function unknownPlaceholders(texts: readonly string[], option: string, stack: Stack): readonly Diagnostic[] {
  const values = valuesOf(stack);
  const used = new Set(texts.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = '']) => name)));
  return names
    .filter((name) => used.has(name) && values[name] === undefined)
    .map((name) => report(unknownToDeployment, stack.span, { stack: stack.name, name, option }));
}
