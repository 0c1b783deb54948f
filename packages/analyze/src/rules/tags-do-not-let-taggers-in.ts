import { type Diagnostic, defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { usesOf } from '../facts/actions.ts';
import { principalsConcerning } from '../find.ts';
import type { Picture, PictureKey, PolicyStatement } from '../picture.ts';
import { isSetOfPrincipals, type Principal } from '../principal.ts';
import { joinValue, shown, type Value } from '../value/value.ts';
import { listed } from './read/names.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ key: string; who: string; action: string }>({
  code: 'KW7040',
  severity: 'warning',
  title: 'A principal that can gain access by changing tags',
  message: ({ key, who, action }) =>
    `${listed([who])} can change the tags of \`${key}\`, and with other tags it could do \`${action}\``,
  help: () => 'let only administrators of the key change its tags, or do not let access depend on tags',
  explanation: `If access depends on the tags of a key (\`aws:ResourceTag\`), whoever has \`kms:TagResource\` or
\`kms:UntagResource\` decides who gets in. A principal that has one of them without administering the key can give itself access, or
get rid of a Deny. Principals that can change the key policy are not reported.
Source: AWS KMS Developer Guide, "ABAC for AWS KMS" and "Controlling access to tags".`,
  example: {
    wrong: `keys:
  orders:
    tags: { team: orders }
    statements:
      - { principals: breakGlass, actions: kms:Decrypt, conditions: { StringEquals: { "aws:ResourceTag/team": receipts } } }
      - { principals: breakGlass, actions: kms:TagResource }`,
    right: `keys:
  orders:
    tags: { team: orders }
    admins: [keyAdmins]
    statements:
      - { principals: breakGlass, actions: kms:Decrypt, conditions: { StringEquals: { "aws:ResourceTag/team": receipts } } }`,
  },
});

/** Nobody who can change the tags of a key, but not its key policy, gains the use of the key by changing its tags. */
export const tagsDoNotLetTaggersIn: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) => {
    const otherTags = tagsAskedFor(key, picture);
    if (Object.keys(otherTags).length === 0) return [];
    return principalsConcerning(picture, key).flatMap(({ principal, name }): readonly Diagnostic[] => {
      if (isSetOfPrincipals(principal) || principal.kind === 'service' || principal.kind === 'root') return [];
      const can = (operation: string, context = {}) => possible(operation, principal, key, picture, context);
      const tagging = can('TagResource') ?? can('UntagResource');
      // Prefer the principal's own statement to a statement that leaves the decision to IAM.
      const by = tagging?.by.find(({ kind }) => kind === 'identityPolicy') ?? tagging?.by[0];
      if (by === undefined || can('PutKeyPolicy') !== undefined) return [];
      const gained = usesOf(key.traits?.usage).find(
        (use) => can(use) === undefined && can(use, otherTags) !== undefined,
      );
      return gained === undefined
        ? []
        : [report(definition, by.source.span, { key: key.name, who: name, action: `kms:${gained}` })];
    });
  },
};

/** The decision about an operation; `undefined` if every request is denied. */
function possible(
  operation: string,
  principal: Principal,
  key: PictureKey,
  picture: Picture,
  context: Readonly<Record<string, Value>>,
): Decision | undefined {
  const decision = decide(picture, { principal, action: `kms:${operation}`, key, context, beyond: 'nothing' });
  return decision.decision === 'allow' || decision.decision === 'dependsOn' ? decision : undefined;
}

/** The tags that statements about the key test, in condition keys or in variables, each with any value. */
function tagsAskedFor(key: PictureKey, { identityPatterns }: Picture): Readonly<Record<string, Value>> {
  const statements: readonly PolicyStatement[] = [
    ...(key.policy ?? []),
    ...[...key.identity.values(), ...identityPatterns.values()].flat(),
  ];
  const texts = statements.flatMap(({ conditions }) =>
    conditions.flatMap((condition) => [`\${${condition.key}}`, ...condition.values.map(shown)]),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\$\{(aws:ResourceTag\/[^}]+)\}/gi)].flatMap(([, name = '']) => name),
  );
  return Object.fromEntries(names.map((name) => [name.toLowerCase(), joinValue([{ unknown: 'value', of: name }])]));
}
