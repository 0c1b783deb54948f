import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { operations } from '../facts/actions.ts';
import type { PolicyStatement } from '../picture.ts';
import { shown, type Value } from '../value/value.ts';
import { mustMatch } from './read/conditions.ts';
import { listed } from './read/names.ts';
import { operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ resources: string }>({
  code: 'KW7026',
  severity: 'warning',
  title: 'An identity policy that reaches keys it does not name',
  message: ({ resources }) =>
    `the statement reaches every key that matches ${resources}, if the key policy of that key leaves the decision to IAM policies`,
  help: () =>
    'name the keys by ARN, or add a condition on `kms:ResourceAliases` or on a tag of the key (`aws:ResourceTag`)',
  explanation: `A key with the default key policy leaves the decision to IAM policies, even if it belongs to another project or is
created tomorrow. A pattern such as \`*\` or \`arn:aws:kms:eu-west-1:111122223333:key/*\` reaches all such keys, and \`key/mrk-*\`
reaches the multi-Region keys among them. With a condition on the alias \`alias/*\`, the pattern still reaches every such key that has an
alias. The policies that
Keywright generates for \`grants\` never reach other keys; those that a project writes under \`identityPolicies\` can. Actions that
neither use nor change a key, such as \`kms:ListKeys\`, are not reported.
Source: AWS KMS Developer Guide, "Best practices for IAM policies".`,
  example: {
    wrong: `principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
keys:
  orders: { rotation: true }
identityPolicies:
  api: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "*" }] }`,
    right: `principals: { api: { role: { assumedBy: lambda.amazonaws.com } } }
keys:
  orders: { rotation: true }
identityPolicies:
  api: { attachTo: api, statements: [{ actions: kms:Decrypt, resources: "\${keys.orders.arn}" }] }`,
  },
});

/** A statement of an identity policy names its keys, or their aliases or tags. */
export const identityPoliciesNameTheirKeys: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement }) => {
    const { ref, effect, notResources } = statement;
    if (ref.kind !== 'identityPolicy' || effect === 'Deny' || isNarrowed(statement) || onlyLists(statement)) return [];
    const wide = notResources === undefined ? statement.resources?.filter(isPatternForKeys) : ['*'];
    if (wide === undefined || wide.length === 0) return [];
    return [report(definition, ref.source.span, { resources: listed(wide.map(shown)) })];
  },
};

/** Whether a resource is a pattern for keys: its end has a wildcard, which nobody writes for a single key. */
function isPatternForKeys(resource: Value): boolean {
  return /^\*+$|:\*+$|:key\/.*[*?]/.test(shown(resource));
}

function isNarrowed({ conditions }: PolicyStatement): boolean {
  return conditions.some(
    (condition) =>
      mustMatch(condition) &&
      /^(kms:(resourcealiases|requestalias)$|aws:resourcetag\/)/i.test(condition.key) &&
      !condition.values.some(isAnyName),
  );
}

/** Whether a value matches every alias, or every value of a tag. */
function isAnyName(value: Value): boolean {
  return typeof value === 'string' && /^(alias\/)?[*?]*\*$/.test(value);
}

/** Operations that are about no key or only list what exists: they neither use nor change a key. */
const harmless = new Set(
  operations.filter((name) => /^(List|Describe|Get|CreateKey$|GenerateRandom$|Connect|Verify)/.test(name)),
);

function onlyLists(statement: PolicyStatement): boolean {
  return [...operationsIn(statement)].every((operation) => harmless.has(operation));
}
