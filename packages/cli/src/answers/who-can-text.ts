/** Prints who can do something, for people: a block for each key, the most certain answers first, and a line for each statement. */
import { describeOpen, needsOf } from '@keywright/analyze/describe';
import type { StatementRef } from '@keywright/analyze/picture';
import { type Answer, type Certainty, type Holder, surest } from '@keywright/analyze/who-can/who-can';
import { visible } from '@keywright/core/source/visible';
import type { Io } from '../io.ts';
import type { OpenProject } from '../questions/open-project.ts';
import { shownSource } from '../questions/sources.ts';
import { colorsFor } from '../report/colors.ts';
import { nameOfPrincipal } from './name-of-principal.ts';
import { unseenPoliciesSentence } from './unseen-policies.ts';
import { headings, type KeyAnswer, policyNames } from './who-can-answer.ts';
import { type FoldedAnswer, foldAnswers } from './who-can-folded.ts';

export function text(answers: readonly KeyAnswer[], project: OpenProject, io: Io): string {
  const folded = foldAnswers(answers, project.program.stacks, (answer, neutral) =>
    keyText({ name: '', answer, neutral }, project, io),
  );
  return `${folded.map((one) => keyText(one, project, io)).join('\n')}\n${unseenPoliciesSentence}\n`;
}

/** A heading with more actions than this gives only the number of actions. */
const mostActions = 8;

function keyText({ name, environments, answer, neutral }: FoldedAnswer, project: OpenProject, io: Io): string {
  const { arn, actions, refused, usage, holders, replicas } = answer;
  const colors = colorsFor(io, 'stdout');
  const actionsText = actions.length > mostActions ? `${actions.length} actions` : actions.join(', ');
  const where = environments === undefined ? '' : `  ${visible(environments)}`;
  const lines = [`${colors.bold(visible(name))}${where}  ${colors.dim(visible(neutral(arn)))}`];
  if (refused.length > 0) {
    lines.push(
      `${refused.join(', ')}: nobody, because KMS refuses it for a key with usage ${usage}, whatever the policies allow`,
    );
  }
  if (actions.length > 0) lines.push(actionsText);
  for (const certainty of Object.keys(headings) as readonly Certainty[]) {
    // Object.keys loses the type of the keys
    const ranked = holders.filter(({ answers }) => surest(answers) === certainty);
    if (ranked.length === 0) continue;
    const color = { allowed: colors.green, depends: colors.yellow, outside: colors.dim, denied: colors.red }[certainty];
    lines.push('', `  ${color(headings[certainty])}`, ...block(ranked, actions, neutral, project, io));
  }
  if (actions.length > 0 && holders.length === 0) lines.push('', '  nobody named in a policy of this project');
  if (replicas.length > 0) {
    lines.push('', `  a replica has a policy of its own: ${replicas.map(visible).join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `where` is the file and line in the YAML. */
interface Row {
  readonly name: string;
  readonly what: string;
  readonly where?: string;
}

function block(
  holders: readonly Holder[],
  actions: readonly string[],
  neutral: FoldedAnswer['neutral'],
  project: OpenProject,
  io: Io,
): readonly string[] {
  const rows = holders
    .flatMap((holder) => holderRows(holder, actions, project, io))
    .map((row) => ({ ...row, name: neutral(row.name), what: neutral(row.what) }));
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length));
  // A row without `where` is a sentence, and does not affect the width.
  const whatWidth = Math.max(0, ...rows.map(({ what, where }) => (where === undefined ? 0 : what.length)));
  return rows.map(({ name, what, where }) => {
    const cells = where === undefined ? [what] : [what.padEnd(whatWidth), where];
    return ['   ', name.padEnd(nameWidth), ...cells].join('  ').replace(/^ {5}/, '    ').trimEnd();
  });
}

function holderRows(
  { principal, answers }: Holder,
  actions: readonly string[],
  project: OpenProject,
  io: Io,
): readonly Row[] {
  const listedAnswers = answers.filter(
    ({ certainty, decision }) => certainty !== 'denied' || decision.decision === 'explicitDeny',
  );
  const rows = listedAnswers.flatMap((answer): readonly Row[] => {
    const words = [certaintyWords[answer.certainty], answer.actions.join(', ')].join(' ').trim();
    return [
      ...(answer.actions.length === actions.length ? [] : [{ name: '', what: words }]),
      ...answer.decision.by.map((ref) => statementRow(ref, project, io)),
      ...whenRows(answer),
    ];
  });
  const name = visible(nameOfPrincipal(principal));
  const [first, ...others] = rows;
  return [{ ...first, name, what: first?.what ?? '' }, ...others];
}

const certaintyWords: Readonly<Record<Certainty, string>> = {
  allowed: '',
  depends: 'may',
  outside: 'with another policy',
  denied: 'not',
};

function statementRow(ref: StatementRef, project: OpenProject, io: Io): Row {
  const effect = ref.effect === 'Deny' ? ', Deny' : '';
  const sid = ref.sid === undefined ? '' : ` “${ref.sid}”`;
  return {
    name: '',
    what: `${policyNames[ref.kind]}${effect}${sid}`,
    where: visible(shownSource(project, ref.source, io)),
  };
}

function whenRows({ certainty, decision }: Answer): readonly Row[] {
  // The heading already says that a policy outside the project decides.
  if (decision.when === undefined || certainty === 'outside') return [];
  const needs = [...new Set(decision.dependsOn.flatMap(needsOf))];
  const on = needs.length === 0 ? '' : `depends on ${needs.join(', ')}: `;
  return [{ name: '', what: visible(`${on}if ${describeOpen(decision.when)}`) }];
}
