import type { Program } from '@keywright/core/ir/program';
import { emitter } from '@keywright/emit-cfn/emit';
import { readYaml } from '../../../../packages/emit-cfn/src/read-back.test-support.ts';
import type { Subject } from '../../subject.ts';

/** A template as it is written. */
export interface TemplateFile {
  /** `cfn/platform.template.yaml`. */
  readonly path: string;
  readonly text: string;
  /** The region that its stack is deployed to; undefined if it can be any. */
  readonly region: string | undefined;
}

/** A template as a parser gives it, intrinsic functions in their long form. Nothing is known of what is unknown here. */
export interface Template {
  readonly Description?: unknown;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

export interface TemplateParameter {
  readonly Type?: unknown;
  readonly Default?: unknown;
  readonly Description?: unknown;
}

export interface TemplateResource {
  readonly Type?: unknown;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: unknown;
}

export interface TemplateOutput {
  readonly Value?: unknown;
  readonly Description?: unknown;
  readonly Export?: { readonly Name?: unknown };
}

/** A step of `deploy-order.json`. */
export interface Step {
  readonly template: string;
  readonly stack: string;
  readonly account?: string;
  readonly region?: string;
  readonly parameters: Readonly<Record<string, { readonly stack: string; readonly output: string }>>;
}

/** The steps in which the subject's templates are deployed. */
export function stepsOf(subject: Subject): readonly Step[] {
  const text = subject.files.get('cfn/deploy-order.json');
  return text === undefined ? [] : (JSON.parse(text) as { readonly steps: readonly Step[] }).steps; // ours: targets.md says so
}

/** Every template of a subject in both forms, whichever of them its options ask for. A file of the subject's comes first. */
export function templateFiles(subject: Subject): readonly TemplateFile[] {
  const regions = new Map(stepsOf(subject).map(({ template, region }) => [nameOf(`cfn/${template}`), region]));
  const texts = new Map(formsOf(subject.program));
  for (const [path, text] of subject.files) if (isTemplate(path)) texts.set(path, text);
  return [...texts].map(([path, text]) => ({ path, text, region: regions.get(nameOf(path)) }));
}

export function isTemplate(path: string): boolean {
  return /^cfn\/.*\.template\.(yaml|json)$/.test(path);
}

/** `cfn/platform`, whichever form. */
export function nameOf(path: string): string {
  return path.replace(/\.template\.(yaml|json)$/, '');
}

export function parseTemplate({ path, text }: Pick<TemplateFile, 'path' | 'text'>): Template {
  return (path.endsWith('.json') ? JSON.parse(text) : readYaml(text)) as Template; // a part that is not so is found later
}

const forms = new WeakMap<Program, ReadonlyMap<string, string>>();

/** What the emitter makes of a program in either form; the same for a subject and what is planted in it. */
function formsOf(program: Program): ReadonlyMap<string, string> {
  const known = forms.get(program);
  if (known !== undefined) return known;
  const texts = new Map<string, string>();
  for (const stack of program.stacks) {
    if (!stack.targets.includes('cfn')) continue;
    for (const format of ['yaml', 'json'] as const) {
      const input = { generator: 'Keywright', options: { format }, templates: {} };
      for (const { path, content } of emitter.emitStack(stack, input).files) texts.set(path, content);
    }
  }
  forms.set(program, texts);
  return texts;
}
