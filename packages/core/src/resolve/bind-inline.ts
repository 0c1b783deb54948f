import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badText } from '../diagnostics/language.ts';
import { roleOfAwsWithoutPath } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { accountRoot } from '../ir/account-root.ts';
import { afterLastSlash, concat, literal, literalText } from '../ir/expression.ts';
import { servicePrincipalHost } from '../kms/services/principal-host.ts';
import { formProblem, type InlinePrincipal, identify } from '../language/principal.ts';
import { type Located, retyped } from '../project/located.ts';
import { interpolate, problemsOf, writtenOut } from './interpolate.ts';
import type { Grantee } from './model.ts';
import { inAnyEnvironment, type Place } from './place.ts';
import { arnIsOfSomewhere } from './places-exist.ts';
import { principalHasNoWildcard } from './principal-wildcards.ts';
import { serviceIsNamedRight } from './service-hosts.ts';
import type { Viewpoint } from './viewpoint.ts';

/** Binds an inline definition to its grantee. `name`: the name under `principals`, if the definition has one. */
export function bindInline(
  definition: Located<InlinePrincipal>,
  name: string | undefined,
  from: Viewpoint,
  regions: ReadonlySet<string>,
): Result<Grantee> {
  const collector = createCollector();
  const { place, keyPlace = place } = from;
  const { value, span } = definition;
  const { kind, text: raw } = identify(value);
  const located = retyped(definition, raw);
  const { text } = writtenOut(raw, place);
  const interpolated = () => collector.take(interpolate(located, place));
  const label = name === undefined ? (kind === 'anyone' ? 'anyone' : text) : labelOf(name, raw, place);
  const common = { label, span };
  const outside = { ...common, kind: 'outside', conditions: [] } as const;
  const anyone = { kind: 'anyone' } as const;
  collector.add(...problemsOfText(kind, located, place, regions));
  switch (kind) {
    case 'role':
    case 'user': {
      const { mutable = true, policyName }: { mutable?: boolean | undefined; policyName?: string | undefined } =
        value as object; // both kinds have these properties
      const managed = kind === 'role' ? roleOfAws(text) : undefined;
      if (managed?.isUnderItsPath === false) {
        collector.add(report(roleOfAwsWithoutPath, span, { arn: text, path: managed.path }));
      }
      const arn = interpolated();
      return collector.result({
        ...common,
        kind: 'existing',
        entity: kind,
        arn,
        ...knownAccount(text, place),
        entityName: afterLastSlash(arn),
        ...writtenLabel(raw, text, name, label, from),
        mutable: managed === undefined && mutable,
        ...(policyName !== undefined && { policyName, policyNameIn: span.file }),
      });
    }
    case 'account': {
      const account = interpolated();
      const arn = accountRoot({ partition: place.partition, account });
      const itsAccount = account.kind === 'literal' ? { account: account.text } : {};
      return collector.result({ ...outside, category: kind, principal: { kind: 'aws', arn }, ...itsAccount });
    }
    case 'organization': {
      const conditions = [{ operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: [interpolated()] }];
      return collector.result({ ...outside, category: kind, principal: anyone, conditions });
    }
    case 'orgUnit': {
      // An account directly in the unit has the unit's path and a slash; an account in a nested unit has a longer path.
      const values = [concat(interpolated(), literal('/*'))];
      const conditions = [{ operator: 'ForAnyValue:StringLike', key: 'aws:PrincipalOrgPaths', values }];
      return collector.result({ ...outside, category: 'organization', principal: anyone, conditions });
    }
    case 'service': {
      const hasPlaceholders = text.includes('${');
      const host = hasPlaceholders ? interpolated() : servicePrincipalHost(text, keyPlace);
      // The region in a host comes from the stack's place, and the key may be in another region.
      const written = hasPlaceholders ? literalText(host) : text;
      if (written !== undefined) collector.add(...serviceIsNamedRight(retyped(located, written), keyPlace, regions));
      return collector.result({ ...outside, category: kind, principal: { kind, host } });
    }
    case 'federated':
      return collector.result({ ...outside, category: kind, principal: { kind, provider: interpolated() } });
    case 'anyone': {
      const { because } = value;
      return collector.result({
        ...outside,
        category: kind,
        principal: anyone,
        ...(because !== undefined && { because }),
      });
    }
    case 'arn': {
      const principal = { kind: 'aws', arn: interpolated() } as const;
      return collector.result({ ...outside, category: 'session', principal, ...knownAccount(text, place) });
    }
  }
}

