import * as z from 'zod';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { notPrincipalsWithAllow, policyFileHasOtherPrincipal } from '../diagnostics/policy.ts';
import { literal } from '../ir/expression.ts';
import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import { listOf, oneOrMany } from '../language/text.ts';
import { validateStructure } from '../language/validate.ts';
import type { FileReading } from '../project/host.ts';
import { entries, type Located, oneOrMore, property, retyped, whole } from '../project/located.ts';
import { readingProblem } from '../project/reading.ts';
import { interpolatePolicyFile } from '../resolve/interpolate.ts';
import type { Place } from '../resolve/place.ts';
import {
  arnIsOfSomewhere,
  partitionOfArn,
  principalIsOfPartition,
  valueIsOfSomewhere,
} from '../resolve/places-exist.ts';
import { parseSource } from '../syntax/parse.ts';
import { conditionValues } from './condition-values.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';
import { meantActions } from './known-actions.ts';
import { documentProblem } from './policy-document.ts';
import { principalHasNoWildcard } from './principal-wildcards.ts';
import { replacePseudoParameters } from './pseudo-parameters.ts';
import { serviceIsNamedRight } from './service-hosts.ts';

const texts = oneOrMany(z.string());
const scalar = z.union([z.string(), z.boolean(), z.number()]);
const principalForm: { error: z.core.$ZodErrorMap } = {
  error: ({ input }) =>
    typeof input === 'string'
      ? `a principal is written \`"Principal": {"AWS": ${JSON.stringify(input)}}\``
      : 'a principal is "*" or a mapping with AWS, Service or Federated',
};
const arnOfRole = 'arn:aws:iam::111122223333:role/App';
const principal = z
  .union([
    z.literal('*', principalForm),
    z
      .strictObject({
        AWS: texts.optional(),
        Service: texts.optional(),
        Federated: texts.optional(),
        CanonicalUser: texts.optional(),
      })
      .refine((value) => Object.keys(value).length > 0, principalForm),
  ])
  .meta({ title: 'a principal', examples: [{ AWS: arnOfRole }] });

const tests = z
  .record(z.string(), oneOrMany(scalar))
  .meta({ title: 'condition keys with their values', examples: [{ 'kms:CallerAccount': '111122223333' }] });
const conditions = z
  .record(z.string(), tests)
  .meta({ title: 'conditions', examples: [{ StringEquals: { 'kms:CallerAccount': '111122223333' } }] });

const fileStatement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principal.optional(),
    NotPrincipal: principal.optional(),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: conditions.optional(),
  })
  .refine((value) => (value.Principal === undefined) !== (value.NotPrincipal === undefined), {
    error: 'a statement of a key policy needs either Principal or NotPrincipal',
  })
  .refine((value) => (value.Action === undefined) !== (value.NotAction === undefined), {
    error: 'a statement needs either Action or NotAction',
  })
  .meta({
    title: 'a statement',
    examples: [{ Effect: 'Allow', Principal: { AWS: arnOfRole }, Action: 'kms:Decrypt', Resource: '*' }],
  });

/** A key policy as AWS writes it. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
const policyFile = z.strictObject({
  Version: z.literal('2012-10-17', { error: 'the version of a policy document is "2012-10-17"' }).optional(),
  Id: z.string().optional(),
  Statement: z.union([fileStatement, z.array(fileStatement)]),
});

/** Reads a file named in `policy: { file }`: the CLI's disk, remembered by path. */
export type PolicyFileReader = (path: string) => FileReading;

/**
 * The policy in a file. Text is kept as it stands, IAM's own `${…}` included, except for the four
 * placeholders of the language. `Version` is not kept: every document made is version 2012-10-17. Undefined for a file that is no
 * policy, which is reported.
 */
export function readPolicyFile(
  path: string,
  reading: FileReading,
  asked: Located<{ readonly file: string; readonly because?: string | undefined }>,
  place: Place,
  regions: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): PolicyDocument | undefined {
  if (reading.kind !== 'text') {
    diagnostics.push(readingProblem(path, reading, property(asked, 'file')?.span ?? asked.span));
    return undefined;
  }
  const parsed = parseSource({ path, text: reading.text });
  diagnostics.push(...parsed.diagnostics);
  if (parsed.value === undefined) return undefined;
  const references = replacePseudoParameters(parsed);
  diagnostics.push(...references);
  if (references.length > 0) return undefined;
  const problem = documentProblem(parsed);
  if (problem !== undefined) {
    diagnostics.push(problem);
    return undefined;
  }
  const validated = validateStructure(policyFile, parsed);
  diagnostics.push(...validated.diagnostics);
  if (validated.value === undefined) return undefined;
  const statements = oneOrMore(property(whole(parsed, validated.value), 'Statement')).map((statement) =>
    lowerFileStatement(statement, asked.value.because, place, regions, diagnostics),
  );
  const { Id } = validated.value;
  return { ...(Id && { id: Id }), statements };
}

