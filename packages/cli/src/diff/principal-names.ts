import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import type { Project } from '@keywright/core/project/project';
import { textsInEnvironments } from '@keywright/core/resolve/texts-in-environments';

/** Returns the projects' name for an ARN, account or organization of the IR, or the text itself if the projects have no name for it. */
export type PrincipalNames = (text: string) => string;

/** A name under `principals`, and the texts that the IR may use for the same principal. */
export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

export function namedTexts(project: Project): readonly NamedTexts[] {
  const textsOf = textsInEnvironments(project);
  return [...project.principals].flatMap(([name, { value }]) => {
    const text = 'anyOf' in value || 'stack' in value ? undefined : textOf(value);
    return text === undefined ? [] : [{ name, texts: textsOf(text) }];
  });
}

/** If several projects name a principal, the first project wins. */
export function principalNames(projects: readonly (readonly NamedTexts[])[]): PrincipalNames {
  const named = projects.flat().flatMap(({ name, texts }) => texts.map((text) => ({ name, pattern: patternOf(text) })));
  return (text) => named.find(({ pattern }) => pattern.test(text))?.name ?? text;
}

/**
 * Returns a principal as the IR names it, but with the placeholders of the YAML; `undefined` for a service, whose host says more than its
 * name.
 */
function textOf(principal: InlinePrincipal): string | undefined {
  const { kind, text } = identify(principal);
  if (kind === 'service' || kind === 'federated' || kind === 'anyone') return undefined;
  return kind === 'account' ? `account ${text}` : text;
}

/** In the pattern, a placeholder matches itself and any value that it may have. */
function patternOf(text: string): RegExp {
  const parts = text.split(/(\$\{\w+\})/).map((part) => {
    const escaped = part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    return /^\$\{\w+\}$/.test(part) ? `(?:${escaped}|[\\w-]+)` : escaped;
  });
  return new RegExp(`^${parts.join('')}$`);
}