function problemsOfText(
  kind: string,
  text: Located<string>,
  place: Place,
  regions: ReadonlySet<string>,
): readonly Diagnostic[] {
  switch (kind) {
    case 'role':
    case 'user':
    case 'arn':
    case 'federated':
      return problemsOf(text, place, (written) => [
        ...principalIsFormed(kind, written),
        ...principalHasNoWildcard(written, 'yaml'),
        ...arnIsOfSomewhere(written, regions),
      ]);
    case 'account':
    case 'organization':
    case 'orgUnit':
      return problemsOf(text, place, (written) => principalIsFormed(kind, written));
    default:
      return [];
  }
}

function principalIsFormed(kind: string, { value, span }: Located<string>): readonly Diagnostic[] {
  const problem = formProblem(kind, value);
  return problem === undefined
    ? []
    : [report(badText, span, { problem, found: JSON.stringify(value), example: undefined })];
}

/**
 * The label of a principal with a name. If its text contains `${key}`, the key's name is added, because policies on the principal are named
 * after the label.
 */
function labelOf(name: string, text: string, { names: { key } }: Place): string {
  return key !== undefined && text.includes('${key}') ? `${name}-${key.text}` : name;
}

/**
 * The label with placeholders for what the environment decides, or nothing if this equals the label. In a replica's region or environment,
 * the same text can mean another principal, so the replica's region is added.
 */
function writtenLabel(
  raw: string,
  text: string,
  name: string | undefined,
  label: string,
  { place, environment }: Viewpoint,
): { readonly writtenLabel?: string } {
  const writtenText = writtenOut(raw, inAnyEnvironment(place)).text;
  const written = name === undefined ? writtenText : label;
  const isOfReplica = place.names.environment?.text !== environment.name && place.region.kind === 'literal';
  const isOther = isOfReplica && (writtenText !== text || raw.includes('${region}'));
  const ownLabel = isOther ? `${written}@${place.region.text}` : written;
  return ownLabel === label ? {} : { writtenLabel: ownLabel };
}

/**
 * The path of a role that AWS manages: a service-linked role, or one that IAM Identity Center creates. Customers cannot attach a policy to
 * it. `undefined` for any other role. Source: IAM User Guide, "Create a service-linked role"; IAM Identity Center User Guide, "Referencing
 * permission sets in resource policies".
 */
function roleOfAws(arn: string): { readonly path: string; readonly isUnderItsPath: boolean } | undefined {
  const [, path = '', name = ''] = /:role\/(.*\/)?([^/]*)$/.exec(arn) ?? [];
  if (path.startsWith('aws-reserved/') || path.startsWith('aws-service-role/')) return { path, isUnderItsPath: true };
  if (name.startsWith('AWSReservedSSO_')) {
    return { path: 'aws-reserved/sso.amazonaws.com/<region>/', isUnderItsPath: false };
  }
  if (name.startsWith('AWSServiceRoleFor')) return { path: 'aws-service-role/<service host>/', isUnderItsPath: false };
  return undefined;
}

/** The account of an ARN, where `${account}` is the place's own; nothing if only the deployment knows it. */
function knownAccount(arn: string, place: Place): { readonly account?: string } {
  const written = arn.split(':')[4] ?? '';
  const account = written === '${account}' && place.account.kind === 'literal' ? place.account.text : written;
  return /^\d{12}$/.test(account) ? { account } : {};
}
