import type { Expectation } from '@keywright/core/emit/adoption';
import type { AdoptPlan, NumberedStep } from './plan.ts';

/** Prints the plan for people. `adopt` is the start of the command that checks a step, such as `keywright adopt --out adopt`. */
export function planMarkdown({ from, to, steps }: AdoptPlan, generator: string, adopt: string): string {
  return `# From \`${from}\` to ${to}

Made by ${generator}. Take the steps in order, each only after the check of the one before has passed. No step deletes, disables,
replaces or creates a key, or writes a key policy. If a check says no, nothing has happened yet: stop there.
${steps.map((step) => stepText(step, adopt)).join('')}`;
}

function stepText({ number, title, about, prepare, expects, apply, back }: NumberedStep, adopt: string): string {
  const parts = [
    about.map((sentence) => `- ${sentence}`).join('\n'),
    commands('Prepare:', [
      ...prepare,
      ...(expects === undefined ? [] : [`${adopt} --verify ${number} ${expects.file}`]),
    ]),
    expects === undefined ? '' : checkText(expects),
    commands('Then:', apply),
    `To undo it: ${back.join(' ')}`,
  ].filter((part) => part !== '');
  return `\n## ${number}. ${title}\n\n${parts.join('\n\n')}\n`;
}

function commands(lead: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lead}\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\``;
}

function checkText({ imports, forgets, creates, retains, rewords }: Expectation): string {
  const rows = [
    ...imports.map(({ address, id }) => `| import | \`${address}\` | \`${id}\` |`),
    ...forgets.map((address) => `| forget | \`${address}\` | |`),
    ...retains.map((address) => `| keep on removal | \`${address}\` | |`),
    ...rewords.map((address) => `| change only its \`DeletionPolicy\` or metadata | \`${address}\` | |`),
    ...creates.map((address) => `| create, outside KMS and IAM | \`${address}\` | |`),
  ];
  const nothing = 'The check passes if nothing would change.';
  return rows.length === 0
    ? nothing
    : `The check passes if this and nothing else would happen:\n\n| what | in the tool | in AWS |\n| --- | --- | --- |\n${rows.join('\n')}`;
}
