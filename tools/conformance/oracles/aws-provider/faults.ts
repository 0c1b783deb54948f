import { type Mistake, replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';
import type { Step } from './deploy.ts';

/** Projects that are applied together, step by step. */
export interface ProviderCase {
  readonly name: string;
  /** For example `examples/payments`. */
  readonly subjects: readonly string[];
  readonly steps: readonly Step[];
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

/** Mistakes in a file, then mistakes in a change. Only the provider and the services can notice a mistake in a change. */
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
    'an alias that Terraform is not told to forget',
    'changes.tf',
    1,
    replaced(/removed \{\n +from += aws_kms_alias[^}]*\}\n\}\n/, ''),
  ),
  fault(
    'a grant that Terraform is not told has moved',
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
];

/** Mistakes in the moves that take too long to be judged in every run. */
export const faultsOfMoves: readonly Fault<ProviderCase>[] = [
  fault(
    'an old alias that Terraform is not told to forget',
    'changes.tf',
    1,
    replaced(/removed \{\n +from += aws_kms_alias\.books[^}]*\}\n\}\n/, ''),
  ),
  fault(
    'a key that its environment does not adopt',
    'changes.tf',
    2,
    replaced(/import \{\n +to += [^\n]*aws_kms_key\.ledger[^}]*\}\n/, ''),
  ),
];
