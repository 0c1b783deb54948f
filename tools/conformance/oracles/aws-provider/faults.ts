import { type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';
import type { Step } from './deploy.ts';
import type { MistakeInHandOver } from './round.ts';

/** Projects that are applied together, step by step. */
export interface ProviderCase {
  readonly name: string;
  /** `examples/payments`. */
  readonly subjects: readonly string[];
  readonly steps: readonly Step[];
  /** Keys that move from tool to tool, instead of steps. */
  readonly round?: { readonly mistake?: MistakeInHandOver };
  /** A round through tools whose files are judged, without running Terraform. */
  readonly files?: { readonly mistake?: MistakeInHandOver };
}

function fault(name: string, file: string, step: number, mistake: Mistake): Fault<ProviderCase> {
  return {
    name,
    plant(subject) {
      const wanted = subject.steps[step];
      const root = wanted?.roots.find(({ files }) => mistake(files.get(file) ?? '') !== undefined);
      const text = root && mistake(root.files.get(file) ?? '');
      if (wanted === undefined || root === undefined || text === undefined) return undefined;
      const roots = wanted.roots.map((each) =>
        each === root ? { ...root, files: new Map([...root.files, [file, text]]) } : each,
      );
      return { ...subject, steps: subject.steps.map((each) => (each === wanted ? { ...wanted, roots } : each)) };
    },
  };
}

/** A mistake in the states that are read. */
function stateFault(name: string, mistake: Mistake, needs: RegExp): Fault<ProviderCase> {
  return {
    name,
    plant(subject) {
      const [step, ...others] = subject.steps;
      if (step === undefined || !step.roots.some(({ files }) => [...files.values()].some((text) => needs.test(text))))
        return undefined;
      return { ...subject, steps: [{ ...step, mistakeInState: (state) => mistake(state) ?? state }, ...others] };
    },
  };
}

/** Removes the last statement of a template's first policy that has several. */
function withoutStatement(text: string): string {
  const template = JSON.parse(text) as {
    readonly Resources: Readonly<
      Record<string, { readonly Properties: { readonly KeyPolicy?: { readonly Statement: unknown[] } } }>
    >;
  };
  const policies = Object.values(template.Resources).map(({ Properties }) => Properties.KeyPolicy?.Statement ?? []);
  policies.find((statements) => statements.length > 1)?.pop();
  return JSON.stringify(template);
}

/** A mistake in a file that `adopt` wrote. */
function roundFault(name: string, file: RegExp, mistake: Mistake): Fault<ProviderCase> {
  return {
    name,
    plant(subject) {
      if (subject.round === undefined) return undefined;
      return { ...subject, round: { mistake: (path, text) => (file.test(path) ? (mistake(text) ?? text) : text) } };
    },
  };
}

/** The same as `roundFault`, in the round without Terraform. */
function filesFault(name: string, file: RegExp, mistake: Mistake): Fault<ProviderCase> {
  return {
    name,
    plant(subject) {
      if (subject.files === undefined) return undefined;
      return { ...subject, files: { mistake: (path, text) => (file.test(path) ? (mistake(text) ?? text) : text) } };
    },
  };
}

/** First mistakes in a file; then mistakes in a change, which only the provider and the services can notice. */
export const faults: readonly Fault<ProviderCase>[] = [
  stateFault('a state with another action', replaced(/kms:\*/, 'kms:Describe*'), /"kms:\*"/),
  stateFault(
    'a state without rotation',
    replaced(/"enable_key_rotation": true/, '"enable_key_rotation": false'),
    /enable_key_rotation += true/,
  ),
  stateFault(
    'a state whose alias is of another key',
    replaced(/("target_key_arn": "[^"]*)[^"]"/, '$1-"'),
    /"aws_kms_alias"/,
  ),
  stateFault(
    'a state with another key id',
    replaced(/("type": "aws_kms_grant"[\s\S]*?"key_id": ")[^"]*/, '$1other'),
    /"aws_kms_grant"/,
  ),
  fault('a misspelt argument', 'main.tf', 0, replaced(/enable_key_rotation/, 'enable_key_rotations')),
  fault('a value that the provider refuses', 'main.tf', 0, replaced(/(rotation_period_in_days += )180/, '$130')),
  fault('a wrong action', 'main.tf', 0, replaced(/"kms:\*"/, '"kms:Describe*"')),
  fault('a lost alias', 'main.tf', 0, withoutBlock(/^resource "aws_kms_alias"/)),
  fault(
    'an argument that never converges',
    'main.tf',
    0,
    replaced(/(resource "aws_kms_external_key"[^}]*?)(\n +multi_region)/, '$1\n  enabled = true$2'),
  ),
  fault(
    'a rotation period that is left to the provider',
    'main.tf',
    1,
    replaced(/^ +rotation_period_in_days += 365\n/m, ''),
  ),
  fault(
    'an alias that is not said to be forgotten',
    'changes.tf',
    1,
    replaced(/removed \{\n +from += aws_kms_alias[^}]*\}\n\}\n/, ''),
  ),
  fault(
    'a grant that is not said to have moved',
    'changes.tf',
    1,
    replaced(/moved \{\n +from += aws_kms_grant[^}]*\}\n/, ''),
  ),
  fault(
    'a key that gets another policy with its name',
    'main.tf',
    1,
    replaced(/("aws_kms_key" "purchases"[\s\S]*?)"kms:\*"/, '$1"kms:Describe*"'),
  ),
  fault(
    'a region that has lost its provider',
    'providers.tf',
    2,
    replaced(/^provider "aws" \{\n +alias[^}]*\}\n/m, ''),
  ),
  roundFault('an alias that is not imported', /adopt\.tf$/, replaced(/import \{\n +to += aws_kms_alias[^}]*\}\n/, '')),
  roundFault('a template whose policy lacks a statement', /import\.template\.json$/, withoutStatement),
  roundFault(
    'an import of an alias as another type',
    /resources-to-import\.json$/,
    replaced(/AWS::KMS::Alias/, 'AWS::KMS::Key'),
  ),
  filesFault(
    'an alias that Pulumi would make',
    /import\.json$/,
    replaced(/\{\s*"type": "aws:kms\/alias:Alias",[^}]*\},?/, ''),
  ),
  filesFault(
    'a key of Pulumi that is another one',
    /import\.json$/,
    replaced(
      /("type": "aws:kms\/key:Key",[^}]*"id": ")[^"]*("[\s\S]*?"type": "aws:kms\/key:Key",[^}]*"id": ")([^"]*)/,
      '$1$3$2$3',
    ),
  ),
  filesFault(
    'a key that Pulumi does not forget',
    /steps\/plan\.json$/,
    replaced(/"pulumi -C OLD_PROGRAM state delete [^"]*aws:kms\/key:Key::[^"]*"/, '"true"'),
  ),
  filesFault(
    'a key that CloudFormation forgets and has not kept',
    /steps\/plan\.json$/,
    replaced(/"retains": \[\s*"[^"]*",?/, '"retains": ['),
  ),
];
