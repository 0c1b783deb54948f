/**
 * Runs the rules over a program. Takes the program and the project's review: severities, suppressions and known findings with a reason.
 * Returns diagnostics in source order. A rule that is off does not run; unused suppressions are reported last, when every rule has run.
 */
import { arrange } from '@keywright/core/diagnostics/arrange';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { inStack } from '@keywright/core/diagnostics/in-stack';
import { unknownRule } from '@keywright/core/diagnostics/language';
import type { Program } from '@keywright/core/ir/program';
import { isRuleCode, type Review } from '@keywright/core/review/review';
import { applySeverities } from '@keywright/core/review/severities';
import { buildPicture } from './build-picture.ts';
import type { PictureKey, PolicyStatement } from './picture.ts';
import { findingsInEveryDeployment, type KeyFindings } from './rules/findings-in-every-deployment.ts';
import { createMergedSpans, withSpans } from './rules/merged-spans.ts';
import { identityStatementsOn } from './rules/read/identity.ts';
import type { CreatedKey, Rule, Subject, TrustRule } from './rules/rule.ts';
import { catalogue, rules } from './rules/rules.ts';
import { applySuppressions, type Finding } from './rules/suppressions.ts';

export function checkProgram(program: Program, review: Review): readonly Diagnostic[] {
  const active = rules.filter(({ definition }) => review.severities.get(definition.code)?.severity !== 'off');
  const findings = active.length === 0 ? [] : findingsOf(active, { program, picture: buildPicture(program), review });
  return arrange(applySeverities([...applySuppressions(findings, review), ...unknownRules(review)], review));
}

function findingsOf(active: readonly Rule[], subject: Subject): readonly Finding[] {
  const findings: Finding[] = [];
  const withMergedSpans = createMergedSpans(subject.picture);
  const add = (diagnostics: readonly Diagnostic[], key: PictureKey | undefined) => {
    const about = key?.stack === undefined ? diagnostics : inStack({ name: key.stack }, diagnostics);
    for (const diagnostic of about) findings.push({ diagnostic: withMergedSpans(diagnostic), key: key?.id });
  };
  const ofKeys = active.filter((rule) => rule.about === 'key');
  const ofStatements = active.filter((rule) => rule.about === 'statement');
  const seen = new Set<PolicyStatement>();
  const read = (statement: PolicyStatement, key: PictureKey | undefined) => {
    seen.add(statement);
    const { also = [] } = statement.ref.source;
    const on = { statement, key };
    for (const rule of ofStatements) {
      const diagnostics = rule.check(on, subject);
      if (diagnostics.length > 0)
        add(
          diagnostics.map((diagnostic) => withSpans(diagnostic, also)),
          key,
        );
    }
  };

  const createdKeys = [...ownKeys(subject)];
  for (const rule of ofKeys) {
    const onKeys = createdKeys.flatMap((on): KeyFindings | readonly KeyFindings[] => {
      const diagnostics = rule.check(on, subject);
      return diagnostics.length === 0 ? [] : { on, diagnostics };
    });
    const reported = rule.everywhere ? findingsInEveryDeployment(onKeys, createdKeys) : onKeys;
    for (const { on, diagnostics } of reported) add(diagnostics, on.key);
  }
  const { keys, identityPatterns, identityByAlias } = subject.picture;
  for (const key of keys) {
    for (const statement of key.policy ?? []) read(statement, key);
    for (const [, statement] of identityStatementsOn(key)) read(statement, key);
  }
  for (const statement of [...identityPatterns.values(), ...identityByAlias.values()].flat()) {
    if (!seen.has(statement)) read(statement, undefined);
  }
  for (const rule of active) if (rule.about === 'trust') add(aboutRoles(rule, subject), undefined);
  for (const rule of active) if (rule.about === 'program') add(rule.check(subject), undefined);
  return findings;
}

function aboutRoles(rule: TrustRule, subject: Subject): readonly Diagnostic[] {
  return subject.picture.principals.flatMap((role) => {
    const diagnostics = (role.trust ?? []).flatMap((statement) => rule.check({ role, statement }, subject));
    return role.created === undefined ? diagnostics : inStack({ name: role.created.stack }, diagnostics);
  });
}

function* ownKeys({ program, picture }: Subject): Iterable<CreatedKey> {
  for (const stack of program.stacks) {
    for (const resource of stack.resources) {
      if (resource.kind !== 'key' && resource.kind !== 'replicaKey') continue;
      const key = picture.keysById.get(`${stack.name}/${resource.id}`);
      if (key === undefined) continue;
      const replica = resource.kind === 'replicaKey' ? resource.environmentName : undefined;
      const environment = stack.replicaEnvironments.find(({ name }) => name === replica) ?? stack.environment;
      yield { key, resource, environment };
    }
  }
}

/** Reports codes under `rules` that have the form of a rule's code but belong to no rule. Core reports all other unknown codes. */
function unknownRules({ severities }: Review): readonly Diagnostic[] {
  const codes = catalogue.map(({ code }) => code);
  return [...severities]
    .filter(([rule]) => isRuleCode(rule) && !codes.includes(rule))
    .map(([rule, { span }]) => report(unknownRule, span, { rule, rules: codes }));
}
