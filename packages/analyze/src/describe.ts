/** Puts keys, principals, statements and undecided conditions into words. */
import type { Open, OpenTest } from './decision.ts';
import type { NamedPrincipal, PictureKey, PolicyCondition, PolicyStatement, StatementRef } from './picture.ts';
import { shown, showUnknown } from './value/value.ts';

/** `security.orders`, or the ARN of a key outside the program. */
export function describeKey(key: PictureKey): string {
  return key.stack === undefined
    ? key.name
    : `${key.stack}.${key.name}${key.kind === 'replicaKey' ? ` in ${shown(key.region)}` : ''}`;
}

/**
 * The provenance of a statement in words: `keywright.yaml:12, 19 (standard pii), keys.yaml:3`. A merged statement lists every location, by
 * file and line. `shownFile` turns a path into the path that people see.
 */
export function describeSource(
  { source }: Pick<StatementRef, 'source'>,
  shownFile: (file: string) => string = (file) => file,
): string {
  const origins = [source, ...(source.also ?? [])];
  const files = [...new Set(origins.map(({ span }) => span.file))];
  return files
    .map((file) => {
      const lines = origins
        .filter(({ span }) => span.file === file)
        .sort((one, other) => one.span.line - other.span.line)
        .map(({ span, through }) => `${span.line}${through === undefined ? '' : ` (${through})`}`);
      return `${shownFile(file)}:${[...new Set(lines)].join(', ')}`;
    })
    .join(', ');
}

/** A condition in words: `kms:ViaService StringEquals s3.eu-west-1.amazonaws.com`. */
export function describeCondition({ operator, key, values }: PolicyCondition): string {
  return `${key} ${operator} ${values.map(shown).join(' or ')}`;
}

export function describeOpenTest(test: OpenTest): string {
  switch (test.kind) {
    case 'condition':
      return `${test.key} ${test.operator} ${test.values.join(' or ')}`;
    case 'comparison':
      return `${test.left} ${test.what === 'federation' ? 'comes from' : test.what === 'resource' ? 'is one of' : 'is'} ${test.right}`;
    case 'notPrincipal':
      return `AWS applies a NotPrincipal that does not name ${test.missing.join(' and ')}`;
    case 'otherPolicies':
      return `a policy that this project does not write allows ${test.principal} ${test.action}`;
    case 'keyPolicy':
      return `the policy of ${test.key}, which this project does not write, allows ${test.action}`;
    case 'membership':
      return `the user is a member of the group ${test.group}`;
    case 'grant':
      return `the request has ${test.asks}`;
  }
}

/** A formula of tests; `all` binds more tightly than `any`. */
export function describeOpen(open: Open): string {
  switch (open.kind) {
    case 'test':
      return describeOpenTest(open.test);
    case 'not':
      return `not (${describeOpen(open.of)})`;
    case 'all':
      return open.of
        .map((part) => (part.kind === 'any' ? `(${describeOpen(part)})` : describeOpen(part)))
        .join(' and ');
    case 'any':
      return open.of.map(describeOpen).join(', or ');
  }
}

/** The unknowns that a test depends on: condition keys, and values that a stack's deployment decides. */
export function needsOf(test: OpenTest): readonly string[] {
  switch (test.kind) {
    case 'condition':
      return [...test.unknownKeys, ...test.unknowns.map(showUnknown)];
    case 'comparison':
      return test.unknowns.map(showUnknown);
    default:
      return [];
  }
}

export function describeNamed(named: NamedPrincipal): string {
  switch (named.kind) {
    case 'account':
      return `account ${shown(named.account)}`;
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
      return shown(named.arn);
    case 'service':
      return shown(named.host);
    case 'federated':
      return shown(named.provider);
    case 'anyone':
      return '*';
    case 'other':
      return shown(named.text);
  }
}

/** `the Allow of the key policy at keywright.yaml:12`, with its Sid if it has one. */
export function describeStatement(ref: StatementRef): string {
  const at = describeSource(ref);
  if (ref.kind === 'kmsGrant') return `the KMS grant ${ref.name ?? ''} at ${at}`;
  const name = `${ref.effect}${ref.sid ? ` “${ref.sid}”` : ''}`;
  return `the ${name} of ${ref.kind === 'keyPolicy' ? 'the key policy' : 'an identity policy'} at ${at}`;
}

export function describeParts(statement: PolicyStatement): {
  readonly principals: string;
  readonly actions: string;
  readonly resources: string;
} {
  const { principals, notPrincipals, actions, notActions, resources, notResources } = statement;
  const list = (not: string, texts: readonly string[]) => `${not}${texts.join(', ')}`;
  return {
    principals: list(notPrincipals ? 'everyone but ' : '', (notPrincipals ?? principals ?? []).map(describeNamed)),
    actions: list(notActions ? 'every action but ' : '', notActions ?? actions ?? []),
    resources: list(notResources ? 'every resource but ' : '', (notResources ?? resources ?? []).map(shown)),
  };
}
