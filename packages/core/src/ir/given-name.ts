import { boundedName } from './bounded-name.ts';
import { changedText, joinedText, type Literal, literal, literalLike } from './expression.ts';
import type { Alias, Group, Resource, Role, SharedParameter, User } from './program.ts';

type NamedResource = Alias | SharedParameter | Role | User | Group;

/** A symbol, as for literals: where a name comes from is not part of its content. */
const origin = Symbol('origin of the name');

/** Marks a resource with the origins of its name in AWS. */
export function withNameOrigins<T extends NamedResource>(resource: T, name: Literal): T {
  return { ...resource, [origin]: name };
}

/** The name of a resource in AWS, as text with its origins; `undefined` if AWS or the target names it. */
export function givenName(resource: NamedResource & { readonly [origin]?: Literal }): Literal | undefined {
  const name = nameOf(resource);
  const nameWithOrigins = resource[origin];
  return name === undefined || nameWithOrigins === undefined ? name : literalLike(nameWithOrigins, name.text);
}

function nameOf(resource: NamedResource): Literal | undefined {
  switch (resource.kind) {
    case 'alias':
      return literal(resource.aliasName);
    case 'sharedParameter':
      return literal(resource.parameterName);
    default:
      return resource.physicalName === undefined ? undefined : literal(resource.physicalName);
  }
}

export function hasGivenName(resource: Resource): resource is NamedResource {
  return Object.hasOwn(nameProperty, resource.kind);
}

/** The property of a resource that holds its name. */
export const nameProperty = {
  alias: 'aliasName',
  sharedParameter: 'parameterName',
  role: 'physicalName',
  user: 'physicalName',
  group: 'physicalName',
} as const satisfies Record<NamedResource['kind'], string>;

/** IAM accepts 64 characters for a role and a user. Source: IAM User Guide, "IAM and AWS STS quotas". */
const longestName = 64;

/** The name of a principal that has no name in the YAML, but needs one that is known before the deployment: `<app>-<stack>-<name>`. */
export function generatedName(app: string, stackName: Literal, name: string): Literal {
  return changedText(joinedText([literal(`${app}-`), stackName, literal(`-${name}`)]), (whole) =>
    boundedName(whole, longestName),
  );
}
