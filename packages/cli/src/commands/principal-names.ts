import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import type { Project } from '@keywright/core/project/project';
import { textsInEnvironments } from '@keywright/core/resolve/texts-in-environments';

/** What projects call somebody whom the IR knows by an ARN, an account or an organization; the text itself if they have no name for it. */
export type PrincipalNames = (text: string) => string;

/** A name under `principals`, with how the IR may name whom it means. */
export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

/** What a project calls whom. */
export function namedTexts(project: Project): readonly NamedTexts[] {
  const textsOf = textsInEnvironments(project);
  return [...project.principals].flatMap(([name, { value }]) => {
    const text = 'anyOf' in value || 'stack' in value ? undefined : textOf(value);
    return text === undefined ? [] : [{ name, texts: textsOf(text) }];
  });
}

/** The names of several projects; the first one that has a name for somebody wins. */
export function principalNames(projects: readonly (readonly NamedTexts[])[]): PrincipalNames {
  const named = projects.flat().flatMap(({ name, texts }) => texts.map((text) => ({ name, pattern: patternOf(text) })));
  return (text) => named.find(({ pattern }) => pattern.test(text))?.name ?? text;
}

/** How the IR names it, with the placeholders of the YAML; undefined: only as a host, which says more than a name. */
function textOf(principal: InlinePrincipal): string | undefined {
  const { kind, text } = identify(principal);
  if (kind === 'service' || kind === 'federated' || kind === 'anyone') return undefined;
  return kind === 'account' ? `account ${text}` : text;
}

/** A placeholder stands for what it is in some environment, and for itself. */
function patternOf(text: string): RegExp {
  const parts = text.split(/(\$\{\w+\})/).map((part) => {
    const escaped = part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    return /^\$\{\w+\}$/.test(part) ? `(?:${escaped}|[\\w-]+)` : escaped;
  });
  return new RegExp(`^${parts.join('')}$`);
}
