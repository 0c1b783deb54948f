import { hasParameters, stackProgramsOf } from '@keywright/core/emit/stack-programs';
import type { Program } from '@keywright/core/ir/program';
import { emitter } from '@keywright/emit-cfn/emit';
import { boundTemplates } from '../../../../packages/cli/src/testing/bound-templates.ts';
import {
  type DeploymentStep,
  deploymentSteps,
} from '../../../../packages/emit-cfn/src/deployment-steps.test-support.ts';
import { readYaml } from '../../../../packages/emit-cfn/src/read-back.test-support.ts';
import type { Subject } from '../../subject.ts';

export interface TemplateFile {
  /** For example `cfn/platform.template.yaml`. */
  readonly path: string;
  readonly text: string;
  /** The region of the stack's deployment; `undefined` if it can be any region. */
  readonly region: string | undefined;
}

/** A parsed template. Intrinsic functions have their long form. Parts of unknown shape have the type `unknown`. */
export interface Template {
  readonly Description?: unknown;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

interface TemplateParameter {
  readonly Type?: unknown;
  readonly Default?: unknown;
  readonly Description?: unknown;
}

interface TemplateResource {
  readonly Type?: unknown;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: unknown;
}

interface TemplateOutput {
  readonly Value?: unknown;
  readonly Description?: unknown;
  readonly Export?: { readonly Name?: unknown };
}

/** Returns every template of a subject in both forms, whichever form the options name. Takes a file from the subject if there is one. */
export function templateFiles(subject: Subject): readonly TemplateFile[] {
  const texts = new Map(formsOf(subject.program));
  for (const [path, text] of subject.files) if (isTemplate(path)) texts.set(path, text);
  return [...texts].map(([path, text]) => {
    const regions = new Set(
      deploymentSteps(subject.files)
        .filter(({ template }) => nameOf(`cfn/${template}`) === nameOf(path))
        .map(({ region }) => region),
    );
    const [region] = regions.size === 1 ? regions : [];
    return { path, text, region };
  });
}

/**
 * Returns the steps of the deployment, and the templates that each stack is deployed from. The templates are all in the form `form`, by the
 * names that `nameOf` returns.
 */
export function deployedTemplates(
  subject: Subject,
  form: 'yaml' | 'json',
): { readonly steps: readonly DeploymentStep[]; readonly templates: ReadonlyMap<string, Template> } {
  const order = subject.files.get('cfn/deployments.json') ?? '{ "steps": [] }';
  const files = new Map(
    templateFiles(subject)
      .filter(({ path }) => path.endsWith(form))
      .map(({ path, text }) => [path, text]),
  );
  files.set('cfn/deployments.json', order.replaceAll(/\.template\.(yaml|json)"/g, `.template.${form}"`));
  const bound = boundTemplates(subject.program, files);
  const templates = [...bound].filter(([path]) => isTemplate(path));
  return {
    steps: deploymentSteps(bound),
    // JSON is also valid YAML.
    templates: new Map(templates.map(([path, text]) => [nameOf(path), readYaml(text) as Template])),
  };
}

export function isTemplate(path: string): boolean {
  return /^cfn\/.*\.template\.(yaml|json)$/.test(path);
}

/** Returns the same name for both forms of a template, such as `cfn/platform`. */
export function nameOf(path: string): string {
  return path.replace(/\.template\.(yaml|json)$/, '');
}

export function parseTemplate({ path, text }: Pick<TemplateFile, 'path' | 'text'>): Template {
  return (path.endsWith('.json') ? JSON.parse(text) : readYaml(text)) as Template; // wrong parts are reported later
}

const forms = new WeakMap<Program, ReadonlyMap<string, string>>();

/** Returns the output of the emitter for a program, in each form. Cached for a subject and its planted faults. */
function formsOf(program: Program): ReadonlyMap<string, string> {
  const known = forms.get(program);
  if (known !== undefined) return known;
  const texts = new Map<string, string>();
  const stacks = program.stacks.filter(({ targets }) => targets.includes('cfn'));
  for (const format of ['yaml', 'json'] as const) {
    const input = { generator: 'Keywright', options: { format }, templates: {} };
    for (const program of stackProgramsOf(stacks)) {
      const files = hasParameters(program)
        ? emitter.emitProgram?.(program, input).common
        : emitter.emitStack(program.deployments[0], input).files;
      for (const { path, content } of files ?? []) texts.set(path, content);
    }
  }
  forms.set(program, texts);
  return texts;
}
