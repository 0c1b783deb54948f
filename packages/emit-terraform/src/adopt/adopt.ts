import { type AdoptStep, shellWord } from '@keywright/core/emit/adoption';
import type { AdoptInput, Adoption } from '@keywright/core/emit/emitter';
import { importId } from '@keywright/core/emit/import-id';
import type { Resource, Stack } from '@keywright/core/ir/program';
import { address, providerAlias } from '../names.ts';
import type { TerraformOptions } from '../options.ts';
import { quote } from '../print/text.ts';
import { planStep } from './plan-step.ts';

const fileName = 'adopt.tf';

/**
 * Returns `import` blocks for those resources of a stack that exist already. The file with the blocks is in the module only until they are
 * applied. A plan with the blocks shows what would be imported and what would change, before anything is written. Source: Terraform
 * language, "Import".
 */
export function adopt(stack: Stack, { ids, out, folder, generator }: AdoptInput<TerraformOptions>): Adoption {
  const imports = stack.resources.flatMap((resource) => {
    const id = importId(resource, stack, ids);
    return id === undefined ? [] : [{ resource, address: address(resource, stack), id }];
  });
  const path = `terraform/${stack.name}/${fileName}`;
  const module = `${out}/terraform/${stack.name}`;
  const content = `# Made by ${generator}. For one apply; delete this file afterwards. The ids are those of this deployment only.

terraform {
  required_version = ">= 1.7"
}
${imports.map(({ resource, address: to, id }) => `\n${importBlock(resource, stack, to, id)}`).join('')}`;
  const step: AdoptStep = planStep({
    title: `Import ${stack.name} into Terraform`,
    about: [
      'Terraform reads what exists and writes it to its state.',
      'The check refuses a plan with any other change, before anything has happened.',
    ],
    module,
    setUp: [`cp ${shellWord(`${folder}/${path}`)} ${shellWord(`${module}/`)}`],
    planName: 'adopt',
    expects: {
      imports: imports.map(({ address: to, id }) => ({ address: to, id })),
      creates: stack.resources
        .filter(({ kind }) => kind === 'sharedParameter')
        .map((resource) => address(resource, stack)),
    },
    after: [`rm ${shellWord(`${module}/${fileName}`)}`],
    back: [
      'Before the apply: delete the file; nothing has happened.',
      `After it: \`terraform -chdir=${shellWord(module)} state rm ${imports.map(({ address: to }) => shellWord(to)).join(' ')}\`, which does not call AWS.`,
    ],
  });
  const look: AdoptStep = {
    ...planStep({
      title: `Check that Terraform would change nothing in ${stack.name}`,
      about: ['From now on, Terraform manages these resources.'],
      module,
      setUp: [],
      planName: 'adopted',
      expects: {},
      after: [],
      back: ['There is nothing to undo.'],
    }),
    apply: [],
  };
  return { files: [{ path, content }], steps: [step, look] };
}

function importBlock({ region }: Resource, { definition }: Stack, to: string, id: string): string {
  // A resource in a module has the provider of the `module` block. Terraform refuses another provider here ("Invalid import provider
  // argument").
  const isDefault = region === undefined || definition !== undefined;
  const provider = isDefault ? '' : `  provider = aws.${providerAlias(region)}\n`;
  const align = isDefault ? '' : '      ';
  return `import {\n${provider}  to ${align}= ${to}\n  id ${align}= ${quote(id)}\n}\n`;
}
