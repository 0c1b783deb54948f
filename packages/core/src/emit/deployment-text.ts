/** Text in a target's options that differs by deployment: `state-${account}`. */

import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { unknownToDeployment } from '../diagnostics/target.ts';
import type { Origin } from '../ir/expression.ts';
import type { Environment, Stack } from '../ir/program.ts';
import { piecesOf } from '../language/pieces-of-text.ts';
import * as z from '../schema/schema.ts';
import { textOfOrigin } from './origin-tokens.ts';

/** What a deployment knows about itself: its stack and place. */
export type Deployment = Pick<Stack, 'name' | 'app'> & { readonly environment: Environment };

/** The placeholders that options accept, besides those for values of environments. */
export const deploymentPlaceholders = [
  'app',
  'stack',
  'environment',
  'purpose',
  'account',
  'region',
  'partition',
] as const;

const prefixOfValue = 'values.';

/** The name of the value that a placeholder refers to: `owner` for `values.owner`. */
export function valueNamed(placeholder: string): string | undefined {
  return placeholder.startsWith(prefixOfValue) ? placeholder.slice(prefixOfValue.length) : undefined;
}

function textFor(placeholder: string, { name, app, environment }: Deployment): string | undefined {
  if (placeholder === 'app') return app;
  if (placeholder === 'stack') return name;
  return isOfEnvironment(placeholder) ? textOfOrigin(placeholder, environment) : undefined;
}

function isOfEnvironment(placeholder: string): placeholder is Origin & string {
  return valueNamed(placeholder) !== undefined || deploymentPlaceholders.some((one) => one === placeholder);
}

/** Text in which a deployment fills in `deploymentPlaceholders` and `${values.<name>}`; `$${` is a literal `${`. */
export const deploymentText = z.string().min(1);

export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Fills in a deployment's values. A placeholder without a value stays: `unknownPlaceholders` reports it before anything is written. */
export function fill(text: string, deployment: Deployment): string {
  return [...piecesOf(text)]
    .map((piece) => {
      if (piece.kind === 'escape') return '${';
      return (piece.kind === 'placeholder' ? textFor(piece.name, deployment) : undefined) ?? piece.text;
    })
    .join('');
}

/** The ARN of the role that a deployment's providers assume: from the option, or else from the environment. */
export function roleOf(assumeRole: string | undefined, deployment: Deployment): string | undefined {
  return assumeRole === undefined ? deployment.environment.deployRole : fill(assumeRole, deployment);
}

/** The placeholders in an option's texts (`targets.terraform.backend`) for which a stack has no value (KW4008). */
export function unknownPlaceholders(texts: readonly string[], option: string, stack: Stack): readonly Diagnostic[] {
  const used = new Set(
    texts.flatMap((text) => [...piecesOf(text)].flatMap((piece) => (piece.kind === 'placeholder' ? piece.name : []))),
  );
  return [...used]
    .filter((name) => textFor(name, stack) === undefined)
    .map((name) =>
      report(unknownToDeployment, stack.span, {
        stack: stack.name,
        placeholder: name,
        value: valueNamed(name),
        environment: stack.environment.name,
        option,
      }),
    );
}
