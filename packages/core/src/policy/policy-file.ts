import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { badText, missingKey } from '../diagnostics/language.ts';
import { notPrincipalsWithAllow, policyFileHasOtherPrincipal, policyFileLacksResource } from '../diagnostics/policy.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { type Expression, literal } from '../ir/expression.ts';
import type { PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { FilePrincipal, FileStatement, PolicyFile } from '../language/policy-file.ts';
import { formProblem } from '../language/principal.ts';
import { listOf } from '../language/text.ts';
import { entries, type Located, oneOrMore, property, retyped } from '../project/located.ts';
import { partitionsOfAccounts } from '../resolve/environment-values.ts';
import { interpolatePolicyFile } from '../resolve/interpolate.ts';
import type { Place } from '../resolve/place.ts';
import { arnIsOfSomewhere, isOfPartition, partitionOfArn } from '../resolve/places-exist.ts';
import { principalHasNoWildcard } from '../resolve/principal-wildcards.ts';
import { serviceIsNamedRight } from '../resolve/service-hosts.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';
import { intendedActions } from './known-actions.ts';
import { lowerConditions } from './statements.ts';

/**
 * The policy that a file gives a key in a place. Text stays as written, IAM's own `${…}` included, except for the language's four
 * placeholders. `Version` is dropped: every generated document has 2012-10-17. `because`: why the policy may allow everyone.
 */
export function lowerPolicyFile(
  file: Located<PolicyFile>,
  because: string | undefined,
  place: Place,
  regions: ReadonlySet<string>,
): Result<PolicyDocument> {
  const collector = createCollector();
  const statements = oneOrMore(property(file, 'Statement')).map((statement) =>
    collector.take(lowerFileStatement(statement, because, place, regions)),
  );
  const { Id, Version } = file.value;
  const variable = Version === undefined ? variableIn(file.value) : undefined;
  if (variable !== undefined) {
    const expected = `the version of the policy language in which \`${variable}\` is a variable`;
    collector.add(report(missingKey, file.span, { key: 'Version', expected, example: '"Version": "2012-10-17"' }));
  }
  return collector.result({ ...(Id && { id: interpolatePolicyFile(Id, place) }), statements });
}

/**
 * A policy variable in the texts of a policy, if any. A policy without a version is one of 2008-10-17, in which `${…}` is plain text; in
 * the generated version it would be a variable. Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
function variableIn(policy: PolicyFile): string | undefined {
  return /\$\{(?!(?:account|region|partition|dnsSuffix)\})[^}"]+\}/.exec(JSON.stringify(policy))?.[0];
}

function lowerFileStatement(
  statement: Located<FileStatement>,
  because: string | undefined,
  place: Place,
  regions: ReadonlySet<string>,
): Result<Statement> {
  const collector = createCollector();
  const { value } = statement;
  const expressions = (name: 'Resource' | 'NotResource') =>
    oneOrMore<string>(property(statement, name) as Located<string | string[]> | undefined).map(
      (
        text, // both properties have this type
      ) => {
        collector.add(...arnIsOfSomewhere(text, regions));
        return interpolatePolicyFile(text.value, place);
      },
    );
  const actions = (name: 'Action' | 'NotAction') => {
    const written = oneOrMore<string>(property(statement, name) as Located<string | string[]> | undefined); // both properties have this type
    return collector.take(intendedActions(written));
  };
  const who = (name: 'Principal' | 'NotPrincipal') =>
    collector.take(lowerFilePrincipal(property(statement, name), place, regions));
  if (value.Effect === 'Allow') collector.add(...problemsOfAllow(statement, because));
  if (value.Resource === undefined && value.NotResource === undefined) {
    collector.add(report(policyFileLacksResource, statement.span, {}));
  }
  return collector.result({
    ...(value.Sid && { sid: value.Sid }), // an empty Sid is left out
    effect: value.Effect,
    ...(value.Principal !== undefined && { principals: who('Principal') }),
    ...(value.NotPrincipal !== undefined && { notPrincipals: who('NotPrincipal') }),
    ...(value.Action !== undefined && { actions: actions('Action') }),
    ...(value.NotAction !== undefined && { notActions: actions('NotAction') }),
    ...(value.NotResource === undefined
      ? { resources: value.Resource === undefined ? [literal('*')] : expressions('Resource') }
      : { notResources: expressions('NotResource') }),
    conditions: collector.take(
      lowerConditions(property(statement, 'Condition'), place, regions, {
        read: ({ value }) => ({ value: interpolatePolicyFile(value, place), diagnostics: [] }),
        check: (text, _, problems) => problems(text),
      }),
    ),
    source: { span: statement.span },
  });
}

/** Reports in policy files what the language refuses in statements: an Allow with `NotPrincipal`, or for everyone without a condition. */
function problemsOfAllow(statement: Located<FileStatement>, because: string | undefined): readonly Diagnostic[] {
  const { Principal, NotPrincipal, Condition } = statement.value;
  if (NotPrincipal !== undefined) return [report(notPrincipalsWithAllow, statement.span, {})];
  const aws = typeof Principal === 'object' ? listOf(Principal.AWS) : [];
  const isAnyone = Principal === '*' || aws.includes('*');
  const narrowed = Object.values(Condition ?? {}).some((tests) => Object.keys(tests).length > 0);
  if (!isAnyone || narrowed) return [];
  return [everyoneIsNarrowed('*', because, property(statement, 'Principal')?.span ?? statement.span)];
}

function lowerFilePrincipal(
  definition: Located<FilePrincipal> | undefined,
  place: Place,
  regions: ReadonlySet<string>,
): Result<readonly PolicyPrincipal[]> {
  const collector = createCollector();
  if (definition === undefined) return collector.result([]);
  const { value } = definition;
  if (value === '*') return collector.result([{ kind: 'anyone' }]);
  const principals = entries(
    retyped<Readonly<Record<string, string | string[] | undefined>>>(definition, value),
  ).flatMap((kind) => {
    if (kind.name === 'CanonicalUser') {
      collector.add(report(policyFileHasOtherPrincipal, kind.nameSpan, { kind: kind.name }));
      return [];
    }
    // The cast is safe: the type allows `undefined` for entries that do not exist, and this entry exists.
    return oneOrMore<string>(kind as Located<string | string[]>).map((text): PolicyPrincipal => {
      const expression = interpolatePolicyFile(text.value, place);
      collector.add(
        ...(kind.name === 'Service'
          ? text.value.includes('${')
            ? []
            : serviceHostIsNamed(text, place, regions)
          : [
              ...principalHasNoWildcard(text, 'json'),
              ...arnIsOfSomewhere(text, regions),
              ...partitionsNamed(expression, place)
                .flatMap((of) => isOfPartition(text, 'principal', of, place.partition))
                .slice(0, 1),
              ...principalIsFormed(kind.name, text),
            ]),
      );
      if (kind.name === 'Service') return { kind: 'service', host: expression };
      if (kind.name === 'Federated') return { kind: 'federated', provider: expression };
      return text.value === '*' ? { kind: 'anyone' } : { kind: 'aws', arn: expression };
    });
  });
  return collector.result(principals);
}

/** The partitions of a principal's ARN and of its account, if the project defines the account. */
function partitionsNamed(principal: Expression, { accounts }: Place): readonly Expression[] {
  const text = principal.kind === 'literal' ? principal.text : '';
  const [account = ''] = /^\d{12}$/.exec(text) ?? [/^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(text)?.[1]];
  const home = account === '' ? undefined : partitionsOfAccounts(accounts).get(account);
  return [...partitionOfArn(principal), ...(home === undefined ? [] : [literal(home)])];
}

/** Principals without an ARN: everyone, an account, or the unique id that AWS writes for a deleted role or user. */
const withoutArn = /^(\*|\d{12}|\$\{account\}|A[A-Z]{3}[A-Z0-9]{12,})$/;

function principalIsFormed(kind: string, { value, span }: Located<string>): readonly Diagnostic[] {
  if (kind === 'AWS' && withoutArn.test(value)) return [];
  const problem = formProblem(kind === 'AWS' ? 'arn' : 'federated', value);
  if (problem === undefined) return [];
  return [report(badText, span, { problem, found: JSON.stringify(value), example: undefined })];
}

/**
 * Reports a service that is not named by its host, although policies require that (KW1005), and an invalid host (see
 * `serviceIsNamedRight`).
 */
function serviceHostIsNamed(text: Located<string>, place: Place, regions: ReadonlySet<string>): readonly Diagnostic[] {
  const { value, span } = text;
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value)) return serviceIsNamedRight(text, place, regions);
  const problem = 'a policy names a service by its host, such as lambda.amazonaws.com';
  return [report(badText, span, { problem, found: JSON.stringify(value), example: undefined })];
}
