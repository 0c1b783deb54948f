import { type AdoptStep, type Forgotten, nothing, shellWord } from '@keywright/core/emit/adoption';
import type { Adoption } from '@keywright/core/emit/emitter';

const program = 'OLD_PROGRAM';

/**
 * Returns the steps for Pulumi to stop managing resources. Pulumi forgets what is deleted from its state, protected or not. But it
 * creates a forgotten resource again if the program still contains the resource. So the code is removed right afterwards, and a preview
 * must then show no change. Source: Pulumi CLI reference, `pulumi state delete`.
 */
export function forget(forgotten: readonly Forgotten[], name: string): Adoption {
  const urns = forgotten.flatMap(({ address, parts }) => [...parts, address]);
  const pulumi = `pulumi -C ${program}`;
  // The URN starts with `urn:pulumi:` and the name of the Pulumi stack.
  const [, , stack] = urns[0]?.split(':') ?? [];
  const at = stack === undefined ? '' : ` --stack ${shellWord(stack)}`;
  const backup = `${name}-before-forget.json`;
  const values = forgotten.map(({ address, id }) => `\`${address.split('::').at(-1)}\` is \`${id}\``).join(', ');
  const steps: readonly AdoptStep[] = [
    {
      title: 'Let Pulumi forget the resources',
      about: [
        `In place of \`${program}\`, write the folder of the Pulumi program that has the keys now.`,
        `Where anything that stays in it refers to one of the resources, write the value as text instead, and deploy that first: ${values}.`,
        'These commands write the state and do not call AWS. Do not run `pulumi up` before the next step: the program would create new keys.',
      ],
      prepare: [`${pulumi} stack export${at} --file ${shellWord(backup)}`],
      apply: urns.map((urn) => `${pulumi} state delete${at} --force --yes ${shellWord(urn)}`),
      back: [`\`${pulumi} stack import${at} --file ${shellWord(backup)}\`, which does not call AWS.`],
    },
    {
      title: 'Remove the code from the old program',
      about: [
        `Remove the resources of the previous step from \`${program}\`. The check passes if nothing is created, changed or deleted.`,
      ],
      prepare: [`${pulumi} preview${at} --json > forget-preview.json`],
      expects: { tool: 'pulumi', file: 'forget-preview.json', ...nothing },
      apply: [`${pulumi} up${at} --yes --skip-preview`],
      back: ['Restore the code from version control, and undo the previous step.'],
    },
  ];
  return { files: [], steps };
}
