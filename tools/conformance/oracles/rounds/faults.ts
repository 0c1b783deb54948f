import { type Mistake, replaced } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';
import type { MistakeInHandOver } from './round.ts';

/** A round with or without a mistake in what `adopt` writes. */
export interface RoundCase {
  readonly name: string;
  readonly mistake?: MistakeInHandOver;
}

export const throughTerraform = 'from an account through Terraform and CloudFormation';
export const terraformAndPulumi = 'from an account through Terraform and Pulumi, with a replica';
export const withoutTerraform = 'between an account, Pulumi and CloudFormation';

/** Removes the last statement of the first policy with several statements. */
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

function fault(round: string, name: string, file: RegExp, mistake: Mistake): Fault<RoundCase> {
  return {
    name,
    plant: (subject) =>
      subject.name === round
        ? { ...subject, mistake: (path, text) => (file.test(path) ? (mistake(text) ?? text) : text) }
        : undefined,
  };
}

export const faults: readonly Fault<RoundCase>[] = [
  fault(
    throughTerraform,
    'an alias that is not imported',
    /adopt\.tf$/,
    replaced(/import \{\n +to += aws_kms_alias[^}]*\}\n/, ''),
  ),
  fault(throughTerraform, 'a template whose policy lacks a statement', /import\.template\.json$/, withoutStatement),
  fault(
    throughTerraform,
    'an import of an alias as another type',
    /resources-to-import\.json$/,
    replaced(/AWS::KMS::Alias/, 'AWS::KMS::Key'),
  ),
  fault(
    terraformAndPulumi,
    'a replica that Terraform would make',
    /adopt\.tf$/,
    replaced(/import \{\n[^}]*aws_kms_replica_key[^}]*\}\n/, ''),
  ),
  fault(
    terraformAndPulumi,
    'a replica that Pulumi imports in the region of its primary',
    /import\.json$/,
    replaced(/("type": "aws:kms\/replicaKey:ReplicaKey",[^}]*"provider": ")[^"]*/, '$1eu-west-1'),
  ),
  fault(
    withoutTerraform,
    'an alias that Pulumi would make',
    /import\.json$/,
    replaced(/\{\s*"type": "aws:kms\/alias:Alias",[^}]*\},?/, ''),
  ),
  fault(
    withoutTerraform,
    'two keys of Pulumi with their ids swapped',
    /import\.json$/,
    replaced(
      /("type": "aws:kms\/key:Key",[^}]*"id": ")[^"]*("[\s\S]*?"type": "aws:kms\/key:Key",[^}]*"id": ")([^"]*)/,
      '$1$3$2$3',
    ),
  ),
  fault(
    withoutTerraform,
    'a key that Pulumi does not forget',
    /steps\/plan\.json$/,
    replaced(/"pulumi -C OLD_PROGRAM state delete [^"]*aws:kms\/key:Key::[^"]*"/, '"true"'),
  ),
  fault(
    withoutTerraform,
    'a key that CloudFormation forgets without retaining it first',
    /steps\/plan\.json$/,
    replaced(/"retains": \[\s*"[^"]*",?/, '"retains": ['),
  ),
];
