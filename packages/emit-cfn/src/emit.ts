import type { EmitInput, EmitResult, Emitter, ProgramResult } from '@keywright/core/emit/emitter';
import { policy } from '@keywright/core/emit/rows';
import type { StackProgram } from '@keywright/core/emit/stack-programs';
import { createRenderer } from '@keywright/core/emit/templates';
import type { Stack } from '@keywright/core/ir/program';
import { adopt } from './adopt/adopt.ts';
import { forget } from './adopt/forget.ts';
import { changeSteps } from './change-steps.ts';
import { checkTemplate, checkValues } from './check-template.ts';
import { deployments } from './deployments.ts';
import { keepExports } from './kept-exports.ts';
import { replicaPlaces, templateFileName, templateName } from './names.ts';
import type { CfnOptions } from './options.ts';
import { yamlAfterKey } from './print/yaml.ts';
import { planTemplates } from './template/plan.ts';
import { templatesOf } from './template/program-templates.ts';
import { templates } from './templates.generated.ts';
import { jsonTemplate } from './view/json-template.ts';
import { templateView } from './view/template-view.ts';

/** Renders stacks as CloudFormation templates below `cfn/`, and the order of their deployment. */
export const emitter: Emitter<CfnOptions> = {
  namesIn: (content) => logicalIdsOf('KMS::(?:Key|ReplicaKey|Alias)', content),
  policyNamesIn: (content) => logicalIdsOf('IAM::Policy', content),

  emitStack: (stack, input) => filesOf({ name: stack.name, deployments: [stack] }, input),

  emitProgram(program, input): ProgramResult {
    const { files, diagnostics } = filesOf(program, input);
    return { common: files, own: new Map(), diagnostics };
  },

  printPolicy(document, resource, stack) {
    const plan = planTemplates(stack).find(({ scope }) => scope.local.has(resource.id));
    if (plan === undefined) throw new Error(`no template of ${stack.name} has ${resource.id}`);
    return yamlAfterKey(plan.scope.print(policy(document)), 0).trimStart();
  },

  commentMark: '#',

  keep: keepExports,

  adopt,
  forget,

  emitIndex(stacks, programs, { generator, options }): EmitResult {
    if (stacks.length === 0) return { files: [], diagnostics: [] };
    const content = deployments(stacks, programs, generator, (name) => templateFile(name, options));
    const files = templateFiles(stacks, programs, options);
    const steps = changeSteps(stacks, generator, (name) => files.get(name));
    return {
      files: [
        { path: 'cfn/deployments.json', content },
        ...steps.map(({ name, content: text }) => ({ path: `cfn/${name}`, content: text })),
      ],
      diagnostics: [],
    };
  },
};

/**
 * Returns the logical ids of a template's resources of some types. In Keywright's YAML and JSON, the type is the first property of a
 * resource.
 */
function logicalIdsOf(types: string, template: string): readonly string[] {
  const resource = new RegExp(
    String.raw`^ +"?([A-Za-z0-9]+)"?:(?: \{)?\n(?: *#.*\n)* +"?Type"?: "?AWS::${types}\b`,
    'gm',
  );
  return [...template.matchAll(resource)].flatMap(([, logicalId]) => logicalId ?? []);
}

function filesOf(
  program: StackProgram,
  { generator, options, templates: overrides }: EmitInput<CfnOptions>,
): EmitResult {
  const renderer = createRenderer('cfn', templates, overrides);
  const [stack] = program.deployments;
  const results = templatesOf(program).map(({ plan, template }) => {
    const content =
      options.format === 'json'
        ? jsonTemplate(template, generator)
        : renderer.render('template.yaml.hbs', templateView(template, generator));
    const path = `cfn/${templateFile(plan.name, options)}`;
    return {
      file: { path, content },
      diagnostics: [...checkTemplate(template, content, path, stack.span), ...checkValues(plan)],
    };
  });
  return {
    files: results.map(({ file }) => file),
    diagnostics: [...renderer.diagnostics, ...results.flatMap(({ diagnostics }) => diagnostics)],
  };
}

/** Maps the name that a template has in its stack to the template's file name. */
function templateFiles(
  stacks: readonly Stack[],
  programs: readonly StackProgram[],
  options: CfnOptions,
): ReadonlyMap<string, string> {
  const programOf = new Map(programs.flatMap((program) => program.deployments.map(({ name }) => [name, program])));
  return new Map(
    stacks.flatMap((stack) => {
      const program = programOf.get(stack.name) ?? { name: stack.name, deployments: [stack] as const };
      return [undefined, ...replicaPlaces(stack)].map(
        (replica) =>
          [templateName(stack, replica), templateFile(templateFileName(program, stack, replica), options)] as const,
      );
    }),
  );
}

function templateFile(name: string, { format }: CfnOptions): string {
  return `${name}.template.${format}`;
}
