import { inCode } from '@keywright/core/diagnostics/list-of';
import { type Forgotten, shellWord } from '@keywright/core/emit/adoption';
import type { Adoption } from '@keywright/core/emit/emitter';
import { planStep } from './plan-step.ts';

/**
 * Returns `removed` blocks for addresses of a root module; the resources stay in AWS. A block cannot name an instance (`this[0]`,
 * `module.kms["a"]`), so an instance is first moved to an undeclared address and removed from that address. Source: Terraform language,
 * "Removing resources"; moving first was tested with Terraform 1.11 and the AWS provider 5.100.
 */
export function forget(forgotten: readonly Forgotten[], name: string, folder: string): Adoption {
  const addresses = forgotten.flatMap(({ address, parts }) => [address, ...parts]);
  const path = `forget/${name}/forget.tf`;
  const blocks = addresses.map((address, index) => {
    if (!address.includes('[')) return removed(address);
    const stopover = `${typeOf(address)}.keywright_forgets_${index + 1}`;
    return `moved {\n  from = ${address}\n  to   = ${stopover}\n}\n\n${removed(stopover)}`;
  });
  const content = `# For one apply; delete this file afterwards. Terraform forgets these resources without calling AWS.

terraform {
  required_version = ">= 1.7"
}
${blocks.map((block) => `\n${block}`).join('')}`;
  const module = 'OLD_MODULE';
  return {
    files: [{ path, content }],
    steps: [
      planStep({
        title: 'Let Terraform forget the resources',
        about: [
          `In place of \`${module}\`, write the folder of the Terraform code that has the keys now.`,
          `Remove the blocks of these resources from that code and from the inputs of its modules: ${inCode(addresses)}.`,
          'Anything else that refers to one of them gets the ARN or id as text. A resource that is neither in the code nor in this file would be destroyed: the check refuses that.',
        ],
        module,
        setUp: [`cp ${shellWord(`${folder}/${path}`)} ${module}/`],
        planName: 'forget',
        expects: { forgets: addresses },
        after: [`rm ${module}/forget.tf`],
        back: [
          'Before the apply: restore the code from version control; nothing has happened.',
          `After it: restore the code from version control, and ${forgotten.map(({ address, id }) => `\`terraform -chdir=${module} import ${shellWord(address)} ${shellWord(id)}\``).join(', ')}.`,
        ],
      }),
    ],
  };
}

function removed(address: string): string {
  return `removed {\n  from = ${address}\n\n  lifecycle {\n    destroy = false\n  }\n}\n`;
}

/** Returns the type of a resource: `aws_kms_key` for `module.kms["a.b"].aws_kms_key.this[0]`. */
function typeOf(address: string): string {
  const plain = address.replaceAll(/\["(?:[^"\\]|\\.)*"\]/g, '[]');
  return [...plain.matchAll(/(?:^|\.)(aws_[a-z0-9_]+)\./g)].at(-1)?.[1] ?? 'aws_kms_key';
}
