import { type InlinePrincipal, identify } from '@keywright/core/language/principal';
import type { ProjectHost } from '@keywright/core/project/host';
import { readProject } from '@keywright/core/project/read-project';
import { textsInEnvironments } from '@keywright/core/resolve/texts-in-environments';

/** The name that projects have for an ARN, an account or an organization of the IR; the text itself if they have none. */
export type PrincipalNames = (text: string) => string;

/** The names under `principals` of projects; the first project with a name for a principal wins. */
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

/** A principal as the IR names it, with the YAML's placeholders; `undefined` for one with just a host, which says more than a name. */
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