function lowerFileStatement(
  statement: Located<z.infer<typeof fileStatement>>,
  because: string | undefined,
  place: Place,
  regions: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): Statement {
  const { value } = statement;
  const expressions = (name: 'Resource' | 'NotResource') =>
    oneOrMore<string>(property(statement, name) as Located<string | string[]> | undefined).map(
      (
        text, // the union of the two types
      ) => {
        diagnostics.push(...arnIsOfSomewhere(text, regions));
        return interpolatePolicyFile(text.value, place);
      },
    );
  const actions = (name: 'Action' | 'NotAction') => {
    const written = oneOrMore<string>(property(statement, name) as Located<string | string[]> | undefined); // the union of the two types
    return meantActions(written, diagnostics);
  };
  const who = (name: 'Principal' | 'NotPrincipal') =>
    lowerFilePrincipal(property(statement, name), place, regions, diagnostics);
  if (value.Effect === 'Allow') checkWhomItAllows(statement, because, diagnostics);
  return {
    ...(value.Sid && { sid: value.Sid }), // an empty one is none
    effect: value.Effect,
    ...(value.Principal !== undefined && { principals: who('Principal') }),
    ...(value.NotPrincipal !== undefined && { notPrincipals: who('NotPrincipal') }),
    ...(value.Action !== undefined && { actions: actions('Action') }),
    ...(value.NotAction !== undefined && { notActions: actions('NotAction') }),
    ...(value.NotResource === undefined
      ? { resources: value.Resource === undefined ? [literal('*')] : expressions('Resource') }
      : { notResources: expressions('NotResource') }),
    conditions: entries(property(statement, 'Condition')).flatMap((operator) =>
      entries(operator).map(
        (test): Condition => ({
          operator: operator.name,
          key: test.name,
          values: conditionValues(operator, test, diagnostics).map((text) => {
            diagnostics.push(...valueIsOfSomewhere(operator.name, test.name, text, regions));
            return interpolatePolicyFile(text.value, place);
          }),
        }),
      ),
    ),
    source: { span: statement.span },
  };
}

/** What the language refuses in a statement it refuses in a file too: an Allow for the whole world. */
function checkWhomItAllows(
  statement: Located<z.infer<typeof fileStatement>>,
  because: string | undefined,
  diagnostics: Diagnostic[],
): void {
  const { Principal, NotPrincipal, Condition } = statement.value;
  if (NotPrincipal !== undefined) diagnostics.push(report(notPrincipalsWithAllow, statement.span, {}));
  const aws = typeof Principal === 'object' ? listOf(Principal.AWS) : [];
  const isAnyone = Principal === '*' || aws.includes('*');
  const narrowed = Object.values(Condition ?? {}).some((tests) => Object.keys(tests).length > 0);
  if (isAnyone && !narrowed) {
    const place = property(statement, 'Principal')?.span ?? statement.span;
    diagnostics.push(everyoneIsNarrowed('*', because, place));
  }
}

function lowerFilePrincipal(
  definition: Located<z.infer<typeof principal>> | undefined,
  place: Place,
  regions: ReadonlySet<string>,
  diagnostics: Diagnostic[],
): readonly PolicyPrincipal[] {
  if (definition === undefined) return [];
  const { value } = definition;
  if (value === '*') return [{ kind: 'anyone' }];
  return entries(retyped<Readonly<Record<string, string | string[] | undefined>>>(definition, value)).flatMap(
    (kind) => {
      if (kind.name === 'CanonicalUser') {
        diagnostics.push(report(policyFileHasOtherPrincipal, kind.nameSpan, { kind: kind.name }));
        return [];
      }
      return oneOrMore<string>(kind as Located<string | string[]>).map((text): PolicyPrincipal => {
        // an entry that is there is not undefined
        const expression = interpolatePolicyFile(text.value, place);
        diagnostics.push(
          ...(kind.name === 'Service'
            ? text.value.includes('${')
              ? []
              : serviceIsNamedRight(text, place.region, regions)
            : [
                ...principalHasNoWildcard(text, 'json'),
                ...arnIsOfSomewhere(text, regions),
                ...partitionOfArn(expression).flatMap((of) => principalIsOfPartition(text, of, place.partition)),
              ]),
        );
        if (kind.name === 'Service') return { kind: 'service', host: expression };
        if (kind.name === 'Federated') return { kind: 'federated', provider: expression };
        return text.value === '*' ? { kind: 'anyone' } : { kind: 'aws', arn: expression };
      });
    },
  );
}
