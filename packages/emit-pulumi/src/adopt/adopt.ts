import { type AdoptStep, nothing, shellWord } from '@keywright/core/emit/adoption';
import type { AdoptInput, Adoption } from '@keywright/core/emit/emitter';
import { importId } from '@keywright/core/emit/import-id';
import type { Stack } from '@keywright/core/ir/program';
import { namesOf, projectOf, pulumiStackOf } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { createConstants } from '../print/constants.ts';
import { createProviders, providerName } from '../view/providers.ts';

/**
 * A list for `pulumi import --file`. The resource option `import` would not do: a recent engine imports a resource that differs and changes
 * it in the same update (pulumi/pulumi#19339), and the program would contain the ids of a single deployment. The list only writes the state,
 * and the preview after it shows differences before anything is changed.
 * Source: Pulumi CLI reference, `pulumi import`, and pulumi/pulumi, `pkg/cmd/pulumi/operations/import.go`.
 */
export function adopt(stack: Stack, { ids, out, folder, program, options }: AdoptInput<PulumiOptions>): Adoption {
  const providers = createProviders(stack, createConstants(stack), options);
  const nameTable = new Map<string, string>();
  const names = namesOf(stack);
  const project = projectOf(stack);
  const ownStack = pulumiStackOf(stack);
  const stackName = ownStack ?? options.stackName ?? 'STACK';
  const resources = stack.resources.flatMap((resource) => {
    const id = importId(resource, stack, ids);
    if (id === undefined) return [];
    const { type, name } = names.of(resource);
    const provider = providers.of(resource.region) === undefined ? undefined : providerName(resource, stack);
    if (provider !== undefined) nameTable.set(provider, urnOf(stackName, project, `${providerType}::${provider}`));
    return [{ type, name, id, ...(provider !== undefined && { provider }) }];
  });
  const path = `pulumi/${program.name}/import${ownStack === undefined ? '' : `-${ownStack}`}.json`;
  const content = `${JSON.stringify({ nameTable: Object.fromEntries(nameTable), resources }, undefined, 2)}\n`;
  const programFolder = shellWord(`${out}/pulumi/${program.name}`);
  const pulumi = `pulumi -C ${programFolder}${ownStack === undefined ? '' : ` --stack ${shellWord(ownStack)}`}`;
  const urns = [...nameTable.values()];
  const stands = urns.some((urn) => urn.startsWith('urn:pulumi:STACK:'))
    ? ['`STACK` stands for the name of the Pulumi stack, here and in the file.']
    : [];
  const targets = urns.map((urn) => `--target ${shellWord(urn)}`).join(' ');
  const made: readonly AdoptStep[] =
    urns.length === 0
      ? []
      : [
          {
            title: `Create the providers of ${stack.name}`,
            about: ['The import needs them in the state. A provider does not exist in AWS.', ...stands],
            prepare: [
              `npm install --prefix ${programFolder}`,
              `${pulumi} preview --json ${targets} > providers-preview.json`,
            ],
            expects: {
              tool: 'pulumi',
              file: 'providers-preview.json',
              ...nothing,
              creates: urns.map((urn) => addressOf(urn)),
            },
            apply: [`${pulumi} up --yes --skip-preview ${targets}`],
            back: [`\`${pulumi} state delete --yes\` with each of these URNs.`],
          },
        ];
  return {
    files: [{ path, content }],
    steps: [
      ...made,
      {
        title: `Import ${stack.name} into Pulumi`,
        about: [
          'Pulumi reads what exists and writes it to its state. This changes nothing in AWS.',
          ...stands,
          'The next step checks what it wrote.',
        ],
        prepare: [`${pulumi} stack export --file before-import.json`],
        apply: [`${pulumi} import --file "$PWD/${folder}/${path}" --generate-code=false --protect=false --yes`],
        back: [`\`${pulumi} stack import --file before-import.json\`, which does not call AWS.`],
      },
      {
        title: `Check that Pulumi would change nothing in ${stack.name}`,
        about: [
          'Pulumi compares its state with the program. The deployment writes outputs, and values that only the provider keeps.',
        ],
        prepare: [`${pulumi} preview --json > adopted-preview.json`],
        expects: {
          tool: 'pulumi',
          file: 'adopted-preview.json',
          ...nothing,
          creates: stack.resources
            .filter(({ kind }) => kind === 'sharedParameter')
            .map((resource) => `${names.of(resource).type}::${names.of(resource).name}`),
        },
        apply: [`${pulumi} up --yes --skip-preview`],
        back: ['Undo the previous step.'],
      },
    ],
  };
}

const providerType = 'pulumi:providers:aws';

function urnOf(stackName: string, project: string, typeAndName: string): string {
  return `urn:pulumi:${stackName}::${project}::${typeAndName}`;
}

/** The type and name in a URN, as `keywright adopt --verify` compares them. */
function addressOf(urn: string): string {
  return urn.split('::').slice(2).join('::');
}
