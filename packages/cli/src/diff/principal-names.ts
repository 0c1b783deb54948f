import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import type { Project } from '@keywright/core/project/project';
import { textsInEnvironments } from '@keywright/core/resolve/texts-in-environments';

/** The name that projects have for an ARN, an account or an organization of the IR; the text itself if they have none. */
export type PrincipalNames = (text: string) => string;

/** A name under `principals`, with the texts that the IR may have for it. */
export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

/** The names under `principals` of a project. */
export function namedTexts(project: Project): readonly NamedTexts[] {
  const textsOf = textsInEnvironments(project);
  return [...project.principals].flatMap(([name, { value }]) => {
    const text = 'anyOf' in value || 'stack' in value ? undefined : textOf(value);
    return text === undefined ? [] : [{ name, texts: textsOf(text) }];
  });
}

/** The names under `principals` of projects; the first project with a name for a principal wins. */
export function principalNames(projects: readonly (readonly NamedTexts[])[]): PrincipalNames {
  const named = projects.flat().flatMap(({ name, texts }) => texts.map((text) => ({ name, pattern: patternOf(text) })));
  return (text) => named.find(({ pattern }) => pattern.test(text))?.name ?? text;
}

/**
 * A principal as the IR names it, with the YAML's placeholders; `undefined` for a service, whose host says more than
 * its name.
 */
function textOf(principal: InlinePrincipal): string | undefined {
  const { kind, text } = identify(principal);
  if (kind === 'service' || kind === 'federated' || kind === 'anyone') return undefined;
  return kind === 'account' ? `account ${text}` : text;
}

/** A placeholder matches any value it may have, and itself. */
function patternOf(text: string): RegExp {
  const parts = text.split(/(\$\{\w+\})/).map((part) => {
    const escaped = part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    return /^\$\{\w+\}$/.test(part) ? `(?:${escaped}|[\\w-]+)` : escaped;
  });
  return new RegExp(`^${parts.join('')}$`);
}
