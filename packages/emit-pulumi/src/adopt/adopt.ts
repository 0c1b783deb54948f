import { type AdoptStep, nothing, shellWord } from '@keywright/core/emit/adoption';
import type { AdoptInput, Adoption } from '@keywright/core/emit/emitter';
import { importId } from '@keywright/core/emit/import-id';
import type { Stack } from '@keywright/core/ir/program';
import { namesOf, projectOf, pulumiStackOf } from '../names.ts';
import type { PulumiOptions } from '../options.ts';
import { createConstants } from '../print/constants.ts';
import { createProviders, providerName } from '../view/providers.ts';

/**
 * Returns a list for `pulumi import --file`. The resource option `import` is no alternative: a recent engine imports a resource that
 * differs and changes it in the same update (pulumi/pulumi#19339), and the program would contain the ids of a single deployment. Importing
 * a list only writes the state. The preview that follows shows differences before anything is changed. Sources: Pulumi CLI reference,
 * `pulumi import`; pulumi/pulumi, `pkg/cmd/pulumi/operations/import.go`.
 */
export function adopt(stack: Stack, input: AdoptInput<PulumiOptions>): Adoption {
  const { out, folder, program, options } = input;
  const pulumiStack = pulumiStackOf(stack);
  const programFolder = shellWord(`${out}/pulumi/${program.name}`);
  const list = importList(stack, pulumiStack ?? options.stackName ?? stackPlaceholder, input);
  const path = `pulumi/${program.name}/import${pulumiStack === undefined ? '' : `-${pulumiStack}`}.json`;
  const commands: Commands = {
    programFolder,
    pulumi: `pulumi -C ${programFolder}${pulumiStack === undefined ? '' : ` --stack ${shellWord(pulumiStack)}`}`,
    importFile: `${folder}/${path}`,
  };
  const providers = Object.values(list.nameTable);
  const notes = providers.some((urn) => urn.startsWith(`urn:pulumi:${stackPlaceholder}:`))
    ? [`In place of \`${stackPlaceholder}\`, write the name of the Pulumi stack, here and in the file.`]
    : [];
  return {
    files: [{ path, content: `${JSON.stringify(list, undefined, 2)}\n` }],
    steps: [
      ...(providers.length === 0 ? [] : [providersStep(stack, providers, notes, commands)]),
      importStep(stack, notes, commands),
      checkStep(stack, commands),
    ],
  };
}

/** Replaces the name of a Pulumi stack if the user chooses that name. */
const stackPlaceholder = 'STACK';

interface Commands {
  readonly programFolder: string;
  /** `pulumi`, with the arguments that select the program and the stack. */
  readonly pulumi: string;
  readonly importFile: string;
}

/** The resources to import. `nameTable` has the URNs of their providers, by name. */
interface ImportList {
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly provider?: string;
  }[];
}

function importList(stack: Stack, stackName: string, { ids, options }: AdoptInput<PulumiOptions>): ImportList {
  const providers = createProviders(stack, createConstants(stack), options);
  const names = namesOf(stack);
  const resources = stack.resources.flatMap((resource) => {
    const id = importId(resource, stack, ids);
    if (id === undefined) return [];
    const { type, name } = names.of(resource);
    const isOfProvider = providers.of(resource.region) !== undefined;
    return [{ type, name, id, ...(isOfProvider && { provider: providerName(resource, stack) }) }];
  });
  const project = projectOf(stack);
  const nameTable = Object.fromEntries(
    resources.flatMap(({ provider }) =>
      provider === undefined ? [] : [[provider, urnOf(stackName, project, `${providerType}::${provider}`)]],
    ),
  );
  return { nameTable, resources };
}

function providersStep(
  { name }: Stack,
  urns: readonly string[],
  notes: readonly string[],
  { programFolder, pulumi }: Commands,
): AdoptStep {
  const targets = urns.map((urn) => `--target ${shellWord(urn)}`).join(' ');
  return {
    title: `Create the providers of ${name}`,
    about: ['The import needs them in the state. A provider does not exist in AWS.', ...notes],
    prepare: [`npm install --prefix ${programFolder}`, `${pulumi} preview --json ${targets} > providers-preview.json`],
    expects: { tool: 'pulumi', file: 'providers-preview.json', ...nothing, creates: urns.map(addressOf) },
    apply: [`${pulumi} up --yes --skip-preview ${targets}`],
    back: [`\`${pulumi} state delete --yes\` with each of these URNs.`],
  };
}

function importStep({ name }: Stack, notes: readonly string[], { pulumi, importFile }: Commands): AdoptStep {
  return {
    title: `Import ${name} into Pulumi`,
    about: [
      'Pulumi reads what exists and writes it to its state. This changes nothing in AWS.',
      ...notes,
      'The next step checks what it wrote.',
    ],
    prepare: [`${pulumi} stack export --file before-import.json`],
    apply: [`${pulumi} import --file "$PWD/${importFile}" --generate-code=false --protect=false --yes`],
    back: [`\`${pulumi} stack import --file before-import.json\`, which does not call AWS.`],
  };
}

function checkStep(stack: Stack, { pulumi }: Commands): AdoptStep {
  const names = namesOf(stack);
  return {
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
  };
}

const providerType = 'pulumi:providers:aws';

function urnOf(stackName: string, project: string, typeAndName: string): string {
  return `urn:pulumi:${stackName}::${project}::${typeAndName}`;
}

/** Returns the type and name in a URN, which `keywright adopt --verify` compares. */
function addressOf(urn: string): string {
  return urn.split('::').slice(2).join('::');
}
