/** Prints a decision for people: the question, what each policy says about it, and the outcome. */
import type { Step } from '@keywright/analyze/decision';
import { describeSource } from '@keywright/analyze/describe';
import type { StatementRef } from '@keywright/analyze/picture';
import { visible } from '@keywright/core/source/visible';
import type { Io } from '../io.ts';
import type { OpenProject } from '../questions/open-project.ts';
import { shownSource } from '../questions/sources.ts';
import { colorsFor } from '../report/colors.ts';
import { unseenPoliciesSentence } from './unseen-policies.ts';
import type { ExplainedAnswer, PrincipalAnswers } from './why-answer.ts';

export function text(results: readonly PrincipalAnswers[], project: OpenProject, io: Io): string {
  const parts = results.flatMap((one) => {
    const heading = `${one.principal.name} → ${one.keyName}`;
    const refused =
      one.refused.length === 0
        ? []
        : [
            `${heading}: ${one.refused.join(', ')}\n\nKMS refuses it for a key with usage ${one.key.traits?.usage}, whatever the policies allow.\n`,
          ];
    return [...refused, ...one.answers.map((answer) => answerText(answer, heading, project, io))];
  });
  return `${parts.join('\n')}\n${unseenPoliciesSentence}\n`;
}

/** One character each, so that lists align. */
const marks = { true: '✓', false: '✗', open: '?' } as const;

function answerText({ answer, explanation }: ExplainedAnswer, heading: string, project: OpenProject, io: Io): string {
  const colors = colorsFor(io, 'stdout');
  const shownText = (text: string) => visible(withShownLocations(text, explanation.steps, project, io));
  let number = 0;
  const lines = explanation.steps.flatMap((step): readonly string[] => {
    if (step.kind === 'statement') return statementLines(step, shownText);
    if (step.kind === 'verdict') return ['', colors.bold(shownText(step.text))];
    number += 1;
    return [`${number}. ${shownText(step.text)}`];
  });
  return `${colors.bold(visible(heading))}: ${someOf(answer.actions)}\n\n${lines.join('\n')}\n`;
}

/** Actions with the same answer. Of many actions, only the first is named, since the steps explain that action. */
function someOf(actions: readonly string[]): string {
  const [first = '', ...others] = actions;
  return actions.length <= 8 ? actions.join(', ') : `${first}, and the same for ${others.length} more`;
}

/** A statement and its decisive tests: the first test that keeps it from applying, or all tests that may keep it from applying. */
function statementLines(
  { text, applies = 'open', details = [] }: Step,
  shownText: (text: string) => string,
): readonly string[] {
  const kind = applies === true ? undefined : applies;
  // One failed test keeps a statement from applying, so the first is enough.
  const decisive = details.filter(({ holds }) => holds === kind).slice(0, applies === false ? 1 : undefined);
  return [
    `   ${marks[`${applies}`]} ${shownText(text)}`,
    ...decisive.map(
      ({ text, holds }) => `       ${marks[`${holds}`]} ${shownText(holds === false ? opposite(text) : text)}`,
    ),
  ];
}

/** Returns the negation of a test. The text of a test is a condition, or starts with `is`. */
function opposite(text: string): string {
  return text.startsWith('is ') ? `it is not ${text.slice(3)}` : `not ${text}`;
}

/** Steps give file names relative to the project's folder. People see them relative to the working directory. */
function withShownLocations(text: string, steps: readonly Step[], project: OpenProject, io: Io): string {
  const refs = new Set<StatementRef>(steps.flatMap(({ statement }) => statement ?? []));
  const shown = new Map([...refs].map((ref) => [describeSource(ref), shownSource(project, ref.source, io)]));
  // Longest first: `keys.yaml:1` is part of `keys.yaml:12`.
  const locations = [...shown.keys()].sort((one, other) => other.length - one.length);
  const location = locations.find((candidate) => text.includes(candidate));
  if (location === undefined) return text;
  const [before = '', ...after] = text.split(location);
  return [before, ...after].map((part) => withShownLocations(part, steps, project, io)).join(shown.get(location));
}
