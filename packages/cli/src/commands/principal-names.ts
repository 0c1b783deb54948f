import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import type { ProjectHost } from '@keywright/core/project/host';
import { readProject } from '@keywright/core/project/read-project';
import { textsInEnvironments } from '@keywright/core/resolve/texts-in-environments';

/** What projects call somebody whom the IR knows by an ARN, an account or an organization; the text itself if they have no name for it. */
export type PrincipalNames = (text: string) => string;

/** The names under `principals` of projects; the first project that has one for somebody wins. */
export function principalNames(hosts: readonly ProjectHost[]): PrincipalNames {
  const named = hosts.flatMap((host) => {
    const { project } = readProject(host).value;
    if (project === undefined) return [];
    const textsOf = textsInEnvironments(project);
    return [...project.principals].flatMap(([name, { value }]) => {
      const text = 'anyOf' in value || 'stack' in value ? undefined : textOf(value);
      return text === undefined ? [] : textsOf(text).map((written) => ({ name, pattern: patternOf(written) }));
    });
  });
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
